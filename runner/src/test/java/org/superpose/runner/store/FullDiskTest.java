package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.file.WriteFailedException;
import org.superpose.core.random.Seed;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.workbench.Measurement;

/** A disk of four megabytes that fills up; skipped where mounting one is not allowed. */
class FullDiskTest {
    @TempDir
    Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws InterruptedException {
        mounted = command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0;
        assumeTrue(mounted, "skipped: a small file system cannot be mounted here (it takes root on Linux)");
    }

    @AfterEach
    void unmount() throws InterruptedException {
        if (mounted) {
            assertEquals(0, command("umount", disk.toString()));
        }
    }

    private static int command(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        }
    }

    /** A unit of about half a megabyte that does not compress. */
    private static UnitRecord large(int number) {
        RandomGenerator random = new Seed(number).generator();
        List<Measurement> rows = new ArrayList<>();
        for (int row = 0; row < 60; row++) {
            StringBuilder noise = new StringBuilder();
            for (int t = 0; t < 640; t++) {
                noise.append(Long.toString(random.nextLong(), 36));
            }
            rows.add(SmallSweep.measurements(number).get(0).with("noise", noise.toString()));
        }
        return new UnitRecord(number, rows, Optional.empty(), Instant.EPOCH, 1, 1);
    }

    @Test
    void aFullDiskEndsWithASentenceAndWhatWasStoredStaysReadable() {
        int recorded = 0;
        StoreException full = null;
        try (ResultStore store =
                ResultStore.open(disk, SmallSweep.identity(100), SmallSweep.run(), OnExisting.REFUSE)) {
            while (full == null && recorded < 100) {
                try {
                    store.record(large(recorded));
                    store.doneUnits(); // is stored at once, without waiting for others
                    recorded++;
                } catch (StoreException refused) {
                    full = refused;
                }
            }
        }
        assertTrue(full != null, "the disk never filled up");
        assertTrue(recorded > 0, "not even one unit fitted");
        assertTrue(full.getMessage().contains("results.duckdb could not be written"), full.getMessage());
        assertTrue(full.getMessage().contains("space"), full.getMessage());
        int expected = recorded;
        try (StoredResults results = StoredResults.open(disk)) {
            assertEquals(
                    List.of(List.<Object>of((long) expected, 60L * expected)),
                    results.query("SELECT count(DISTINCT unit), count(*) FROM measurements")
                            .rows());
        }
    }

    /** The query is right, so it is not said to be refused. */
    @Test
    void anExportThatDoesNotFitIsAFailureToWriteAndLeavesNothing() throws IOException {
        Path folder = Files.createDirectory(disk.resolve("out"));
        ResultStore.open(folder, SmallSweep.identity(2), SmallSweep.run(), OnExisting.REFUSE)
                .close();
        try (StoredResults results = StoredResults.open(folder)) {
            for (ExportFormat format : ExportFormat.values()) {
                Path target = disk.resolve("rows");
                WriteFailedException failed = assertThrows(
                        WriteFailedException.class,
                        () -> results.export("SELECT hash(range) AS h FROM range(2000000)", format, target));
                assertTrue(failed.getMessage().contains("rows: cannot be written"), failed.getMessage());
                assertFalse(failed.getMessage().contains("refused"), failed.getMessage());
                try (Stream<Path> left = Files.list(disk)) {
                    assertEquals(List.of(folder), left.toList());
                }
            }
        }
    }
}
