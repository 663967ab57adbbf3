package org.superpose.core.verify.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.core.verify.arithmetic.BlockJudge;
import org.superpose.core.verify.enumeration.BranchAndBoundVerifier;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

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
 */
@Reference("Section 7, compositional")
public final class CompositionalVerifier implements Verifier {
    /** The id. */
    public static final String ID = "compositional";

    /** More states than this behind the first layer of gates are not listed. */
    private static final int MOST_STATES = 1 << 20;

    /** Inputs that are run through the whole network at first. */
    private static final int MOST_TRIED = 512;

    private final Kernel kernel;
    private final AutoVerifier singleBlock;

    /** With the kernel of this process. */
    public CompositionalVerifier() {
        this(Kernels.best());
    }

    CompositionalVerifier(Kernel kernel) {
        this.kernel = kernel;
        this.singleBlock =
                new AutoVerifier(List.of(new ExhaustiveVerifier(kernel), new BranchAndBoundVerifier(kernel)));
    }

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
        for (Gates gates : instance.layers()) {
            if (!gates.function().equals(GateFunction.AND)) {
                return Acceptance.rejected(
                        "the gates compute " + gates.function().name() + ", not and");
            }
        }
        return CleanCut.places(built.network()).isEmpty()
                ? Acceptance.rejected(
                        "no saturation ReLU(1 - y) stands between its matrices, so no state is known to be clean")
                : Acceptance.accepted();
    }

    /** That of the first block on the whole domain. */
    @Override
    public double cost(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        if (!accepts(built).isAccepted()) {
            return Double.POSITIVE_INFINITY;
        }
        int place = CleanCut.places(network).get(0);
        SuperposedNetwork block = block(network, network.inputCodes(), 0, place, 1);
        // Evaluating what fires ends with the block, so it is cheaper than the enumeration of the whole chain.
        return 0.9
                * singleBlock.cost(
                        new BuiltNetwork(cleanInstance(built.instance(), 1, new int[0][], block.outputs(), 1), block));
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        return verify(built, budget, Deadline.in(budget.maxSeconds()));
    }

    Verdict verify(BuiltNetwork built, VerificationBudget budget, Deadline deadline) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        BigInteger size = instance.domain().size();
        Optional<List<FeatureSet>> inputs = StateInputs.of(instance.layers().get(0), instance.domain(), MOST_STATES);
        if (inputs.isEmpty()) {
            return undecided("the first layer of gates has more than " + MOST_STATES + " states", size);
        }
        Optional<Counterexample> early = firstWrong(built, inputs.get());
        if (early.isPresent()) {
            return new Verdict.Refuted(ID, early.get(), BigInteger.ONE, size);
        }
        List<CleanCut> cuts = new ArrayList<>(CleanCut.guess(instance, network, inputs.get()));
        String reason = "no state between the layers is clean";
        while (!cuts.isEmpty()) {
            Attempt attempt = new Attempt(instance, network, cuts, inputs.get(), budget, deadline);
            Finding finding = attempt.run();
            if (finding.wrong() != null) {
                Optional<Counterexample> found = Counterexample.of(built, finding.wrong());
                if (found.isPresent()) {
                    return new Verdict.Refuted(ID, found.get(), BigInteger.ONE, size);
                }
            }
            if (finding.reason().isEmpty()) {
                return new Verdict.Verified(ID, size);
            }
            reason = finding.reason();
            if (finding.unclean() == null) {
                break;
            }
            cuts.remove(finding.unclean()); // the others may do without it
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
            if (!evaluator.evaluate(input).equals(built.instance().evaluate(input))) {
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

    /**
     * What an attempt came to.
     *
     * @param reason why nothing is proved, or an empty text if all is
     * @param wrong an input on which a block does not do what it should, or null
     * @param unclean the cut at which that shows, or null if it is the end of the network or none
     */
    private record Finding(String reason, FeatureSet wrong, CleanCut unclean) {
        private static final Finding PROVED = new Finding("", null, null);
    }

    /** The proof along some cuts. */
    private final class Attempt {
        private final ProblemInstance instance;
        private final SuperposedNetwork network;
        private final List<CleanCut> cuts;
        private final List<FeatureSet> inputs;
        private final VerificationBudget budget;
        private final Deadline deadline;

        Attempt(
                ProblemInstance instance,
                SuperposedNetwork network,
                List<CleanCut> cuts,
                List<FeatureSet> inputs,
                VerificationBudget budget,
                Deadline deadline) {
            this.instance = instance;
            this.network = network;
            this.cuts = List.copyOf(cuts);
            this.inputs = inputs;
            this.budget = budget;
            this.deadline = deadline;
        }

        Finding run() {
            Finding first = proveFirst(cuts.get(0));
            for (int t = 0; t < cuts.size() && first == Finding.PROVED; t++) {
                first = proveBehind(cuts.get(t), t + 1 < cuts.size() ? cuts.get(t + 1) : null);
            }
            return first;
        }

        private Finding proveFirst(CleanCut cut) {
            double seconds = deadline.secondsLeft(); // once: later there may be none
            if (!(seconds > 0)) {
                return outOfTime();
            }
            int thresholds = thresholds(network);
            SuperposedNetwork block = block(network, network.inputCodes(), 0, cut.layer(), thresholds);
            int neurons = block.outputs() / thresholds;
            if (instance.maxActive() == instance.inputs() && hasUnused(cut.codes(), neurons)) {
                return new Finding(
                        "all features may be active at once, so that no gate can stand for a neuron in no code",
                        null,
                        null);
            }
            ProblemInstance clean = cleanInstance(instance, cut.gateLayers(), cut.codes(), neurons, thresholds);
            Verdict verdict = singleBlock.verify(
                    new BuiltNetwork(clean, block),
                    budget.withMaxInputs(Long.MAX_VALUE).withMaxSeconds(seconds));
            if (verdict instanceof Verdict.Refuted refuted) {
                return unclean(cut, refuted.counterexample().input());
            }
            return verdict instanceof Verdict.Undecided undecided
                    ? new Finding("the first block: " + undecided.reason(), null, null)
                    : Finding.PROVED;
        }

        private Finding outOfTime() {
            return new Finding("the budget of " + budget.maxSeconds() + " s ran out", null, null);
        }

        private static Finding unclean(CleanCut cut, FeatureSet input) {
            return new Finding(
                    "on input " + input + " the state before layer " + cut.layer()
                            + " is not the union of the codes of the features that are on",
                    input,
                    cut);
        }

        /** @param next where the block ends, or null if it is the last one */
        private Finding proveBehind(CleanCut cut, CleanCut next) {
            // One input for each state; the states of equal features are equal, because the cut is clean.
            Map<FeatureSet, FeatureSet> inputOfState = new LinkedHashMap<>();
            for (FeatureSet input : inputs) {
                inputOfState.putIfAbsent(CleanCut.state(instance, cut.gateLayers(), input), input);
            }
            int thresholds = next == null ? 1 : thresholds(network);
            int neurons = network.layers().get(cut.layer()).columns();
            SuperposedNetwork block = block(
                    network,
                    Codes.identity(neurons),
                    cut.layer(),
                    next == null ? network.layers().size() : next.layer(),
                    thresholds);
            Optional<BlockJudge> known = BlockJudge.of(block, kernel);
            if (known.isEmpty()) {
                return new Finding("sums of the network may overflow float32", null, null);
            }
            BlockJudge judge = known.get();
            for (Map.Entry<FeatureSet, FeatureSet> each : inputOfState.entrySet()) {
                if (deadline.isOver()) {
                    return outOfTime();
                }
                FeatureSet input = each.getValue();
                FeatureSet expected = next == null
                        ? instance.evaluate(input)
                        : repeated(
                                next.union(CleanCut.state(instance, next.gateLayers(), input)),
                                block.outputs() / thresholds,
                                thresholds);
                switch (judge.judge(FeatureSet.of(cut.union(each.getKey())), expected)) {
                    case RIGHT -> {}
                    case WRONG -> {
                        return next == null
                                ? new Finding("runtimes disagree on " + input, input, null)
                                : unclean(next, input);
                    }
                    case UNDECIDED -> {
                        return new Finding(
                                "on input " + input + " a margin is within the float32 rounding bound", input, null);
                    }
                }
            }
            return Finding.PROVED;
        }
    }

    private static boolean hasUnused(int[][] codes, int neurons) {
        return Arrays.stream(codes).flatMapToInt(Arrays::stream).distinct().count() < neurons;
    }

    /** In whole numbers a value that is not at least 1 is 0; else that has to be asked too. */
    private static int thresholds(SuperposedNetwork network) {
        return network.layers().stream().allMatch(Layer::isInteger) ? 1 : 2;
    }

    private static FeatureSet repeated(int[] neurons, int count, int times) {
        return FeatureSet.of(IntStream.range(0, times)
                .flatMap(t -> Arrays.stream(neurons).map(f -> t * count + f))
                .toArray());
    }

    /**
     * Some layers of a network. Up to the end it keeps the decoder; else its outputs are its neurons, on iff they are
     * at least 1, and a second time if asked, on iff they are at least {@link CleanCut#NOTHING}.
     */
    private static SuperposedNetwork block(SuperposedNetwork network, Codes inputs, int from, int to, int thresholds) {
        List<Layer> layers = network.layers().subList(from, to);
        int rows = layers.get(layers.size() - 1).rows();
        float[] bounds = new float[thresholds * rows];
        Arrays.fill(bounds, 1);
        Arrays.fill(bounds, rows, bounds.length, CleanCut.NOTHING);
        int[] members = IntStream.range(0, bounds.length).map(t -> t % rows).toArray();
        Decoder decoder = to == network.layers().size()
                ? network.decoder()
                : new Decoder(Codes.ofWeight(rows, 1, members), Decoder.Kind.EVERY_ROW, bounds);
        return new SuperposedNetwork(
                inputs, layers, decoder, InputDomain.sparse(inputs.features(), 1), false, network.provenance());
    }

    /**
     * The map from inputs to the neurons of a clean state: the first layers of gates, then for each neuron the OR of
     * the features whose codes have it. A neuron in no code stands for a feature that is never on: an AND of more
     * inputs than may be active.
     */
    private static ProblemInstance cleanInstance(
            ProblemInstance instance, int gateLayers, int[][] codes, int neurons, int thresholds) {
        boolean dummy = hasUnused(codes, neurons) && instance.maxActive() < instance.inputs();
        List<Gates> layers = new ArrayList<>();
        for (int t = 0; t < gateLayers; t++) {
            Gates gates = instance.layers().get(t);
            List<int[]> reads = new ArrayList<>();
            for (int i = 0; i < gates.outputs(); i++) {
                reads.add(gates.reads(i));
            }
            int inputs = t == 0 || !dummy ? gates.inputs() : gates.inputs() + 1;
            if (dummy) {
                reads.add(
                        t == 0 ? IntStream.rangeClosed(0, instance.maxActive()).toArray() : new int[] {gates.inputs()});
            }
            layers.add(gates(inputs, GateFunction.AND, reads));
        }
        int features = layers.get(gateLayers - 1).outputs();
        List<List<Integer>> featuresOfNeuron = new ArrayList<>();
        for (int f = 0; f < neurons; f++) {
            featuresOfNeuron.add(new ArrayList<>());
        }
        for (int i = 0; i < codes.length; i++) {
            for (int f : codes[i]) {
                featuresOfNeuron.get(f).add(i);
            }
        }
        List<int[]> reads = new ArrayList<>();
        for (int t = 0; t < thresholds; t++) {
            for (List<Integer> each : featuresOfNeuron) {
                reads.add(
                        each.isEmpty()
                                ? new int[] {features - 1}
                                : each.stream().mapToInt(i -> i).toArray());
            }
        }
        layers.add(gates(features, GateFunction.atLeast(1), reads));
        return new ProblemInstance(
                instance.problem(),
                instance.parameters(),
                instance.seed(),
                layers,
                instance.domain(),
                new FunctionClass("any", BigInteger.valueOf(reads.size()), reads.size()),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    private static Gates gates(int inputs, GateFunction function, List<int[]> reads) {
        int[] offsets = new int[reads.size() + 1];
        for (int i = 0; i < reads.size(); i++) {
            offsets[i + 1] = offsets[i] + reads.get(i).length;
        }
        return Gates.of(
                inputs,
                function,
                offsets,
                reads.stream().flatMapToInt(Arrays::stream).toArray());
    }
}
