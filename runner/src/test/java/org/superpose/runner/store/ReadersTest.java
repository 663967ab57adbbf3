package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.workbench.Measurement;

/** A store whose readers do not let go of it. */
class ReadersTest {
    @TempDir
    Path folder;

    private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();

    private ResultStore open(int units, OnExisting existing) {
        return ResultStore.open(folder, SmallSweep.identity(units), SmallSweep.run(), existing, notices::add);
    }

    private Connection reader() {
        return StoreFile.patiently(new StoreFile(folder)::openForReading);
    }

    private Path waiting() {
        return folder.resolve(WaitingUnits.NAME);
    }

    private static List<Measurement> measured(ResultStore store) {
        List<Measurement> rows = new ArrayList<>();
        store.forEachMeasurement(rows::add);
        return rows;
    }

    /** Values of every kind, also those that JSON lacks. */
    private static UnitRecord unit(int number) {
        Measurement row = SmallSweep.measurements(number)
                .get(0)
                .with(
                        "kappa",
                        List.of(Double.NaN, Double.NEGATIVE_INFINITY, 2.0, 1e-300)
                                .get(number % 4))
                .with("noted", "a \"line\"\nand \u202E more")
                .with("nothing", null);
        return new UnitRecord(number, List.of(row), Optional.empty(), Instant.ofEpochMilli(123), 0.25, 7);
    }

    /** The store is left as a killed process leaves it: nothing of it is used any more but the lock, which dies. */
    @Test
    void unitsThatComeWhileAReaderHoldsTheStoreAreOnTheDiskAtOnceAndInTheStoreAsTheyWere() throws Exception {
        ResultStore store = open(8, OnExisting.REFUSE);
        List<Measurement> expected = new ArrayList<>();
        try (Connection reader = reader()) {
            assertFalse(reader.isClosed());
            for (int number = 0; number < 4; number++) {
                store.record(unit(number));
                expected.addAll(unit(number).measurements());
            }
            store.record(SmallSweep.failed(5));
            store.release();
            assertEquals(5, Files.readAllLines(waiting()).size());
            assertTrue(notices.take().contains("--resume stores them"));
        }
        try (ResultStore resumed = open(8, OnExisting.RESUME)) {
            assertEquals(Set.of(0, 1, 2, 3), resumed.doneUnits());
            assertEquals(expected.toString(), measured(resumed).toString());
        }
        assertFalse(Files.exists(waiting()));
        try (StoredResults results = StoredResults.open(folder)) {
            assertEquals(
                    "[[1, done], [1, done], [1, done], [1, done], [null, pending], [1, failed], [null, pending],"
                            + " [null, pending]]",
                    results.query("SELECT run, status FROM units ORDER BY unit")
                            .rows()
                            .toString());
        }
    }

    @Tag("slow")
    @Test
    void theEndOfARunWaitsForTheReaderAndSaysWhoItIs() throws Exception {
        ResultStore store = open(3, OnExisting.REFUSE);
        FutureTask<RunStatus> end = new FutureTask<>(() -> {
            store.record(SmallSweep.unit(2));
            store.end(RunStatus.DONE);
            return RunStatus.DONE;
        });
        try (Connection reader = reader()) {
            assertFalse(reader.isClosed());
            new Thread(end).start();
            String line = notices.take();
            assertEquals(
                    "waiting for this process, which has " + folder.resolve("results.duckdb")
                            + " open; what is done is kept meanwhile",
                    line);
            assertFalse(end.isDone());
        }
        assertEquals(RunStatus.DONE, end.get());
        assertEquals(List.of(), new ArrayList<>(notices), "it is said once");
        store.release();
        try (StoredResults results = StoredResults.open(folder)) {
            assertEquals(
                    "[[done]]", results.query("SELECT status FROM runs").rows().toString());
            assertEquals(2, results.rows().size());
        }
    }

    @Tag("slow")
    @Test
    void whoWaitsForAReaderGivesUpWhenTheFolderIsGivenUp() throws Exception {
        ResultStore store = open(3, OnExisting.REFUSE);
        FutureTask<Boolean> end = new FutureTask<>(() -> {
            assertThrows(IllegalStateException.class, () -> store.end(RunStatus.DONE));
            return true;
        });
        try (Connection reader = reader()) {
            assertFalse(reader.isClosed());
            new Thread(end).start();
            notices.take();
            store.release();
            assertTrue(end.get());
        }
        assertThrows(IllegalStateException.class, () -> store.record(SmallSweep.unit(1)));
    }

    @Tag("slow")
    @Test
    void aRunBeginsWhenTheReaderOfTheFolderHasGone() throws Exception {
        open(3, OnExisting.REFUSE).release();
        FutureTask<Set<Integer>> resumed = new FutureTask<>(() -> {
            try (ResultStore store = open(3, OnExisting.RESUME)) {
                return store.doneUnits();
            }
        });
        try (Connection reader = reader()) {
            assertFalse(reader.isClosed());
            new Thread(resumed).start();
            notices.take();
        }
        assertEquals(Set.of(), resumed.get());
    }

    @Test
    void theStoreIsReadWhileAReaderHoldsIt() throws SQLException {
        try (ResultStore store = open(3, OnExisting.REFUSE)) {
            store.record(SmallSweep.unit(0));
            store.end(RunStatus.DONE);
            try (Connection reader = reader()) {
                assertFalse(reader.isClosed());
                assertEquals(SmallSweep.measurements(0), measured(store));
            }
        }
    }

    @Tag("slow")
    @Test
    void halfALineOfAKilledProcessCountsAsNotWrittenAndADamagedOneIsRefused() throws Exception {
        ResultStore store = open(4, OnExisting.REFUSE);
        try (Connection reader = reader()) {
            assertFalse(reader.isClosed());
            store.record(SmallSweep.unit(0));
            store.release();
        }
        String line = Files.readString(waiting());
        for (String damage : List.of(
                "{\"run\":1}\n",
                "[]\n",
                line.replace("\"unit\":0", "\"unit\":4"),
                line.replace("\"width\"", "\"unit\""),
                line.replace("1970", "then"))) {
            Files.writeString(waiting(), line + damage);
            String message = assertThrows(StoreException.class, () -> open(4, OnExisting.RESUME))
                    .getMessage();
            assertTrue(message.contains("results.waiting is damaged in line 2"), message);
        }
        Files.writeString(
                waiting(), line + line.replace("\"unit\":0", "\"unit\":1").substring(0, line.length() / 2));
        try (ResultStore resumed = open(4, OnExisting.RESUME)) {
            assertEquals(Set.of(0), resumed.doneUnits());
        }
    }

    @Test
    void unitsOfAStoreThatIsGoneAreNotTakenForThoseOfAnother() throws IOException {
        Files.writeString(waiting(), "{}", StandardOpenOption.CREATE);
        String message = assertThrows(InvalidInputException.class, () -> open(4, OnExisting.REFUSE))
                .getMessage();
        assertTrue(message.contains("holds units of results that are not there any more"), message);
    }
}
