package org.superpose.interop.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;

/**
 * The truth about one network, read off by running it: which level of features each state belongs to, the direction of
 * each feature in each state, and the rows of each gate.
 *
 * <p>The <em>direction</em> of a feature in a state is its response alone: the state for the smallest input that turns
 * the feature, minus the state at rest. Directions point to where the feature is on, so that of a feature that is on at
 * rest is the negative of its response. Where no input turns a feature its direction is zero.
 */
public final class NetworkTruth {
    /** Features by whose directions the polarity of a state is told. */
    private static final int MOST_FOR_POLARITY = 256;

    private final BuiltNetwork built;
    private final StateLevels levels;
    private final TurningInputs turning;
    private final StateRun run;
    private final float[][] rest;
    private final int[] polarity;

    private NetworkTruth(BuiltNetwork built) {
        this.built = built;
        this.levels = StateLevels.of(built);
        this.turning = new TurningInputs(built.instance());
        this.run = new StateRun(built.network());
        this.rest = run.states(FeatureSet.EMPTY);
        this.polarity = new int[rest.length];
        for (int t = 0; t < rest.length; t++) {
            polarity[t] = polarityOf(t);
        }
    }

    /** Finds out about a network. */
    public static NetworkTruth of(BuiltNetwork built) {
        return new NetworkTruth(built);
    }

    private int polarityOf(int state) {
        int features = features(levels.level(state));
        double sum = 0;
        for (int f = 0; f < Math.min(features, MOST_FOR_POLARITY); f++) {
            for (float value : direction(state, f)) {
                sum += value;
            }
        }
        return sum < 0 ? -1 : 1;
    }

    /** The network. */
    public BuiltNetwork built() {
        return built;
    }

    /** Runs the same network. */
    public StateRun run() {
        return run;
    }

    /** Which level each state belongs to. */
    public StateLevels levels() {
        return levels;
    }

    /** L + 1, the number of states. */
    public int states() {
        return rest.length;
    }

    /** n_t, the number of entries of a state. */
    public int neurons(int state) {
        return rest[state].length;
    }

    /** G + 1, the number of levels. */
    public int levelCount() {
        return built.instance().layers().size() + 1;
    }

    /** The number of features of a level. */
    public int features(int level) {
        return level == 0
                ? built.instance().inputs()
                : built.instance().layers().get(level - 1).outputs();
    }

    /** 1, or -1 if a state holds 1 - t, so that features that are on make it smaller. */
    public int polarity(int state) {
        return polarity[state];
    }

    /** A fresh copy of a state when no feature is active. */
    public float[] rest(int state) {
        return rest[state].clone();
    }

    /** The smallest input that was found to turn a feature, or empty. */
    public Optional<FeatureSet> turningInput(int level, int feature) {
        return turning.input(level, feature);
    }

    /** Whether that input turns no other feature of the level. */
    public boolean isAlone(int level, int feature) {
        return turning.isAlone(level, feature);
    }

    /** The features that are on at each level for an input, 0..G. */
    public static FeatureSet[] levelsOf(ProblemInstance instance, FeatureSet active) {
        return TurningInputs.levelsOf(instance, active);
    }

    /** The direction of a feature of a state's level in that state, a fresh array of n_t numbers. */
    public float[] direction(int state, int feature) {
        return responses(levels.level(state), feature)[state];
    }

    /** The directions of all features of a state's level in that state, features x n_t. */
    public float[][] directions(int state) {
        int level = levels.level(state);
        return IntStream.range(0, features(level))
                .parallel()
                .mapToObj(f -> responses(level, f)[state])
                .toArray(float[][]::new);
    }

    /** The direction of a feature in every state. */
    private float[][] responses(int level, int feature) {
        Optional<FeatureSet> input = turning.input(level, feature);
        if (input.isEmpty()) {
            return Arrays.stream(rest).map(state -> new float[state.length]).toArray(float[][]::new);
        }
        float[][] states = run.states(input.get());
        float sign = turning.isOnAtRest(level, feature) ? -1 : 1;
        for (int t = 0; t < states.length; t++) {
            for (int r = 0; r < states[t].length; r++) {
                states[t][r] = sign * (states[t][r] - rest[t][r]);
            }
        }
        return states;
    }

    /** The index of the full matrix that reads the first state of a level of gates, or empty if none follows it. */
    private Optional<Integer> readoutOf(int level) {
        List<Layer> layers = built.network().layers();
        for (int t = levels.firstOf(level); t < layers.size(); t++) {
            if (levels.level(t + 1) == level && !(layers.get(t).weights() instanceof DiagonalMatrix)) {
                return Optional.of(t);
            }
        }
        return Optional.empty();
    }

    /**
     * The channels of a level of gates: for each gate the rows of the level's first state that respond to it alone by
     * at least half of its largest response and, where a full matrix of the same level reads them, speak for it there:
     * with whole numbers as weights to all rows of its code, else by their sum. Rows that fire by chance are left out.
     *
     * @param level 1..G
     * @return for each gate its rows, ascending
     */
    public List<int[]> channels(int level) {
        int state = levels.firstOf(level);
        Optional<Integer> readout = readoutOf(level);
        List<int[]> channels = new ArrayList<>();
        float[][] columns = readout.map(
                        t -> built.network().layers().get(t).weights().byColumn())
                .orElse(null);
        for (int i = 0; i < features(level); i++) {
            int feature = i;
            float[][] responses = responses(level, feature);
            int[] code = readout.map(t -> levels.isHidden(t + 1) ? strongest(responses[t + 1]) : code(t + 1, feature))
                    .orElse(null);
            channels.add(Arrays.stream(strongest(responses[state]))
                    .filter(r -> code == null || speaks(columns, readout.get(), r, responses, code))
                    .toArray());
        }
        return channels;
    }

    /**
     * Whether a row speaks for a feature in what a matrix writes: with whole numbers as weights to every row of the
     * feature's code, else to what responds to the feature altogether.
     */
    private boolean speaks(float[][] columns, int layer, int row, float[][] responses, int[] code) {
        float[] target = responses[layer + 1];
        double weight = responses[layer][row];
        if (built.network().layers().get(layer).weights().isInteger()) {
            return Arrays.stream(code).allMatch(e -> weight * columns[row][e] * target[e] > 0);
        }
        double vote = 0;
        for (int e = 0; e < target.length; e++) {
            vote += weight * columns[row][e] * target[e];
        }
        return vote > 0;
    }

    /**
     * The code of a feature in a state of codes: that of the encoder or the decoder, else the rows that respond to the
     * feature alone by at least half of the largest response.
     *
     * @param feature one of the level of the state
     */
    int[] code(int state, int feature) {
        SuperposedNetwork network = built.network();
        if (state == 0) {
            return network.inputCodes().code(feature);
        }
        if (state == states() - 1 && !network.decoder().isReadout()) {
            return network.decoder().codes().code(feature);
        }
        return strongest(direction(state, feature));
    }

    private static int[] strongest(float[] direction) {
        float largest = 0;
        for (float value : direction) {
            largest = Math.max(largest, Math.abs(value));
        }
        float half = largest / 2;
        return IntStream.range(0, direction.length)
                .filter(r -> direction[r] != 0 && Math.abs(direction[r]) >= half)
                .toArray();
    }
}
