package org.superpose.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.SweepListener;
import org.superpose.runner.run.UnitReport;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

class SuperposeTest {
    @TempDir
    Path folder;

    /** Counts; the unit with the number that is not lucky fails. */
    private record Counting(int unlucky) implements Experiment {
        private static final Parameter<Integer> UNITS =
                Parameter.whole("units", 1, 9, "how many").withDefault(3);

        @Override
        public String id() {
            return "counting";
        }

        @Override
        public String title() {
            return "counts";
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(UNITS);
        }

        @Override
        public String expectedDuration() {
            return "no time";
        }

        @Override
        public List<String> columns() {
            return List.of("count");
        }

        @Override
        public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
            return IntStream.range(0, parameters.get(UNITS))
                    .<WorkUnit>mapToObj(number -> new Unit(number, number == unlucky))
                    .toList();
        }
    }

    private record Unit(int number, boolean fails) implements WorkUnit {
        @Override
        public String label() {
            return "unit " + number;
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            if (fails) {
                throw new IllegalStateException("out of luck");
            }
            return List.of(Measurement.of(Map.of("count", number)));
        }
    }

    private static ExperimentRun counting(int unlucky) {
        return Superpose.builder()
                .plugin(new Counting(unlucky))
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

    @Test
    void whatDoesNotFitIsRefusedWithASentence() {
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
                        .plugin(new Counting(1))
                        .plugin(new Counting(2))
                        .build());
        assertThrows(InvalidInputException.class, () -> search().tries(0).run());
        assertThrows(InvalidInputException.class, () -> search().from(9).upTo(8).run());
    }
}
