package org.superpose.runner.store.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.superpose.core.InvalidInputException;

/** The DuckDB file of an output folder: how it is opened. */
public final class StoreFile {
    /** The name of the file in its folder. */
    public static final String NAME = "results.duckdb";

    /** Its lock, in the same folder. */
    public static final String LOCK_NAME = "results.lock";

    /** The catalog name of the file in every connection. */
    public static final String CATALOG = "results";

    /**
     * The oldest format that has all we need: the newest DuckDB library writes a format of its own unless told
     * otherwise, which the Python and command line clients that people have cannot read.
     */
    private static final String STORAGE_VERSION = "v1.2.0";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_MILLIS = 10;

    private final Path folder;

    /** @param folder need not exist yet */
    public StoreFile(Path folder) {
        this.folder = folder;
    }

    /** Where it is. */
    public Path path() {
        return folder.resolve(NAME);
    }

    private boolean exists() {
        return Files.exists(path());
    }

    /**
     * Opens the file, which is made if need be, for this process alone.
     *
     * @throws StoreException if others do not let go of it, or it cannot be opened
     */
    public Connection openForWriting() {
        return open("STORAGE_VERSION '" + STORAGE_VERSION + "'", 1);
    }

    /**
     * Opens the file for reading beside other readers.
     *
     * @throws InvalidInputException if there is none
     * @throws StoreException if a writer does not let go of it, or it cannot be opened
     */
    public Connection openForReading() {
        if (!exists()) {
            throw new InvalidInputException("there are no results in " + folder + ": it has no " + NAME);
        }
        return open("READ_ONLY", Runtime.getRuntime().availableProcessors());
    }

    /** Opens the file, waiting a while if another process has it open: writers close it whenever they pause. */
    private Connection open(String mode, int threads) {
        long start = System.nanoTime();
        while (true) {
            try {
                return attach(mode, threads);
            } catch (SQLException refused) {
                if (!isLockConflict(refused)) {
                    throw failure("opened", refused);
                }
                if (System.nanoTime() - start > PATIENCE_NANOS) {
                    throw new StoreException(
                            path() + " is in use: "
                                    + FolderLock.holderOf(folder).orElse("another program has it open for writing"),
                            refused);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the result store", interrupted);
        }
    }

    private Connection attach(String mode, int threads) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            // Nothing is ever fetched from the network, and nothing is written beside the store.
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET threads = " + threads);
            statement.execute("SET temp_directory = " + literal(System.getProperty("java.io.tmpdir")));
            statement.execute(
                    "ATTACH " + literal(path().toAbsolutePath().toString()) + " AS " + CATALOG + " (" + mode + ")");
            statement.execute("USE " + CATALOG);
            return connection;
        } catch (SQLException refused) {
            connection.close();
            throw refused;
        }
    }

    /** A text as SQL has it. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name of a table or a column as SQL has it. */
    public static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Another process has the file open, or another connection of this one. */
    private static boolean isLockConflict(SQLException refused) {
        return refused.getMessage().contains("Could not set lock")
                || refused.getMessage().contains("Unique file handle conflict");
    }

    /**
     * What to throw when the database refuses.
     *
     * @param done what could not be done to the file: "written"
     */
    public StoreException failure(String done, SQLException cause) {
        String reason = cause.getMessage().lines().findFirst().orElse("").strip();
        return new StoreException(path() + " could not be " + done + ": " + reason, cause);
    }
}
