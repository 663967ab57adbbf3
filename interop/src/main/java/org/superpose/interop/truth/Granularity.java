package org.superpose.interop.truth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Layer;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.random.Seed;

/**
 * What of a network is the sum of its parts and what is not, by measurement: states against the sum of the directions
 * of the features that are on, and matrices against the parts of their gates.
 */
final class Granularity {
    /** Inputs on which a state is held against the sum of directions. */
    private static final int INPUTS = 256;

    private static final float TOLERANCE = 1e-5f;

    private final NetworkTruth truth;

    private Granularity(NetworkTruth truth) {
        this.truth = truth;
    }

    static Granularity of(NetworkTruth truth) {
        return new Granularity(truth);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("levels", levels());
        document.put("states_are_shared_out_evenly", truth.levels().isEven());
        document.put("states", states());
        document.put("matrices", matrices());
        document.put(
                "notes",
                List.of(
                        "level 0 holds the input features, level g the outputs of the g-th layer of gates",
                        "additive: on " + INPUTS + " inputs of the domain the state is rest plus the sum of the"
                                + " directions of the features that are on, within " + TOLERANCE,
                        "sum: the matrix is the sum of one part per gate, rows x columns; union: its entries are"
                                + " on wherever a part is, once, so that parts do not add up to the weights;"
                                + " neither: it is not made of such parts, as trained weights"));
        return document;
    }

    private List<Map<String, Object>> levels() {
        List<Map<String, Object>> levels = new ArrayList<>();
        for (int level = 0; level < truth.levelCount(); level++) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("level", level);
            entry.put("features", truth.features(level));
            int alone = 0;
            int turned = 0;
            for (int f = 0; f < truth.features(level); f++) {
                turned += truth.turningInput(level, f).isPresent() ? 1 : 0;
                alone += truth.isAlone(level, f) ? 1 : 0;
            }
            entry.put("features_with_a_direction", turned);
            entry.put("features_that_can_be_turned_alone", alone);
            levels.add(entry);
        }
        return levels;
    }

    private List<Map<String, Object>> states() {
        List<FeatureSet> inputs = inputs();
        int[] additive = new int[truth.states()];
        float[] worst = new float[truth.states()];
        for (FeatureSet input : inputs) {
            FeatureSet[] on = NetworkTruth.levelsOf(truth.built().instance(), input);
            FeatureSet[] rest = NetworkTruth.levelsOf(truth.built().instance(), FeatureSet.EMPTY);
            float[][] states = truth.run().states(input);
            for (int t = 0; t < states.length; t++) {
                int level = truth.levels().level(t);
                float[] sum = truth.rest(t);
                for (int f : on[level].symmetricDifference(rest[level]).toArray()) {
                    StateRun.addScaled(truth.direction(t, f), on[level].contains(f) ? 1 : -1, sum);
                }
                float most = 0;
                for (int r = 0; r < sum.length; r++) {
                    most = Math.max(most, Math.abs(sum[r] - states[t][r]));
                }
                worst[t] = Math.max(worst[t], most);
                additive[t] += most <= TOLERANCE ? 1 : 0;
            }
        }
        List<Map<String, Object>> documents = new ArrayList<>();
        for (int t = 0; t < truth.states(); t++) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("state", t);
            entry.put("array", "activations." + t);
            entry.put("level", truth.levels().level(t));
            entry.put("hidden", truth.levels().isHidden(t));
            entry.put("polarity", truth.polarity(t));
            entry.put("neurons", truth.neurons(t));
            entry.put("additive", additive[t] == inputs.size());
            entry.put("additive_share", (double) additive[t] / inputs.size());
            entry.put("largest_deviation", worst[t]);
            documents.add(entry);
        }
        return documents;
    }

    private List<FeatureSet> inputs() {
        InputDomain domain = truth.built().instance().domain();
        RandomGenerator random = new Seed(0).child("granularity").generator();
        List<FeatureSet> inputs = new ArrayList<>();
        while (inputs.size() < INPUTS) {
            int count = domain.minActive() + random.nextInt(domain.maxActive() - domain.minActive() + 1);
            inputs.add(domain.sample(count, random));
        }
        return inputs;
    }

    private List<Map<String, Object>> matrices() {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (GateParts parts : GateParts.of(truth)) {
            Layer layer = truth.built().network().layers().get(parts.layer());
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("array", "layers." + parts.layer() + ".weight");
            entry.put("level", parts.level());
            entry.put("is", composition(layer.weights(), parts));
            documents.add(entry);
        }
        return documents;
    }

    /** Compares row by row, up to one common factor of the whole matrix. */
    private static String composition(WeightMatrix weights, GateParts parts) {
        float[] row = new float[weights.columns()];
        float scale = 0;
        int[][] gatesOfRow = gatesOfRow(weights.rows(), parts);
        for (int r = 0; r < weights.rows() && scale == 0; r++) {
            int[] counts = counts(gatesOfRow[r], parts, row.length);
            weights.copyRow(r, row);
            for (int c = 0; c < row.length && scale == 0; c++) {
                scale = counts[c] == 1 ? row[c] : 0;
            }
        }
        boolean sum = scale != 0;
        boolean union = scale != 0;
        for (int r = 0; r < weights.rows() && (sum || union); r++) {
            int[] counts = counts(gatesOfRow[r], parts, row.length);
            weights.copyRow(r, row);
            for (int c = 0; c < row.length; c++) {
                sum &= row[c] == scale * counts[c];
                union &= row[c] == (counts[c] > 0 ? scale : 0);
            }
        }
        return sum ? "sum" : union ? "union" : "neither";
    }

    /** How many gates of a row read each column. */
    private static int[] counts(int[] gates, GateParts parts, int columns) {
        int[] counts = new int[columns];
        for (int gate : gates) {
            for (int c : parts.columns().get(gate)) {
                counts[c]++;
            }
        }
        return counts;
    }

    private static int[][] gatesOfRow(int rows, GateParts parts) {
        int[] counts = new int[rows];
        for (int[] own : parts.rows()) {
            for (int r : own) {
                counts[r]++;
            }
        }
        int[][] gates = new int[rows][];
        for (int r = 0; r < rows; r++) {
            gates[r] = new int[counts[r]];
        }
        for (int i = 0; i < parts.rows().size(); i++) {
            for (int r : parts.rows().get(i)) {
                gates[r][--counts[r]] = i;
            }
        }
        return gates;
    }
}
