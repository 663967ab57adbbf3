package org.superpose.spark;

import java.util.List;
import org.superpose.runner.engine.Allowance;
import org.superpose.runner.engine.EngineSettings;
import org.superpose.runner.engine.ExecutionEngine;
import org.superpose.runner.engine.Sweep;
import org.superpose.runner.engine.UnitObserver;

/**
 * Runs units as tasks of Apache Spark: in this process by default, on a cluster with {@code --set spark.master=...}.
 *
 * <p>Every {@code --set} name that begins with {@code spark.} is a Spark property and goes to Spark as it is. Results come back to this
 * process, so that the store, {@code --resume} and the reports are those of any other engine.
 */
public final class SparkEngine implements ExecutionEngine {
    /** What the names of Spark's properties begin with. */
    private static final String PREFIX = "spark.";

    private final EngineSettings settings;

    /** Without settings; found by {@link java.util.ServiceLoader}. */
    public SparkEngine() {
        this(EngineSettings.NONE);
    }

    private SparkEngine(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public String id() {
        return "spark";
    }

    @Override
    public String title() {
        return "Apache Spark, in this process or on the cluster that --set spark.master=URL names";
    }

    @Override
    public boolean hasSetting(String name) {
        return name.startsWith(PREFIX);
    }

    @Override
    public ExecutionEngine with(EngineSettings newSettings) {
        return new SparkEngine(newSettings);
    }

    @Override
    public void run(Sweep sweep, List<Integer> numbers, Allowance allowance, UnitObserver observer)
            throws InterruptedException {
        String name = "superpose run " + sweep.recipe().experiment();
        try (SparkCluster cluster = SparkCluster.open(name, settings, allowance.threads())) {
            new UnitJobs(cluster, sweep, observer).run(numbers);
        }
    }
}
