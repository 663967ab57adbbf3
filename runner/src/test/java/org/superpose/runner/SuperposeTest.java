package org.superpose.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Counting;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.LocalEngine;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.store.RunStatus;
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

        @Override
        public void finished(UnitReport report) {
            trials++;
        }
    }

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
