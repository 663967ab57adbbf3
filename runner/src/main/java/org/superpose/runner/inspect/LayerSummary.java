package org.superpose.runner.inspect;

import java.util.Arrays;
import java.util.Locale;
import org.superpose.core.network.Layer;
import org.superpose.core.network.WeightMatrix;

/**
 * What one layer of a network looks like.
 *
 * @param number 1 for the layer that reads y_0
 * @param kind of the weight matrix
 * @param rows neurons of this layer
 * @param columns neurons of the layer it reads
 * @param density fraction of entries that are not zero
 * @param distinctValues how many different entries there are
 * @param bitsPerWeight bits of one entry as stored
 * @param entropyBits Shannon entropy of one entry, in bits
 * @param smallestRow entries that are not zero in the emptiest row
 * @param largestRow entries that are not zero in the fullest row
 * @param activation what becomes of its sums: relu or none
 * @param skip the state that it adds, by the number of its layer, or null if there is none
 */
public record LayerSummary(
        int number,
        String kind,
        int rows,
        int columns,
        double density,
        int distinctValues,
        int bitsPerWeight,
        double entropyBits,
        int smallestRow,
        int largestRow,
        String activation,
        Integer skip) {

    /** Describes one layer. */
    public static LayerSummary of(int number, Layer layer) {
        WeightMatrix weights = layer.weights();
        boolean diagonal = weights.parameters() < (long) weights.rows() * weights.columns();
        float[] row = new float[weights.columns()];
        float[] all = new float[Math.toIntExact(weights.parameters())];
        int filled = 0;
        long nonZero = 0;
        int smallest = Integer.MAX_VALUE;
        int largest = 0;
        for (int r = 0; r < weights.rows(); r++) {
            int inRow = 0;
            if (diagonal) {
                all[filled] = weights.get(r, r);
                inRow = all[filled++] != 0 ? 1 : 0;
            } else {
                weights.copyRow(r, row);
                for (float value : row) {
                    inRow += value != 0 ? 1 : 0;
                    all[filled++] = value;
                }
            }
            nonZero += inRow;
            smallest = Math.min(smallest, inRow);
            largest = Math.max(largest, inRow);
        }
        Arrays.sort(all);
        int distinct = 0;
        double entropy = 0;
        for (int start = 0; start < all.length; ) {
            int end = start;
            while (end < all.length && all[end] == all[start]) {
                end++;
            }
            double share = (double) (end - start) / all.length;
            entropy -= share * Math.log(share) / Math.log(2);
            distinct++;
            start = end;
        }
        return new LayerSummary(
                number,
                weights.kind(),
                weights.rows(),
                weights.columns(),
                (double) nonZero / all.length,
                distinct,
                weights.bitsPerWeight(),
                Math.abs(entropy),
                smallest,
                largest,
                layer.activation().name().toLowerCase(Locale.ROOT),
                layer.skip().isPresent() ? layer.skip().getAsInt() : null);
    }
}
