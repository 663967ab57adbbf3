package org.superpose.spark;

import java.util.function.IntFunction;
import org.apache.spark.broadcast.Broadcast;
import org.superpose.runner.run.engine.EngineSession;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.LocalEngine;

/** One Spark application, from the first request of a sweep to the last. */
final class SparkSession implements EngineSession {
    private final IntFunction<SparkCluster> start;
    private final boolean split;
    private SparkCluster cluster;
    private Broadcast<SweepOnExecutors> sweep;

    /**
     * Starts nothing yet.
     *
     * @param start starts the application, given the threads of this process
     * @param split whether units run in this process, and the verification of each is spread
     */
    SparkSession(IntFunction<SparkCluster> start, boolean split) {
        this.start = start;
        this.split = split;
    }

    @Override
    public void run(ExecutionRequest request) throws InterruptedException {
        if (cluster == null) {
            cluster = start.apply(request.allowance().threads());
        }
        if (split) {
            request.listener().executors(cluster.executors());
            new LocalEngine()
                    .run(request.with(SparkEngine.splitting(request.sweep().workbench(), cluster)));
            return;
        }
        if (sweep == null) {
            sweep = UnitJobs.broadcast(cluster, request.sweep());
        }
        new UnitJobs(cluster, sweep, request).run();
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
