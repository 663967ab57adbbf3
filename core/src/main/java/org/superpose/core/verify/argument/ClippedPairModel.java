package org.superpose.core.verify.argument;

import java.util.Arrays;
import java.util.stream.IntStream;
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
    static final int RANGE_SIZE = 1 << 15;

    /** Features of one unit of work. */
    private static final int CHUNK = 1024;

    private final Kernel kernel;
    private final CodeIndex outputsByNeuron;
    /** The rows of the first matrix. */
    private final int rows;
    /** Where F_a begins in the rows of all features; one more entry for the end. */
    private final int[] rowStarts;

    private final int[] rowsOfFeatures;
    /**
     * The features of each row less the beginning of their range, range after range and in it row after row: what is
     * counted at a time lies together.
     */
    private final char[] members;
    /** Where the members of a row begin in those of a range, at range * (rows + 1) + row. */
    private final int[] memberStarts;

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

    /** @param rangeSize the number of features in a range, a power of two of at most 65536 */
    ClippedPairModel(SuperposedNetwork network, Kernel kernel, int threads, int rangeSize) {
        this.kernel = kernel;
        Codes outputCodes = network.decoder().codes();
        this.outputsByNeuron = new CodeIndex(outputCodes);
        this.rows = network.layers().get(0).rows();
        int features = network.inputCodes().features();
        this.rowStarts = new int[features + 1];
        this.rowsOfFeatures = containingRows(network, kernel, threads, rowStarts);
        this.rangeSize = rangeSize;
        this.ranges = (features + rangeSize - 1) / rangeSize;
        this.memberStarts = new int[Math.multiplyExact(ranges, rows + 1)];
        this.members = transposed();
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

    /**
     * F_a for each feature, one after another: the intersection of the columns of its code.
     *
     * @param starts receives where each begins
     */
    private static int[] containingRows(SuperposedNetwork network, Kernel kernel, int threads, int[] starts) {
        BitMatrix bits = (BitMatrix) network.layers().get(0).weights();
        int words = Kernel.paddedWords(bits.rows());
        long[] byColumn = bitColumns(bits, words);
        Codes codes = network.inputCodes();
        int features = codes.features();
        int[][] chunks = new int[(features + CHUNK - 1) / CHUNK][];
        int weight = codes.maxWeight();
        OrderedUnits.run(chunks.length, threads, () -> {
            int[] columns = new int[weight];
            long[] common = new long[words];
            int[] buffer = new int[bits.rows()];
            return chunk -> {
                int[] found = new int[8 * CHUNK];
                int count = 0;
                for (int a = chunk * CHUNK; a < Math.min(features, (chunk + 1) * CHUNK); a++) {
                    for (int t = 0; t < codes.weight(a); t++) {
                        columns[t] = codes.neuron(a, t) * words;
                    }
                    kernel.intersect(byColumn, columns, codes.weight(a), 0, words, common);
                    int size = elements(common, buffer);
                    if (count + size > found.length) {
                        found = Arrays.copyOf(found, 2 * (count + size));
                    }
                    System.arraycopy(buffer, 0, found, count, size);
                    count += size;
                    starts[a + 1] = size;
                }
                chunks[chunk] = Arrays.copyOf(found, count);
                return true;
            };
        });
        for (int a = 0; a < features; a++) {
            starts[a + 1] = Math.addExact(starts[a], starts[a + 1]);
        }
        int[] rows = new int[starts[features]];
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            System.arraycopy(chunks[chunk], 0, rows, starts[chunk * CHUNK], chunks[chunk].length);
            chunks[chunk] = null;
        }
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

    /** Transposes the rows of features; where the members of each range and row begin goes into the starts. */
    private char[] transposed() {
        int features = rowStarts.length - 1;
        for (int a = 0; a < features; a++) {
            int base = a / rangeSize * (rows + 1);
            for (int t = rowStarts[a]; t < rowStarts[a + 1]; t++) {
                memberStarts[base + rowsOfFeatures[t]]++;
            }
        }
        int start = 0;
        for (int t = 0; t < memberStarts.length; t++) {
            int size = memberStarts[t];
            memberStarts[t] = start;
            start += size;
        }
        char[] transposed = new char[start];
        int[] next = new int[rows];
        for (int range = 0; range < ranges; range++) {
            System.arraycopy(memberStarts, range * (rows + 1), next, 0, rows);
            for (int a = range * rangeSize; a < Math.min((long) features, (range + 1L) * rangeSize); a++) {
                for (int t = rowStarts[a]; t < rowStarts[a + 1]; t++) {
                    transposed[next[rowsOfFeatures[t]]++] = (char) (a - range * rangeSize);
                }
            }
        }
        return transposed;
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

    /** The rows of all features, from {@link #rowsFrom} to {@link #rowsTo} F_a, ascending; a live array. */
    int[] rowsOfFeatures() {
        return rowsOfFeatures;
    }

    /** The rows that fire when two features are active, and nothing else: those that contain the codes of both. */
    public int[] commonRows(int first, int second) {
        return IntStream.range(rowsFrom(first), rowsTo(first))
                .map(t -> rowsOfFeatures[t])
                .filter(row -> Arrays.binarySearch(rowsOfFeatures, rowsFrom(second), rowsTo(second), row) >= 0)
                .toArray();
    }

    int rowsFrom(int feature) {
        return rowStarts[feature];
    }

    int rowsTo(int feature) {
        return rowStarts[feature + 1];
    }

    /**
     * The features of all rows less the beginning of their range, from {@link #membersFrom} to {@link #membersTo} those
     * of a row and a range, ascending; a live array.
     */
    char[] members() {
        return members;
    }

    int membersFrom(int row, int range) {
        return memberStarts[range * (rows + 1) + row];
    }

    int membersTo(int row, int range) {
        return memberStarts[range * (rows + 1) + row + 1];
    }

    int rangeSize() {
        return rangeSize;
    }

    /** The number of ranges of features. */
    int ranges() {
        return ranges;
    }

    /** The fewest common rows with which a pair may turn an output on. */
    int fewestRows() {
        return fewestRows;
    }

    /** Evaluates pairs; buffers of one thread. */
    final class Evaluation {
        private final int[] common = new int[rows];
        private final long[] on = new long[Math.max(bitWords, BitMatrix.wordsPerRow(secondBias.length))];
        private final int[] sums = new int[secondBias.length];

        /** The outputs that are on for a pair, unsorted, written into {@code outputs}; returns how many. */
        int outputsOn(int first, int second, int[] outputs) {
            int count = intersect(first, second);
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

        private int intersect(int first, int second) {
            int count = 0;
            int s = rowStarts[first];
            int t = rowStarts[second];
            while (s < rowStarts[first + 1] && t < rowStarts[second + 1]) {
                int step = Integer.compare(rowsOfFeatures[s], rowsOfFeatures[t]);
                if (step == 0) {
                    common[count++] = rowsOfFeatures[s];
                }
                s += step <= 0 ? 1 : 0;
                t += step >= 0 ? 1 : 0;
            }
            return count;
        }
    }
}
