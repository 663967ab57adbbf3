package org.superpose.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.SearchRun;
import org.superpose.runner.Superpose;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.engine.LocalEngine;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.workbench.WidthSearch;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("jdk")
class SparkEngineTest {
    /**
     * Verified, refuted and undecided networks, a search, several rows' worth of parameters, and units that cannot be
     * built.
     */
    private static final SweepRecipe MIXED = new SweepRecipe("mixed.yaml", """
            experiment: mixed
            problem: two-and
            construction: clipped-and
            seeds: 2
            cases:
              - {inputs: 48, outputs: 40}
              - {inputs: 64, outputs: 64}
            parameters:
              width: [3, 24, 64]
            budget: {max-inputs: 2000}
            """, Map.of(), 7);

    private static final SweepRecipe SEARCH = new SweepRecipe("search.yaml", """
            experiment: search
            problem: permutation
            construction: clipped-permutation
            seeds: [3, 11]
            cases:
              - {inputs: 32}
              - {inputs: 64}
            smallest-width: {tries: 2, from: 8, up-to: 256, resolution: 0.1}
            """, Map.of(), 1);

    @TempDir
    private Path folder;

    @Test
    void theSameRowsAsTheLocalEngineWhateverTheNumberOfTasksAtATime() throws Exception {
        for (SweepRecipe recipe : List.of(MIXED, SEARCH)) {
            StoredSweep local = sweep("local-" + recipe.experiment(), recipe);
            RunStatus expected = local.run(new LocalEngine());
            assertFalse(local.measurements().isEmpty());
            for (String master : List.of("local[1]", "local[3]")) {
                StoredSweep spark = sweep(master + recipe.experiment(), recipe);
                assertEquals(expected, spark.run(StoredSweep.spark("spark.master=" + master)));
                assertEquals(local.measurements(), spark.measurements());
                assertEquals(local.units(), spark.units());
            }
        }
    }

    @Test
    void theSameRowsWithTheOtherSerializerOfSpark() throws Exception {
        StoredSweep local = sweep("local", SEARCH);
        StoredSweep spark = sweep("spark", SEARCH);
        local.run(new LocalEngine());
        spark.run(StoredSweep.spark("spark.serializer=org.apache.spark.serializer.KryoSerializer"));
        assertEquals(local.measurements(), spark.measurements());
    }

    private static SearchRun search(String engine) {
        return Superpose.builder()
                .engine(engine)
                .threads(2)
                .build()
                .search("permutation", "clipped-permutation")
                .set("inputs", 32)
                .set("max-active", 1)
                .instances(3);
    }

    private static List<String> probes(WidthSearch.Result found) {
        return found.probes().stream()
                .map(probe -> probe.width() + ": " + probe.successes() + " of " + probe.tries())
                .toList();
    }

    @Test
    void aSearchComesToTheSameAndStartsSparkOnce() throws Exception {
        Path events = Files.createDirectory(folder.resolve("events"));
        WidthSearch.Result found = search("spark")
                .set("spark.eventLog.enabled", true)
                .set("spark.eventLog.dir", events.toUri())
                .set("spark.eventLog.rolling.enabled", false)
                .run();
        assertTrue(found.probes().size() > 1, "the search needs several requests");
        assertEquals(probes(search("local").run()), probes(found));
        try (Stream<Path> applications =
                Files.list(events).filter(file -> !file.getFileName().toString().startsWith("."))) {
            assertEquals(1, applications.count(), "Spark applications that were started");
        }
    }

    private StoredSweep sweep(String name, SweepRecipe recipe) {
        return new StoredSweep(
                folder.resolve(name),
                recipe,
                VerificationBudget.unlimited().withSamples(500).withThreads(2));
    }

    @Test
    void aTaskThatThrowsOnceIsTriedAgainAndItsUnitIsDone() throws Exception {
        StoredSweep sweep = faulty("works", "throws-once", "works");
        assertEquals(RunStatus.DONE, sweep.run(StoredSweep.spark("spark.master=local[2,3]")));
        assertEquals(3, sweep.measurements().size());
        assertTrue(Files.exists(marks().resolve("tried-1-1")));
    }

    @Test
    void aTaskThatAlwaysThrowsIsTriedAsOftenAsSparkIsToldAndRecordedWithWhatItThrewWhileTheOthersGoOn()
            throws Exception {
        StoredSweep sweep = faulty("throws-always", "works", "runs-out-of-memory", "bad-input", "works");
        assertEquals(RunStatus.FAILED, sweep.run(StoredSweep.spark("spark.master=local[2,3]")));
        assertEquals(
                List.of(
                        "the experiment faulty (org.example.faulty.FaultyExperiment) failed in the unit"
                                + " \"throws-always 0\": java.lang.IllegalStateException: this disk is full",
                        "done",
                        "java.lang.OutOfMemoryError: no more heap",
                        "experiment faulty (org.example.faulty.FaultyExperiment): width 3 must be 4",
                        "done"),
                sweep.units().stream()
                        .map(unit -> unit.get("error") == null ? unit.get("status") : unit.get("error"))
                        .toList());
        assertTrue(Files.exists(marks().resolve("tried-0-2")));
        assertFalse(Files.exists(marks().resolve("tried-0-3")), "tried more than three times");
        assertFalse(Files.exists(marks().resolve("tried-3-1")), "bad input was tried a second time");
    }

    @Test
    void resumingDoesOnlyWhatIsMissing() throws Exception {
        StoredSweep sweep = faulty("works", "throws-once", "works", "works");
        assertEquals(RunStatus.FAILED, sweep.run(StoredSweep.spark("spark.master=local[2]")));
        assertEquals(3, sweep.measurements().size());
        assertEquals(RunStatus.DONE, sweep.run(StoredSweep.spark("spark.master=local[2]")));
        assertEquals(4, sweep.measurements().size());
        assertFalse(Files.exists(marks().resolve("tried-0-1")), "a unit that was done was run again");
    }

    @Test
    void nothingMoreIsStartedOnceAFailureStopsTheRun() throws Exception {
        String[] faults = IntStream.range(0, 40)
                .mapToObj(t -> t == 0 ? "throws-always" : "works")
                .toArray(String[]::new);
        StoredSweep sweep = faulty(faults);
        assertEquals(
                RunStatus.STOPPED,
                sweep.run(StoredSweep.spark("spark.master=local[1]"), OnFailure.STOP, new StoredSweep.Silence()));
        assertTrue(sweep.measurements().size() < 39, "all units were run");
    }

    private Path marks() {
        return folder.resolve("marks");
    }

    private StoredSweep faulty(String... faults) throws Exception {
        return StoredSweep.faulty(folder.resolve("faulty"), Files.createDirectories(marks()), faults);
    }
}
