package org.superpose.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Problems;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Counting;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.LocalEngine;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;

class SuperposeTest {
    @TempDir
    Path folder;

    private static Counting countingWithout(int unlucky) {
        return new Counting() {
            @Override
            protected Object count(int number, VerificationBudget budget) {
                if (number == unlucky) {
                    throw new IllegalStateException("out of luck");
                }
                return number;
            }
        };
    }

    private static ExperimentRun counting(int unlucky) {
        return Superpose.builder()
                .plugin(countingWithout(unlucky))
                .threads(1)
                .build()
                .experiment("counting")
                .set("units", 4);
    }

    private static List<Object> counts(ExperimentRun.Results results) {
        return results.measurements().stream()
                .map(row -> row.find("count").orElseThrow())
                .map(count -> (Object) ((Number) count).intValue())
                .toList();
    }

    @Test
    void anExperimentOfTheProgramsOwnFailsInPartsAndIsResumedInItsFolder() throws InterruptedException {
        ExperimentRun.Results first = counting(2).out(folder).run();
        assertEquals(RunStatus.FAILED, first.status());
        assertEquals(1, first.failures());
        assertEquals(List.of(0, 1, 3), counts(first));

        String refused = assertThrows(
                        InvalidInputException.class,
                        () -> counting(9).out(folder).run())
                .getMessage();
        assertTrue(refused.contains("already holds results"), refused);

        ExperimentRun.Results second = counting(9).out(folder).resume().run();
        assertEquals(RunStatus.DONE, second.status());
        assertEquals(List.of(0, 1, 2, 3), counts(second));
    }

    private SearchRun search() {
        return Superpose.builder()
                .threads(1)
                .build()
                .search("permutation", "clipped-permutation")
                .set("inputs", 64)
                .set("max-active", 1)
                .instances(3)
                .out(folder);
    }

    /** Counts the trials that are made. */
    private static class Made implements SweepListener {
        private int alreadyDone;
        private int trials;

        @Override
        public void planned(int units, int alreadyDone) {
            this.alreadyDone = alreadyDone;
        }

        int trials() {
            return trials;
        }

        @Override
        public void finished(UnitReport report) {
            trials++;
        }
    }

    @Tag("slow")
    @Test
    void aSearchIsStoredAndAResumedOneMakesOnlyTheTrialsThatAreMissing() throws InterruptedException {
        Made halted = new Made() {
            @Override
            public void finished(UnitReport report) {
                super.finished(report);
                if (report.number() >= 3) {
                    throw new IllegalStateException("halted");
                }
            }
        };
        assertThrows(
                IllegalStateException.class, () -> search().listener(halted).run());
        assertThrows(InvalidInputException.class, () -> search().run());

        Made rest = new Made();
        WidthSearch.Result resumed = search().listener(rest).resume().run();
        assertEquals(halted.trials, rest.alreadyDone);
        assertTrue(rest.trials > 0);

        Made nothing = new Made();
        WidthSearch.Result again = search().listener(nothing).resume().run();
        assertEquals(0, nothing.trials);
        assertEquals(halted.trials + rest.trials, nothing.alreadyDone);
        assertEquals(resumed.toString(), again.toString());
        assertTrue(resumed.best().orElseThrow().width()
                <= resumed.median().orElseThrow().width());
    }

    /** Runs units on the threads of this process, and counts them. */
    private static final class CountingEngine implements ExecutionEngine {
        private final AtomicInteger ran;
        private final Map<String, String> settings;

        CountingEngine(AtomicInteger ran, Map<String, String> settings) {
            this.ran = ran;
            this.settings = settings;
        }

        @Override
        public String id() {
            return "counting-units";
        }

        @Override
        public String title() {
            return "counts units";
        }

        @Override
        public boolean hasSetting(String name) {
            return name.equals("step");
        }

        @Override
        public ExecutionEngine with(EngineSettings chosen) {
            return new CountingEngine(ran, chosen.values());
        }

        @Override
        public void run(ExecutionRequest request) throws InterruptedException {
            ran.addAndGet(request.numbers().size() * Integer.parseInt(settings.get("step")));
            new LocalEngine().run(request);
        }
    }

    @Test
    void unitsRunWhereTheProgramSaysWithTheSettingsOfTheEngine() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        Superpose superpose = Superpose.builder()
                .plugin(countingWithout(9))
                .plugin(new CountingEngine(ran, Map.of()))
                .engine("counting-units")
                .build();
        ExperimentRun.Results results =
                superpose.experiment("counting").set("units", 4).set("step", 10).run();
        assertEquals(List.of(0, 1, 2, 3), counts(results));
        assertEquals(40, ran.getAndSet(0));
        WidthSearch.Result found = superpose
                .search("permutation", "clipped-permutation")
                .set("inputs", 16)
                .set("max-active", 1)
                .set("step", 100)
                .instances(1)
                .run();
        assertEquals(100 * found.probes().size(), ran.get());
    }

    private static ProblemInstance ring(int step) {
        return Problems.define("ring")
                .inputs(16)
                .outputs(16, j -> Gate.of(x -> x[0] && !x[1], j, (j + step) % 16))
                .build();
    }

    @Test
    void aMapOfTheProgramsOwnIsBuiltAndVerified() throws InterruptedException {
        try (Superpose superpose = Superpose.builder().threads(1).build()) {
            BuiltNetwork right = superpose.build(ring(3), "dedicated");
            assertEquals("VERIFIED", superpose.verify(right).status());
            BuiltNetwork other = new BuiltNetwork(ring(5), right.network());
            Verdict.Refuted wrong = assertInstanceOf(Verdict.Refuted.class, superpose.verify(other));
            assertTrue(ring(5).domain().contains(wrong.counterexample().input()));
            int output = wrong.counterexample().output();
            assertEquals(
                    wrong.counterexample().expected(),
                    ring(5).evaluate(wrong.counterexample().input()).contains(output));
            BuiltNetwork trained = superpose.build(ring(3), "trained-gates", Map.of("width", 14), 2);
            assertEquals(14, trained.network().width());
            assertEquals(2, trained.network().provenance().seed());
            assertEquals(
                    "trained-gates has no parameter \"widht\"; did you mean \"width\"?",
                    assertThrows(
                                    InvalidInputException.class,
                                    () -> superpose.build(ring(3), "trained-gates", Map.of("widht", 14)))
                            .getMessage());
        }
    }

    private SweepRun sweep(Superpose superpose, int step) {
        return superpose
                .sweep(ring(step), "trained-gates", "dedicated")
                .widths(2, 12, 15)
                .seeds(2)
                .out(folder);
    }

    @Test
    void aSweepOfAMapIsStoredAndResumedOnlyWithAnEqualMap() throws InterruptedException {
        try (Superpose superpose = Superpose.builder().threads(1).build()) {
            Made halted = new Made() {
                @Override
                public void finished(UnitReport report) {
                    super.finished(report);
                    if (trials() == 3) {
                        throw new IllegalStateException("halted");
                    }
                }
            };
            assertThrows(
                    IllegalStateException.class,
                    () -> sweep(superpose, 3).listener(halted).run());

            String another = assertThrows(
                            InvalidInputException.class,
                            () -> sweep(superpose, 4).resume().run())
                    .getMessage();
            assertTrue(another.contains("map was sha256 "), another);

            Made rest = new Made();
            ExperimentRun.Results results =
                    sweep(superpose, 3).listener(rest).resume().run();
            assertEquals(3, rest.alreadyDone);
            assertEquals(RunStatus.DONE, results.status());
            assertEquals(
                    List.of("2", "2", "16", "16", "12", "12", "15", "15"),
                    results.measurements().stream()
                            .map(row -> row.text(Measurement.WIDTH))
                            .toList());
            assertEquals(
                    List.of("TOO SMALL", "TOO SMALL", "VERIFIED", "VERIFIED"),
                    results.measurements().stream()
                            .limit(4)
                            .map(row -> row.text(Measurement.VERDICT))
                            .toList());
        }
        try (StoredResults stored = StoredResults.open(folder)) {
            assertEquals("sweep", stored.sweep().experiment());
            assertEquals("ring", stored.sweep().properties().get("problem"));
            assertEquals(
                    "sha256 " + NetworkDigest.of(ring(3)),
                    stored.sweep().properties().get("map"));
            assertEquals(8, stored.rows().size());
            assertEquals(
                    "[[2]]",
                    stored.query("SELECT count(*) FROM measurements WHERE construction = 'dedicated'")
                            .rows()
                            .toString());
        }
    }

    private SearchRun mapSearch(Superpose superpose) {
        return superpose.search(ring(3), "trained-gates").tries(2).upTo(24).out(folder);
    }

    @Test
    void theSmallestWidthForAMapIsSearchedForFromAWidthThatIsSet() throws InterruptedException {
        try (Superpose superpose = Superpose.builder().threads(1).build()) {
            WidthSearch.Result found = mapSearch(superpose).from(12).run();
            WidthSearch.Probe best = found.best().orElseThrow();
            assertEquals("VERIFIED", best.measurement().text(Measurement.VERDICT));
            assertTrue(best.width() <= 24, best.toString());
            Made nothing = new Made();
            assertEquals(
                    found.toString(),
                    mapSearch(superpose)
                            .from(12)
                            .listener(nothing)
                            .resume()
                            .run()
                            .toString());
            assertEquals(0, nothing.trials);

            assertEquals(
                    "nothing is known of the class of functions that this ring was drawn from, so no bound says where to"
                            + " begin: --from must name the first width",
                    assertThrows(
                                    InvalidInputException.class,
                                    () -> mapSearch(superpose).run())
                            .getMessage());
            assertEquals(
                    "--instances 5 must be 1: ring is one map; --tries says how many networks are tried for it",
                    assertThrows(
                                    InvalidInputException.class,
                                    () -> mapSearch(superpose).instances(5).run())
                            .getMessage());
        }
    }

    @Test
    void whatIsClosedStartsNothingMore() {
        Superpose superpose = Superpose.builder().threads(1).build();
        ExperimentRun before = superpose.experiment("quickstart").listener(new SweepListener() {
            @Override
            public void planned(int units, int alreadyDone) {
                superpose.close();
            }
        });
        assertEquals(
                "a Superpose cannot be closed by what runs in it",
                assertThrows(IllegalStateException.class, before::run).getMessage());
        BuiltNetwork network = superpose.build(ring(3), "dedicated");
        superpose.close();
        superpose.close();
        assertClosed(() -> superpose.build(ring(3), "dedicated"));
        assertClosed(() -> superpose.verify(network));
        assertClosed(superpose::workbench);
        assertClosed(() -> sweep(superpose, 3).run());
        assertClosed(() -> mapSearch(superpose).from(12).run());
        assertClosed(() -> superpose.experiment("quickstart").run());
        assertTrue(Files.notExists(folder.resolve("results.duckdb")));
    }

    private static void assertClosed(Executable call) {
        assertEquals(
                "this Superpose is closed",
                assertThrows(IllegalStateException.class, call).getMessage());
    }

    @Test
    void whatDoesNotFitIsRefusedWithASentence() {
        assertEquals(
                "there is no engine \"lokal\"; did you mean \"local\"?",
                assertThrows(
                                InvalidInputException.class,
                                () -> Superpose.builder().engine("lokal").build())
                        .getMessage());
        assertThrows(InvalidInputException.class, () -> Superpose.builder().threads(0));
        assertThrows(InvalidInputException.class, () -> Superpose.builder().pluginDir(folder.resolve("nowhere")));
        assertThrows(
                InvalidInputException.class, () -> counting(9).set("sead", 1).run());
        assertThrows(
                InvalidInputException.class,
                () -> Superpose.builder().build().experiment("counting").run());
        assertThrows(
                InvalidInputException.class,
                () -> Superpose.builder()
                        .plugin(countingWithout(1))
                        .plugin(countingWithout(2))
                        .build());
        assertThrows(InvalidInputException.class, () -> search().tries(0).run());
        assertThrows(InvalidInputException.class, () -> search().from(9).upTo(8).run());
    }
}
