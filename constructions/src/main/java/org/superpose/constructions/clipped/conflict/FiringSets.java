package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;

/**
 * The sets F_j of hidden rows whose support contains the whole code of feature j (theory, section 7.2), and their
 * transposed form R_e, the features that a row contains; kept up to date while channels move. Mutable.
 *
 * <p>With at most r active features exactly the rows in all r of the F_j fire, since each feature adds at most k to a
 * row.
 */
final class FiringSets {
    /** Features that one thread fills in at a time, a multiple of 64. */
    private static final int STRETCH = 1024;

    private final ChannelWiring wiring;
    private final Codes codes;
    private final Codes.Inverse featuresOfColumn;
    private final int words;
    private final int featureWords;
    private final long[] rowsOfFeature;
    private final long[] featuresOfRow;
    private final boolean[] isChanged;
    private int[] changed = new int[64];
    private int changedCount;

    FiringSets(ChannelWiring wiring) {
        this.wiring = wiring;
        this.codes = wiring.inputCodes();
        this.featuresOfColumn = codes.inverse();
        this.words = wiring.words();
        this.featureWords = BitMatrix.wordsPerRow(codes.features());
        this.rowsOfFeature = new long[Math.multiplyExact(codes.features(), words)];
        this.isChanged = new boolean[codes.features()];
        this.featuresOfRow = new long[Math.multiplyExact(wiring.hidden(), featureWords)];
        // Of two features in different stretches no word is shared, so each stretch can have a thread of its own.
        int stretches = (codes.features() + STRETCH - 1) / STRETCH;
        IntStream.range(0, stretches)
                .parallel()
                .forEach(stretch -> fill(stretch * STRETCH, Math.min(codes.features(), (stretch + 1) * STRETCH)));
    }

    private void fill(int from, int to) {
        for (int j = from; j < to; j++) {
            for (int word = 0; word < words; word++) {
                long rows = -1L;
                for (int u = 0; u < codes.weight(j); u++) {
                    rows &= wiring.firstColumnWord(codes.neuron(j, u), word);
                }
                rowsOfFeature[j * words + word] = rows;
                for (long left = rows; left != 0; left &= left - 1) {
                    int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                    featuresOfRow[row * featureWords + (j >>> 6)] |= 1L << j;
                }
            }
        }
    }

    /** F_1, F_2, ..., each of {@link ChannelWiring#words()} words; shared, not to be written. */
    long[] rowsOfFeature() {
        return rowsOfFeature;
    }

    /** F_j in ascending order. */
    int[] rows(int feature) {
        int size = 0;
        for (int word = feature * words; word < (feature + 1) * words; word++) {
            size += Long.bitCount(rowsOfFeature[word]);
        }
        int[] rows = new int[size];
        int count = 0;
        for (int word = 0; word < words; word++) {
            for (long left = rowsOfFeature[feature * words + word]; left != 0; left &= left - 1) {
                rows[count++] = word * Long.SIZE + Long.numberOfTrailingZeros(left);
            }
        }
        return rows;
    }

    boolean contains(int row, int feature) {
        return (rowsOfFeature[feature * words + (row >>> 6)] >>> row & 1) != 0;
    }

    /**
     * Writes R_e into a buffer in ascending order.
     *
     * @return how many there are
     */
    int features(int row, int[] into) {
        int count = 0;
        for (int word = 0; word < featureWords; word++) {
            for (long left = featuresOfRow[row * featureWords + word]; left != 0; left &= left - 1) {
                into[count++] = word * Long.SIZE + Long.numberOfTrailingZeros(left);
            }
        }
        return count;
    }

    /** Follows the wiring's last change of a row; the features that gained or lost the row are the changed ones. */
    void update(int row) {
        for (int t = 0; t < changedCount; t++) {
            isChanged[changed[t]] = false;
        }
        changedCount = 0;
        boolean isRemoval = wiring.changedFirstCount() > 0 && !wiring.hasFirst(row, wiring.changedFirst(0));
        for (int t = 0; t < wiring.changedFirstCount(); t++) {
            int column = wiring.changedFirst(t);
            for (int u = 0; u < featuresOfColumn.load(column); u++) {
                int feature = featuresOfColumn.feature(column, u);
                // A feature in the row loses it with any entry of its code, so only what the row lacks needs a look.
                if (isRemoval ? contains(row, feature) : !contains(row, feature) && isContained(feature, row)) {
                    flip(row, feature);
                }
            }
        }
    }

    private boolean isContained(int feature, int row) {
        for (int u = 0; u < codes.weight(feature); u++) {
            if (!wiring.hasFirst(row, codes.neuron(feature, u))) {
                return false;
            }
        }
        return true;
    }

    private void flip(int row, int feature) {
        rowsOfFeature[feature * words + (row >>> 6)] ^= 1L << row;
        featuresOfRow[row * featureWords + (feature >>> 6)] ^= 1L << feature;
        if (changedCount == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changedCount);
        }
        changed[changedCount++] = feature;
        isChanged[feature] = true;
    }

    /** How many features gained or lost the row of the last change. */
    int changedCount() {
        return changedCount;
    }

    /** The {@code t}-th of the features that gained or lost the row of the last change. */
    int changed(int t) {
        return changed[t];
    }

    /** Whether a feature gained or lost the row of the last change. */
    boolean isChanged(int feature) {
        return isChanged[feature];
    }
}
