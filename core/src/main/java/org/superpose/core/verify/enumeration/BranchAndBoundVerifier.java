package org.superpose.core.verify.enumeration;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Supplier;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.arithmetic.ExactModel;
import org.superpose.core.verify.run.StoredEntries;

/**
 * Proves clipped networks right on all inputs with at most v active features by leaving out whole branches of the
 * enumeration: those in which the features that are still to come cannot add enough to any neurons of the first layer
 * to wake the second, and no gate can be on. The bounds are exact, in whole numbers; what they leave is evaluated as by
 * {@link ExhaustiveVerifier}.
 *
 * <p>Where each gate reads v features, hardly more than the pairs of features are looked at. {@link BoundedSearch} has
 * the two arguments.
 *
 * <p>A refuting verdict holds the same counterexample whatever the number of threads, but not always the first in the
 * order of the domain. A limit on inputs is not heeded: hardly any are looked at one by one.
 */
@Reference(value = "Verification: branch and bound", standing = Standing.OURS)
public final class BranchAndBoundVerifier implements ResumableVerifier {
    private static final String ID = "branch-and-bound";

    private final Supplier<Kernel> kernel;

    /** With the kernel of this process, which is chosen when something is verified. */
    public BranchAndBoundVerifier() {
        this.kernel = Kernels::best;
    }

    /** With the given kernel. */
    public BranchAndBoundVerifier(Kernel kernel) {
        this.kernel = () -> kernel;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "enumeration without the branches in which nothing can fire, for clipped networks";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        Optional<String> departure = network.departure();
        if (departure.isPresent()) {
            return Acceptance.rejected(departure.get() + ", but a branch is left out only where neurons stay silent");
        }
        if (instance.maxActive() < 2) {
            return Acceptance.rejected("at most one feature may be active, so there are no branches");
        }
        if (!(network.layers().get(0).weights() instanceof BitMatrix bits) || !bits.isZeroOne()) {
            return Acceptance.rejected("the first matrix is not a 0/1 bit matrix");
        }
        if (network.matrices() < 2) {
            return Acceptance.rejected("the network has a single matrix, so there is no layer to stay silent");
        }
        if (network.decoder().hasSubnormalThreshold()) {
            return Acceptance.rejected("a threshold is below the smallest normal float32 number");
        }
        boolean whole = network.layers().stream().allMatch(Layer::isInteger);
        return whole || Exactness.of(network, instance.maxActive()).isExact()
                ? Acceptance.accepted()
                : Acceptance.rejected("the network is not in whole numbers, nor float32 exact on it");
    }

    /** That of enumerating the inputs that are expected to be left. */
    @Override
    public double cost(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        if (!accepts(built).isAccepted()) {
            return Double.POSITIVE_INFINITY;
        }
        Gates gates = instance.layers().get(0);
        int maxActive = instance.maxActive();
        double firstRows = network.layers().get(0).rows();
        double preparation = 2 * firstRows * instance.inputs() + StoredEntries.of(network);
        // A neuron that some of a gate's inputs fill stays open as long as the features to come can fill the rest.
        int open = maxActive - gates.minFanIn() + 2;
        double inputs = instance.domain()
                .withMaxActive(Math.min(Math.max(open, 2), maxActive))
                .size()
                .doubleValue();
        // If all levels stay open, strong parts leave out some; with v = 2 nothing does,
        // and plain enumeration is as good.
        double share = open < maxActive ? 1 : maxActive > 2 ? 0.5 : 1.1;
        return preparation + share * inputs * (8 + firstRows / 32);
    }

    @Override
    public Run resume(BuiltNetwork built, VerificationBudget budget, Coverage proved) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        Deadline deadline = budget.deadline();
        BigInteger size = instance.domain().size();
        Checkers checkers = new Checkers(built, kernel.get());
        if (!checkers.exactness().isExact()) {
            double largestSum = checkers.exactness().largestSum();
            return undecided(
                    "sums of the network may reach " + largestSum + ", which float32 does not hold exactly", size);
        }
        ExactModel model = checkers.exactModel();
        Optional<SecondLayerFilter> quiet = checkers.secondLayerFilter(model);
        if (quiet.isEmpty()) {
            return undecided(
                    "no bound holds: the second layer is not silent on the empty input, weights are too large, "
                            + "or the bit sets of " + instance.inputs() + " features do not fit into memory",
                    size);
        }
        Supplier<ExactChecker> exact = () -> new ExactChecker(instance, model, quiet, Optional.empty());
        boolean restIsRight = exact.get().isRight();
        if (!restIsRight && instance.domain().minActive() > 0) {
            return undecided(
                    "no bound holds: the network is wrong on the empty input, to which all others are compared", size);
        }
        BoundedSearch search = new BoundedSearch(instance, budget, deadline, proved);
        boolean parts = restIsRight && search.partsApply(quiet.get()) && search.partsPay(exact.get());
        BoundedSearch.Outcome outcome = search.run(exact, parts);
        return new Run(verdict(built, budget, outcome), outcome.coverage());
    }

    private static Run undecided(String reason, BigInteger size) {
        return new Run(Verdict.Undecided.unsampled(ID, reason, BigInteger.ZERO, size), Coverage.NONE);
    }

    private static Verdict verdict(BuiltNetwork built, VerificationBudget budget, BoundedSearch.Outcome outcome) {
        BigInteger size = built.instance().domain().size();
        if (outcome.wrong() != null) {
            Counterexample found = Counterexample.confirmed(built, outcome.wrong());
            return new Verdict.Refuted(ID, found, outcome.covered(), size);
        }
        return outcome.complete()
                ? new Verdict.Verified(ID, size)
                : Verdict.Undecided.unsampled(ID, budget.outOfTime(), outcome.covered(), size);
    }
}
