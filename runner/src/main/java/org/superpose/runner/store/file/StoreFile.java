package org.superpose.runner.store.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.ScratchFiles;

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

    /** What the database says if another connection of this process has the file open. */
    private static final String OPEN_HERE = "Unique file handle conflict";

    private static final Pattern HOLDER = Pattern.compile("lock is held in (.+? \\(PID [0-9]+\\))");

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
     * @throws StoreInUseException if somebody else has it open, be it for reading only
     * @throws StoreException if it cannot be opened
     */
    public Connection openForWriting() {
        return open("STORAGE_VERSION '" + STORAGE_VERSION + "'", 1);
    }

    /**
     * Opens the file for reading beside other readers.
     *
     * @throws InvalidInputException if there is none
     * @throws StoreInUseException if somebody else has it open for writing
     * @throws StoreException if it cannot be opened
     */
    public Connection openForReading() {
        if (!exists()) {
            throw new InvalidInputException("there are no results in " + folder + ": it has no " + NAME);
        }
        return open("READ_ONLY", Runtime.getRuntime().availableProcessors());
    }

    /**
     * Tries something for a while: writers close the file whenever they pause.
     *
     * @throws StoreInUseException if the file was in use all the time
     */
    public static <T> T patiently(Supplier<T> attempt) {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt.get();
            } catch (StoreInUseException busy) {
                if (System.nanoTime() - start > PATIENCE_NANOS) {
                    throw busy;
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

    private Connection open(String mode, int threads) {
        try {
            return attach(mode, threads);
        } catch (SQLException refused) {
            throw isLockConflict(refused) ? inUse(refused) : failure("opened", refused);
        }
    }

    private StoreInUseException inUse(SQLException refused) {
        String holder = holder(refused.getMessage());
        return new StoreInUseException(
                path() + " is in use: " + FolderLock.holderOf(folder).orElse("it is open in " + holder),
                holder,
                refused);
    }

    /** Who the database says has the file open. */
    private static String holder(String message) {
        Matcher named = HOLDER.matcher(message);
        if (named.find()) {
            return named.group(1);
        }
        return message.contains(OPEN_HERE) ? "this process" : "another program";
    }

    private Connection attach(String mode, int threads) throws SQLException {
        NativeDatabase.require();
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            // Nothing is ever fetched from the network, and nothing is written beside the store.
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET threads = " + threads);
            statement.execute("SET temp_directory = " + literal(ScratchFiles.folder()));
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
                || refused.getMessage().contains(OPEN_HERE);
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
