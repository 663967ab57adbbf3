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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.superpose.core.InvalidInputException;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.runner.store.file.FolderLock;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.store.file.StoreInUseException;
import org.superpose.runner.store.file.WriteAccess;
import org.superpose.runner.workbench.Measurement;

/**
 * The results of one sweep in one folder, open for writing. One process at a time has it; others can read in between
 * (see {@link StoredResults}). Each unit is stored whole or not at all, at most a second after it was recorded, so that
 * after a crash the units that are missing are exactly those that {@link #doneUnits()} does not have. While readers
 * keep the store open, and with it closed to us, units go to a file beside it ({@link WaitingUnits}); what cannot do
 * without the store waits for them without limit, until {@link #release}. Thread-safe.
 */
public final class ResultStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ResultStore.class.getName());
    /** The longest time that a unit which is done waits to be stored: what a killed process may lose. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The number of waiting rows, and with it the memory they take, at which they are stored at once. */
    private static final int MOST_WAITING_ROWS = 10_000;

    private static final int UNITS_AT_A_TIME = 2000;

    private final FolderLock lock;
    private final WriteAccess access;
    private final WaitingUnits late;
    private final String experiment;
    private final int run;
    private final Patience patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "store-writer");
        thread.setDaemon(true);
        return thread;
    });
    /** By number, in the order in which they came: a unit that came twice counts as it came last. */
    private final Map<Integer, UnitRecord> waiting = new LinkedHashMap<>();

    private int waitingRows;
    /** Readers have the store, and the timer looks every now and then whether they have let go. */
    private boolean isBlocked;

    private boolean isReleased;
    private long writtenAt = System.nanoTime() - LONGEST_WAIT_NANOS;
    private RuntimeException failure;

    private ResultStore(
            FolderLock lock, WriteAccess access, WaitingUnits late, String experiment, int run, Patience patience) {
        this.lock = lock;
        this.access = access;
        this.late = late;
        this.experiment = experiment;
        this.run = run;
        this.patience = patience;
    }

    /** Opens the store of a folder for a run; the log is told when readers take long. */
    public static ResultStore open(Path folder, SweepIdentity sweep, RunDescription description, OnExisting existing) {
        return open(folder, sweep, description, existing, line -> LOG.log(System.Logger.Level.INFO, line));
    }

    /**
     * Opens the store of a folder for a run, making both if need be; readers that have it open are waited for.
     *
     * @param existing what to do if the folder already holds a part of the sweep
     * @param notices are given a line whenever readers take long, from any thread
     * @throws InvalidInputException if another process has the folder, if it holds results and they are not to be
     *     resumed, if what it holds is not this sweep, or if its rows were made with plugins that have changed; the
     *     message says what differs
     */
    public static ResultStore open(
            Path folder,
            SweepIdentity sweep,
            RunDescription description,
            OnExisting existing,
            Consumer<String> notices) {
        makeFolder(folder);
        FolderLock lock = FolderLock.take(folder, description.holder());
        StoreFile file = new StoreFile(folder);
        WriteAccess access = new WriteAccess(file);
        WaitingUnits late = new WaitingUnits(folder, sweep.units().size());
        Patience patience = new Patience(file.path(), notices);
        try {
            int run;
            synchronized (patience) {
                patience.await(
                        patience,
                        () -> access.transaction(connection -> {
                            if (StoreSchema.isEmpty(connection)) {
                                requireNoneLate(late);
                                StoreSchema.create(connection);
                                insertSweep(connection, sweep);
                            } else {
                                StoreSchema.check(connection, file.path());
                                requireSame(folder, sweep, StoreQueries.sweep(connection), existing);
                            }
                            return true;
                        }));
                patience.await(patience, () -> takeIn(late, access, sweep.experiment()));
                run = patience.await(
                        patience,
                        () -> access.transaction(connection -> {
                            requireSamePlugins(
                                    folder, StoreQueries.plugins(connection), description.plugins(), existing);
                            return insertRun(connection, description);
                        }));
            }
            return new ResultStore(lock, access, late, sweep.experiment(), run, patience);
        } catch (RuntimeException refused) {
            access.close();
            lock.close();
            throw refused;
        }
    }

    private static void requireNoneLate(WaitingUnits late) {
        if (!late.isEmpty()) {
            throw new InvalidInputException(late.file() + " holds units of results that are not there any more; remove"
                    + " it, or choose another --out");
        }
    }

    /** Stores the units that were kept beside the store; to do so twice changes nothing. */
    private static boolean takeIn(WaitingUnits late, WriteAccess access, String experiment) {
        late.forEach(UNITS_AT_A_TIME, (run, units) -> store(access, new UnitWriter(experiment, run), units));
        late.clear();
        return true;
    }

    private static void store(WriteAccess access, UnitWriter writer, List<UnitRecord> units) {
        access.transaction(connection -> {
            writer.write(connection, units);
            return true;
        });
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

    private static void requireSame(Path folder, SweepIdentity sweep, SweepIdentity stored, OnExisting existing) {
        List<String> differences = sweep.differencesFrom(stored);
        if (!differences.isEmpty()) {
            throw new InvalidInputException(folder + " holds another sweep: " + String.join("; ", differences)
                    + "; give the same command to resume it, or choose another --out");
        }
        if (existing == OnExisting.REFUSE) {
            throw new InvalidInputException(folder + " already holds results of this sweep: add --resume to do what is"
                    + " missing, or choose another --out");
        }
    }

    private static void requireSamePlugins(Path folder, PluginFiles recorded, PluginFiles loaded, OnExisting existing) {
        List<String> changes = recorded.changes(loaded);
        if (!changes.isEmpty() && existing != OnExisting.RESUME_WITH_CHANGED_PLUGINS) {
            throw new InvalidInputException(folder + " holds rows that other plugins made: "
                    + String.join("; ", changes) + "; give the same plugins, choose another --out, or go on with"
                    + " --accept-changed-plugin");
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
        UnitWriter.plan(connection, sweep.units());
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
                insert.setObject(11, UnitWriter.utc(description.started()));
                // Until it ends otherwise: a killed process cannot write that it was killed.
                insert.setString(12, RunStatus.INTERRUPTED.word());
                insert.execute();
            }
            StoreSchema.insertPlugins(connection, run, description.plugins());
            return run;
        }
    }

    /** The numbers, from 0, of the units that are done; those that failed are not among them. */
    public Set<Integer> doneUnits() {
        return await(() -> access.query(connection -> {
            Set<Integer> done = new LinkedHashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT unit FROM units WHERE status = 'done' ORDER BY unit")) {
                while (rows.next()) {
                    done.add(rows.getInt(1) - 1);
                }
            }
            return done;
        }));
    }

    /**
     * Hands on all measurements so far, in the order of units, holding few of them at a time; the reader may be slow.
     */
    public void forEachMeasurement(Consumer<Measurement> reader) {
        List<Integer> units = await(() -> access.query(StoreQueries::measuredUnits));
        for (int from = 0; from < units.size(); from += UNITS_AT_A_TIME) {
            int first = units.get(from);
            int last = units.get(Math.min(from + UNITS_AT_A_TIME, units.size()) - 1);
            await(() -> access.query(connection -> StoreQueries.rows(connection, first, last)))
                    .forEach(row -> reader.accept(row.measurement()));
        }
    }

    /**
     * Stores what waits and then does something with the store, as soon as readers let it.
     *
     * @throws IllegalStateException if the folder is given up before
     */
    private synchronized <T> T await(Supplier<T> work) {
        return patience.await(this, () -> {
            throwFailure();
            drain();
            return work.get();
        });
    }

    /**
     * Stores a unit whole, in the place of what an earlier attempt left: at once if the last one came more than a
     * second ago, else together with those that follow, a second after the first of them or when there are many rows.
     * While readers have the store it is kept beside it, at once.
     *
     * @throws InvalidInputException if a field has the name of a column that the store keeps for itself
     * @throws StoreException if the disk is full, for instance; nothing of the units that came since the last writing
     *     is stored then
     */
    public synchronized void record(UnitRecord unit) {
        UnitWriter.requireOwnNames(unit);
        throwFailure();
        requireHeld();
        if (isBlocked) {
            late.append(run, List.of(unit));
            return;
        }
        waiting.put(unit.number(), unit);
        waitingRows += unit.measurements().size();
        long pause = System.nanoTime() - writtenAt;
        if (pause > LONGEST_WAIT_NANOS || waitingRows >= MOST_WAITING_ROWS) {
            write();
        } else if (waiting.size() == 1) {
            timer.schedule(this::writeWaiting, LONGEST_WAIT_NANOS - pause, TimeUnit.NANOSECONDS);
        }
    }

    /** For the timer, to which nobody listens: the next call hears of a failure. */
    private synchronized void writeWaiting() {
        try {
            if (!isReleased) {
                write();
            }
        } catch (RuntimeException refused) {
            failure = refused;
        }
    }

    private void throwFailure() {
        if (failure != null) {
            RuntimeException thrown = failure;
            failure = null;
            throw thrown;
        }
    }

    private void requireHeld() {
        if (isReleased) {
            throw new IllegalStateException("the store is closed");
        }
    }

    /** Stores the units that wait, or keeps them beside the store and tries again soon. */
    private void write() {
        try {
            drain();
            patience.served();
        } catch (StoreInUseException busy) {
            isBlocked = true;
            patience.refused(busy);
            timer.schedule(this::writeWaiting, Patience.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Stores the units that wait, in one transaction.
     *
     * @throws StoreInUseException if readers have the store; then they are kept beside it
     */
    private void drain() {
        requireHeld();
        List<UnitRecord> units = List.copyOf(waiting.values());
        waiting.clear();
        waitingRows = 0;
        try {
            if (!late.isEmpty()) {
                takeIn(late, access, experiment);
            }
            if (!units.isEmpty()) {
                store(access, new UnitWriter(experiment, run), units);
                writtenAt = System.nanoTime();
            }
        } catch (StoreInUseException busy) {
            if (!units.isEmpty()) {
                late.append(run, units);
            }
            throw busy;
        }
        isBlocked = false;
    }

    /** Writes down how the run ended. */
    public void end(RunStatus status) {
        await(() -> access.transaction(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE runs SET ended = ?, status = ? WHERE run = ?")) {
                update.setObject(1, UnitWriter.utc(Instant.now()));
                update.setString(2, status.word());
                update.setInt(3, run);
                update.execute();
            }
            return true;
        }));
    }

    /**
     * Stores what waits, or keeps it beside the store if readers have that, and gives up the folder, from any thread;
     * further calls do nothing.
     */
    public synchronized void release() {
        if (isReleased) {
            return;
        }
        timer.shutdownNow();
        try {
            drain();
        } catch (StoreInUseException busy) {
            patience.tell("the last units are kept in " + late.file() + " because " + busy.holder()
                    + " has the results open; --resume stores them");
        } catch (StoreException lost) { // those who resume find the units missing and do them again
            LOG.log(System.Logger.Level.WARNING, "the last units could not be stored: " + lost.getMessage());
        } finally {
            isReleased = true;
            access.close();
            lock.close();
            notifyAll();
        }
    }

    @Override
    public void close() {
        release();
    }
}
