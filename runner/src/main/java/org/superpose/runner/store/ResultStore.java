package org.superpose.runner.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.workbench.Measurement;

/**
 * The results of one sweep in one folder, open for writing. One process at a time has it; others can read in between (see
 * {@link StoredResults}). Each unit is stored whole or not at all, so that after a crash the units that are missing
 * are exactly those that {@link #doneUnits()} does not have. Thread-safe.
 */
public final class ResultStore implements AutoCloseable {
    private final FolderLock lock;
    private final WriteAccess access;
    private final SweepIdentity sweep;
    private final int run;

    private ResultStore(FolderLock lock, WriteAccess access, SweepIdentity sweep, int run) {
        this.lock = lock;
        this.access = access;
        this.sweep = sweep;
        this.run = run;
    }

    /**
     * Opens the store of a folder for a run, making both if need be.
     *
     * @param resume whether the folder may already hold a part of the sweep
     * @throws InvalidInputException if another process has the folder, if it holds results and they are not to be resumed, or if what
     *     it holds is not this sweep; the message says what differs
     */
    public static ResultStore open(Path folder, SweepIdentity sweep, RunDescription description, boolean resume) {
        makeFolder(folder);
        FolderLock lock = FolderLock.take(folder, description.holder());
        StoreFile file = new StoreFile(folder);
        WriteAccess access = new WriteAccess(file);
        try {
            int run = access.transaction(connection -> {
                if (StoreSchema.tables(connection).isEmpty()) {
                    StoreSchema.create(connection);
                    insertSweep(connection, sweep);
                } else {
                    StoreSchema.check(connection, file.path());
                    requireSame(folder, sweep, StoreQueries.sweep(connection), resume);
                }
                return insertRun(connection, description);
            });
            return new ResultStore(lock, access, sweep, run);
        } catch (RuntimeException refused) {
            access.close();
            lock.close();
            throw refused;
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException broken) {
            throw new InvalidInputException(
                    "the folder " + folder + " cannot be made: "
                            + (Files.exists(folder)
                                    ? "there is a file of that name"
                                    : "the system does not allow it there"),
                    broken);
        }
    }

    private static void requireSame(Path folder, SweepIdentity sweep, SweepIdentity stored, boolean resume) {
        List<String> differences = sweep.differencesFrom(stored);
        if (!differences.isEmpty()) {
            throw new InvalidInputException(folder + " holds another sweep: " + String.join("; ", differences)
                    + "; give the same command to resume it, or choose another --out");
        }
        if (!resume) {
            throw new InvalidInputException(folder + " already holds results of this sweep: add --resume to do what is"
                    + " missing, or choose another --out");
        }
    }

    private static void insertSweep(Connection connection, SweepIdentity sweep) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO sweep VALUES (?, ?)")) {
            for (Map.Entry<String, String> property : sweep.properties().entrySet()) {
                insert.setString(1, property.getKey());
                insert.setString(2, property.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO units (unit, label, status) VALUES (?, ?, 'pending')")) {
            for (int number = 0; number < sweep.units().size(); number++) {
                insert.setInt(1, number + 1);
                insert.setString(2, sweep.units().get(number));
                insert.addBatch();
            }
            if (!sweep.units().isEmpty()) {
                insert.executeBatch();
            }
        }
    }

    private static int insertRun(Connection connection, RunDescription description) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(max(run), 0) + 1 FROM runs")) {
            rows.next();
            int run = rows.getInt(1);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)")) {
                insert.setInt(1, run);
                insert.setString(2, description.command());
                insert.setString(3, description.reproduce());
                insert.setString(4, description.toolVersion());
                insert.setString(5, description.jdk());
                insert.setString(6, description.cpu());
                insert.setString(7, description.engine());
                insert.setInt(8, description.threads());
                insert.setString(9, description.host());
                insert.setLong(10, description.process());
                insert.setObject(11, utc(description.started()));
                // Until it ends otherwise: a killed process cannot write that it was killed.
                insert.setString(12, RunStatus.INTERRUPTED.word());
                insert.execute();
            }
            return run;
        }
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** The numbers, from 0, of the units that are done; those that failed are not among them. */
    public Set<Integer> doneUnits() {
        return access.transaction(connection -> {
            Set<Integer> done = new LinkedHashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT unit FROM units WHERE status = 'done' ORDER BY unit")) {
                while (rows.next()) {
                    done.add(rows.getInt(1) - 1);
                }
            }
            return done;
        });
    }

    /** All measurements so far, in the order of units. */
    public List<Measurement> measurements() {
        return access.transaction(connection -> StoreQueries.rows(connection).stream()
                .map(StoredRow::measurement)
                .toList());
    }

    /**
     * Stores a unit in one transaction, in the place of what an earlier attempt left.
     *
     * @throws StoreException if the disk is full, for instance; nothing of the unit is stored then
     */
    public void record(UnitRecord unit) {
        access.transaction(connection -> {
            delete(connection, unit.number());
            Map<String, ColumnType> columns = makeRoom(connection, unit.measurements());
            insert(connection, columns, unit);
            update(connection, unit);
            return null;
        });
    }

    private static void delete(Connection connection, int number) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM measurements WHERE unit = ?")) {
            delete.setInt(1, number + 1);
            delete.execute();
        }
    }

    /** Adds the columns that the rows need and are not there, and widens those that are too narrow. */
    private static Map<String, ColumnType> makeRoom(Connection connection, List<Measurement> measurements)
            throws SQLException {
        Map<String, ColumnType> columns = StoreSchema.fieldColumns(connection);
        Map<String, ColumnType> needed = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            for (Map.Entry<String, Object> field : measurement.fields().entrySet()) {
                if (StoreSchema.OWN_COLUMNS.contains(field.getKey())) {
                    throw new InvalidInputException("a measurement has the field " + field.getKey()
                            + ", which the result store keeps for itself; rename it");
                }
                if (field.getValue() != null) {
                    needed.merge(field.getKey(), ColumnType.of(field.getValue()), ColumnType::and);
                }
            }
        }
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

    private void insert(Connection connection, Map<String, ColumnType> columns, UnitRecord unit) throws SQLException {
        Map<List<String>, PreparedStatement> inserts = new HashMap<>(); // rows of one unit mostly have the same fields
        try {
            int row = 0;
            for (Measurement measurement : unit.measurements()) {
                Map<String, Object> fields = new LinkedHashMap<>(measurement.fields());
                fields.values().removeIf(Objects::isNull);
                List<String> names = List.copyOf(fields.keySet());
                PreparedStatement insert = inserts.get(names);
                if (insert == null) {
                    insert = connection.prepareStatement(insertOf(names));
                    inserts.put(names, insert);
                }
                insert.setString(1, sweep.experiment());
                insert.setInt(2, unit.number() + 1);
                insert.setInt(3, ++row);
                insert.setInt(4, run);
                insert.setLong(5, unit.peakMemoryBytes());
                int index = StoreSchema.OWN_COLUMNS.size();
                for (Map.Entry<String, Object> field : fields.entrySet()) {
                    columns.get(field.getKey()).bind(insert, ++index, field.getValue());
                }
                insert.addBatch();
            }
            for (PreparedStatement insert : inserts.values()) {
                insert.executeBatch();
            }
        } finally {
            for (PreparedStatement insert : inserts.values()) {
                insert.close();
            }
        }
    }

    private static String insertOf(List<String> fields) {
        List<String> names = new ArrayList<>(StoreSchema.OWN_COLUMNS);
        names.addAll(fields);
        return "INSERT INTO measurements ("
                + String.join(", ", names.stream().map(StoreFile::identifier).toList()) + ") VALUES (?"
                + ", ?".repeat(names.size() - 1) + ")";
    }

    private void update(Connection connection, UnitRecord unit) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE units SET status = ?, error = ?, run = ?,"
                + " started = ?, seconds = ?, peak_memory_bytes = ?, row_fields = ? WHERE unit = ?")) {
            update.setString(1, unit.error().isEmpty() ? "done" : "failed");
            update.setString(2, unit.error().orElse(null));
            update.setInt(3, run);
            update.setObject(4, utc(unit.started()));
            update.setDouble(5, unit.seconds());
            update.setLong(6, unit.peakMemoryBytes());
            update.setString(7, StoreQueries.fieldNames(unit.measurements()));
            update.setInt(8, unit.number() + 1);
            update.execute();
        }
    }

    /** Writes down how the run ended. */
    public void end(RunStatus status) {
        access.transaction(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE runs SET ended = ?, status = ? WHERE run = ?")) {
                update.setObject(1, utc(Instant.now()));
                update.setString(2, status.word());
                update.setInt(3, run);
                update.execute();
            }
            return null;
        });
    }

    /** Gives up the folder early, from any thread; what is not recorded yet is discarded. Further calls do nothing. */
    public void release() {
        access.close();
        lock.close();
    }

    @Override
    public void close() {
        release();
    }
}
