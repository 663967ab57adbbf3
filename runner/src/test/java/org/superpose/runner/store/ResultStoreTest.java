package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.file.ColumnType;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.workbench.Measurement;

class ResultStoreTest {
    @TempDir
    Path folder;

    private ResultStore open(SweepIdentity sweep, boolean resume) {
        return ResultStore.open(folder, sweep, SmallSweep.run(), resume ? OnExisting.RESUME : OnExisting.REFUSE);
    }

    private static List<Measurement> measured(ResultStore store) {
        List<Measurement> rows = new ArrayList<>();
        store.forEachMeasurement(rows::add);
        return rows;
    }

    private static List<Measurement> expected(int... numbers) {
        List<Measurement> rows = new ArrayList<>();
        for (int number : numbers) {
            rows.addAll(SmallSweep.measurements(number));
        }
        return rows;
    }

    /** Equal, and with the fields in the same order. */
    private static void assertSameRows(List<Measurement> expected, List<Measurement> rows) {
        assertEquals(expected, rows);
        assertEquals(expected.toString(), rows.toString());
    }

    @Test
    void measurementsComeBackAsTheyWereInTheOrderOfUnitsWhateverTheOrderOfTheirEnd() {
        try (ResultStore store = open(SmallSweep.identity(20), false)) {
            for (int number : new int[] {6, 3, 12, 0, 7, 2}) {
                store.record(SmallSweep.unit(number));
            }
            assertSameRows(expected(0, 2, 3, 6, 7, 12), measured(store));
            assertEquals(Set.of(0, 2, 3, 6, 7, 12), store.doneUnits());
        }
        try (StoredResults results = StoredResults.open(folder)) {
            assertSameRows(
                    expected(0, 2, 3, 6, 7, 12),
                    results.rows().stream().map(StoredRow::measurement).toList());
        }
    }

    @Test
    void aColumnIsWidenedWhenAValueComesThatDoesNotFit() {
        Object[][] values = {{1L, true}, {2.5, "99999999999999999999"}, {3L, 4L}};
        List<String> types = new ArrayList<>();
        for (int number = 0; number < values.length; number++) {
            try (ResultStore store = open(SmallSweep.identity(values.length), number > 0)) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("first", values[number][0]);
                fields.put("second", values[number][1]);
                store.record(
                        new UnitRecord(number, List.of(Measurement.of(fields)), Optional.empty(), Instant.EPOCH, 1, 1));
            }
            try (StoredResults results = StoredResults.open(folder)) {
                types.add(results.query("SELECT typeof(first), typeof(second) FROM measurements LIMIT 1")
                        .rows()
                        .toString());
            }
        }
        assertEquals(List.of("[[BIGINT, BOOLEAN]]", "[[DOUBLE, VARCHAR]]", "[[DOUBLE, VARCHAR]]"), types);
        assertEquals(ColumnType.HUGEINT, ColumnType.BIGINT.and(ColumnType.of("99999999999999999999")));
        assertEquals(ColumnType.VARCHAR, ColumnType.HUGEINT.and(ColumnType.DOUBLE));
        assertEquals(ColumnType.VARCHAR, ColumnType.of("0012345678901234567890"));
    }

    @Test
    void aStoreWithResultsIsNotTouchedWithoutResume() {
        open(SmallSweep.identity(3), false).close();
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> open(SmallSweep.identity(3), false));
        assertTrue(refused.getMessage().contains("--resume"), refused.getMessage());
    }

    @Test
    void anotherSweepIsRefusedWithTheDifference() {
        open(SmallSweep.identity(3), false).close();
        Map<String, String> properties =
                new LinkedHashMap<>(SmallSweep.identity(3).properties());
        properties.put("seed", "2");
        properties.put("outputs", "9");
        SweepIdentity other =
                new SweepIdentity(properties, SmallSweep.identity(3).units());
        String message = assertThrows(InvalidInputException.class, () -> open(other, true))
                .getMessage();
        assertTrue(message.contains("seed was 1 and is now 2"), message);
        assertTrue(message.contains("outputs was nothing and is now 9"), message);
        assertFalse(message.contains("inputs"), message);
        String fewer = assertThrows(InvalidInputException.class, () -> open(SmallSweep.identity(2), true))
                .getMessage();
        assertTrue(fewer.contains("it had 3 units and has now 2"), fewer);
    }

    @Test
    void otherPlotsDoNotMakeAnotherSweep() {
        Map<String, String> plotted = new LinkedHashMap<>(SmallSweep.identity(2).properties());
        plotted.put(SweepIdentity.PLOTS, "width cost");
        SweepIdentity sweep = new SweepIdentity(plotted, SmallSweep.identity(2).units());
        assertEquals(List.of(), sweep.differencesFrom(SmallSweep.identity(2)));
        assertEquals(List.of("width", "cost"), sweep.plots());
        assertEquals(List.of(), SmallSweep.identity(2).plots());
    }

    @Test
    void aResumedSweepKeepsTheNumbersOfItsUnitsAndTriesFailedOnesAgain() {
        try (ResultStore store = open(SmallSweep.identity(6), false)) {
            store.record(SmallSweep.unit(4));
            store.record(SmallSweep.failed(2));
            store.end(RunStatus.FAILED);
        }
        try (ResultStore store = open(SmallSweep.identity(6), true)) {
            assertEquals(Set.of(4), store.doneUnits());
            store.record(SmallSweep.unit(2));
            assertSameRows(expected(2, 4), measured(store));
        }
        try (StoredResults results = StoredResults.open(folder)) {
            assertEquals(
                    "[[1, failed], [2, interrupted]]",
                    results.query("SELECT run, status FROM runs ORDER BY run")
                            .rows()
                            .toString());
            assertEquals(
                    "[[3, done, null, 2], [5, done, null, 1]]",
                    results.query("SELECT unit, status, error, run FROM units WHERE status <> 'pending' ORDER BY unit")
                            .rows()
                            .toString());
        }
    }

    @Test
    void aLiveRunIsShownAsRunningAndADeadOneAsInterrupted() {
        ResultStore store = open(SmallSweep.identity(2), false);
        store.record(SmallSweep.unit(0));
        assertEquals("[[running]]", statuses());
        store.release();
        assertEquals("[[interrupted]]", statuses());
    }

    private String statuses() {
        try (StoredResults results = StoredResults.open(folder)) {
            return results.query("SELECT status FROM runs").rows().toString();
        }
    }

    @Test
    void aUnitIsStoredWholeOrNotAtAll() {
        try (ResultStore store = open(SmallSweep.identity(2), false)) {
            Measurement good = SmallSweep.measurements(0).get(0);
            UnitRecord half =
                    new UnitRecord(0, List.of(good, good.with("unit", 7)), Optional.empty(), Instant.EPOCH, 1, 1);
            InvalidInputException refused = assertThrows(InvalidInputException.class, () -> store.record(half));
            assertTrue(refused.getMessage().contains("the field unit"), refused.getMessage());
            assertEquals(List.of(), measured(store));
            store.record(SmallSweep.unit(1));
            assertSameRows(expected(1), measured(store));
        }
    }

    @Tag("slow")
    @Test
    void theFirstUnitIsInTheFileAtOnceAndOneThatFollowsComesInWithoutAFurtherCall() {
        try (ResultStore store = open(SmallSweep.identity(3), false)) {
            store.record(SmallSweep.unit(0));
            store.record(SmallSweep.unit(1));
            assertTrue(rowsInFile() >= 1);
            while (rowsInFile() < 2) {
                Thread.onSpinWait();
            }
            store.record(SmallSweep.unit(2));
        }
        assertEquals(SmallSweep.measurements(2).size() + 2, rowsInFile());
    }

    private int rowsInFile() {
        try (StoredResults results = StoredResults.open(folder)) {
            return results.rows().size();
        }
    }

    @Test
    void aUnitThatIsRecordedTwiceWithinASecondIsStoredOnceAsItCameLast() {
        try (ResultStore store = open(SmallSweep.identity(3), false)) {
            store.record(SmallSweep.unit(0));
            store.record(SmallSweep.failed(1));
            store.record(SmallSweep.unit(1));
            assertSameRows(expected(0, 1), measured(store));
            assertEquals(Set.of(0, 1), store.doneUnits());
        }
    }

    @Test
    void counterexamplesAreATableOfTheirOwn() {
        try (ResultStore store = open(SmallSweep.identity(5), false)) {
            for (int number = 0; number < 5; number++) {
                store.record(SmallSweep.unit(number));
            }
        }
        try (StoredResults results = StoredResults.open(folder)) {
            assertEquals(
                    "[[1, 100, 3 0, 0, true, false], [4, 103, 3 3, 3, false, true]]",
                    results.query("SELECT unit, width, input, output, expected, got FROM counterexamples ORDER BY unit")
                            .rows()
                            .toString());
        }
    }

    @Test
    void aQueryCannotChangeTheStoreAndAWrongOneIsRefusedWithASentence() {
        open(SmallSweep.identity(2), false).close();
        try (StoredResults results = StoredResults.open(folder)) {
            assertThrows(InvalidInputException.class, () -> results.query("DROP TABLE results.main.measurements"));
            String message = assertThrows(
                            InvalidInputException.class, () -> results.query("SELECT widht FROM measurements"))
                    .getMessage();
            assertTrue(message.contains("widht") && message.contains("width"), message);
            assertEquals(
                    "[]",
                    results.query("SELECT width, kappa FROM measurements")
                            .rows()
                            .toString());
        }
    }

    @Test
    void exportsAreWhatTheQuerySaysAndReadBackTheSame() throws IOException {
        try (ResultStore store = open(SmallSweep.identity(8), false)) {
            for (int number = 0; number < 8; number++) {
                store.record(SmallSweep.unit(number));
            }
        }
        Path csv = folder.resolve("it's.csv");
        Path parquet = folder.resolve("all.parquet");
        String query = "SELECT width, inputs_covered, kappa FROM measurements ORDER BY width;  ";
        try (StoredResults results = StoredResults.open(folder)) {
            results.export(query, ExportFormat.CSV, csv);
            results.export(query, ExportFormat.PARQUET, parquet);
            assertEquals(
                    results.query(query).rows().toString(),
                    results.query("SELECT * FROM '" + parquet + "'").rows().toString());
            assertThrows(
                    InvalidInputException.class,
                    () -> results.export("SELECT nothing", ExportFormat.CSV, folder.resolve("none.csv")));
        }
        List<String> lines = Files.readAllLines(csv);
        assertEquals("width,inputs_covered,kappa", lines.get(0));
        assertTrue(lines.contains("106,1234567890123456789012,0.75"), lines.toString());
        assertFalse(Files.exists(folder.resolve("none.csv")));
    }

    @Test
    void aFolderWithoutResultsOrWithAnotherFileIsRefusedWithASentence() throws IOException {
        assertTrue(assertThrows(InvalidInputException.class, () -> StoredResults.open(folder))
                .getMessage()
                .contains("there are no results in"));
        Files.writeString(folder.resolve("results.duckdb"), "not a database".repeat(1000));
        String message = assertThrows(StoreException.class, () -> StoredResults.open(folder))
                .getMessage();
        assertTrue(message.contains("results.duckdb") && message.contains("not a valid DuckDB"), message);
    }

    @Test
    void aStoreOfAnotherSchemaVersionIsRefusedWithASentence() throws SQLException {
        open(SmallSweep.identity(2), false).close();
        try (Connection connection = new StoreFile(folder).openForWriting();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE store_info SET schema_version = 0, tool_version = '0.0.1'");
        }
        for (InvalidInputException refused : List.of(
                assertThrows(InvalidInputException.class, () -> StoredResults.open(folder)),
                assertThrows(InvalidInputException.class, () -> open(SmallSweep.identity(2), true)))) {
            assertTrue(
                    refused.getMessage().contains("has schema version 0, written by Superpose 0.0.1"),
                    refused.getMessage());
        }
    }

    @Test
    void aSecondWriterIsToldWhoHoldsTheFolderAndTheFirstGoesOn() {
        try (ResultStore store = open(SmallSweep.identity(2), false)) {
            String message = assertThrows(InvalidInputException.class, () -> open(SmallSweep.identity(2), true))
                    .getMessage();
            assertTrue(
                    message.contains(
                            "in use by process " + ProcessHandle.current().pid()),
                    message);
            assertTrue(message.contains("superpose run small"), message);
            store.record(SmallSweep.unit(1));
        }
        open(SmallSweep.identity(2), true).close();
    }
}
