package org.superpose.spark;

import org.superpose.core.InvalidInputException;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.run.engine.EngineSession;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.workbench.Workbench;

/**
 * Runs units as tasks of Apache Spark: in this process by default, on a cluster with {@code --set spark.master=...}.
 *
 * <p>Every {@code --set} name that begins with {@code spark.} is a Spark property and goes to Spark as it is. Results
 * come back to this process, so that the store, {@code --resume} and the reports are those of any other engine.
 */
public final class SparkEngine implements ExecutionEngine {
    /** Prefix of the names of Spark's properties. */
    private static final String PREFIX = "spark.";

    /**
     * {@code true}: units run in this process, one by one, and what is spread over the cluster is the verification of
     * each.
     */
    static final String SPLIT = "spark.superpose.split";

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
    public void run(ExecutionRequest request) throws InterruptedException {
        try (EngineSession session = open(request.sweep())) {
            session.run(request);
        }
    }

    @Override
    public EngineSession open(Sweep sweep) {
        boolean split = split();
        return new SparkSession(
                threads -> SparkCluster.open("superpose run " + sweep.recipe().experiment(), settings, threads), split);
    }

    private boolean split() {
        String value = settings.values().getOrDefault(SPLIT, System.getProperty(SPLIT, "false"));
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidInputException(SPLIT + " " + value + " must be true or false");
        }
        return value.equals("true");
    }

    /** Builds the networks in this process, and has the cluster verify each. */
    static Workbench splitting(Workbench workbench, SparkCluster cluster) {
        return workbench.replacingVerifiers(verifier -> SplitVerifier.of(verifier, cluster, SplitVerifier.LEAST_COST));
    }

    @Override
    public Verdict verify(Workbench workbench, BuiltNetwork built, String verifier, VerificationBudget budget) {
        try (SparkCluster cluster = SparkCluster.open("superpose verify", settings, budget.threads())) {
            return splitting(workbench, cluster).verify(built, verifier, budget);
        }
    }

    @Override
    public AuditReport audit(BuiltNetwork built, VerificationBudget budget) throws InterruptedException {
        try (SparkCluster cluster = SparkCluster.open("superpose audit", settings, budget.threads())) {
            return new SplitAudit(cluster, SplitAudit.LEAST_INPUTS).run(built, budget);
        }
    }
}
