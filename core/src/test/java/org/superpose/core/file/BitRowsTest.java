package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.random.Seed;

/** Packed bits on their way from a file into the words of a matrix. */
class BitRowsTest {
    private static long[] randomWords(int rows, int columns) {
        RandomGenerator random = new Seed(columns).generator();
        int wordsPerRow = BitMatrix.wordsPerRow(columns);
        long[] words = new long[rows * wordsPerRow];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                words[r * wordsPerRow + c / Long.SIZE] |= (random.nextBoolean() ? 1L : 0L) << c;
            }
        }
        return words;
    }

    private static byte[] packed(NamedArray array) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        array.writeElements(out);
        return out.toByteArray();
    }

    /** The last case has more words than a mere claim gets allocated. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "4, 8", "2, 63", "5, 64", "2, 65", "7, 130", "70000, 3", "3000, 1600"})
    void bitsComeBackWhetherTheirNumberIsProvenOrOnlyClaimed(int rows, int columns) throws IOException {
        long[] words = randomWords(rows, columns);
        NamedArray array = NamedArray.packedBits("bits", BitMatrix.ofBits(rows, columns, words));
        byte[] bytes = packed(array);
        for (boolean proven : new boolean[] {true, false}) {
            ArrayInput input = new ArrayInput("bits", array.shape(), new ByteArrayInputStream(bytes), proven);
            assertArrayEquals(words, input.bitRows());
        }
    }

    @Test
    void missingAndSurplusBytesAreRefused() throws IOException {
        NamedArray array = NamedArray.packedBits("bits", BitMatrix.ofBits(9, 20, randomWords(9, 20)));
        byte[] bytes = packed(array);
        for (int length : new int[] {0, bytes.length - 1, bytes.length + 1}) {
            ArrayInput input =
                    new ArrayInput("bits", array.shape(), new ByteArrayInputStream(Arrays.copyOf(bytes, length)), true);
            assertTrue(assertThrows(FileFormatException.class, input::bitRows)
                    .getMessage()
                    .contains("array bits"));
        }
    }
}
