package org.superpose.core.verify.enumeration;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.run.StoredEntries;

/**
 * Looks at every input of the domain, with the real arithmetic of the network (theory, section 7.1). The ground truth
 * for all other verifiers, for any network: any matrix kinds, depth, activation, skips, decoder, gate function, grouped
 * or not.
 *
 * <p>Where float32 is exact on the network it works in whole numbers, and all candidates for the last active feature
 * are judged together on bit sets. Networks in which many neurons fire, such as trained ones with a linear read-out,
 * are evaluated block by block through the matrix kernels, and only what a block leaves open is looked at by itself.
 * Elsewhere a decision counts only when its margin exceeds a rounding bound that holds for any order of summation. An
 * input with a margin that does not is replayed through the plain evaluator; where that is right on it, it is counted
 * as undecided and the work goes on, but the verdict is no more than Undecided.
 *
 * <p>A refuting verdict holds the first wrong input in the order of {@link InputDomain#iterator}, and counts the inputs
 * up to it that are decided, whatever the number of threads. A budget of inputs covers the first inputs of the same
 * order.
 */
@Reference(value = "Verification: exhaustive", standing = Standing.OURS)
public final class ExhaustiveVerifier implements ResumableVerifier {
    private static final String ID = "exhaustive";

    private final Supplier<Kernel> kernel;
    private final Function<Checkers, Supplier<InputChecker>> way;

    /** With the kernel of this process, which is chosen when something is verified. */
    public ExhaustiveVerifier() {
        this(Kernels::best, Checkers::suitable);
    }

    /** With the given kernel. */
    public ExhaustiveVerifier(Kernel kernel) {
        this(() -> kernel, Checkers::suitable);
    }

    /** @param way which checkers to use */
    ExhaustiveVerifier(Supplier<Kernel> kernel, Function<Checkers, Supplier<InputChecker>> way) {
        this.kernel = kernel;
        this.way = way;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "every input of the domain, with the network's real arithmetic";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        return Acceptance.accepted();
    }

    /**
     * Prefixes cost a column each; what an input costs depends on whether the bit-set filters can be expected to apply.
     */
    @Override
    public double cost(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        double inputs = instance.domain().size().doubleValue();
        double firstRows = network.layers().get(0).rows();
        double matrices = network.matrices();
        boolean whole = network.layers().stream().allMatch(Layer::isInteger);
        double perInput;
        if (network.departure().isPresent()) {
            perInput = StoredEntries.of(network) / 4; // every entry, but many at a time
        } else if (!whole) {
            perInput = firstRows / 4;
        } else if (matrices > 1 && !rests(network.layers().get(0))) {
            perInput = StoredEntries.of(network) / 16; // every layer, but active columns alone
        } else if (matrices > 1) {
            boolean silentGates = instance.layers().get(0).minFanIn() > 1;
            perInput = silentGates ? 8 + firstRows / 32 : 4 * firstRows;
        } else if (network.decoder().isByRow()) {
            perInput = network.outputs() / 64.0;
        } else {
            perInput = 4 * firstRows;
        }
        return StoredEntries.of(network) + inputs * perInput;
    }

    /** Whether no row is on while nothing is active, so that rows may stay silent on an input. */
    private static boolean rests(Layer layer) {
        return IntStream.range(0, layer.rows()).allMatch(r -> layer.bias(r) < 0);
    }

    @Override
    public Run resume(BuiltNetwork built, VerificationBudget budget, Coverage proved) {
        Deadline deadline = budget.deadline();
        InputDomain domain = built.instance().domain();
        Checkers checkers = new Checkers(built, kernel.get());
        Optional<String> obstacle = checkers.obstacle();
        if (obstacle.isPresent()) {
            return new Run(
                    Verdict.Undecided.unsampled(ID, obstacle.get(), BigInteger.ZERO, domain.size()), Coverage.NONE);
        }
        DomainSweep.Outcome outcome = new DomainSweep(domain, budget, deadline, proved).run(way.apply(checkers));
        return new Run(verdict(built, budget, outcome), outcome.coverage());
    }

    private static Verdict verdict(BuiltNetwork built, VerificationBudget budget, DomainSweep.Outcome outcome) {
        BigInteger size = built.instance().domain().size();
        BigInteger decided = outcome.covered().subtract(BigInteger.valueOf(outcome.undecided()));
        if (outcome.wrong() != null) {
            Counterexample found = Counterexample.confirmed(built, outcome.wrong());
            return new Verdict.Refuted(ID, found, decided.max(BigInteger.ONE), size);
        }
        String tight =
                outcome.undecided() + " inputs have a margin within the float32 rounding bound, the first found is "
                        + outcome.firstUndecided();
        if (!outcome.complete()) {
            String reason = outcome.timeRanOut() ? budget.outOfTime() : budget.outOfInputs();
            return Verdict.Undecided.unsampled(
                    ID, outcome.undecided() == 0 ? reason : reason + "; so far " + tight, decided, size);
        }
        if (outcome.undecided() > 0) {
            return Verdict.Undecided.enumerated(ID, tight, decided, size);
        }
        return new Verdict.Verified(ID, size);
    }
}
