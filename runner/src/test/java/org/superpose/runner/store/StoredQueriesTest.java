package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.file.StoreFile;

/** What may be asked of a store, and the columns of the answer. */
@Tag("jdk")
class StoredQueriesTest {
    @TempDir
    Path folder;

    private StoredResults results;

    @BeforeEach
    void open() {
        try (ResultStore store =
                ResultStore.open(folder, SmallSweep.identity(2), SmallSweep.run(), OnExisting.REFUSE)) {
            store.record(SmallSweep.unit(0));
        }
        results = StoredResults.open(folder);
    }

    @AfterEach
    void close() {
        results.close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY (SELECT 1) TO 'DIR/new.csv'",
                "COPY (SELECT 1) TO 'DIR/new.csv'; SELECT 1",
                "/* SELECT */ COPY (SELECT 1) TO 'DIR/new.csv'",
                "EXPLAIN ANALYZE COPY (SELECT 1) TO 'DIR/new.csv'",
                "ATTACH 'DIR/new.duckdb' AS other",
                "ATTACH 'DIR/new.duckdb' AS other; CREATE TABLE other.t (x INTEGER); FROM other.t",
                "EXPORT DATABASE 'DIR/new'",
                "CREATE TEMP TABLE t AS SELECT 1",
                "INSERT INTO units SELECT * FROM units",
                "WITH x AS (INSERT INTO units SELECT * FROM units RETURNING *) SELECT * FROM x",
                "DELETE FROM units",
                "DROP TABLE units",
                "PRAGMA database_size",
                "SET threads = 1",
                "DETACH results",
                "CALL enable_logging(storage = 'file', storage_path = 'DIR/new')",
                "SELECT * FROM Enable_Logging(storage = 'file', storage_path = 'DIR/new')",
                "SELECT * FROM query('SELECT 1')",
                "SELECT 1; SELECT 2",
                "SELECT 1) TO 'DIR/new.csv'; SELECT (2",
                "SELECT 1) TO 'DIR/new.csv' --",
                "-- nothing",
                ""
            })
    void whatIsNotOneReadingStatementIsRefusedBeforeAnyOfItRuns(String text) throws IOException {
        String sql = text.replace("DIR", folder.toString());
        List<String> files = files();
        byte[] store = Files.readAllBytes(folder.resolve(StoreFile.NAME));
        Path target = folder.resolve("target");
        for (InvalidInputException refused : List.of(
                assertThrows(InvalidInputException.class, () -> results.query(sql)),
                assertThrows(InvalidInputException.class, () -> results.export(sql, ExportFormat.CSV, target)),
                assertThrows(InvalidInputException.class, () -> results.export(sql, ExportFormat.PARQUET, target)))) {
            assertTrue(refused.getMessage().startsWith("the query was refused: "), refused.getMessage());
        }
        assertEquals(files, files());
        assertArrayEquals(store, Files.readAllBytes(folder.resolve(StoreFile.NAME)));
    }

    @Test
    void theSentenceSaysWhatIsWrongWithTheStatement() {
        assertTrue(sentence("SELECT 1; SELECT 2").contains("2 statements"), sentence("SELECT 1; SELECT 2"));
        assertTrue(sentence("DROP TABLE units").contains("it is not a query"), sentence("DROP TABLE units"));
        assertTrue(sentence(" ").contains("no statement"), sentence(" "));
        assertTrue(sentence("SELEC 1").contains("SELEC"), sentence("SELEC 1"));
        String within = "WITH x AS (DELETE FROM units RETURNING *) FROM x";
        assertTrue(sentence(within).contains("DELETE"), sentence(within));
    }

    private String sentence(String sql) {
        return assertThrows(InvalidInputException.class, () -> results.query(sql))
                .getMessage();
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b' AS x;",
                "FROM units;;",
                "VALUES (1), (2)",
                "DESCRIBE measurements",
                "SHOW TABLES",
                "SUMMARIZE units",
                "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r",
                "SELECT width FROM measurements UNION SELECT unit FROM units",
                "PIVOT units ON status IN ('done', 'failed') USING count(*)",
                "SELECT 1 -- one"
            })
    void everyKindOfQueryIsAnsweredAndExported(String sql) throws IOException {
        int rows = results.query(sql).rows().size();
        Path csv = folder.resolve("rows.csv");
        Path parquet = folder.resolve("rows.parquet");
        results.export(sql, ExportFormat.CSV, csv);
        results.export(sql, ExportFormat.PARQUET, parquet);
        assertTrue(Files.readAllLines(csv).size() > rows);
        assertEquals(rows, results.query("FROM '" + parquet + "'").rows().size());
    }

    @Test
    void columnsOfOneNameGetTheSameNamesOfTheirOwnInEveryForm() throws IOException {
        String sql = "SELECT 1 AS a, 2 AS b, 3 AS a, 4 AS a_2, 5 AS A, 1234567890123456789012::HUGEINT AS b;";
        List<String> names = List.of("a", "b", "a_3", "a_2", "A_4", "b_2");
        QueryResult answer = results.query(sql);
        assertEquals(names, answer.columns());
        assertEquals(
                "{a=1, b=2, a_3=3, a_2=4, A_4=5, b_2=1234567890123456789012}",
                answer.maps().get(0).toString());
        Path csv = folder.resolve("rows.csv");
        results.export(sql, ExportFormat.CSV, csv);
        assertEquals(List.of(String.join(",", names), "1,2,3,4,5,1234567890123456789012"), Files.readAllLines(csv));
        Path parquet = folder.resolve("rows.parquet");
        results.export(sql, ExportFormat.PARQUET, parquet);
        QueryResult read = results.query("FROM '" + parquet + "'");
        assertEquals(names, read.columns());
        assertEquals("[[1, 2, 3, 4, 5, 1234567890123456789012]]", read.rows().toString());
    }
}
