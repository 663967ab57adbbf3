package org.superpose.runner.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.file.ColumnType;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.workbench.Measurement;

/**
 * Writes what units measured, many at a time: a statement costs DuckDB milliseconds, a row in one that is running
 * anyway next to nothing.
 */
final class UnitWriter {
    private static final String SCHEMA = "main";
    private static final String ENDED = "ended_units";

    private final String experiment;
    private final int run;

    /** @param run the number of the run that the units belong to */
    UnitWriter(String experiment, int run) {
        this.experiment = experiment;
        this.run = run;
    }

    /** Puts the labels of all units of a sweep into an empty store. */
    static void plan(Connection connection, List<String> labels) throws SQLException {
        try (DuckDBAppender units = appender(connection, StoreFile.CATALOG, "units")) {
            for (int number = 0; number < labels.size(); number++) {
                units.beginRow();
                units.append(number + 1).append(labels.get(number)).append("pending");
                for (int unknown = 0; unknown < 6; unknown++) {
                    units.appendNull();
                }
                units.endRow();
            }
        }
    }

    /** @throws InvalidInputException if a field has the name of a column that the store keeps for itself */
    static void requireOwnNames(UnitRecord unit) {
        for (Measurement measurement : unit.measurements()) {
            for (String own : StoreSchema.ownColumns()) {
                if (measurement.fields().containsKey(own)) {
                    throw new InvalidInputException("a measurement has the field " + own
                            + ", which the result store keeps for itself; rename it");
                }
            }
        }
    }

    /** Stores units in the place of what earlier attempts left of them. */
    void write(Connection connection, Collection<UnitRecord> units) throws SQLException {
        Map<String, ColumnType> columns = makeRoom(connection, units);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE " + ENDED + " (unit INTEGER, status VARCHAR, error VARCHAR,"
                    + " run INTEGER, started TIMESTAMP, seconds DOUBLE, peak_memory_bytes BIGINT, row_fields VARCHAR)");
            appendEnds(connection, units);
            statement.execute("DELETE FROM measurements WHERE unit IN (SELECT unit FROM " + ENDED + ")");
            appendRows(connection, columns, units);
            statement.execute("UPDATE units SET status = e.status, error = e.error, run = e.run, started = e.started,"
                    + " seconds = e.seconds, peak_memory_bytes = e.peak_memory_bytes, row_fields = e.row_fields FROM "
                    + ENDED + " e WHERE units.unit = e.unit");
            statement.execute("DROP TABLE " + ENDED);
        }
    }

    private static DuckDBAppender appender(Connection connection, String catalog, String table) throws SQLException {
        return connection.unwrap(DuckDBConnection.class).createAppender(catalog, SCHEMA, table);
    }

    /** Adds the columns that the rows need and are not there, and widens those that are too narrow. */
    private static Map<String, ColumnType> makeRoom(Connection connection, Collection<UnitRecord> units)
            throws SQLException {
        Map<String, ColumnType> needed = new LinkedHashMap<>();
        for (UnitRecord unit : units) {
            for (Measurement measurement : unit.measurements()) {
                measurement.fields().forEach((field, value) -> {
                    if (value != null) {
                        needed.merge(field, ColumnType.of(value), ColumnType::and);
                    }
                });
            }
        }
        Map<String, ColumnType> columns = StoreSchema.fieldColumns(connection);
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, ColumnType> need : needed.entrySet()) {
                ColumnType has = columns.get(need.getKey());
                ColumnType wants = has == null ? need.getValue() : has.and(need.getValue());
                String column = StoreFile.identifier(need.getKey());
                if (has == null) {
                    statement.execute("ALTER TABLE measurements ADD COLUMN " + column + " " + wants);
                } else if (has != wants) {
                    statement.execute("ALTER TABLE measurements ALTER COLUMN " + column + " TYPE " + wants);
                }
                columns.put(need.getKey(), wants);
            }
        }
        return columns;
    }

    private void appendEnds(Connection connection, Collection<UnitRecord> units) throws SQLException {
        try (DuckDBAppender ends = appender(connection, "temp", ENDED)) {
            for (UnitRecord unit : units) {
                ends.beginRow();
                ends.append(unit.number() + 1);
                ends.append(unit.error().isEmpty() ? "done" : "failed");
                ends.append(unit.error().orElse(null));
                ends.append(run);
                ends.append(utc(unit.started()));
                ends.append(unit.seconds());
                ends.append(unit.peakMemoryBytes());
                ends.append(RowFields.of(unit.measurements()).text());
                ends.endRow();
            }
        }
    }

    private void appendRows(Connection connection, Map<String, ColumnType> columns, Collection<UnitRecord> units)
            throws SQLException {
        try (DuckDBAppender rows = appender(connection, StoreFile.CATALOG, "measurements")) {
            for (UnitRecord unit : units) {
                int row = 0;
                for (Measurement measurement : unit.measurements()) {
                    rows.beginRow();
                    rows.append(experiment);
                    rows.append(unit.number() + 1);
                    rows.append(++row);
                    rows.append(run);
                    rows.append(unit.peakMemoryBytes());
                    for (Map.Entry<String, ColumnType> column : columns.entrySet()) {
                        column.getValue().append(rows, measurement.fields().get(column.getKey()));
                    }
                    rows.endRow();
                }
            }
        }
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
