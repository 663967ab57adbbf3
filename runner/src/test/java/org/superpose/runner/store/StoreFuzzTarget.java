package org.superpose.runner.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.hostile.AllocationLimit;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.workbench.Measurement;

/**
 * The target of a fuzzer that changes the tables of a store. An input becomes a sequence of statements, as of another
 * program, and of units of ours, on a store in memory. Then the store is read, and a sweep goes on with it: either
 * works or is refused in one sentence. If there were only units, nothing may be refused, and every row is read as it
 * was written. Jazzer calls {@link #fuzzerTestOneInput}; {@code StoreFuzzCorpusTest} replays what it has kept.
 */
public final class StoreFuzzTarget implements AutoCloseable {
    private static final Path NAME = Path.of("results.duckdb");
    private static final int UNITS = 6;
    /** A limit, since a step may double the number of rows. */
    private static final int MOST_STEPS = 12;

    private static final List<String> TABLES =
            List.of("store_info", "sweep", "runs", "units", "artefacts", "measurements", "counterexamples", "more");
    private static final List<String> COLUMNS = List.of(
            "schema_version",
            "tool_version",
            "name",
            "value",
            "run",
            "status",
            "started",
            "unit",
            "label",
            "error",
            "row_fields",
            "experiment",
            "row_in_unit",
            "peak_memory_bytes",
            "problem",
            "width",
            "kappa",
            "verdict",
            "inputs_covered",
            "counterexample_expected",
            "seconds",
            "spurious_rows",
            "Width",
            "more",
            "select",
            "a\"b");
    private static final List<String> TYPES = List.of(
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "DOUBLE",
            "VARCHAR",
            "BOOLEAN",
            "TIMESTAMP",
            "FLOAT",
            "SMALLINT",
            "UBIGINT",
            "UHUGEINT",
            "DECIMAL(38, 3)",
            "BLOB",
            "DATE",
            "UUID",
            "INTERVAL",
            "INTEGER[]",
            "STRUCT(a INTEGER)",
            "MAP(VARCHAR, INTEGER)",
            "BIT");
    private static final List<String> VALUES = List.of(
            "NULL",
            "0",
            "1",
            "-1",
            "2",
            "2147483647",
            "-9223372036854775808",
            "170141183460469231731687303715884105727",
            "0.5",
            "'nan'::DOUBLE",
            "'inf'::DOUBLE",
            "true",
            "''",
            "'done'",
            "'failed'",
            "'pending'",
            "'[]'",
            "'{}'",
            "'null'",
            "'[null]'",
            "'[{\"rows\":1,\"fields\":[\"width\"]}]'",
            "'[{\"rows\":2147483647,\"fields\":[]}]'",
            "'[{\"rows\":-1,\"fields\":null}]'",
            "'[{\"rows\":1,\"fields\":[null]}]'",
            "'[{\"rows\":1,\"fields\":[\"unit\",\"unit\"]}]'",
            "'[[[[[[[[[[[[[[['",
            "repeat('[', 10000)",
            "repeat('x', 10000)",
            "chr(0)",
            "now()::TIMESTAMP::VARCHAR");

    private final Connection connection;

    StoreFuzzTarget() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET memory_limit = '500MB'");
            statement.execute("SET temp_directory = ''");
            statement.execute("ATTACH ':memory:' AS " + StoreFile.CATALOG);
            statement.execute("USE " + StoreFile.CATALOG);
        }
        connection.setAutoCommit(false);
        StoreSchema.create(connection);
        UnitWriter.plan(connection, SmallSweep.identity(UNITS).units());
        writer().write(connection, List.of(SmallSweep.unit(0), SmallSweep.unit(2), SmallSweep.failed(3)));
        connection.commit();
    }

    private static UnitWriter writer() {
        return new UnitWriter("small", 1);
    }

    /** The choices for which the bytes of an input stand, one after the other; zeros after the last byte. */
    private record Choices(ByteBuffer bytes) {
        boolean isEmpty() {
            return !bytes.hasRemaining();
        }

        int below(int limit) {
            return isEmpty() ? 0 : (bytes.get() & 0xff) % limit;
        }

        <T> T of(List<T> values) {
            return values.get(below(values.size()));
        }

        long whole() {
            long value = 0;
            for (int count = below(9); count > 0; count--) {
                value = value << 8 | below(256);
            }
            return below(2) == 0 ? value : -value;
        }

        String text() {
            byte[] text = new byte[Math.min(below(64), bytes.remaining())];
            bytes.get(text);
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    private static String statement(Choices choices) {
        String table = choices.of(TABLES);
        String column = StoreFile.identifier(choices.of(COLUMNS));
        String where = " WHERE rowid % " + (1 + choices.below(3)) + " = 0";
        return switch (choices.below(12)) {
            case 0 -> "UPDATE " + table + " SET " + column + " = " + choices.of(VALUES) + where;
            case 1 -> "UPDATE " + table + " SET " + column + " = " + StoreFile.literal(choices.text()) + where;
            case 2 -> "DELETE FROM " + table + where;
            case 3 -> "INSERT INTO " + table + " SELECT * FROM " + table;
            case 4 -> "DROP TABLE " + table + " CASCADE";
            case 5 -> "ALTER TABLE " + table + " RENAME TO " + choices.of(TABLES);
            case 6 ->
                "ALTER TABLE " + table + " RENAME COLUMN " + column + " TO "
                        + StoreFile.identifier(choices.of(COLUMNS));
            case 7 ->
                "ALTER TABLE " + table + " ALTER COLUMN " + column + " TYPE " + choices.of(TYPES) + " USING "
                        + choices.of(VALUES);
            case 8 -> "ALTER TABLE " + table + " ALTER COLUMN " + column + " TYPE " + choices.of(TYPES);
            case 9 -> "ALTER TABLE " + table + " ADD COLUMN " + column + " " + choices.of(TYPES);
            case 10 -> "ALTER TABLE " + table + " DROP COLUMN " + column;
            default -> "ALTER TABLE " + table + " RENAME TO old; CREATE VIEW " + table + " AS SELECT * FROM old";
        };
    }

    private static Object value(Choices choices) {
        return switch (choices.below(7)) {
            case 0 -> null;
            case 1 -> choices.below(2) == 0;
            case 2 -> (int) choices.whole();
            case 3 -> choices.whole();
            case 4 -> Double.longBitsToDouble(choices.whole());
            case 5 -> Long.toString(Math.abs(choices.whole())).repeat(1 + choices.below(4));
            default -> choices.text();
        };
    }

    private static UnitRecord unit(Choices choices) {
        int number = choices.below(UNITS);
        List<Measurement> rows = new ArrayList<>();
        for (int row = choices.below(3); row >= 0; row--) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int field = choices.below(4); field >= 0; field--) {
                String name = choices.below(2) == 0 ? choices.of(COLUMNS) : choices.text();
                fields.put(name, value(choices));
            }
            rows.add(Measurement.of(fields));
        }
        UnitRecord unit = new UnitRecord(number, rows, Optional.empty(), Instant.EPOCH, 0.5, 1000);
        UnitWriter.requireOwnNames(unit);
        return unit;
    }

    /**
     * One input.
     *
     * @return whether the store was refused by those who read it, or by those who would go on with it
     * @throws AssertionError if it is neither refused nor right
     */
    boolean refuses(byte[] input) throws SQLException {
        return AllocationLimit.of(input.length).keep(() -> {
            connection.rollback();
            return outcome(new Choices(ByteBuffer.wrap(input)));
        });
    }

    private boolean outcome(Choices choices) {
        boolean foreign = false;
        Map<Integer, List<Measurement>> written = new LinkedHashMap<>();
        for (int step = 0; step < MOST_STEPS && !choices.isEmpty(); step++) {
            if (choices.below(2) == 0) {
                foreign = true;
                change(statement(choices));
            } else {
                try {
                    UnitRecord unit = unit(choices);
                    refused(() -> writer().write(connection, List.of(unit)), foreign);
                    written.put(unit.number(), unit.measurements());
                } catch (InvalidInputException unlikely) {
                    // a measurement may not have such a field
                }
            }
        }
        List<StoredRow> rows = new ArrayList<>();
        boolean refused = refused(
                () -> {
                    StoreSchema.check(connection, NAME);
                    StoreQueries.sweep(connection);
                    StoreQueries.measuredUnits(connection);
                    rows.addAll(StoreQueries.rows(connection));
                },
                foreign);
        if (!foreign) {
            requireAll(written, rows);
        }
        return refused
                | refused(
                        () -> {
                            writer().write(connection, List.of(SmallSweep.unit(5)));
                            StoreQueries.rows(connection, 1, UNITS);
                        },
                        foreign);
    }

    private void change(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException impossible) {
            // another program could not do it either; the transaction may have ended with it
        }
    }

    private interface Use {
        void run() throws SQLException;
    }

    private static boolean refused(Use use, boolean mayBe) {
        try {
            use.run();
            return false;
        } catch (InvalidInputException | StoreException | SQLException refusal) {
            if (!mayBe) {
                throw new AssertionError("a store of ours is refused", refusal);
            }
            String sentence = Objects.requireNonNullElse(refusal.getMessage(), "");
            if (sentence.isBlank() || !(refusal instanceof SQLException) && sentence.contains("\n")) {
                throw new AssertionError("refused, but not in one sentence: " + sentence, refusal);
            }
            return true;
        } catch (RuntimeException | StackOverflowError crash) {
            throw new AssertionError("the store crashes", crash);
        }
    }

    private static void requireAll(Map<Integer, List<Measurement>> written, List<StoredRow> rows) {
        written.forEach((number, measurements) -> {
            List<Measurement> read = rows.stream()
                    .filter(row -> row.unit() == number + 1)
                    .map(StoredRow::measurement)
                    .toList();
            if (read.size() != measurements.size()) {
                throw new AssertionError(measurements.size() + " rows were written, and " + read.size() + " read");
            }
            for (int row = 0; row < read.size(); row++) {
                requireSame(measurements.get(row), read.get(row));
            }
        });
    }

    /** Whole numbers in a column of text are as they were; others are spelled as by the database or as by Java. */
    private static boolean same(Object value, Object there) {
        if (Objects.equals(Objects.toString(value, null), Objects.toString(there, null))) {
            return true;
        }
        if (!(value instanceof Number number)) {
            return false;
        }
        if (there instanceof String text) {
            return !text.matches("-?[0-9]+")
                    && Double.valueOf(number.doubleValue()).equals(number(text));
        }
        return there instanceof Number other && number.doubleValue() == other.doubleValue();
    }

    private static double number(String text) {
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The same fields in the same order with the same values, but with the types of their columns. */
    private static void requireSame(Measurement written, Measurement read) {
        if (!List.copyOf(written.fields().keySet())
                .equals(List.copyOf(read.fields().keySet()))) {
            throw new AssertionError(written + " was written, and " + read + " read");
        }
        written.fields().forEach((field, value) -> {
            Object there = read.fields().get(field);
            if (!same(value, there)) {
                throw new AssertionError(field + " was " + value + ", and is " + there);
            }
        });
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static StoreFuzzTarget running;

    /** For the fuzzer, before the first input. */
    public static void fuzzerInitialize() throws SQLException {
        running = new StoreFuzzTarget();
    }

    /** For the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws SQLException {
        running.refuses(input);
    }
}
