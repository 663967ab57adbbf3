package org.superpose.constructions.clipped.conflict;

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
final class FiringSets extends Containment {
    /** Features that one thread fills in at a time, a multiple of 64. */
    private static final int STRETCH = 1024;

    private final ChannelWiring wiring;
    private final Codes codes;
    private final int words;
    private final int featureWords;
    private final long[] rowsOfFeature;
    private final long[] featuresOfRow;

    FiringSets(ChannelWiring wiring) {
        super(wiring);
        this.wiring = wiring;
        this.codes = wiring.inputCodes();
        this.words = wiring.words();
        this.featureWords = BitMatrix.wordsPerRow(codes.features());
        this.rowsOfFeature = new long[Math.multiplyExact(codes.features(), words)];
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

    @Override
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

    @Override
    void flip(int row, int feature) {
        rowsOfFeature[feature * words + (row >>> 6)] ^= 1L << row;
        featuresOfRow[row * featureWords + (feature >>> 6)] ^= 1L << feature;
    }
}
