package org.superpose.runner.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.store.file.ColumnType;
import org.superpose.runner.store.file.FolderLock;
import org.superpose.runner.store.file.StoreFile;

/** The results in a folder, open for reading, while a run goes on too. Nothing can be changed through it. */
public final class StoredResults implements AutoCloseable {
    private final Path folder;
    private final StoreFile file;
    private final Connection connection;
    private final Optional<String> holder;

    private StoredResults(Path folder, StoreFile file, Connection connection, Optional<String> holder) {
        this.folder = folder;
        this.file = file;
        this.connection = connection;
        this.holder = holder;
    }

    /**
     * Opens the results in a folder.
     *
     * @throws InvalidInputException if there are none, or they are of another schema version
     */
    public static StoredResults open(Path folder) {
        StoreFile file = new StoreFile(folder);
        Optional<String> holder = FolderLock.holderOf(folder);
        Connection connection = StoreFile.patiently(file::openForReading);
        StoredResults results = new StoredResults(folder, file, connection, holder);
        try {
            StoreSchema.check(connection, file.path());
            results.showLiveRun();
            return results;
        } catch (SQLException refused) {
            results.close();
            throw file.failure("read", refused);
        } catch (RuntimeException refused) {
            results.close();
            throw refused;
        }
    }

    /**
     * Shows the last run as running while a process holds the folder: the file itself says interrupted until it has
     * ended.
     */
    private void showLiveRun() throws SQLException {
        if (holder.isPresent()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP VIEW runs AS SELECT * REPLACE (CASE WHEN ended IS NULL"
                        + " AND run = (SELECT max(run) FROM results.main.runs)"
                        + " THEN 'running' ELSE status END AS status)"
                        + " FROM results.main.runs");
            }
        }
    }

    /**
     * How many units are done but not in the results yet, because other readers kept them from being written to. The
     * run that did them stores them when it can, or the one that resumes it.
     */
    public long lateUnits() {
        return new WaitingUnits(folder, 0).count();
    }

    /** What the sweep is. */
    public SweepIdentity sweep() {
        return read(() -> StoreQueries.sweep(connection));
    }

    /** All measurements in the order of units. */
    public List<StoredRow> rows() {
        return read(() -> StoreQueries.rows(connection));
    }

    /** All runs, the first one first. */
    public List<StoredRun> runs() {
        return read(() -> StoreQueries.runs(connection));
    }

    /** How many units failed and were not done since. */
    public long failureCount() {
        return read(() -> StoreQueries.failureCount(connection));
    }

    /**
     * Units that failed and were not done since, in order.
     *
     * @param most of which the first so many are given
     */
    public List<FailedUnit> failures(int most) {
        return read(() -> StoreQueries.failures(connection, most));
    }

    /**
     * Answers a query.
     *
     * @throws InvalidInputException if the query is wrong or would change something
     */
    public QueryResult query(String sql) {
        try {
            ReadOnlyQuery.require(connection, sql);
            return answer(sql);
        } catch (SQLException refused) {
            throw refuse(refused);
        }
    }

    private QueryResult answer(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> columns = labels(found.getMetaData());
            List<List<Object>> rows = new ArrayList<>();
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int c = 1; c <= columns.size(); c++) {
                    row.add(ColumnType.fromDatabase(found.getObject(c)));
                }
                rows.add(row);
            }
            return new QueryResult(columns, rows);
        }
    }

    private static List<String> labels(ResultSetMetaData described) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int c = 1; c <= described.getColumnCount(); c++) {
            labels.add(described.getColumnLabel(c));
        }
        return labels;
    }

    /**
     * Writes the result of a query to a file, whole or not at all, with the columns that {@link #query} gives.
     *
     * @throws InvalidInputException if the query is wrong or would change something, or the file cannot be written
     */
    public void export(String sql, ExportFormat format, Path target) {
        AtomicFile.writeByName(target, temporary -> copy(sql, format, temporary));
    }

    /**
     * Writes the result of a query into a regular file, maybe only a part of it if that fails. For those who hand the
     * file on when they have let go of the results.
     *
     * @throws InvalidInputException if the query is wrong or would change something
     * @throws IOException if the file cannot be written
     */
    public void copy(String sql, ExportFormat format, Path file) throws IOException {
        String exact = exact(sql, format);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (" + exact + "\n) TO " + StoreFile.literal(file.toString()) + " (" + format.options() + ")");
        } catch (SQLException refused) {
            if (isAbout(file, refused)) {
                throw new IOException(firstLine(refused), refused);
            }
            throw refuse(refused);
        }
    }

    private String exact(String sql, ExportFormat format) {
        try {
            ReadOnlyQuery.require(connection, sql);
            String query = withUniqueNames(sql.strip().replaceAll("[;\\s]+$", ""));
            return format == ExportFormat.PARQUET ? withoutHugeIntegers(query) : query;
        } catch (SQLException refused) {
            throw refuse(refused);
        }
    }

    /** Columns of one name would get other names in a file than elsewhere. */
    private String withUniqueNames(String query) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            List<String> labels = labels(prepared.getMetaData());
            List<String> unique = QueryResult.unique(labels);
            return unique.equals(labels)
                    ? query
                    : "SELECT * FROM (" + query + "\n) AS answer ("
                            + unique.stream().map(StoreFile::identifier).collect(Collectors.joining(", ")) + ")";
        }
    }

    /** Whether the file could not be written, which is no fault of the query. */
    private static boolean isAbout(Path written, SQLException refused) {
        return refused.getMessage().startsWith("IO Error")
                && (refused.getMessage().contains(written.toString()) || isFullDisk(refused));
    }

    private static boolean isFullDisk(SQLException refused) {
        return refused.getMessage().contains("No space left on device");
    }

    /**
     * Parquet knows no 128-bit integers, and DuckDB would round them: they become 64-bit ones if they fit, else
     * decimals.
     */
    private String withoutHugeIntegers(String query) throws SQLException {
        StringBuilder casts = new StringBuilder();
        for (List<Object> column : answer("DESCRIBE (" + query + "\n)").rows()) {
            if (column.get(1).equals("HUGEINT")) {
                String name = StoreFile.identifier(column.get(0).toString());
                boolean fits = answer("SELECT coalesce(max(abs(" + name + ")), 0) < 9223372036854775807 FROM (" + query
                                + "\n)")
                        .rows()
                        .get(0)
                        .get(0)
                        .equals(true);
                casts.append(casts.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(fits ? "::BIGINT AS " : "::DECIMAL(38, 0) AS ")
                        .append(name);
            }
        }
        return casts.isEmpty() ? query : "SELECT * REPLACE (" + casts + ") FROM (" + query + "\n)";
    }

    private RuntimeException refuse(SQLException refused) {
        if (isFullDisk(refused)) {
            return file.failure("read", refused);
        }
        List<String> words = refused.getMessage().lines().toList();
        String hint = words.stream()
                .filter(line -> line.startsWith("Candidate bindings") || line.startsWith("Did you mean"))
                .map(line -> "; " + line.strip())
                .findFirst()
                .orElse("");
        return new InvalidInputException("the query was refused: " + firstLine(refused) + hint, refused);
    }

    private static String firstLine(SQLException refused) {
        return refused.getMessage()
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("the query failed");
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws SQLException;
    }

    private <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException refused) {
            throw file.failure("read", refused);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            throw file.failure("closed", broken);
        }
    }
}
