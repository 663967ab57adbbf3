package org.superpose.core.verify.chain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.core.verify.arithmetic.BlockJudge;

/**
 * The proof of a chain along some cuts: the first block on the whole domain, each further block on every state that can
 * occur.
 */
final class ChainProof {
    private final ProblemInstance instance;
    private final SuperposedNetwork network;
    private final List<FeatureSet> inputs;
    private final VerificationBudget budget;
    private final Deadline deadline;

    /** @param inputs one for each state behind the first layer of gates */
    ChainProof(BuiltNetwork built, List<FeatureSet> inputs, VerificationBudget budget, Deadline deadline) {
        this.instance = built.instance();
        this.network = built.network();
        this.inputs = inputs;
        this.budget = budget;
        this.deadline = deadline;
    }

    /**
     * What a proof came to.
     *
     * @param reason why the chain is not proved; empty if it is
     * @param suspect an input on which a block does not do what it should
     * @param unclean the cut at which that shows; empty at the end of the network
     */
    record Finding(Optional<String> reason, Optional<FeatureSet> suspect, Optional<CleanCut> unclean) {
        private static final Finding PROVED = new Finding(Optional.empty(), Optional.empty(), Optional.empty());

        private static Finding stuck(String reason) {
            return new Finding(Optional.of(reason), Optional.empty(), Optional.empty());
        }

        private static Finding atTheEnd(String reason, FeatureSet suspect) {
            return new Finding(Optional.of(reason), Optional.of(suspect), Optional.empty());
        }

        private static Finding unclean(CleanCut cut, FeatureSet input) {
            String reason = "on input " + input + " the state before layer " + cut.layer()
                    + " is not the union of the codes of the features that are on";
            return new Finding(Optional.of(reason), Optional.of(input), Optional.of(cut));
        }
    }

    /**
     * Proves one block after another.
     *
     * @param cuts at least one, first to last
     * @param singleBlock verifies the first block
     * @param kernel for the others
     */
    Finding along(List<CleanCut> cuts, Verifier singleBlock, Kernel kernel) {
        Finding finding = proveFirst(cuts.get(0), singleBlock);
        for (int t = 0; t < cuts.size() && finding.reason().isEmpty(); t++) {
            Optional<CleanCut> next = t + 1 < cuts.size() ? Optional.of(cuts.get(t + 1)) : Optional.empty();
            finding = proveBehind(cuts.get(t), next, kernel);
        }
        return finding;
    }

    private Finding proveFirst(CleanCut cut, Verifier singleBlock) {
        double seconds = deadline.secondsLeft(); // once: later there may be none
        if (!(seconds > 0)) {
            return outOfTime();
        }
        CleanBlock block = CleanBlock.before(network, cut.layer());
        ProblemInstance map = block.cleanMap(instance, cut);
        Verdict verdict = singleBlock.verify(
                new BuiltNetwork(map, block.network()),
                budget.withMaxInputs(Long.MAX_VALUE).withMaxSeconds(seconds));
        if (verdict instanceof Verdict.Refuted refuted) {
            return Finding.unclean(cut, refuted.counterexample().input());
        }
        return verdict instanceof Verdict.Undecided undecided
                ? Finding.stuck("the first block: " + undecided.reason())
                : Finding.PROVED;
    }

    private Finding outOfTime() {
        return Finding.stuck(budget.outOfTime());
    }

    /** @param next where the block ends; empty if it is the last one */
    private Finding proveBehind(CleanCut cut, Optional<CleanCut> next, Kernel kernel) {
        CleanBlock block = CleanBlock.behind(network, cut, next);
        Optional<BlockJudge> judge = BlockJudge.of(block.network(), kernel);
        if (judge.isEmpty()) {
            return Finding.stuck("sums of the network may overflow float32");
        }
        for (Map.Entry<FeatureSet, FeatureSet> each : inputsOfStates(cut).entrySet()) {
            if (deadline.isOver()) {
                return outOfTime();
            }
            FeatureSet input = each.getValue();
            FeatureSet expected = next.map(
                            end -> block.outputs(end.union(CleanCut.state(instance, end.gateLayers(), input))))
                    .orElseGet(() -> instance.evaluate(input));
            switch (judge.get().judge(FeatureSet.of(cut.union(each.getKey())), expected)) {
                case RIGHT -> {}
                case WRONG -> {
                    return next.map(end -> Finding.unclean(end, input))
                            .orElseGet(() -> Finding.atTheEnd("runtimes disagree on " + input, input));
                }
                case UNDECIDED -> {
                    return Finding.atTheEnd(
                            "on input " + input + " a margin is within the float32 rounding bound", input);
                }
            }
        }
        return Finding.PROVED;
    }

    /** One input for each set of features at a cut; equal sets have equal states there, because the cut is clean. */
    private Map<FeatureSet, FeatureSet> inputsOfStates(CleanCut cut) {
        Map<FeatureSet, FeatureSet> inputOfState = new LinkedHashMap<>();
        for (FeatureSet input : inputs) {
            inputOfState.putIfAbsent(CleanCut.state(instance, cut.gateLayers(), input), input);
        }
        return inputOfState;
    }
}
