package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    private static byte[] bytes(NamedArray array) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npy.write(array, out);
        return out.toByteArray();
    }

    private static ArrayInput open(byte[] bytes, boolean proven) throws IOException {
        return Npy.open("a", new ByteArrayInputStream(bytes), bytes.length, proven, Npy.Writer.OURS);
    }

    private static byte[] file(int version, String header, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        int length = header.length();
        out.writeBytes(
                version == 1
                        ? new byte[] {(byte) length, (byte) (length >> 8)}
                        : new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) (length >> 24)
                        });
        out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(data);
        return out.toByteArray();
    }

    @Property(tries = 200)
    void integersSurviveWhetherTheSizeIsProvenOrClaimed(@ForAll int[] values, @ForAll boolean proven)
            throws IOException {
        byte[] bytes = bytes(NamedArray.ints("a", values));
        try (ArrayInput in = open(bytes, proven)) {
            assertEquals(ArrayShape.of(ElementType.INT32, values.length), in.shape());
            assertArrayEquals(values, in.ints());
        }
    }

    @Property(tries = 100)
    void textsSurvive(@ForAll List<String> texts) throws IOException {
        // NumPy drops trailing zero characters, and lone surrogates are no text
        List<String> sound = texts.stream()
                .map(text ->
                        new String(text.replace("\0", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .toList();
        try (ArrayInput in = open(bytes(NamedArray.texts("a", sound)), false)) {
            assertEquals(sound, Arrays.asList(in.texts()));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,true", "1,true", "16384,false", "16385,false", "70000,false", "300000,false", "300000,true"})
    void arraysLargerThanTheBufferSurvive(int length, boolean proven) throws IOException {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i - 0.25f * length;
        }
        try (ArrayInput in = open(bytes(NamedArray.floats("a", values)), proven)) {
            assertArrayEquals(values, in.floats());
        }
    }

    @Test
    void theHeaderIsAlignedTo64BytesAndSaysWhatNumPyExpects() throws IOException {
        byte[] bytes = bytes(NamedArray.ints("a", new int[] {1, 2, 3, 4, 5, 6}, 2, 3));
        assertEquals(0, (bytes.length - 24) % 64);
        String header = new String(bytes, 10, bytes.length - 24 - 10, StandardCharsets.ISO_8859_1);
        assertEquals("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }", header.strip());
        assertTrue(header.endsWith("\n"));
        byte[] vector = bytes(NamedArray.ints("a", new int[] {1}));
        assertTrue(new String(vector, StandardCharsets.ISO_8859_1).contains("'shape': (1,), }"));
        byte[] scalar = bytes(NamedArray.scalar("a", 1));
        assertTrue(new String(scalar, StandardCharsets.ISO_8859_1).contains("'shape': (), }"));
    }

    @Test
    void everyHeaderHasRoomForTheLargestShape() throws IOException {
        for (ArrayShape shape : new ArrayShape[] {
            ArrayShape.of(new ElementType('i', 1)),
            ArrayShape.of(new ElementType('i', Integer.MAX_VALUE), 2_000_000_000, 0),
            ArrayShape.of(ElementType.text(1 << 28), 0, Integer.MAX_VALUE)
        }) {
            byte[] bytes = bytes(new NamedArray("a", shape, out -> {
                for (long t = 0; t < shape.bytes(); t++) {
                    out.putByte(0);
                }
            }));
            assertEquals(128 + shape.bytes(), bytes.length);
            assertEquals('\n', bytes[127]);
            assertTrue(new String(bytes, 10, 117, StandardCharsets.ISO_8859_1).matches("\\{'descr': [^}]*, \\} *"));
        }
    }

    @Test
    void aVectorHasNoOtherOrderAndAHeaderMayBeOf64Kilobytes() throws IOException {
        String fortran = "{'descr': '<i2', 'fortran_order': True, 'shape': (2,), }";
        byte[] elements = {1, 0, 2, 0};
        assertArrayEquals(
                new short[] {1, 2}, open(file(1, fortran, elements), true).shorts());
        String padded = fortran + " ".repeat(65536 - fortran.length());
        assertArrayEquals(
                new short[] {1, 2}, open(file(2, padded, elements), true).shorts());
        assertEquals(
                "array a claims a header of 65537 bytes, which is more than is there or than any header needs",
                fault(file(2, padded + " ", elements)));
    }

    private static String fault(byte[] bytes) {
        return assertThrows(FileFormatException.class, () -> open(bytes, true)).getMessage();
    }

    @Test
    void aHeaderOfAnotherFormatVersionOrLengthIsNamed() {
        byte[] bytes = file(1, "", new byte[0]);
        assertEquals("array a has no element type in its header that can be read", fault(bytes));
        assertEquals("array a ends within its header", fault(Arrays.copyOf(bytes, 9)));
        bytes[7] = 1;
        assertEquals("array a is of NPY version 1.1, only 1.0, 2.0 and 3.0 can be read", fault(bytes));
        bytes[6] = 4;
        bytes[7] = 0;
        assertEquals("array a is of NPY version 4.0, only 1.0, 2.0 and 3.0 can be read", fault(bytes));
        bytes[6] = 0;
        assertEquals("array a is of NPY version 0.0, only 1.0, 2.0 and 3.0 can be read", fault(bytes));
        bytes[0] = 0;
        assertEquals("array a is not in NumPy's NPY format", fault(bytes));
    }

    @Test
    void aHeaderThatGoesBeyondTheArrayIsRefused() {
        byte[] bytes = file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", new byte[0]);
        FileFormatException fault = assertThrows(
                FileFormatException.class,
                () -> Npy.open("a", new ByteArrayInputStream(bytes), bytes.length - 1, true, Npy.Writer.OURS));
        assertEquals(
                "array a claims a header of 57 bytes, which is more than is there or than any header needs",
                fault.getMessage());
    }

    @Test
    void utf8IsAVectorOfItsBytes() throws IOException {
        try (ArrayInput in = open(bytes(NamedArray.bytes("a", "añ𝄞".getBytes(StandardCharsets.UTF_8))), true)) {
            assertEquals(ArrayShape.of(ElementType.UINT8, 7), in.shape());
            assertArrayEquals("añ𝄞".getBytes(StandardCharsets.UTF_8), in.bytes());
        }
    }

    @Test
    void anArrayThatWritesAnotherNumberOfBytesThanItsShapeSaysIsADefect() {
        NamedArray array = new NamedArray("a", ArrayShape.of(ElementType.INT32, 2), out -> out.putInt(1));
        assertEquals(
                "array a wrote 4 bytes instead of 8",
                assertThrows(IllegalStateException.class, () -> bytes(array)).getMessage());
    }

    @Test
    void versionTwoAndEveryElementTypeAreRead() throws IOException {
        String shape = "'fortran_order': False, 'shape': (2,), }\n";
        byte[] eight = {1, 0, 0, 0, 0, 0, 0, (byte) 0x80};
        assertArrayEquals(
                new long[] {Long.MIN_VALUE + 1, 2},
                open(file(2, "{'descr': '<i8', " + shape, concat(eight, new byte[] {2, 0, 0, 0, 0, 0, 0, 0})), true)
                        .longs());
        assertArrayEquals(
                new short[] {-2, 258},
                open(file(1, "{'descr': '<i2', " + shape, new byte[] {-2, -1, 2, 1}), true)
                        .shorts());
        assertArrayEquals(
                new byte[] {-2, 3},
                open(file(1, "{'descr': '|i1', " + shape, new byte[] {-2, 3}), true)
                        .bytes());
        assertArrayEquals(
                new byte[] {-2, 3},
                open(file(1, "{'descr': '|u1', " + shape, new byte[] {-2, 3}), true)
                        .bytes());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), };elements of type '>f4'",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,), };elements of type '|O'",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), };no element type",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), };Fortran order",
                "{'descr': '<f4', 'shape': (1,), };no element order",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), };no shape of whole numbers",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1), };at most two dimensions",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), };(99999999999,)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647), };at most two dimensions",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 100000), };"
                        + "takes 40000000000 bytes, but has 4",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), };takes 8 bytes, but has 4",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), };takes 0 bytes, but has 4",
                "junk;no element type"
            })
    void headersThatCannotBeReadAreNamed(String header, String part) {
        FileFormatException fault =
                assertThrows(FileFormatException.class, () -> open(file(1, header, new byte[4]), true));
        assertTrue(fault.getMessage().startsWith("array a "), fault.getMessage());
        assertTrue(fault.getMessage().contains(part), fault.getMessage());
    }

    /** NumPy evaluates a header as a Python literal, in which the last of two keys wins and comments are left out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'shape': (1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'descr': '<i4', }",
                "{'descr': '<i4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
                "{#'descr': '<i4',\n'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } #",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': (1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } {",
                " {'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (01,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (,1)}",
                "{'descr': '<f4' 'fortran_order': False, 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,),, }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n\n",
                "{'de\\x73cr': '<i4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }"
            })
    void aHeaderThatAnotherReaderMayReadOtherwiseIsRefused(String header) {
        assertTrue(fault(file(1, header, new byte[4])).contains("header that not every program reads alike"), header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }     \n",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
                "{'shape': (1,),'descr':'<f4','fortran_order':False}\n",
                "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (1,)}\n",
                "{'fortran_order': True, 'shape': (1, 1,), 'descr': '<f4'}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': ( ), }"
            })
    void everyHeaderThatRealProgramsWriteIsRead(String header) throws IOException {
        for (int version = 1; version <= 3; version++) {
            byte[] bytes = file(version, header.replace("True", "False"), new byte[4]);
            assertEquals(1, open(bytes, true).floats().length);
        }
    }

    private static ArrayInput openAny(byte[] bytes) throws IOException {
        return Npy.open("a", new ByteArrayInputStream(bytes), bytes.length, true, Npy.Writer.ANY);
    }

    /** The bytes of 2 x 3 elements that count from 1, in the order that the arguments say. */
    private static byte[] counted(int size, boolean bigEndian, boolean byColumns, int[] dimensions) {
        int rows = dimensions.length == 2 ? dimensions[0] : 1;
        int columns = dimensions[dimensions.length - 1];
        byte[] bytes = new byte[rows * columns * size];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int place = byColumns ? c * rows + r : r * columns + c;
                bytes[place * size + (bigEndian ? size - 1 : 0)] = (byte) (1 + r * columns + c);
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "f,2", "f,4", "f,8", "i,1", "i,2", "i,4", "i,8", "u,1", "u,2", "u,4", "u,8",
    })
    void everyOrderOfBytesAndElementsIsBroughtIntoOurs(char kind, int size) throws IOException {
        for (int[] dimensions : new int[][] {{2, 3}, {3, 2}, {1, 6}, {6}}) {
            byte[] expected = counted(size, false, false, dimensions);
            String shape = Arrays.toString(dimensions).replace('[', '(').replace("]", ",)");
            for (boolean bigEndian : size == 1 ? new boolean[] {false} : new boolean[] {false, true}) {
                for (boolean fortran : new boolean[] {false, true}) {
                    String header = "{'descr': '" + (size == 1 ? "|" : bigEndian ? ">" : "<") + kind + size
                            + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + "}\n";
                    byte[] data = counted(size, bigEndian, fortran && dimensions.length == 2, dimensions);
                    try (ArrayInput in = openAny(file(1, header, data))) {
                        assertEquals(ArrayShape.of(new ElementType(kind, size), dimensions), in.shape(), header);
                        byte[] elements = new byte[expected.length];
                        in.elements().get(elements);
                        assertArrayEquals(expected, elements, header);
                    }
                }
            }
        }
    }

    @Test
    void textsOfTheOtherByteOrderAreRead() throws IOException {
        byte[] data = {0, 0, 0, 'a', 0, 1, (byte) 0xd1, 0x1e};
        String header = "{'descr': '>U1', 'fortran_order': False, 'shape': (2,)}";
        try (ArrayInput in = openAny(file(1, header, data))) {
            assertArrayEquals(new String[] {"a", "\ud834\udd1e"}, in.texts());
        }
    }

    @Test
    void anArrayOfAnotherOrderThatIsTooShortOrTooLongIsRefused() throws IOException {
        String header = "{'descr': '>f4', 'fortran_order': True, 'shape': (2, 2)}";
        for (int missing : new int[] {1, -1}) {
            byte[] bytes = file(1, header, new byte[16 - missing]);
            try (ArrayInput in =
                    Npy.open("a", new ByteArrayInputStream(bytes), bytes.length + missing, false, Npy.Writer.ANY)) {
                FileFormatException fault = assertThrows(FileFormatException.class, in::floats);
                assertTrue(
                        fault.getMessage().matches("array a (ends before|goes on after) its last element"),
                        fault.getMessage());
            }
        }
    }

    @Test
    void aHeaderThatClaimsFourGigabytesIsNotAllocated() {
        byte[] bytes = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1};
        FileFormatException fault = assertThrows(FileFormatException.class, () -> open(bytes, true));
        assertTrue(fault.getMessage().contains("claims a header of 4294967295 bytes"), fault.getMessage());
    }

    @Test
    void claimedElementsThatDoNotArriveAreNotAllocated() throws IOException {
        byte[] claim = file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (100000000,), }\n", new byte[400]);
        try (ArrayInput in = Npy.open(
                "a", new ByteArrayInputStream(claim), claim.length - 400 + 400_000_000L, false, Npy.Writer.OURS)) {
            long before = allocatedBytes();
            FileFormatException fault = assertThrows(FileFormatException.class, in::floats);
            assertTrue(fault.getMessage().contains("ends before its last element"), fault.getMessage());
            assertTrue(allocatedBytes() - before < 20_000_000, "400 MB were claimed, 400 bytes were there");
        }
    }

    /** Bytes allocated by this thread since it began. */
    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void anArrayBeyondHalfTheMemoryIsRefused() throws IOException {
        byte[] claim =
                file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 100000), }\n", new byte[400]);
        try (ArrayInput in = Npy.open(
                "a", new ByteArrayInputStream(claim), claim.length - 400 + 40_000_000_000L, false, Npy.Writer.OURS)) {
            FileFormatException fault = assertThrows(FileFormatException.class, in::floats);
            assertTrue(fault.getMessage().contains("half of the memory"), fault.getMessage());
        }
    }

    @Test
    void anotherTypeThanTheOneAskedForIsNamed() throws IOException {
        try (ArrayInput in = open(bytes(NamedArray.ints("a", new int[] {1})), true)) {
            FileFormatException fault = assertThrows(FileFormatException.class, in::floats);
            assertEquals("array a is int32, but must be float32", fault.getMessage());
        }
    }

    @Test
    void numbersThatAreNotFiniteAreNamedWithTheirPosition() throws IOException {
        float[] values = {1, 2, Float.NEGATIVE_INFINITY, 4};
        byte[] bytes = bytes(new NamedArray(
                "a",
                ArrayShape.of(ElementType.FLOAT32, 2, 2),
                NamedArray.floats("a", values).elements()));
        FileFormatException fault =
                assertThrows(FileFormatException.class, () -> open(bytes, true).floats());
        assertTrue(fault.getMessage().contains("-Infinity at row 1, column 0"), fault.getMessage());
    }
}
