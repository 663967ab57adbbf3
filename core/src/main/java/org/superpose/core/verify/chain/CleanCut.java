package org.superpose.core.verify.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * A place between two blocks of a network: a saturation t = ReLU(1 - y), which cannot tell a value above 1 from 1. If
 * each y before it is either 0 or at least 1, what follows reads a state of zeros and ones, which has to be the union
 * of the codes of the features that are on there.
 *
 * @param layer the index of the saturation; the block before it ends here, the block behind it begins with it
 * @param gateLayers how many layers of gates are computed before it
 * @param codes the neurons of each feature that is on there, ascending; of a feature that never is, none
 */
record CleanCut(int layer, int gateLayers, int[][] codes) {
    /** Inputs on which a place is tried before it is taken for a cut. */
    private static final int SAMPLES = 256;

    /** The bound below which every runtime reads y as 0: even for much larger y, 1 - y rounds to 1. */
    static final float NOTHING = 0x1p-30f;

    /** The saturations that may lie between blocks, as indices of layers. */
    static List<Integer> places(SuperposedNetwork network) {
        List<Integer> places = new ArrayList<>();
        List<Layer> layers = network.layers();
        for (int t = 1; t < layers.size(); t++) {
            boolean matrixFollows = layers.subList(t, layers.size()).stream()
                    .anyMatch(layer -> !(layer.weights() instanceof DiagonalMatrix));
            if (matrixFollows && saturates(layers.get(t)) && !saturates(layers.get(t - 1))) {
                places.add(t);
            }
        }
        return places;
    }

    private static boolean saturates(Layer layer) {
        return layer.weights() instanceof DiagonalMatrix diagonal
                && IntStream.range(0, layer.rows()).allMatch(r -> diagonal.get(r, r) == -1 && layer.bias(r) == 1);
    }

    /**
     * The places that look like cuts on a sample of inputs, first to last. The code of a feature is taken to be the
     * state that it makes all by itself; nothing of this is proved.
     *
     * @param inputs one for each state behind the first layer of gates
     */
    static List<CleanCut> guess(BuiltNetwork built, List<FeatureSet> inputs) {
        ProblemInstance instance = built.instance();
        Evaluator evaluator = new KernelEvaluator(built.network());
        List<CleanCut> cuts = new ArrayList<>();
        int gateLayers = 1;
        for (int place : places(built.network())) {
            for (int g = gateLayers; g < instance.layers().size(); g++) {
                Optional<CleanCut> cut = at(place, g, instance, evaluator, inputs);
                if (cut.isPresent()) {
                    cuts.add(cut.get());
                    gateLayers = g + 1;
                    break;
                }
            }
        }
        return cuts;
    }

    private static Optional<CleanCut> at(
            int place, int gateLayers, ProblemInstance instance, Evaluator evaluator, List<FeatureSet> inputs) {
        int features = instance.layers().get(gateLayers - 1).outputs();
        int[][] codes = new int[features][];
        boolean[] needed = new boolean[features];
        for (FeatureSet input : inputs) {
            FeatureSet state = state(instance, gateLayers, input);
            for (int i : state.toArray()) {
                needed[i] = true;
            }
            if (state.size() == 1 && codes[state.get(0)] == null) {
                codes[state.get(0)] = active(evaluator.activations(input)[place]);
                if (codes[state.get(0)] == null) {
                    return Optional.empty();
                }
            }
        }
        for (int i = 0; i < features; i++) {
            if (codes[i] == null) {
                if (needed[i]) {
                    return Optional.empty(); // never on alone: its code is not known
                }
                codes[i] = new int[0];
            }
        }
        CleanCut cut = new CleanCut(place, gateLayers, codes);
        int step = Math.max(1, inputs.size() / SAMPLES);
        for (int s = 0; s < inputs.size(); s += step) {
            FeatureSet input = inputs.get(s);
            int[] got = active(evaluator.activations(input)[place]);
            if (got == null || !Arrays.equals(got, cut.union(state(instance, gateLayers, input)))) {
                return Optional.empty();
            }
        }
        return Optional.of(cut);
    }

    /** The neurons that are on, or null if one is neither on nor off. */
    private static int[] active(float[] values) {
        for (float value : values) {
            if (value >= NOTHING && value < 1) {
                return null;
            }
        }
        return IntStream.range(0, values.length).filter(f -> values[f] >= 1).toArray();
    }

    /** The features that are on behind some layers of gates. */
    static FeatureSet state(ProblemInstance instance, int gateLayers, FeatureSet input) {
        FeatureSet state = input;
        for (Gates gates : instance.layers().subList(0, gateLayers)) {
            state = gates.evaluate(state);
        }
        return state;
    }

    /** The neurons that are on in a state: the union of the codes. */
    int[] union(FeatureSet state) {
        return IntStream.of(state.toArray())
                .flatMap(i -> Arrays.stream(codes[i]))
                .sorted()
                .distinct()
                .toArray();
    }
}
