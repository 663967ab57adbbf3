package org.superpose.core.verify.argument;

import java.util.Arrays;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.CodeIndex;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.verify.arithmetic.IntegerColumns;
import org.superpose.core.verify.run.OrderedUnits;

/**
 * A network of {@link ClippedPairForm}, prepared: for each feature a the rows F_a of the first matrix that contain its
 * code, for each row e the features R_e it contains, and the second matrix by columns. Memory is that of these lists.
 * Immutable.
 */
public final class ClippedPairModel {
    /** Features that are counted at a time: their counters, of one byte each, stay in the first-level cache. */
    static final int RANGE_SIZE = 1 << 14;

    /** Features of one unit of work. */
    private static final int CHUNK = 1024;

    private final Kernel kernel;
    private final CodeIndex outputsByNeuron;
    private final int[][] rowsOfFeature;
    private final int[][] featuresOfRow;
    /** For each row, where the features of each range begin in its list; one more entry for the end. */
    private final int[] rangeStarts;

    private final int rangeSize;
    private final int ranges;
    private final int[] secondBias;
    private final int fewestRows;
    /** The second matrix by columns as bit sets over its rows, if it is 0/1 with one bias; else null. */
    private final long[] bitColumns;

    private final int bitWords;
    private final IntegerColumns columns;

    /** Prepares a network that has the form. */
    public ClippedPairModel(SuperposedNetwork network, Kernel kernel, int threads) {
        this(network, kernel, threads, RANGE_SIZE);
    }

    /** @param rangeSize the number of features in a range */
    ClippedPairModel(SuperposedNetwork network, Kernel kernel, int threads, int rangeSize) {
        this.kernel = kernel;
        Codes outputCodes = network.decoder().codes();
        this.outputsByNeuron = new CodeIndex(outputCodes);
        this.rowsOfFeature = containingRows(network, kernel, threads);
        this.featuresOfRow = transpose(rowsOfFeature, network.layers().get(0).rows());
        this.rangeSize = rangeSize;
        this.ranges = (rowsOfFeature.length + rangeSize - 1) / rangeSize;
        this.rangeStarts = rangeStarts(featuresOfRow, ranges, rangeSize);
        Layer second = network.layers().get(1);
        this.secondBias = new int[second.rows()];
        for (int f = 0; f < secondBias.length; f++) {
            secondBias[f] = (int) second.bias(f);
        }
        boolean uniform = Arrays.stream(secondBias).allMatch(bias -> bias == secondBias[0]);
        if (uniform && second.weights() instanceof BitMatrix bits && bits.isZeroOne()) {
            this.bitWords = Kernel.paddedWords(bits.rows());
            this.bitColumns = bitColumns(bits, bitWords);
            this.columns = null;
            this.fewestRows = 1 - secondBias[0];
        } else {
            this.bitWords = 0;
            this.bitColumns = null;
            this.columns = IntegerColumns.of(second.weights());
            this.fewestRows = fewestRows(second, columns, outputCodes.inverse());
        }
    }

    private static long[] bitColumns(BitMatrix bits, int wordsPerColumn) {
        long[] columns = new long[Math.multiplyExact(bits.columns(), wordsPerColumn)];
        int words = BitMatrix.wordsPerRow(bits.columns());
        for (int r = 0; r < bits.rows(); r++) {
            for (int w = 0; w < words; w++) {
                for (long word = bits.word(r, w); word != 0; word &= word - 1) {
                    int column = w * Long.SIZE + Long.numberOfTrailingZeros(word);
                    columns[column * wordsPerColumn + r / Long.SIZE] |= 1L << r;
                }
            }
        }
        return columns;
    }

    /** F_a for each feature: the intersection of the columns of its code. */
    private static int[][] containingRows(SuperposedNetwork network, Kernel kernel, int threads) {
        BitMatrix bits = (BitMatrix) network.layers().get(0).weights();
        int words = Kernel.paddedWords(bits.rows());
        long[] byColumn = bitColumns(bits, words);
        Codes codes = network.inputCodes();
        int[][] rows = new int[codes.features()][];
        OrderedUnits.run((rows.length + CHUNK - 1) / CHUNK, threads, () -> {
            int[] starts = new int[codes.maxWeight()];
            long[] common = new long[words];
            int[] buffer = new int[bits.rows()];
            return chunk -> {
                for (int a = chunk * CHUNK; a < Math.min(rows.length, (chunk + 1) * CHUNK); a++) {
                    for (int t = 0; t < codes.weight(a); t++) {
                        starts[t] = codes.neuron(a, t) * words;
                    }
                    kernel.intersect(byColumn, starts, codes.weight(a), 0, words, common);
                    rows[a] = Arrays.copyOf(buffer, elements(common, buffer));
                }
                return true;
            };
        });
        return rows;
    }

    private static int elements(long[] set, int[] into) {
        int count = 0;
        for (int w = 0; w < set.length; w++) {
            for (long word = set[w]; word != 0; word &= word - 1) {
                into[count++] = w * Long.SIZE + Long.numberOfTrailingZeros(word);
            }
        }
        return count;
    }

    private static int[][] transpose(int[][] lists, int targets) {
        int[] counts = new int[targets];
        for (int[] list : lists) {
            for (int target : list) {
                counts[target]++;
            }
        }
        int[][] result = new int[targets][];
        for (int target = 0; target < targets; target++) {
            result[target] = new int[counts[target]];
        }
        Arrays.fill(counts, 0);
        for (int source = 0; source < lists.length; source++) {
            for (int target : lists[source]) {
                result[target][counts[target]++] = source;
            }
        }
        return result;
    }

    private static int[] rangeStarts(int[][] lists, int ranges, int rangeSize) {
        int[] starts = new int[Math.multiplyExact(lists.length, ranges + 1)];
        for (int row = 0; row < lists.length; row++) {
            int at = 0;
            for (int range = 0; range <= ranges; range++) {
                while (at < lists[row].length && lists[row][at] < (long) range * rangeSize) {
                    at++;
                }
                starts[row * (ranges + 1) + range] = at;
            }
        }
        return starts;
    }

    /** The fewest common rows with which the sum of a row that an output reads may get above 0. */
    private static int fewestRows(Layer second, IntegerColumns columns, Codes.Inverse outputsOfNeuron) {
        int largestWeight = 0;
        int leastGap = Integer.MAX_VALUE;
        for (int f = 0; f < second.rows(); f++) {
            if (outputsOfNeuron.load(f) > 0) {
                leastGap = Math.min(leastGap, (int) -second.bias(f));
                for (int e = 0; e < columns.count(); e++) {
                    largestWeight = Math.max(largestWeight, columns.get(f, e));
                }
            }
        }
        return largestWeight == 0 ? Integer.MAX_VALUE : leastGap / largestWeight + 1;
    }

    /** F_a, ascending; a live array. */
    int[] rowsOfFeature(int feature) {
        return rowsOfFeature[feature];
    }

    /** R_e, ascending; a live array. */
    int[] featuresOfRow(int row) {
        return featuresOfRow[row];
    }

    int rangeSize() {
        return rangeSize;
    }

    /** The number of ranges of features. */
    int ranges() {
        return ranges;
    }

    /** Where in {@link #featuresOfRow} the features of a range begin; for {@code range == ranges()} the end. */
    int rangeStart(int row, int range) {
        return rangeStarts[row * (ranges + 1) + range];
    }

    /** The fewest common rows with which a pair may turn an output on. */
    int fewestRows() {
        return fewestRows;
    }

    /** Evaluates pairs; buffers of one thread. */
    final class Evaluation {
        private final int[] common = new int[featuresOfRow.length];
        private final long[] on = new long[Math.max(bitWords, BitMatrix.wordsPerRow(secondBias.length))];
        private final int[] sums = new int[secondBias.length];

        /** The outputs that are on for a pair, unsorted, written into {@code outputs}; returns how many. */
        int outputsOn(int first, int second, int[] outputs) {
            int count = intersect(rowsOfFeature[first], rowsOfFeature[second]);
            if (bitColumns != null) {
                if (count < fewestRows) {
                    return 0;
                }
                for (int t = 0; t < count; t++) {
                    common[t] *= bitWords;
                }
                kernel.reach(bitColumns, common, count, 0, bitWords, fewestRows, on);
            } else {
                System.arraycopy(secondBias, 0, sums, 0, sums.length);
                for (int t = 0; t < count; t++) {
                    columns.add(kernel, common[t], 1, sums);
                }
                Arrays.fill(on, 0);
                for (int f = 0; f < sums.length; f++) {
                    if (sums[f] > 0) {
                        on[f / Long.SIZE] |= 1L << f;
                    }
                }
            }
            return outputsByNeuron.within(on, outputs);
        }

        private int intersect(int[] a, int[] b) {
            int count = 0;
            for (int s = 0, t = 0; s < a.length && t < b.length; ) {
                if (a[s] == b[t]) {
                    common[count++] = a[s];
                    s++;
                    t++;
                } else if (a[s] < b[t]) {
                    s++;
                } else {
                    t++;
                }
            }
            return count;
        }
    }
}
