package org.superpose.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.store.StoredResults;

/**
 * The single jar, submitted to a stand-alone cluster as spark-submit does, with an experiment that only a plugin has.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SubmittedJarIT {
    @TempDir
    private static Path shared;

    private static Path plugins;
    private static StandaloneCluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        cluster = StandaloneCluster.start(shared, "127.0.0.1", "127.0.0.2");
        plugins = Files.createDirectory(shared.resolve("plugins"));
        Path classes = Path.of(System.getProperty("superpose.test.classes"));
        try (OutputStream out = Files.newOutputStream(plugins.resolve("faulty.jar"));
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String entry = classes.relativize(file).toString().replace('\\', '/');
                if (entry.contains("FaultyExperiment") || entry.startsWith("META-INF/services")) {
                    jar.putNextEntry(new JarEntry(entry));
                    Files.copy(file, jar);
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private Path marks() {
        return folder.resolve("marks");
    }

    private Path out() {
        return folder.resolve("out");
    }

    /** What bin/spark-submit starts. */
    private Process submit(String faults, String... more) throws IOException {
        Files.createDirectories(marks());
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m"));
        for (String name : List.of("java.lang", "java.lang.invoke", "java.nio", "java.util", "sun.nio.ch")) {
            words.addAll(List.of("--add-opens", "java.base/" + name + "=ALL-UNNAMED"));
        }
        words.addAll(List.of(
                "-cp",
                Path.of(System.getenv("SPARK_HOME"), "jars") + "/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                cluster.url(),
                "--conf",
                "spark.executor.memory=512m",
                System.getProperty("superpose.jar"),
                "run",
                "faulty",
                "--engine",
                "spark",
                "--plugin-dir",
                plugins.toString(),
                "--set",
                "spark.ui.enabled=false",
                "--set",
                "faults=" + faults,
                "--set",
                "folder=" + marks(),
                "--out",
                out().toString()));
        words.addAll(List.of(more));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Reads until the process has said something or ended; what it said so far. */
    private static String readUntil(BufferedReader said, String awaited) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            text.append(line).append('\n');
            if (!awaited.isEmpty() && line.contains(awaited)) {
                break;
            }
        }
        return text.toString();
    }

    private List<Map<String, Object>> query(String sql) {
        try (StoredResults results = StoredResults.open(out())) {
            return results.query(sql).maps();
        }
    }

    private List<Integer> units(String sql) {
        return query(sql).stream()
                .map(row -> ((Number) row.get("unit")).intValue())
                .toList();
    }

    @Tag("slow")
    @Tag("jdk")
    @Test
    void theExperimentOfAPluginRunsOnExecutorsThatHaveTheSimdFlag() throws Exception {
        Process driver = submit("works,throws-once,bad-input,works");
        String said = readUntil(driver.errorReader(), "");
        assertEquals(4, driver.waitFor(), said);
        // Whether the second one is there in time depends on the machine.
        assertTrue(said.contains(", 2 executors, ") || said.contains(", 1 executor, "), said);
        assertTrue(said.contains("failed: experiment faulty (faulty.jar): width 3 must be 4"), said);
        List<Map<String, Object>> rows = query("SELECT unit, width, kernel FROM measurements ORDER BY unit");
        assertEquals(3, rows.size());
        for (Map<String, Object> row : rows) {
            assertEquals("vector", row.get("kernel"));
            assertEquals(99 + ((Number) row.get("unit")).intValue(), ((Number) row.get("width")).intValue());
        }
        assertFalse(
                Files.readString(marks().resolve("tried-0-0")).equals(Long.toString(driver.pid())),
                "the driver did the work");
    }

    @Tag("slow")
    @Test
    void executorsWithoutSimdKernelsAreWarnedAboutOnce() throws Exception {
        // Spark adds the module in any case; with vectors of a width that does not exist,
        // the kernels cannot run either.
        Process driver =
                submit("works,works,works,works", "--set", "spark.executor.extraJavaOptions=-Dsuperpose.kernel.bits=7");
        String said = readUntil(driver.errorReader(), "");
        assertEquals(0, driver.waitFor(), said);
        assertEquals(
                1,
                said.lines()
                        .filter(line -> line.contains("executors use slow kernels"))
                        .count(),
                said);
    }

    @Tag("slow")
    @Test
    void aDriverThatIsKilledIsResumed() throws Exception {
        Process driver = submit("works,works,waits");
        readUntil(driver.errorReader(), "2 of 3");
        driver.destroyForcibly().waitFor();
        // The first to end is stored at once, the second within a second; that one may have to be run again.
        List<Integer> stored = units("SELECT unit FROM units WHERE status = 'done' ORDER BY unit");
        assertTrue(stored.size() == 1 || stored.size() == 2, stored.toString());
        Files.createFile(marks().resolve("go"));
        Process again = submit("works,works,waits", "--resume");
        String said = readUntil(again.errorReader(), "");
        assertEquals(0, again.waitFor(), said);
        assertTrue(said.contains(stored.size() + " of 3 units are done already"), said);
        assertEquals(List.of(1, 2, 3), units("SELECT unit FROM measurements ORDER BY unit"));
        for (int unit = 1; unit <= 3; unit++) {
            assertEquals(
                    !stored.contains(unit),
                    Files.exists(marks().resolve("tried-" + (unit - 1) + "-1")),
                    "whether unit " + unit + " was run again; stored were " + stored);
        }
    }

    @Tag("slow")
    @Test
    void controlCKeepsWhatIsDoneAndEndsTheExecutors() throws Exception {
        Process driver = submit("works,works,waits");
        BufferedReader said = driver.errorReader();
        readUntil(said, "2 of 3");
        ProcessHandle executor = ProcessHandle.of(Long.parseLong(Files.readString(marks().resolve("tried-2-0"))))
                .orElseThrow();
        new ProcessBuilder("kill", "-INT", Long.toString(driver.pid())).start().waitFor();
        String last = readUntil(said, "");
        driver.waitFor();
        assertTrue(last.contains("interrupted; what is done is kept"), last);
        assertFalse(last.contains("internal error"), last);
        executor.onExit().get(60, TimeUnit.SECONDS);
        assertEquals(
                List.of("done", "done", "pending"),
                query("SELECT status FROM units ORDER BY unit").stream()
                        .map(row -> row.get("status"))
                        .toList());
    }
}
