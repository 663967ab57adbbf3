package org.superpose.spark;

import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** The task of one range of lowest features: its first feature in, {@link PartialVerdict} as bytes out. */
final class RangeTask implements Function<Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<NetworkOnExecutors> network;
    private final String verifier;
    private final int to;
    /** {@link BudgetLimits} as bytes. */
    private final byte[] limits;

    RangeTask(Broadcast<NetworkOnExecutors> network, String verifier, int to, BudgetLimits limits) {
        this.network = network;
        this.verifier = verifier;
        this.to = to;
        this.limits = JavaBytes.of(limits);
    }

    @Override
    public byte[] call(Integer from) {
        int threads = TaskContext.get().cpus();
        return JavaBytes.of(network.value()
                .verify(
                        verifier,
                        from,
                        to,
                        JavaBytes.read(limits, BudgetLimits.class).budget().withThreads(threads)));
    }
}
