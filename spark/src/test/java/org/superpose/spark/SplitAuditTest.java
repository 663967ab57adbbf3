package org.superpose.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SplitAuditTest {
    private static final Workbench WORKBENCH =
            Guice.createInjector(new SuperposeModule()).getInstance(Workbench.class);
    private static SparkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SparkCluster.open(
                "test", new EngineSettings(Map.of("spark.master", "local[3]"), EngineSettings.NONE.pluginFolder()), 3);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** A network with what it computes, but one gate reads another pair. */
    private static BuiltNetwork wrong(String... assignments) {
        BuiltNetwork built = WORKBENCH.build(
                NetworkRecipe.of("two-and", "clipped-and", Assignments.parse(List.of(assignments)), new Seed(1)));
        int[] reads = built.instance().gates().reads();
        reads[0] = 3;
        reads[1] = 17;
        return new BuiltNetwork(
                built.instance()
                        .with(
                                List.of(Gates.conjunctions(built.instance().inputs(), 2, reads)),
                                built.instance().domain()),
                built.network());
    }

    private static AuditReport here(BuiltNetwork built) {
        return Audit.of(built).run(VerificationBudget.unlimited(), Optional.empty(), WrongDecisions.NONE);
    }

    @Test
    void partsFindWhatOneProcessFinds() throws InterruptedException {
        BuiltNetwork pairs = wrong("inputs=24", "outputs=24", "width=60");
        BuiltNetwork triples = new BuiltNetwork(pairs.instance().withMaxActive(3), pairs.network());
        BuiltNetwork busy = new BuiltNetwork(
                triples.instance().with(triples.instance().domain().withMinActive(2)), triples.network());
        for (BuiltNetwork built : List.of(pairs, busy)) {
            AuditReport expected = here(built);
            assertTrue(expected.wrongInputs() > 0);
            assertEquals(expected, new SplitAudit(cluster, BigInteger.ZERO).run(built, VerificationBudget.unlimited()));
        }
    }

    @Test
    void aDomainThatIsSmallIsNotSent() throws InterruptedException {
        BuiltNetwork built = wrong("inputs=24", "outputs=24", "width=60");
        assertEquals(
                here(built),
                new SplitAudit(cluster, SplitAudit.LEAST_INPUTS).run(built, VerificationBudget.unlimited()));
    }

    @Test
    void whatIsNotDoneInTimeIsMissing() throws InterruptedException {
        BuiltNetwork built = wrong("inputs=24", "outputs=24", "width=60");
        AuditReport report = new SplitAudit(cluster, BigInteger.ZERO)
                .run(built, VerificationBudget.unlimited().withMaxSeconds(Double.MIN_NORMAL));
        assertFalse(report.isComplete());
    }
}
