package org.superpose.runner.run.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most heap in use while each unit ran. The JVM keeps one peak for all: it is read and reset whenever a unit starts
 * or ends, and counts for those that were running. Thread-safe.
 */
public final class HeapWatch {
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private final Map<Integer, Long> peaks = new HashMap<>();

    /** A unit starts. */
    public synchronized void started(int number) {
        fold();
        peaks.put(number, 0L);
    }

    /** A unit that was started ends; the most heap in use since, in bytes. */
    public synchronized long finished(int number) {
        fold();
        return peaks.remove(number);
    }

    private void fold() {
        long peak = 0;
        for (MemoryPoolMXBean pool : pools) {
            peak += pool.getPeakUsage().getUsed();
            pool.resetPeakUsage();
        }
        long seen = peak;
        peaks.replaceAll((number, earlier) -> Math.max(earlier, seen));
    }
}
