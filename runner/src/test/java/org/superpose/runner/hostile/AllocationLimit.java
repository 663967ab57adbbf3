package org.superpose.runner.hostile;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * The bytes that reading hostile content may allocate in all, garbage included, which is more than is ever in use.
 *
 * @param bytes on the Java heap
 */
public record AllocationLimit(long bytes) {
    /** For parsers, class loading and messages; measured below 3 MiB once warm. */
    private static final long CONSTANT_BYTES = 4L << 20;

    private static final long BYTES_PER_BYTE = 2;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A reading that says whether it was refused. */
    @FunctionalInterface
    public interface Reading<E extends Exception> {
        boolean refuses() throws E;
    }

    /** The limit for content of some length. */
    public static AllocationLimit of(long length) {
        return new AllocationLimit(CONSTANT_BYTES + BYTES_PER_BYTE * length);
    }

    /**
     * Reads; if that allocates too much, reads once more, since classes may have been loaded the first time.
     *
     * @return what the reading says
     * @throws AssertionError if the second reading allocates too much too
     */
    public <E extends Exception> boolean keep(Reading<E> reading) throws E {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean refused = reading.refuses();
        if (THREADS.getCurrentThreadAllocatedBytes() - before > bytes) {
            before = THREADS.getCurrentThreadAllocatedBytes();
            reading.refuses();
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated > bytes) {
                throw new AssertionError(allocated + " bytes were allocated, allowed are " + bytes);
            }
        }
        return refused;
    }
}
