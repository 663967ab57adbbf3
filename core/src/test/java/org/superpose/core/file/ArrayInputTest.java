package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What an array may hold and how much memory it may take. */
class ArrayInputTest {
    private static ArrayInput claimed(ArrayShape shape, int bytesThatAreThere) {
        return new ArrayInput("a", shape, new ByteArrayInputStream(new byte[bytesThatAreThere]), false);
    }

    private static String fault(Executable read) {
        return assertThrows(FileFormatException.class, read).getMessage();
    }

    @Test
    void everyWayOfReadingInsistsOnItsType() throws IOException {
        ArrayInput other = claimed(ArrayShape.of(ElementType.text(1), 2, 2), 16);
        Map<String, Executable> ways = new LinkedHashMap<>();
        ways.put("float32", other::floats);
        ways.put("int32", other::ints);
        ways.put("int64", other::longs);
        ways.put("int16", other::shorts);
        ways.put("uint8", other::bytes);
        ways.forEach((type, way) -> assertEquals("array a is text, but must be " + type, fault(way)));
        assertEquals("array a is text, but must be uint8", fault(other::bitRows));
        ArrayInput bytes = claimed(ArrayShape.of(ElementType.INT8, 2, 2), 4);
        assertEquals("array a is int8, but must be uint8", fault(bytes::bitRows));
        assertEquals("array a is int8, but must be text", fault(bytes::texts));
        assertArrayEquals(new byte[4], bytes.bytes());
    }

    @Test
    void claimedElementsAreAllocatedAsTheyArrive() {
        int arriving = 10 << 16;
        for (ArrayShape shape : new ArrayShape[] {
            ArrayShape.of(ElementType.FLOAT32, 100_000_000), ArrayShape.of(ElementType.UINT8, 50_000_000, 8)
        }) {
            ArrayInput input = claimed(shape, arriving);
            long before = allocatedBytes();
            String fault = fault(shape.rank() == 1 ? input::floats : input::bitRows);
            assertEquals("array a ends before its last element", fault);
            assertTrue(allocatedBytes() - before < 16_000_000, "400 MB were claimed, 640 kB were there");
        }
    }

    /** Bytes allocated by this thread since it began. */
    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void halfOfTheMemoryMayBeTakenAndNotMore() {
        long half = Runtime.getRuntime().maxMemory() / 2;
        assumeTrue(half / Long.BYTES < Integer.MAX_VALUE - 8, "no array can take half of this memory");
        int longs = (int) (half / Long.BYTES);
        assertEquals(
                "array a ends before its last element",
                fault(claimed(ArrayShape.of(ElementType.INT64, longs), 0)::longs));
        String tooMuch = ", which takes " + ((longs + 1L) * Long.BYTES >> 20)
                + " MiB, more than half of the memory that is allowed (raise it with -Xmx)";
        assertEquals(
                "array a is int64 [" + (longs + 1) + "]" + tooMuch,
                fault(claimed(ArrayShape.of(ElementType.INT64, longs + 1), 0)::longs));
        // a row of one byte takes a whole word
        assertEquals(
                "array a is uint8 [" + (longs + 1) + ", 1]" + tooMuch,
                fault(claimed(ArrayShape.of(ElementType.UINT8, longs + 1, 1), 0)::bitRows));
    }

    @Test
    void moreElementsThanAnArrayCanHaveAreRefused() {
        assertEquals(
                "array a is float32 [100000, 100000], which takes 38146 MiB, more than half of the memory that is"
                        + " allowed (raise it with -Xmx)",
                fault(claimed(ArrayShape.of(ElementType.FLOAT32, 100_000, 100_000), 0)::floats));
    }

    @Test
    void closingAnArrayClosesItsStream() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream(new byte[4]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        try (ArrayInput input = new ArrayInput("a", ArrayShape.of(ElementType.INT32), in, true)) {
            assertEquals("a", input.name());
            assertFalse(closed.get());
        }
        assertTrue(closed.get());
    }
}
