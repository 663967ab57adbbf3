package org.superpose.bounds;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.WeightMatrix;

/**
 * The bits of one weight matrix (theory, section 4, "Bits").
 *
 * @param kind bit, dense, diagonal or integer
 * @param rows the number of rows
 * @param columns the number of columns
 * @param parameters the number of entries that are stored
 * @param distinctValues how many different values occur among them
 * @param storedBits the bits of all entries as stored
 * @param indexBits the bits of all entries as indices into a table of the distinct values: ceil(log2(distinctValues))
 *     each, without the table
 * @param entropyBits the bits of all entries under an ideal code for the frequencies of the values: entries times
 *     empirical entropy
 */
@Reference(value = "Parameter bits", standing = Standing.RECONSTRUCTED)
public record MatrixBits(
        String kind,
        int rows,
        int columns,
        long parameters,
        long distinctValues,
        long storedBits,
        long indexBits,
        double entropyBits) {

    /** Counts the values of a matrix. */
    static MatrixBits of(WeightMatrix matrix) {
        long[] counts = counts(matrix);
        long distinct = counts.length;
        int perIndex = Long.SIZE - Long.numberOfLeadingZeros(distinct - 1);
        return new MatrixBits(
                matrix.kind(),
                matrix.rows(),
                matrix.columns(),
                matrix.parameters(),
                distinct,
                matrix.storedBits(),
                matrix.parameters() * perIndex,
                entropy(counts, matrix.parameters()));
    }

    private static double entropy(long[] counts, long total) {
        double nats = 0;
        for (long count : counts) {
            nats -= count * StrictMath.log((double) count / total);
        }
        return Math.max(0, nats) / StrictMath.log(2);
    }

    /** How often each value occurs among the stored entries. */
    private static long[] counts(WeightMatrix matrix) {
        if (matrix instanceof BitMatrix bits) {
            return counts(bits);
        }
        if (matrix instanceof IntegerMatrix integers) {
            long[] counts = new long[1 << Short.SIZE];
            for (short value : integers.values()) {
                counts[value & 0xffff]++;
            }
            return Arrays.stream(counts).filter(count -> count > 0).toArray();
        }
        if (matrix instanceof DiagonalMatrix diagonal) {
            return counts(diagonal.diagonal());
        }
        return counts(((DenseMatrix) matrix).values());
    }

    private static long[] counts(BitMatrix bits) {
        long set = IntStream.range(0, bits.rows()).mapToLong(bits::rowCount).sum();
        if (bits.clearValue() == bits.setValue()) {
            return new long[] {bits.parameters()};
        }
        return Arrays.stream(new long[] {set, bits.parameters() - set})
                .filter(count -> count > 0)
                .toArray();
    }

    private static long[] counts(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        long[] counts = new long[sorted.length];
        int distinct = 0;
        for (int t = 0; t < sorted.length; t++) {
            if (t == 0 || sorted[t] != sorted[t - 1]) { // -0 and 0 are one value
                distinct++;
            }
            counts[distinct - 1]++;
        }
        return Arrays.copyOf(counts, distinct);
    }
}
