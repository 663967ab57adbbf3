package org.superpose.runner.channel;

import java.util.List;
import org.superpose.core.feature.FeatureSet;

/**
 * A feature channel: inputs that share hidden rows through which they switch one output together.
 *
 * @param output whose channel it is
 * @param features the inputs that share it
 * @param isConfirmed whether the network, run on these inputs, switches the output, and on fewer of them does not
 * @param effect how much these inputs move the output through the hidden rows, towards being switched
 * @param witnesses the rows that all of them share, those that matter most first
 */
public record Channel(int output, FeatureSet features, boolean isConfirmed, double effect, List<Witness> witnesses) {
    public Channel {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * A hidden row that all inputs of a channel push the same way.
     *
     * @param row its number
     * @param isFor true for a witness for: the inputs make it fire, and it moves the output towards being switched;
     *     false for a witness against: it holds the output back, and the inputs silence it
     * @param weight with which the output hears it
     * @param pull the weight times what the inputs together add to the row's sum
     */
    public record Witness(int row, boolean isFor, double weight, double pull) {}

    /** The rows of the witnesses for, or of those against. */
    public int[] rows(boolean areFor) {
        return witnesses.stream()
                .filter(each -> each.isFor() == areFor)
                .mapToInt(Witness::row)
                .sorted()
                .toArray();
    }
}
