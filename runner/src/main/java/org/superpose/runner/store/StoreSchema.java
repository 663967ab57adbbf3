package org.superpose.runner.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.runner.workbench.Measurement;

/**
 * The tables of a store. {@code measurements} is wide: one column per field, so that {@code SELECT width, kappa FROM measurements} is
 * all one has to say; a field that is new gets a column of its own.
 */
final class StoreSchema {
    /** Goes up with every change of the tables that an older Superpose could not read. */
    static final int VERSION = 1;

    /** Columns of measurements that are not fields of a {@link Measurement}. */
    static final List<String> OWN_COLUMNS = List.of("experiment", "unit", "row_in_unit", "run", "peak_memory_bytes");

    /** Fields that have their column from the start, so that queries hold on an empty store too. */
    private static final Map<String, ColumnType> STANDARD_FIELDS = standardFields();

    private StoreSchema() {}

    private static Map<String, ColumnType> standardFields() {
        Map<String, ColumnType> fields = new LinkedHashMap<>();
        fields.put(Measurement.PROBLEM, ColumnType.VARCHAR);
        fields.put(Measurement.CONSTRUCTION, ColumnType.VARCHAR);
        List.of(
                        Measurement.INPUTS,
                        Measurement.OUTPUTS,
                        Measurement.MAX_ACTIVE,
                        Measurement.FAN_IN,
                        Measurement.INSTANCE_SEED,
                        Measurement.SEED,
                        Measurement.WIDTH,
                        Measurement.LAYERS)
                .forEach(field -> fields.put(field, ColumnType.BIGINT));
        List.of(Measurement.SUPERPOSITION_RATIO, Measurement.KAPPA, Measurement.WIDTH_LIMIT, Measurement.LIMIT_RATIO)
                .forEach(field -> fields.put(field, ColumnType.DOUBLE));
        fields.put(Measurement.WEIGHT_BITS, ColumnType.BIGINT);
        fields.put(Measurement.BIT_EFFICIENCY, ColumnType.DOUBLE);
        fields.put(Measurement.VERDICT, ColumnType.VARCHAR);
        fields.put(Measurement.METHOD, ColumnType.VARCHAR);
        fields.put(Measurement.INPUTS_COVERED, ColumnType.HUGEINT);
        fields.put(Measurement.DOMAIN_SIZE, ColumnType.HUGEINT);
        fields.put(Measurement.SECONDS, ColumnType.DOUBLE);
        fields.put(Measurement.TRIES, ColumnType.BIGINT);
        fields.put(Measurement.SUCCESS_RATE, ColumnType.DOUBLE);
        fields.put(Measurement.COUNTEREXAMPLE_INPUT, ColumnType.VARCHAR);
        fields.put(Measurement.COUNTEREXAMPLE_OUTPUT, ColumnType.BIGINT);
        fields.put(Measurement.COUNTEREXAMPLE_EXPECTED, ColumnType.BOOLEAN);
        return fields;
    }

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE store_info (schema_version INTEGER, tool_version VARCHAR)");
            statement.execute("INSERT INTO store_info VALUES (" + VERSION + ", "
                    + StoreFile.literal(ToolVersion.current()) + ")");
            statement.execute("CREATE TABLE sweep (name VARCHAR, value VARCHAR)");
            statement.execute(
                    "CREATE TABLE runs (run INTEGER, command VARCHAR, reproduce VARCHAR, tool_version VARCHAR,"
                            + " jdk VARCHAR, cpu VARCHAR, engine VARCHAR, threads INTEGER, host VARCHAR, process BIGINT,"
                            + " started TIMESTAMP, ended TIMESTAMP, status VARCHAR)");
            statement.execute(
                    "CREATE TABLE units (unit INTEGER, label VARCHAR, status VARCHAR, error VARCHAR, run INTEGER,"
                            + " started TIMESTAMP, seconds DOUBLE, peak_memory_bytes BIGINT, row_fields VARCHAR)");
            StringBuilder columns = new StringBuilder(
                    "experiment VARCHAR, unit INTEGER, row_in_unit INTEGER, run INTEGER, peak_memory_bytes BIGINT");
            STANDARD_FIELDS.forEach((field, type) -> columns.append(", ")
                    .append(StoreFile.identifier(field))
                    .append(' ')
                    .append(type));
            statement.execute("CREATE TABLE measurements (" + columns + ")");
            statement.execute(
                    "CREATE VIEW counterexamples AS SELECT experiment, unit, row_in_unit, problem, construction,"
                            + " inputs, outputs, width, instance_seed, seed, counterexample_input AS input,"
                            + " counterexample_output AS output, counterexample_expected AS expected,"
                            + " NOT counterexample_expected AS got FROM measurements WHERE counterexample_output IS NOT NULL");
            statement.execute("CREATE TABLE artefacts (name VARCHAR, kind VARCHAR, bytes BIGINT, sha256 VARCHAR,"
                    + " written TIMESTAMP)");
        }
    }

    /**
     * Insists that a store has the tables of this version.
     *
     * @throws InvalidInputException if it was written by another version, or is no result store at all
     */
    static void check(Connection connection, Path path) throws SQLException {
        Optional<Integer> version = Optional.empty();
        String writer = "";
        if (tables(connection).contains("store_info")) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT schema_version, tool_version FROM store_info")) {
                if (rows.next()) {
                    version = Optional.of(rows.getInt(1));
                    writer = rows.getString(2);
                }
            }
        }
        if (version.isEmpty()) {
            throw new InvalidInputException(path + " is a DuckDB file but not a result store of Superpose");
        }
        if (version.get() != VERSION) {
            throw new InvalidInputException(path + " has schema version " + version.get() + ", written by Superpose "
                    + writer + "; this is Superpose " + ToolVersion.current() + ", which reads schema version "
                    + VERSION
                    + ": use the version that wrote it, or run again into another folder");
        }
    }

    static Set<String> tables(Connection connection) throws SQLException {
        Set<String> names = new java.util.HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_name FROM duckdb_tables() WHERE database_name = '" + StoreFile.CATALOG + "'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** The columns of measurements that hold fields, in order. */
    static Map<String, ColumnType> fieldColumns(Connection connection) throws SQLException {
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = '"
                                + StoreFile.CATALOG + "' AND table_name = 'measurements' ORDER BY column_index")) {
            while (rows.next()) {
                if (!OWN_COLUMNS.contains(rows.getString(1))) {
                    columns.put(rows.getString(1), ColumnType.valueOf(rows.getString(2)));
                }
            }
        }
        return columns;
    }
}
