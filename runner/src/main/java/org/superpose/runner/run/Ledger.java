package org.superpose.runner.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.UnitRecord;
import org.superpose.runner.workbench.Measurement;

/** Where the results of a run go. */
public interface Ledger extends AutoCloseable {
    /** The numbers of the units that need not be run again. */
    Set<Integer> doneUnits();

    void record(UnitReport report);

    /** Hands on all measurements that it has, in the order of units, one by one. */
    void forEach(Consumer<Measurement> reader);

    /** All measurements that it has, in the order of units. */
    default List<Measurement> measurements() {
        List<Measurement> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }

    void end(RunStatus status);

    /** Gives up what it writes to, from any thread; further calls do nothing. */
    @Override
    void close();

    /** Keeps results in memory only. */
    static Ledger inMemory() {
        return new Ledger() {
            private final TreeMap<Integer, List<Measurement>> rows = new TreeMap<>();

            @Override
            public Set<Integer> doneUnits() {
                return Set.copyOf(rows.keySet());
            }

            @Override
            public void record(UnitReport report) {
                if (report.isDone()) {
                    rows.put(report.number(), report.measurements());
                }
            }

            @Override
            public void forEach(Consumer<Measurement> reader) {
                rows.values().forEach(ofUnit -> ofUnit.forEach(reader));
            }

            @Override
            public void end(RunStatus status) {}

            @Override
            public void close() {}
        };
    }

    /**
     * Keeps results in the store of a folder.
     *
     * @param existing what to do if the folder already holds a part of them
     * @param notices are given a line whenever readers of the folder take long, from any thread
     * @throws InvalidInputException if the folder holds something else, or another process has it
     */
    static Ledger open(
            Path folder, Plan plan, RunDescription description, OnExisting existing, Consumer<String> notices) {
        return in(ResultStore.open(folder, plan.identity(), description, existing, notices));
    }

    /** Keeps results in a store. */
    static Ledger in(ResultStore store) {
        return new Ledger() {
            @Override
            public Set<Integer> doneUnits() {
                return store.doneUnits();
            }

            @Override
            public void record(UnitReport report) {
                store.record(new UnitRecord(
                        report.number(),
                        report.measurements(),
                        report.failure().map(FailureText::of),
                        report.started(),
                        report.seconds(),
                        report.peakMemoryBytes()));
            }

            @Override
            public void forEach(Consumer<Measurement> reader) {
                store.forEachMeasurement(reader);
            }

            @Override
            public void end(RunStatus status) {
                store.end(status);
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
