package org.superpose.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.example.faulty.FaultyExperiment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.store.RunStatus;

/** Executors in separate processes, and what becomes of a sweep when they are lost. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class ExecutorFaultsTest {
    @TempDir
    private Path folder;

    private Path marks;

    @BeforeEach
    void makeFolder() throws IOException {
        marks = Files.createDirectory(folder.resolve("marks"));
    }

    private static ExecutionEngine twoExecutors(String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "spark.master=local-cluster[2,1,1024]",
                "spark.executor.memory=512m",
                "spark.ui.enabled=false",
                "spark.task.maxFailures=2",
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                "spark.executor.extraClassPath=" + System.getProperty("java.class.path")));
        properties.addAll(List.of(more));
        return StoredSweep.spark(properties.toArray(String[]::new));
    }

    private StoredSweep faulty(String... faults) {
        return StoredSweep.faulty(folder.resolve("faulty"), marks, faults);
    }

    /** Each unit once, with the values that it measures wherever it runs. */
    private static void assertMeasured(StoredSweep sweep, Integer... numbers) {
        List<Map<String, Object>> rows = sweep.measurements();
        assertEquals(
                List.of(numbers),
                rows.stream()
                        .map(row -> ((Number) row.get("unit")).intValue() - 1)
                        .toList());
        for (int r = 0; r < numbers.length; r++) {
            Map<String, Object> expected = FaultyExperiment.fields(numbers[r]);
            for (String field : expected.keySet()) {
                assertEquals(
                        String.valueOf(expected.get(field)),
                        String.valueOf(rows.get(r).get(field)));
            }
        }
    }

    /** The processes that tried units. */
    private Set<String> processes() throws IOException {
        try (Stream<Path> files = Files.list(marks)) {
            List<Path> tries = files.filter(
                            file -> file.getFileName().toString().startsWith("tried"))
                    .toList();
            Set<String> processes = new TreeSet<>();
            for (Path file : tries) {
                processes.add(Files.readString(file));
            }
            return processes;
        }
    }

    @Test
    void lostExecutorsCostNothingButTheUnitThatAlwaysBringsThemDown() throws Exception {
        StoredSweep sweep =
                faulty("works", "kills-executor-once", "works", "throws-once", "kills-executor-always", "works");
        assertEquals(RunStatus.FAILED, sweep.run(twoExecutors()));
        assertMeasured(sweep, 0, 1, 2, 3, 5);
        Map<String, Object> lost = sweep.units().get(4);
        assertEquals("failed", lost.get("status"));
        assertTrue(lost.get("error").toString().contains("failed 2 times"), () -> "error: " + lost.get("error"));
        assertTrue(processes().size() > 3, "no executor was replaced");
        assertFalse(processes().contains(Long.toString(ProcessHandle.current().pid())), "the driver did the work");
    }

    @Test
    void aSpeculativeDuplicateIsCountedOnce() throws Exception {
        StoredSweep sweep = faulty("works", "waits-for-its-double", "works");
        // Spark duplicates a task only on another host.
        try (StandaloneCluster cluster = StandaloneCluster.start(folder, "127.0.0.1", "127.0.0.2")) {
            assertEquals(
                    RunStatus.DONE,
                    sweep.run(twoExecutors(
                            "spark.master=" + cluster.url(),
                            "spark.speculation=true",
                            "spark.speculation.interval=50ms",
                            "spark.speculation.minTaskRuntime=0ms",
                            "spark.speculation.task.duration.threshold=100ms")));
        }
        assertMeasured(sweep, 0, 1, 2);
        assertTrue(Files.exists(marks.resolve("tried-1-1")), "there was no duplicate");
    }
}
