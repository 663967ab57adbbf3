package org.superpose.runner.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.runner.store.file.ColumnType;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.workbench.Measurement;

/** What both the writer and the readers of a store ask it. */
final class StoreQueries {
    private StoreQueries() {}

    static SweepIdentity sweep(Connection connection) throws SQLException {
        Map<String, String> properties = new LinkedHashMap<>();
        List<String> units = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT coalesce(name, ''), coalesce(value, '') FROM sweep ORDER BY rowid")) {
                while (rows.next()) {
                    properties.put(rows.getString(1), rows.getString(2));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT coalesce(label, '') FROM units ORDER BY unit")) {
                while (rows.next()) {
                    units.add(rows.getString(1));
                }
            }
        }
        return new SweepIdentity(properties, units);
    }

    /** The plugins that made the rows. */
    static PluginFiles plugins(Connection connection) throws SQLException {
        if (StoreSchema.fieldColumns(connection).get(Measurement.PLUGINS) != ColumnType.VARCHAR) {
            return PluginFiles.NONE; // no row was made with any
        }
        List<PluginFiles> recorded = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT " + Measurement.PLUGINS
                        + " FROM measurements WHERE " + Measurement.PLUGINS + " IS NOT NULL")) {
            while (rows.next()) {
                recorded.add(PluginFiles.parse(rows.getString(1)));
            }
        }
        return PluginFiles.together(recorded);
    }

    static List<StoredRun> runs(Connection connection) throws SQLException {
        List<StoredRun> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT run, coalesce(status, ''), started, ended,"
                        + " coalesce(tool_version, ''), coalesce(jdk, ''), coalesce(cpu, ''), coalesce(command, ''),"
                        + " coalesce(reproduce, ''),"
                        + " (SELECT count(*) FROM units WHERE units.run = runs.run AND units.status = 'done')"
                        + " FROM runs ORDER BY run")) {
            while (rows.next()) {
                runs.add(new StoredRun(
                        rows.getInt(1),
                        rows.getString(2),
                        Optional.ofNullable(rows.getObject(3, LocalDateTime.class)),
                        Optional.ofNullable(rows.getObject(4, LocalDateTime.class)),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getString(8),
                        rows.getString(9),
                        rows.getLong(10)));
            }
        }
        return runs;
    }

    static long failureCount(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM units WHERE status = 'failed'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static List<FailedUnit> failures(Connection connection, int most) throws SQLException {
        List<FailedUnit> failures = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT unit, coalesce(label, ''), coalesce(error, '')"
                        + " FROM units WHERE status = 'failed' ORDER BY unit LIMIT " + most)) {
            while (rows.next()) {
                failures.add(new FailedUnit(rows.getInt(1), rows.getString(2), rows.getString(3)));
            }
        }
        return failures;
    }

    /** The units that have measurements, by number from 1, in order. */
    static List<Integer> measuredUnits(Connection connection) throws SQLException {
        List<Integer> units = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT unit FROM measurements ORDER BY unit")) {
            while (rows.next()) {
                units.add(rows.getInt(1));
            }
        }
        return units;
    }

    /** All measurements in the order of units, with their fields in the order in which they were measured. */
    static List<StoredRow> rows(Connection connection) throws SQLException {
        return rows(connection, "");
    }

    /** The measurements of a range of units, ends included. */
    static List<StoredRow> rows(Connection connection, int first, int last) throws SQLException {
        return rows(connection, " WHERE unit BETWEEN " + first + " AND " + last);
    }

    private static List<StoredRow> rows(Connection connection, String where) throws SQLException {
        Map<Integer, RowFields> names = rowFields(connection, where);
        List<StoredRow> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT * FROM measurements" + where + " ORDER BY unit, row_in_unit")) {
            ResultSetMetaData described = rows.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int c = 1; c <= described.getColumnCount(); c++) {
                columns.add(described.getColumnName(c));
            }
            while (rows.next()) {
                Map<String, Object> values = new HashMap<>();
                for (int c = 0; c < columns.size(); c++) {
                    values.put(columns.get(c), ColumnType.fromDatabase(rows.getObject(c + 1)));
                }
                Object unit = values.get("unit");
                Object row = values.get("row_in_unit");
                Optional<List<String>> ofRow = row instanceof Integer number && names.containsKey(unit)
                        ? names.get(unit).ofRow(number)
                        : Optional.empty();
                if (ofRow.isEmpty()) {
                    throw new StoreException(
                            "the table units knows nothing of row " + row + " of unit " + unit + " in measurements");
                }
                Map<String, Object> fields = new LinkedHashMap<>();
                ofRow.get().forEach(name -> fields.put(name, values.get(name)));
                found.add(new StoredRow(
                        (String) values.get("experiment"), (Integer) unit, (Integer) row, Measurement.of(fields)));
            }
        }
        return found;
    }

    private static Map<Integer, RowFields> rowFields(Connection connection, String where) throws SQLException {
        Map<Integer, RowFields> names = new HashMap<>();
        Map<String, RowFields> read = new HashMap<>(); // most units have the same fields as another one
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT unit, coalesce(row_fields, '[]') FROM (SELECT * FROM units"
                                + where + ") WHERE status = 'done'")) {
            while (rows.next()) {
                names.put(rows.getInt(1), read.computeIfAbsent(rows.getString(2), RowFields::parse));
            }
        }
        return names;
    }
}
