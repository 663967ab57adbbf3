package org.superpose.runner.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.plugin.PluginFile;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.runner.store.file.ColumnType;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.workbench.Measurement;

/**
 * The tables of a store. {@code measurements} is wide: one column per field, so that {@code SELECT width, kappa FROM
 * measurements} is all one has to say; a field that is new gets a column of its own.
 */
final class StoreSchema {
    /** The version of the tables, which goes up with every change that an older Superpose could not read. */
    static final int VERSION = 1;

    private static final String MEASUREMENTS = "measurements";

    /** The plugins of each run; stores that were made before there was such a table lack it until a run has some. */
    private static final String PLUGINS = "plugins";

    private static final Map<String, String> PLUGIN_TYPES =
            columns("run INTEGER, jar VARCHAR, version VARCHAR, sha256 VARCHAR");
    /** The columns of measurements that are not fields of a {@link Measurement}, by name and type. */
    private static final Map<String, String> OWN_COLUMNS =
            columns("experiment VARCHAR, unit INTEGER, row_in_unit INTEGER, run INTEGER, peak_memory_bytes BIGINT");
    /** The fields that have their column from the start, so that queries hold on an empty store too. */
    private static final Map<String, String> STANDARD_FIELDS = columns("problem VARCHAR, construction VARCHAR,"
            + " inputs BIGINT, outputs BIGINT, max_active BIGINT, fan_in BIGINT, instance_seed BIGINT, seed BIGINT,"
            + " width BIGINT, layers BIGINT, superposition_ratio DOUBLE, kappa DOUBLE, width_limit DOUBLE,"
            + " limit_ratio DOUBLE, weight_bits BIGINT, bit_efficiency DOUBLE, verdict VARCHAR, method VARCHAR,"
            + " inputs_covered HUGEINT, domain_size HUGEINT, seconds DOUBLE, tries BIGINT, success_rate DOUBLE,"
            + " counterexample_input VARCHAR, counterexample_output BIGINT, counterexample_expected BOOLEAN");
    /** The columns of each table but measurements. */
    private static final Map<String, Map<String, String>> TABLES = fixedTables();

    private StoreSchema() {}

    private static Map<String, Map<String, String>> fixedTables() {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        tables.put("store_info", columns("schema_version INTEGER, tool_version VARCHAR"));
        tables.put("sweep", columns("name VARCHAR, value VARCHAR"));
        tables.put(
                "runs",
                columns("run INTEGER, command VARCHAR, reproduce VARCHAR, tool_version VARCHAR, jdk VARCHAR,"
                        + " cpu VARCHAR, engine VARCHAR, threads INTEGER, host VARCHAR, process BIGINT, started"
                        + " TIMESTAMP, ended TIMESTAMP, status VARCHAR"));
        tables.put(
                "units",
                columns("unit INTEGER, label VARCHAR, status VARCHAR, error VARCHAR, run INTEGER, started TIMESTAMP,"
                        + " seconds DOUBLE, peak_memory_bytes BIGINT, row_fields VARCHAR"));
        tables.put("artefacts", columns("name VARCHAR, kind VARCHAR, bytes BIGINT, sha256 VARCHAR, written TIMESTAMP"));
        return tables;
    }

    private static Map<String, String> columns(String declarations) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String declaration : declarations.split(", ")) {
            String[] words = declaration.split(" ");
            columns.put(words[0], words[1]);
        }
        return columns;
    }

    /** The names of the columns of measurements that are not fields. */
    static Set<String> ownColumns() {
        return OWN_COLUMNS.keySet();
    }

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, Map<String, String>> table : TABLES.entrySet()) {
                createTable(statement, table.getKey(), table.getValue());
            }
            statement.execute("INSERT INTO store_info VALUES (" + VERSION + ", "
                    + StoreFile.literal(ToolVersion.current()) + ")");
            Map<String, String> columns = new LinkedHashMap<>(OWN_COLUMNS);
            columns.putAll(STANDARD_FIELDS);
            createTable(statement, MEASUREMENTS, columns);
            createTable(statement, PLUGINS, PLUGIN_TYPES);
            statement.execute(
                    "CREATE VIEW counterexamples AS SELECT experiment, unit, row_in_unit, problem, construction,"
                            + " inputs, outputs, width, instance_seed, seed, counterexample_input AS input,"
                            + " counterexample_output AS output, counterexample_expected AS expected,"
                            + " NOT counterexample_expected AS got FROM measurements"
                            + " WHERE counterexample_output IS NOT NULL");
        }
    }

    private static void createTable(Statement statement, String name, Map<String, String> columns) throws SQLException {
        StringJoiner declarations = new StringJoiner(", ");
        columns.forEach((column, type) -> declarations.add(StoreFile.identifier(column) + " " + type));
        statement.execute("CREATE TABLE " + name + " (" + declarations + ")");
    }

    /** Keeps the plugins that were loaded for a run. */
    static void insertPlugins(Connection connection, int run, PluginFiles plugins) throws SQLException {
        if (plugins.isEmpty()) {
            return;
        }
        if (!tables(connection).containsKey(PLUGINS)) {
            try (Statement statement = connection.createStatement()) {
                createTable(statement, PLUGINS, PLUGIN_TYPES);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + PLUGINS + " VALUES (?, ?, ?, ?)")) {
            for (PluginFile file : plugins.files()) {
                insert.setInt(1, run);
                insert.setString(2, file.jar());
                insert.setString(3, file.version());
                insert.setString(4, file.sha256());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Insists that a store has the tables of this version.
     *
     * @throws InvalidInputException if it was written by another version, is no result store at all, or lacks a table
     *     or a column
     */
    static void check(Connection connection, Path path) throws SQLException {
        Map<String, Map<String, String>> tables = tables(connection);
        if (!tables.containsKey("store_info")) {
            throw notAStore(path);
        }
        requireColumns(tables, path, "store_info", TABLES.get("store_info"));
        requireVersion(connection, path);
        TABLES.forEach((table, columns) -> requireColumns(tables, path, table, columns));
        if (tables.containsKey(PLUGINS)) {
            requireColumns(tables, path, PLUGINS, PLUGIN_TYPES);
        }
        requireColumns(tables, path, MEASUREMENTS, OWN_COLUMNS);
        tables.get(MEASUREMENTS).forEach((column, type) -> {
            if (!OWN_COLUMNS.containsKey(column) && ColumnType.named(type).isEmpty()) {
                throw damaged(path, "the column " + column + " of measurements has the type " + type);
            }
        });
    }

    private static InvalidInputException notAStore(Path path) {
        return new InvalidInputException(path + " is a DuckDB file but not a result store of Superpose");
    }

    private static void requireVersion(Connection connection, Path path) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT schema_version, tool_version FROM store_info")) {
            if (!rows.next()) {
                throw notAStore(path);
            }
            int version = rows.getInt(1);
            if (version != VERSION) {
                throw new InvalidInputException(
                        path + " has schema version " + version + ", written by Superpose " + rows.getString(2)
                                + "; this is Superpose " + ToolVersion.current() + ", which reads schema version "
                                + VERSION + ": use the version that wrote it, or run again into another folder");
            }
        }
    }

    private static void requireColumns(
            Map<String, Map<String, String>> tables, Path path, String table, Map<String, String> columns) {
        Map<String, String> there = tables.get(table);
        if (there == null) {
            throw damaged(path, "the table " + table + " is missing");
        }
        columns.forEach((column, wanted) -> {
            String type = there.get(column);
            if (!wanted.equals(type)) {
                throw damaged(
                        path,
                        "the column " + column + " of " + table + " is "
                                + (type == null ? "missing" : type + ", but must be " + wanted));
            }
        });
    }

    /** What is wrong with a store that somebody else has changed. */
    static InvalidInputException damaged(Path path, String what) {
        return new InvalidInputException(
                path + " was changed by another program: " + what + "; run again into another folder");
    }

    /** Whether nobody has put anything into a file yet, in whatever schema. */
    static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM duckdb_columns() WHERE database_name = '"
                        + StoreFile.CATALOG + "' AND NOT internal LIMIT 1")) {
            return !rows.next();
        }
    }

    /** The columns of measurements that hold fields, in order. */
    static Map<String, ColumnType> fieldColumns(Connection connection) throws SQLException {
        Map<String, ColumnType> fields = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + MEASUREMENTS + " LIMIT 0")) {
            ResultSetMetaData described = none.getMetaData();
            for (int c = 1; c <= described.getColumnCount(); c++) {
                String column = described.getColumnName(c);
                String type = described.getColumnTypeName(c);
                if (!OWN_COLUMNS.containsKey(column)) {
                    fields.put(
                            column,
                            ColumnType.named(type)
                                    .orElseThrow(() -> new StoreException("another program has changed the column "
                                            + column + " of measurements to " + type)));
                }
            }
        }
        return fields;
    }

    /**
     * The columns, in order, and their types of every table; views are none, since what they show is made up by a query
     * of somebody's.
     */
    private static Map<String, Map<String, String>> tables(Connection connection) throws SQLException {
        Map<String, Map<String, String>> tables = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_name, column_name, data_type FROM duckdb_columns() SEMI JOIN duckdb_tables()"
                                + " USING (database_name, schema_name, table_name) WHERE database_name = '"
                                + StoreFile.CATALOG + "' AND schema_name = 'main' ORDER BY table_name, column_index")) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString(1), table -> new LinkedHashMap<>())
                        .put(rows.getString(2), rows.getString(3));
            }
        }
        return tables;
    }
}
