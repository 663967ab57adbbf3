package org.superpose.runner.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.runner.JavaRun;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.SmallSweep;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.store.file.StoreFile;

/** Sweeps in processes of their own, killed without warning. */
@Tag("slow")
class KilledSweepTest {
    private static final int KILLS = 20;
    /** The most units after which a process is killed, and those that it may go on with until it is. */
    private static final int UNITS_BEFORE = 3;

    private static final int UNITS_AHEAD = 2;
    private static final String ROWS =
            "SELECT * EXCLUDE (run, peak_memory_bytes) FROM measurements ORDER BY unit, row_in_unit";

    @TempDir
    Path folder;

    /** A separate process, which unpacks into the folder of the test, since a killed process does not clean up. */
    private Process start(Path out, SweepProcess.Pace pace) throws IOException {
        Path temporary = Files.createTempDirectory(folder, "jvm");
        List<String> command = new ArrayList<>(List.of(
                JavaRun.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                SweepProcess.class.getName(),
                out.toString(),
                pace.name()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BufferedReader outputOf(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Kills the process once a number of units is finished and an idle loop has made some turns, so that the moment
     * varies. However slow this process is, that one cannot finish more than a few units meanwhile.
     */
    private static boolean killAfter(Process process, int units, int turns) throws IOException, InterruptedException {
        BufferedReader output = outputOf(process);
        OutputStream steps = process.getOutputStream();
        int finished = 0;
        boolean ended = false;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            ended |= line.startsWith("ended");
            if (!line.startsWith("finished")) {
                continue;
            }
            finished++;
            steps.write(new byte[finished == units ? UNITS_AHEAD : 1]);
            steps.flush();
            if (finished == units) {
                for (int turn = 0; turn < turns; turn++) {
                    Thread.onSpinWait();
                }
                break;
            }
        }
        process.destroyForcibly().waitFor();
        return ended;
    }

    private static String rowsOf(Path folder) {
        try (StoredResults results = StoredResults.open(folder)) {
            // By name: the order of columns depends on the order in which units end.
            return results.query(ROWS).maps().stream()
                    .map(row -> new TreeMap<>(row).toString())
                    .toList()
                    .toString();
        }
    }

    @Test
    void sweepsKilledAtTwentyRandomMomentsEndWithTheRowsOfAnUninterruptedOne() throws Exception {
        Path whole = folder.resolve("whole");
        assertEquals(RunStatus.DONE, SweepProcess.run(whole));
        RandomGenerator random = new Seed(System.nanoTime()).generator();
        List<Seed> seeds = List.of(new Seed(random.nextLong()), new Seed(random.nextLong()));
        ExecutorService both = Executors.newFixedThreadPool(seeds.size());
        try {
            List<Future<Path>> sweeps = new ArrayList<>();
            for (Seed seed : seeds) {
                sweeps.add(both.submit(() -> killAndResume(seed.generator(), KILLS / seeds.size())));
            }
            for (Future<Path> sweep : sweeps) {
                assertEquals(rowsOf(whole), rowsOf(sweep.get()));
            }
        } finally {
            both.shutdownNow();
        }
    }

    private Path killAndResume(RandomGenerator random, int kills) throws IOException, InterruptedException {
        assertTrue(kills * (UNITS_BEFORE + UNITS_AHEAD) < SweepProcess.UNITS, "the sweep needs more units");
        Path killed = Files.createTempDirectory(folder, "killed");
        for (int kill = 0; kill < kills; kill++) {
            boolean ended = killAfter(
                    start(killed, SweepProcess.Pace.STEP), 1 + random.nextInt(UNITS_BEFORE), random.nextInt(200_000));
            assertFalse(ended, "the sweep was over before the last kill");
        }
        assertEquals(RunStatus.DONE, SweepProcess.run(killed));
        try (StoredResults results = StoredResults.open(killed)) {
            assertEquals(
                    "[[interrupted, " + kills + "], [done, 1]]",
                    results.query("SELECT status, count(*) FROM runs GROUP BY status ORDER BY count(*) DESC")
                            .rows()
                            .toString());
            assertEquals(
                    List.of(List.<Object>of((long) SweepProcess.UNITS)),
                    results.query("SELECT count(*) FROM units WHERE status = 'done'")
                            .rows());
        }
        return killed;
    }

    @Test
    void aSecondProcessIsToldWhoHoldsTheFolderAndReadersAreLetIn() throws IOException, InterruptedException {
        Path held = folder.resolve("held");
        try (ResultStore store =
                ResultStore.open(held, SmallSweep.identity(SweepProcess.UNITS), SmallSweep.run(), OnExisting.REFUSE)) {
            store.record(SmallSweep.unit(0));
            Process second = start(held, SweepProcess.Pace.FREE);
            assertEquals(null, outputOf(second).readLine(), "the second process must not get as far as to plan");
            assertTrue(second.waitFor() != 0);
            try (StoredResults results = StoredResults.open(held)) {
                assertEquals(1, results.rows().size());
            }
            store.record(SmallSweep.unit(1));
        }
        assertEquals(RunStatus.DONE, SweepProcess.run(held));
    }

    @Test
    void aFolderIsFreeAgainWhenItsHolderWasKilled() throws IOException, InterruptedException {
        Path held = folder.resolve("orphan");
        Process holder = start(held, SweepProcess.Pace.WAIT);
        assertEquals("done already: 0", outputOf(holder).readLine());
        assertThrows(
                InvalidInputException.class,
                () -> ResultStore.open(
                        held, SmallSweep.identity(SweepProcess.UNITS), SmallSweep.run(), OnExisting.RESUME));
        holder.destroyForcibly().waitFor();
        assertEquals(RunStatus.DONE, SweepProcess.run(held));
    }

    @Test
    void aSweepGoesOnWhileAReaderHoldsItsStoreAndAKillLosesNoneOfItsUnits() throws Exception {
        Path read = folder.resolve("read");
        Process sweep = start(read, SweepProcess.Pace.WAIT);
        BufferedReader output = outputOf(sweep);
        assertEquals("done already: 0", output.readLine());
        int finished = 0;
        try (Connection reader = StoreFile.patiently(new StoreFile(read)::openForReading)) {
            assertFalse(reader.isClosed());
            sweep.getOutputStream().close(); // now the units start
            while (finished < SweepProcess.UNITS && output.readLine() != null) {
                finished++;
            }
            sweep.destroyForcibly().waitFor();
        }
        assertEquals(SweepProcess.UNITS, finished);
        List<String> said = new ArrayList<>();
        assertEquals(RunStatus.DONE, SweepProcess.run(read, said::add, SweepProcess.Pace.FREE));
        assertEquals(List.of("done already: " + SweepProcess.UNITS), said);
        Path whole = folder.resolve("never read");
        assertEquals(RunStatus.DONE, SweepProcess.run(whole));
        assertEquals(rowsOf(whole), rowsOf(read));
    }
}
