package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;

/**
 * What makes an input wrong: the rows of channels that alone keep an entry alive by which the input brings the faulty
 * output rows to fire. Taking one out shrinks the fired rows or the rows that the faulty ones read. Keeps buffers; for
 * one thread.
 */
final class Culprits {
    private final ChannelWiring wiring;
    private final WrongInputTracker wrong;
    private final long[] fired;
    /** An output and a row of its channel in turn. */
    private int[] found = new int[256];

    private int count;

    Culprits(ChannelWiring wiring, WrongInputTracker wrong) {
        this.wiring = wiring;
        this.wrong = wrong;
        this.fired = new long[wiring.words()];
    }

    /**
     * Finds the culprits of a wrong input.
     *
     * @param all whether every row of a channel that fires for the input counts as one
     * @return how many there are
     */
    int find(FeatureSet input, boolean all) {
        int[] faultyRows = wrong.faultyRows(input);
        Codes outputCodes = wiring.outputCodes();
        count = 0;
        wrong.firedRows(input, fired);
        for (int word = 0; word < fired.length; word++) {
            for (long left = fired[word]; left != 0; left &= left - 1) {
                int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                for (int t = 0; t < wiring.outputCount(row); t++) {
                    int owner = wiring.output(row, t);
                    if (all || ownsFirst(owner, row, input) || ownsSecond(owner, row, faultyRows, outputCodes)) {
                        add(owner, row);
                    }
                }
            }
        }
        return count;
    }

    /** The output of the {@code t}-th culprit. */
    int output(int t) {
        return found[2 * t];
    }

    /** The row of the {@code t}-th culprit. */
    int row(int t) {
        return found[2 * t + 1];
    }

    private boolean ownsFirst(int owner, int row, FeatureSet input) {
        Gates gates = wiring.gates();
        Codes codes = wiring.inputCodes();
        if (readsAll(owner, input)) {
            return true; // rows of its own fire for this input wherever they are, but others may do less harm
        }
        for (int t = 0; t < gates.fanIn(owner); t++) {
            int read = gates.read(owner, t);
            for (int u = 0; u < codes.weight(read); u++) {
                int column = codes.neuron(read, u);
                if (wiring.isFirstWantedOnce(row, column) && isInCode(codes, input, column)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean readsAll(int output, FeatureSet input) {
        Gates gates = wiring.gates();
        for (int t = 0; t < gates.fanIn(output); t++) {
            if (!input.contains(gates.read(output, t))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInCode(Codes codes, FeatureSet input, int column) {
        for (int t = 0; t < input.size(); t++) {
            for (int u = 0; u < codes.weight(input.get(t)); u++) {
                if (codes.neuron(input.get(t), u) == column) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean ownsSecond(int owner, int row, int[] faultyRows, Codes codes) {
        for (int neuron : faultyRows) {
            if (wiring.isSecondWantedOnce(neuron, row)) {
                for (int w = 0; w < codes.weight(owner); w++) {
                    if (codes.neuron(owner, w) == neuron) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void add(int output, int row) {
        if (2 * count == found.length) {
            found = Arrays.copyOf(found, 4 * count);
        }
        found[2 * count] = output;
        found[2 * count + 1] = row;
        count++;
    }
}
