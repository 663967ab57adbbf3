package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.runner.report.Report;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.store.file.WriteAccess;

/**
 * Stores that this version did not write. Whoever reads one or would go on with it reads it or refuses it in one
 * sentence, and a store that is refused stays as it was. The number of damaged files is the system property
 * {@code superpose.fuzz.stores}.
 */
@Tag("slow")
class HostileStoreTest {
    private static final int STORES = Integer.getInteger("superpose.fuzz.stores", 20);
    private static final int UNITS = 6;

    @TempDir
    Path folder;

    private static byte[] sound;

    @BeforeAll
    static void fill(@TempDir Path filled) throws IOException {
        try (ResultStore store =
                ResultStore.open(filled, SmallSweep.identity(UNITS), SmallSweep.run(), OnExisting.REFUSE)) {
            store.record(SmallSweep.unit(0));
            store.record(SmallSweep.unit(2));
            store.record(SmallSweep.failed(3));
        }
        sound = Files.readAllBytes(filled.resolve(StoreFile.NAME));
    }

    @BeforeEach
    void copy() throws IOException {
        Files.write(file(), sound);
    }

    private Path file() {
        return folder.resolve(StoreFile.NAME);
    }

    private interface Use {
        void run();
    }

    /** The sentence with which the store is refused, or empty if it works. */
    private static Optional<String> refusal(Use use) {
        try {
            use.run();
            return Optional.empty();
        } catch (InvalidInputException | StoreException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    private void read() {
        try (StoredResults results = StoredResults.open(folder)) {
            results.sweep();
            results.rows();
        }
        Report.of(List.of(folder));
    }

    private void goOn() {
        try (ResultStore store =
                ResultStore.open(folder, SmallSweep.identity(UNITS), SmallSweep.run(), OnExisting.RESUME)) {
            store.doneUnits();
            store.forEachMeasurement(row -> {});
            store.record(SmallSweep.unit(5));
        }
    }

    /** Reads a store and goes on with it; whether either was refused. */
    private boolean isRefused(String name) throws IOException {
        boolean refused = false;
        for (Use use : List.<Use>of(this::read, this::goOn)) {
            Optional<String> sentence = assertDoesNotThrow(() -> refusal(use), name);
            if (sentence.isPresent()) {
                refused = true;
                assertFalse(sentence.get().isBlank() || sentence.get().contains("\n"), name + ": " + sentence.get());
            }
        }
        return refused;
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = new StoreFile(folder).openForWriting();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE store_info SET schema_version = 2",
                "UPDATE store_info SET schema_version = 0, tool_version = NULL",
                "UPDATE store_info SET schema_version = NULL",
                "DELETE FROM store_info",
                "DROP TABLE store_info",
                "ALTER TABLE store_info RENAME COLUMN schema_version TO version",
                "ALTER TABLE store_info ALTER COLUMN schema_version TYPE VARCHAR USING 'one'",
                "DROP TABLE sweep",
                "ALTER TABLE sweep RENAME COLUMN value TO v",
                "DROP TABLE units",
                "CREATE OR REPLACE VIEW old AS SELECT 1; DROP TABLE units; CREATE VIEW units AS SELECT 1 AS unit",
                "ALTER TABLE units DROP COLUMN row_fields",
                "ALTER TABLE units ALTER COLUMN unit TYPE VARCHAR",
                "ALTER TABLE units RENAME COLUMN status TO state",
                "DROP TABLE runs",
                "ALTER TABLE runs DROP COLUMN reproduce",
                "DROP TABLE artefacts",
                "DROP VIEW counterexamples; DROP TABLE measurements",
                "ALTER TABLE measurements RENAME COLUMN row_in_unit TO r",
                "ALTER TABLE measurements ALTER COLUMN run TYPE BIGINT",
                "ALTER TABLE measurements ALTER COLUMN bit_efficiency TYPE FLOAT",
                "ALTER TABLE measurements ADD COLUMN extra INTEGER[]",
                "ALTER TABLE measurements ADD COLUMN extra TIMESTAMP",
                "UPDATE units SET row_fields = 'no JSON'",
                "UPDATE units SET row_fields = NULL",
                "UPDATE units SET row_fields = '{}'",
                "UPDATE units SET row_fields = '[]'",
                "UPDATE units SET row_fields = 'null'",
                "UPDATE units SET row_fields = '[null]'",
                "UPDATE units SET row_fields = '[{\"rows\":2,\"fields\":null}]'",
                "UPDATE units SET row_fields = '[{\"rows\":2,\"fields\":[null]}]'",
                "UPDATE units SET row_fields = '[{\"rows\":2,\"fields\":[\"WIDTH\"]}]'",
                "UPDATE measurements SET unit = NULL",
                "UPDATE measurements SET unit = 77",
                "UPDATE measurements SET row_in_unit = NULL",
                "UPDATE measurements SET row_in_unit = -1",
                "UPDATE units SET status = 'pending'",
                "UPDATE units SET label = 'another'",
                "UPDATE units SET label = NULL",
                "DELETE FROM units",
                "UPDATE runs SET run = 2147483647",
                "UPDATE sweep SET value = NULL",
                "DELETE FROM sweep"
            })
    void aStoreWhoseTablesWereChangedIsRefusedInOneSentence(String sql) throws SQLException, IOException {
        change(sql);
        assertTrue(isRefused(sql), "works as if nothing had happened");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE measurements SET experiment = NULL",
                "UPDATE measurements SET width = NULL, verdict = NULL, problem = NULL",
                "UPDATE measurements SET verdict = repeat('x', 100000)",
                "UPDATE measurements SET kappa = 'nan', width = -9223372036854775808",
                "UPDATE measurements SET verdict = '</script><script>alert(1)</script>'",
                "UPDATE units SET row_fields = '[{\"rows\":2147483647,\"fields\":[\"width\"]}]'",
                "UPDATE units SET row_fields = '[{\"rows\":-5,\"fields\":[]},{\"rows\":9,\"fields\":[\"nothing\"]}]'",
                "UPDATE units SET unit = unit * 1000000",
                "UPDATE units SET error = NULL, label = NULL WHERE status = 'failed'",
                "UPDATE runs SET reproduce = NULL, status = NULL, started = NULL",
                "INSERT INTO store_info VALUES (7, 'another')",
                "CREATE TABLE mine (x INTEGER)",
                "ALTER TABLE units ADD COLUMN more VARCHAR",
                "ALTER TABLE measurements ADD COLUMN more HUGEINT"
            })
    void aStoreWithOddValuesIsReadOrRefused(String sql) throws SQLException, IOException {
        change(sql);
        isRefused(sql);
    }

    /** A view takes as long as whoever made it likes. */
    @Test
    void aViewIsNoTable() throws SQLException {
        change("ALTER TABLE units RENAME TO old; CREATE VIEW units AS SELECT * FROM old");
        assertTrue(refusal(this::read).orElseThrow().contains("the table units is missing"));
    }

    @Test
    void aFileOfAnotherProgramIsNotWrittenTo() throws SQLException, IOException {
        for (String sql : List.of("CREATE SCHEMA a; CREATE TABLE a.t (x INTEGER)", "CREATE VIEW v AS SELECT 1 AS x")) {
            Files.delete(file());
            change(sql);
            byte[] before = Files.readAllBytes(file());
            assertTrue(refusal(this::goOn).orElseThrow().contains("not a result store of Superpose"), sql);
            assertArrayEquals(before, Files.readAllBytes(file()), sql);
        }
    }

    /** Between two transactions the file is closed, and anyone may write to it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP VIEW counterexamples; DROP TABLE measurements",
                "DROP VIEW counterexamples; ALTER TABLE measurements ALTER COLUMN width TYPE FLOAT"
            })
    void aTableThatIsChangedDuringARunIsRefusedInOneSentence(String sql) throws SQLException {
        change(sql);
        String sentence = refusal(() -> {
                    try (WriteAccess access = new WriteAccess(new StoreFile(folder))) {
                        access.transaction(connection -> {
                            new UnitWriter("small", 1).write(connection, List.of(SmallSweep.unit(4)));
                            return null;
                        });
                    }
                })
                .orElseThrow();
        assertTrue(sentence.contains("measurements") && !sentence.contains("\n"), sentence);
    }

    @Test
    void aStoreThatIsRefusedStaysAsItWas() throws SQLException, IOException {
        change("ALTER TABLE units RENAME COLUMN status TO state");
        byte[] before = Files.readAllBytes(file());
        assertTrue(refusal(this::read).isPresent());
        assertTrue(refusal(this::goOn).isPresent());
        assertArrayEquals(before, Files.readAllBytes(file()));
    }

    @Test
    void aTruncatedOrForeignFileIsRefusedAndStaysAsItWas() throws IOException {
        for (byte[] content : List.of(
                new byte[1],
                new byte[100],
                new byte[100_000],
                "not a store".repeat(1000).getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(sound, 17),
                Arrays.copyOf(sound, 4096),
                Arrays.copyOf(sound, 3 * 4096 + 5),
                Arrays.copyOf(sound, sound.length / 2))) {
            Files.write(file(), content);
            String name = content.length + " bytes";
            assertTrue(refusal(this::read).isPresent(), name);
            assertTrue(refusal(this::goOn).isPresent(), name);
            assertArrayEquals(content, Files.readAllBytes(file()), name);
        }
    }

    @Test
    void aDamagedFileIsReadOrRefused() throws IOException {
        int refused = 0;
        for (int number = 0; number < STORES; number++) {
            RandomGenerator random = new Seed(7).child(number).generator();
            byte[] hostile = sound.clone();
            for (int edits = 1 << random.nextInt(10); edits > 0; edits--) {
                // Half of them in the headers, which say where everything is.
                int at = random.nextInt(random.nextBoolean() ? 3 * 4096 : hostile.length);
                hostile[at] = (byte) random.nextInt();
            }
            Files.write(file(), hostile);
            Files.deleteIfExists(folder.resolve(StoreFile.NAME + ".wal"));
            refused += isRefused("damaged file " + number) ? 1 : 0;
        }
        assertTrue(refused > 0, "no damage was noticed");
    }
}
