package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.InvalidInputException;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.Codes;

/**
 * What {@link FiringSets} holds, as lists, where bit vectors would take too much memory: for each feature j the hidden
 * rows F_j that contain its code, and for each row e the features R_e that it contains. All lists of a kind lie in one
 * array; those that changed since are beside it. Mutable.
 */
final class FiringLists extends Containment {
    /** Features that one thread looks at at a time. */
    private static final int STRETCH = 1024;

    private final ChannelWiring wiring;
    private final Codes codes;
    private final int[] rowStarts;
    private final char[] rows;
    private final int[] featureStarts;
    private final int[] features;
    /** For each feature its rows if they have changed, or null. */
    private final char[][] changedRows;
    /** For each row its features if they have changed, or null. */
    private final int[][] changedFeatures;

    /** @param wiring all channels are placed; it has at most 65535 hidden rows */
    FiringLists(ChannelWiring wiring) {
        super(wiring);
        this.wiring = wiring;
        this.codes = wiring.inputCodes();
        int count = codes.features();
        this.changedRows = new char[count][];
        this.changedFeatures = new int[wiring.hidden()][];
        char[][] stretches = new char[(count + STRETCH - 1) / STRETCH][];
        this.rowStarts = new int[count + 1];
        IntStream.range(0, stretches.length).parallel().forEach(t -> stretches[t] = list(t));
        for (int j = 0; j < count; j++) {
            rowStarts[j + 1] = sum(rowStarts[j], rowStarts[j + 1]);
        }
        this.rows = new char[rowStarts[count]];
        for (int t = 0; t < stretches.length; t++) {
            System.arraycopy(stretches[t], 0, rows, rowStarts[t * STRETCH], stretches[t].length);
            stretches[t] = null;
        }
        this.featureStarts = new int[wiring.hidden() + 1];
        for (char row : rows) {
            featureStarts[row + 1]++;
        }
        for (int row = 0; row < wiring.hidden(); row++) {
            featureStarts[row + 1] += featureStarts[row];
        }
        this.features = new int[rows.length];
        int[] next = featureStarts.clone();
        for (int j = 0; j < count; j++) {
            for (int t = rowStarts[j]; t < rowStarts[j + 1]; t++) {
                features[next[rows[t]]++] = j;
            }
        }
    }

    private static int sum(int before, int more) {
        if (before > Integer.MAX_VALUE - 8 - more) {
            throw new InvalidInputException("the rows are so full that the list of the features that they contain has"
                    + " more than " + (Integer.MAX_VALUE - 8) + " entries. Maybe take a larger width");
        }
        return before + more;
    }

    /** The rows of the features of a stretch one after another; how many each has goes into {@link #rowStarts}. */
    private char[] list(int stretch) {
        int words = wiring.words();
        Kernel kernel = Kernels.best();
        int[] columns = new int[codes.maxWeight()];
        long[] common = new long[words];
        char[] found = new char[16 * STRETCH];
        int count = 0;
        for (int j = stretch * STRETCH; j < Math.min(codes.features(), (stretch + 1) * STRETCH); j++) {
            for (int u = 0; u < codes.weight(j); u++) {
                columns[u] = codes.neuron(j, u) * words;
            }
            kernel.intersect(wiring.firstColumns(), columns, codes.weight(j), 0, words, common);
            int before = count;
            for (int word = 0; word < words; word++) {
                for (long left = common[word]; left != 0; left &= left - 1) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, 2 * count);
                    }
                    found[count++] = (char) (word * Long.SIZE + Long.numberOfTrailingZeros(left));
                }
            }
            rowStarts[j + 1] = count - before;
        }
        return Arrays.copyOf(found, count);
    }

    /** The array that has F_j, ascending, from {@link #rowsFrom} to {@link #rowsTo}; shared, not to be written. */
    char[] rows(int feature) {
        return changedRows[feature] == null ? rows : changedRows[feature];
    }

    int rowsFrom(int feature) {
        return changedRows[feature] == null ? rowStarts[feature] : 0;
    }

    int rowsTo(int feature) {
        return changedRows[feature] == null ? rowStarts[feature + 1] : changedRows[feature].length;
    }

    /** The array that has R_e, ascending, from {@link #featuresFrom} to {@link #featuresTo}; not to be written. */
    int[] features(int row) {
        return changedFeatures[row] == null ? features : changedFeatures[row];
    }

    int featuresFrom(int row) {
        return changedFeatures[row] == null ? featureStarts[row] : 0;
    }

    int featuresTo(int row) {
        return changedFeatures[row] == null ? featureStarts[row + 1] : changedFeatures[row].length;
    }

    @Override
    boolean contains(int row, int feature) {
        return Arrays.binarySearch(rows(feature), rowsFrom(feature), rowsTo(feature), (char) row) >= 0;
    }

    @Override
    void update(int row) {
        super.update(row);
        if (changedCount() > 0) {
            flipAll(row);
        }
    }

    @Override
    void flip(int row, int feature) {
        char[] before = rows(feature);
        int from = rowsFrom(feature);
        int to = rowsTo(feature);
        int at = Arrays.binarySearch(before, from, to, (char) row);
        boolean had = at >= 0;
        int place = had ? at : -at - 1;
        char[] after = new char[to - from + (had ? -1 : 1)];
        System.arraycopy(before, from, after, 0, place - from);
        if (had) {
            System.arraycopy(before, place + 1, after, place - from, to - place - 1);
        } else {
            after[place - from] = (char) row;
            System.arraycopy(before, place, after, place - from + 1, to - place);
        }
        changedRows[feature] = after;
    }

    /** Makes the list of a row what those of the changed features say. */
    private void flipAll(int row) {
        int[] flipped = IntStream.range(0, changedCount()).map(this::changed).toArray();
        Arrays.sort(flipped);
        int[] before = features(row);
        int from = featuresFrom(row);
        int to = featuresTo(row);
        int[] after = new int[to - from + flipped.length];
        int count = 0;
        int next = 0;
        for (int t = from; t < to; t++) {
            while (next < flipped.length && flipped[next] < before[t]) {
                after[count++] = flipped[next++];
            }
            if (next < flipped.length && flipped[next] == before[t]) {
                next++;
            } else {
                after[count++] = before[t];
            }
        }
        while (next < flipped.length) {
            after[count++] = flipped[next++];
        }
        changedFeatures[row] = Arrays.copyOf(after, count);
    }
}
