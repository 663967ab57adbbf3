package org.superpose.spark;

import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** The task of auditing one range of lowest features: its first feature in, a report as bytes out. */
final class AuditTask implements Function<Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<NetworkOnExecutors> network;
    private final int to;
    /** {@link BudgetLimits} as bytes. */
    private final byte[] limits;

    AuditTask(Broadcast<NetworkOnExecutors> network, int to, BudgetLimits limits) {
        this.network = network;
        this.to = to;
        this.limits = JavaBytes.of(limits);
    }

    @Override
    public byte[] call(Integer from) {
        int threads = TaskContext.get().cpus();
        return network.value()
                .audit(
                        from,
                        to,
                        JavaBytes.read(limits, BudgetLimits.class).budget().withThreads(threads));
    }
}
