package org.superpose.core.verify.monotone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;

/**
 * Carries what the neurons of a network of whole weights are worth through its layers, as sums of indicators.
 *
 * <p>Where ReLU cuts, whole values make it a sum of indicators again: of a sum s that rises, ReLU(s) is the number of
 * the thresholds 1, 2, ... that s reaches; and ReLU(c - s) is c less the number of the thresholds 1 to c that it
 * reaches.
 */
final class MonotoneStates {
    /** The most thresholds of one row that are told apart. */
    private static final int MOST_LEVELS = 64;

    private final SuperposedNetwork network;
    private final ThresholdSearch search;

    /** @param network in whole numbers, of ReLU layers without skips, its outputs read by codes */
    MonotoneStates(SuperposedNetwork network, ThresholdSearch search) {
        this.network = network;
        this.search = search;
    }

    /** Says which row is not a sum of indicators, and why. */
    static final class NotMonotone extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotMonotone(String message) {
            super(message);
        }
    }

    /** Whether each row of a matrix has weights of one sign. */
    static boolean hasRowsOfOneSign(WeightMatrix weights) {
        if (weights instanceof DiagonalMatrix || weights instanceof BitMatrix bits && bits.clearValue() == 0) {
            return true;
        }
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            boolean rises = false;
            boolean falls = false;
            for (float weight : row) {
                rises |= weight > 0;
                falls |= weight < 0;
            }
            if (rises && falls) {
                return false;
            }
        }
        return true;
    }

    /**
     * What turns each output on.
     *
     * @throws NotMonotone if a row that is cut neither rises nor falls
     * @throws ThresholdSearch.TooLong if there are too many sets
     */
    List<Indicator> outputs() {
        List<MonotoneSum> state = embedding();
        for (int t = 0; t < network.layers().size(); t++) {
            state = next(t, state);
        }
        List<Indicator> outputs = new ArrayList<>();
        Map<RowThreshold, Indicator> rows = new HashMap<>();
        for (int i = 0; i < network.outputs(); i++) {
            outputs.add(output(i, state, rows));
        }
        return outputs;
    }

    private List<MonotoneSum> embedding() {
        Codes codes = network.inputCodes();
        List<MonotoneSum.Builder> sums = new ArrayList<>();
        for (int e = 0; e < codes.neurons(); e++) {
            sums.add(new MonotoneSum.Builder(0));
        }
        for (int j = 0; j < codes.features(); j++) {
            Indicator feature = Indicator.of(j);
            for (int t = 0; t < codes.weight(j); t++) {
                sums.get(codes.neuron(j, t)).add(1, feature);
            }
        }
        return sums.stream().map(MonotoneSum.Builder::sum).toList();
    }

    private List<MonotoneSum> next(int index, List<MonotoneSum> state) {
        Layer layer = network.layers().get(index);
        List<MonotoneSum> next = new ArrayList<>();
        float[] weights = new float[layer.columns()];
        for (int r = 0; r < layer.rows(); r++) {
            layer.weights().copyRow(r, weights);
            MonotoneSum.Builder sum = new MonotoneSum.Builder((int) layer.bias(r));
            for (int c = 0; c < weights.length; c++) {
                if (weights[c] != 0) {
                    sum.add((int) weights[c], state.get(c));
                }
            }
            next.add(relu(sum.sum(), index, r));
        }
        return next;
    }

    private MonotoneSum relu(MonotoneSum sum, int layer, int row) {
        if (sum.least() >= 0) {
            return sum;
        }
        if (sum.most() <= 0) {
            return MonotoneSum.ZERO;
        }
        if (sum.rises()) {
            return levels(sum, sum.most(), layer, row);
        }
        if (sum.falls()) {
            MonotoneSum rising = new MonotoneSum(0, sum.negated().terms());
            MonotoneSum reached = levels(rising, sum.constant(), layer, row);
            return new MonotoneSum.Builder(sum.constant()).add(-1, reached).sum();
        }
        throw new NotMonotone(name(layer, row) + " is cut, and some features raise it and others lower it");
    }

    /** The indicators of a rising sum for the thresholds 1, 2, ..., added up. */
    private MonotoneSum levels(MonotoneSum sum, long upTo, int layer, int row) {
        MonotoneSum.Builder levels = new MonotoneSum.Builder(0);
        for (int threshold = 1; threshold <= upTo; threshold++) {
            Indicator reached = search.reaches(sum, threshold);
            if (reached.sets().isEmpty()) {
                break;
            }
            if (threshold > MOST_LEVELS) {
                throw new NotMonotone(name(layer, row) + " takes more than " + MOST_LEVELS + " values above its cut");
            }
            levels.add(1, reached);
        }
        return levels.sum();
    }

    private static String name(int layer, int row) {
        return "row " + row + " of layer " + layer;
    }

    /** A row of the last state, and a threshold that is asked of it: many outputs share both. */
    private record RowThreshold(int row, long threshold) {}

    private Indicator output(int output, List<MonotoneSum> state, Map<RowThreshold, Indicator> rows) {
        Decoder decoder = network.decoder();
        long threshold = (long) Math.ceil(decoder.threshold(output));
        boolean everyRow = decoder.kind() == Decoder.Kind.EVERY_ROW;
        MonotoneSum.Builder sum = new MonotoneSum.Builder(0);
        for (int row : decoder.codes().code(output)) {
            if (everyRow) {
                sum.add(
                        1,
                        rows.computeIfAbsent(
                                new RowThreshold(row, threshold), key -> reaches(state.get(row), threshold, output)));
            } else {
                sum.add(1, state.get(row));
            }
        }
        return reaches(sum.sum(), everyRow ? decoder.codes().weight(output) : threshold, output);
    }

    private Indicator reaches(MonotoneSum sum, long threshold, int output) {
        if (!sum.rises()) {
            throw new NotMonotone("what output " + output + " is read from falls with some features");
        }
        return search.reaches(sum, threshold);
    }
}
