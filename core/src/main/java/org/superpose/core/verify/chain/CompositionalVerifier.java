package org.superpose.core.verify.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.core.verify.enumeration.BranchAndBoundVerifier;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;
import org.superpose.core.verify.monotone.MonotoneVerifier;

/**
 * Proves a chain of blocks right block by block (theory, section 7.3). Between two blocks the state has to be clean:
 * exactly the union of the codes of the features that are on there ({@link CleanCut}). Then the second block sees
 * nothing of the inputs but that set of features, and it is enough to look at it on each set that can occur, of which
 * there are far fewer than inputs.
 *
 * <p>The first block is proved clean on the whole domain, neuron by neuron, by the verifiers for single blocks; each
 * further block on every state that the gates before it can produce, which are listed exactly ({@link StateInputs}).
 * The codes between blocks are not part of a network; they are guessed from single features, and the proof is what
 * shows them right. Where a state is not clean although the outputs are right, the verdict is Undecided.
 *
 * <p>The layers of gates behind the first may compute anything, on at rest or not: they say what each state leads to,
 * and nothing else of them is used. Of the first layer the states have to be listed. For AND gates and no lower bound
 * on activity these are the unions of read sets; for other gates, and with a lower bound, every input is looked at, so
 * that domains of more than {@value #MOST_STATES} inputs are left to others.
 */
@Reference(value = "Verification: compositional", standing = Standing.OURS)
public final class CompositionalVerifier implements Verifier {
    private static final String ID = "compositional";

    /** The most states behind the first layer of gates that are listed. */
    private static final int MOST_STATES = 1 << 20;

    /** The most inputs that are run through the whole network before any proof. */
    private static final int MOST_TRIED = 512;

    private final AutoVerifier singleBlock =
            new AutoVerifier(List.of(new ExhaustiveVerifier(), new BranchAndBoundVerifier(), new MonotoneVerifier()));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "block by block, for chains whose states between the blocks are clean";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        if (!instance.isLayered()) {
            return Acceptance.rejected("the instance has a single layer of gates, so there is nothing to compose");
        }
        Gates first = instance.layers().get(0);
        boolean unions = StateInputs.areUnions(first, instance.domain());
        if (!unions && instance.domain().size().compareTo(BigInteger.valueOf(MOST_STATES)) > 0) {
            return Acceptance.rejected((first.areAll(GateFunction.AND)
                            ? "the domain has a lower bound on the number of active features"
                            : "the first layer of gates computes " + first.functionNames() + ", not and")
                    + ", so that its states are listed input by input, and there are "
                    + instance.domain().size() + " inputs, more than " + MOST_STATES);
        }
        Optional<String> departure = built.network().departure();
        if (departure.isPresent()) {
            return Acceptance.rejected(departure.get() + ", but blocks are chains of ReLU layers");
        }
        return CleanCut.places(built.network()).isEmpty()
                ? Acceptance.rejected(
                        "no saturation ReLU(1 - y) stands between its matrices, so no state is known to be clean")
                : Acceptance.accepted();
    }

    /** That of the first block on the whole domain. */
    @Override
    public double cost(BuiltNetwork built) {
        if (!accepts(built).isAccepted()) {
            return Double.POSITIVE_INFINITY;
        }
        int place = CleanCut.places(built.network()).get(0);
        CleanBlock block = CleanBlock.before(built.network(), place);
        // The cost does not depend on the codes, so any serve that leave no neuron out.
        int[][] codes = {IntStream.range(0, block.neurons()).toArray()};
        ProblemInstance map = block.cleanMap(built.instance(), new CleanCut(place, 1, codes));
        // Evaluating what fires ends with the block, so it is cheaper than the enumeration of the whole chain.
        return 0.9 * singleBlock.cost(new BuiltNetwork(map, block.network()));
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        return verify(built, budget, budget.deadline());
    }

    Verdict verify(BuiltNetwork built, VerificationBudget budget, Deadline deadline) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        BigInteger size = instance.domain().size();
        Optional<List<FeatureSet>> inputs = StateInputs.of(instance.layers().get(0), instance.domain(), MOST_STATES);
        if (inputs.isEmpty()) {
            return undecided("the first layer of gates has more than " + MOST_STATES + " states", size);
        }
        Optional<Counterexample> early = firstWrong(built, inputs.get());
        if (early.isPresent()) {
            return new Verdict.Refuted(ID, early.get(), BigInteger.ONE, size);
        }
        ChainProof proof = new ChainProof(built, inputs.get(), budget, deadline);
        List<CleanCut> cuts = new ArrayList<>(CleanCut.guess(built, inputs.get()));
        String reason = "no state between the layers is clean";
        while (!cuts.isEmpty()) {
            ChainProof.Finding finding = proof.along(cuts, singleBlock, Kernels.best());
            Optional<Counterexample> found = finding.suspect().flatMap(suspect -> Counterexample.of(built, suspect));
            if (found.isPresent()) {
                return new Verdict.Refuted(ID, found.get(), BigInteger.ONE, size);
            }
            if (finding.reason().isEmpty()) {
                return new Verdict.Verified(ID, size);
            }
            reason = finding.reason().get();
            if (finding.unclean().isEmpty()) {
                break;
            }
            cuts.remove(finding.unclean().get()); // the others may do without it
        }
        return undecided(reason, size);
    }

    /**
     * A wrong network is often wrong on the inputs that turn something on; where no cut is clean, that is the only way
     * to tell.
     */
    private static Optional<Counterexample> firstWrong(BuiltNetwork built, List<FeatureSet> inputs) {
        Evaluator evaluator = new KernelEvaluator(built.network());
        int step = Math.max(1, inputs.size() / MOST_TRIED);
        for (int s = 0; s < inputs.size(); s += step) {
            FeatureSet input = inputs.get(s);
            if (!evaluator.read(input).is(built.instance().evaluate(input))) {
                Optional<Counterexample> found = Counterexample.of(built, input);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Verdict undecided(String reason, BigInteger size) {
        return Verdict.Undecided.unsampled(ID, reason, BigInteger.ZERO, size);
    }
}
