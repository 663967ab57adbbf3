package org.superpose.interop.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.random.Seed;

class TensorTest {
    private static Tensor longs(NumberType type, long... bits) {
        ByteBuffer bytes = ByteBuffer.allocate(bits.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (long each : bits) {
            for (int b = 0; b < type.bytes(); b++) {
                bytes.put((byte) (each >>> 8 * b));
            }
        }
        return new Tensor("w", new TensorShape(type, List.of(bits.length)), bytes.flip());
    }

    private static Tensor doubles(double... values) {
        return longs(
                NumberType.FLOAT64,
                Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray());
    }

    private static float[] floats(Tensor tensor) throws FileFormatException {
        return tensor.floats(Rounding.REFUSED, note -> {
            throw new AssertionError(note);
        });
    }

    /** The definition of IEEE 754: sign, 5 bits of exponent with an offset of 15, 10 of fraction. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 31;
        double fraction = (bits & 1023) / 1024.0;
        double magnitude = exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
        return bits >> 15 == 0 ? magnitude : -magnitude;
    }

    @Test
    void everyFiniteFloat16IsExactAndTheOthersAreRefused() throws FileFormatException {
        for (int bits = 0; bits < 1 << 16; bits++) {
            Tensor tensor = longs(NumberType.FLOAT16, bits);
            if ((bits >> 10 & 31) == 31) {
                assertThrows(FileFormatException.class, () -> floats(tensor), Integer.toHexString(bits));
            } else {
                assertEquals((float) half(bits), floats(tensor)[0], Integer.toHexString(bits));
                assertEquals(half(bits), floats(tensor)[0], 0.0);
            }
        }
    }

    @Test
    void bfloat16IsTheUpperHalfOfFloat32() throws FileFormatException {
        assertArrayEquals(
                new float[] {1, -2, 3.140625f, 0x1p-133f},
                floats(longs(NumberType.BFLOAT16, 0x3f80, 0xc000, 0x4049, 0x0001)));
    }

    /** Java's numbers of any precision are the judge. */
    @ParameterizedTest
    @EnumSource(
            value = NumberType.class,
            names = {"INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64"})
    void wholeNumbersAreExactOrRefused(NumberType type) throws FileFormatException {
        RandomGenerator random = new Seed(5).generator();
        int bits = 8 * type.bytes();
        boolean signed = type.name().startsWith("INT");
        List<Long> samples = new ArrayList<>(List.of(0L, -1L, 1L << bits - 1, (1L << bits - 1) - 1, 1L << 24));
        samples.addAll(
                List.of((1L << 24) + 1, (1L << 25) + 2, -1L << 40, -1L << 39, (1L << 62) + (1L << 38), 1L << 63));
        for (int t = 0; t < 2_000; t++) {
            samples.add(random.nextLong() << random.nextInt(64) >>> random.nextInt(64));
        }
        for (long sample : samples) {
            long low = bits == 64 ? sample : sample & (1L << bits) - 1;
            BigInteger value = new BigInteger(Long.toUnsignedString(low));
            if (signed && value.testBit(bits - 1)) {
                value = value.subtract(BigInteger.ONE.shiftLeft(bits));
            }
            boolean exact = new BigDecimal(value.floatValue()).compareTo(new BigDecimal(value)) == 0;
            Tensor tensor = longs(type, low);
            if (exact) {
                assertEquals(value.floatValue(), floats(tensor)[0], value + " of " + type);
            } else {
                FileFormatException fault = assertThrows(FileFormatException.class, () -> floats(tensor));
                assertTrue(
                        fault.getMessage().contains("has " + value + " at [0], which float32 cannot hold"),
                        fault.getMessage());
                float[] rounded = tensor.floats(Rounding.NEAREST, note -> {});
                assertEquals(value.floatValue(), rounded[0], value + " of " + type);
            }
        }
    }

    @Test
    void booleansAreZeroAndOne() throws FileFormatException {
        assertArrayEquals(new float[] {0, 1, 1}, floats(longs(NumberType.BOOL, 0, 1, 1)));
    }

    @Test
    void float64MustBeExactOrIsRoundedWithANote() throws FileFormatException {
        assertArrayEquals(new float[] {0.5f, -3, 0x1p-149f}, floats(doubles(0.5, -3, 0x1p-149)));
        Tensor tensor = doubles(0.5, 0.1, 0.3);
        FileFormatException fault = assertThrows(FileFormatException.class, () -> floats(tensor));
        assertEquals(
                "array w is float64 [3] and has 0.1 at [1], which float32 cannot hold exactly (2 of 3 numbers): round"
                        + " them yourself, or let them be rounded with --round",
                fault.getMessage());
        List<String> notes = new ArrayList<>();
        assertArrayEquals(new float[] {0.5f, 0.1f, 0.3f}, tensor.floats(Rounding.NEAREST, notes::add));
        assertEquals(1, notes.size());
        assertEquals(
                "array w: 2 of 3 numbers were rounded from float64 to float32, by at most 1.1920929E-8", notes.get(0));
    }

    @ParameterizedTest
    @CsvSource({"NaN,NaN", "Infinity,Infinity", "-Infinity,-Infinity", "1e300,1.0E300"})
    void numbersThatAreNoneOrTooLargeAreRefusedAlsoWithRounding(double value, String text) {
        for (Rounding rounding : Rounding.values()) {
            FileFormatException fault = assertThrows(
                    FileFormatException.class, () -> doubles(0, 0, value).floats(rounding, note -> {}));
            assertTrue(fault.getMessage().startsWith("array w has " + text + " at [2], "), fault.getMessage());
            assertFalse(fault.getMessage().contains("--round"), fault.getMessage());
        }
    }

    @Test
    void aPlaceInAMatrixHasTwoIndices() {
        ByteBuffer bytes =
                ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putFloat(20, Float.NaN);
        Tensor tensor = new Tensor("w", new TensorShape(NumberType.FLOAT32, List.of(2, 3)), bytes);
        FileFormatException fault = assertThrows(FileFormatException.class, () -> floats(tensor));
        assertEquals("array w has NaN at [1, 2], but all numbers must be finite", fault.getMessage());
    }
}
