package org.superpose.spark;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.DoubleAccumulator;

/** The task of one unit: number in, {@link UnitOutcome} as bytes out. */
final class UnitTask implements Function<Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SweepOnExecutors> sweep;
    private final String label;
    /** Within a task its value is the fraction that is done; executors send it to the driver with each heartbeat. */
    private final DoubleAccumulator progress;

    UnitTask(Broadcast<SweepOnExecutors> sweep, String label, DoubleAccumulator progress) {
        this.sweep = sweep;
        this.label = label;
        this.progress = progress;
    }

    @Override
    public byte[] call(Integer number) throws InterruptedException {
        return JavaBytes.of(sweep.value().run(number, label, this::reached));
    }

    private synchronized void reached(double fraction) {
        if (fraction > progress.sum()) {
            progress.add(fraction - progress.sum());
        }
    }
}
