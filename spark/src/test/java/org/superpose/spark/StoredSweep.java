package org.superpose.spark;

import com.google.inject.Guice;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.example.faulty.FaultyExperiment;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.SweepRunner;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.store.SweepIdentity;

/** A sweep that is run into a folder, and the contents of the store afterwards. */
final class StoredSweep {
    private final Path folder;
    private final SweepRecipe recipe;
    private final VerificationBudget budget;

    StoredSweep(Path folder, SweepRecipe recipe, VerificationBudget budget) {
        this.folder = folder;
        this.recipe = recipe;
        this.budget = budget;
    }

    StoredSweep(Path folder, SweepRecipe recipe) {
        this(folder, recipe, VerificationBudget.unlimited());
    }

    /** A sweep of {@link FaultyExperiment}. */
    static StoredSweep faulty(Path folder, Path marks, String... faults) {
        return new StoredSweep(
                folder,
                new SweepRecipe(
                        "faulty", "", Map.of("faults", String.join(",", faults), "folder", marks.toString()), 1));
    }

    /** Spark with properties {@code NAME=VALUE}. */
    static ExecutionEngine spark(String... properties) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String property : properties) {
            values.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
        }
        return new SparkEngine().with(new EngineSettings(values, EngineSettings.NONE.pluginFolder()));
    }

    RunStatus run(ExecutionEngine engine) throws InterruptedException {
        return run(engine, OnFailure.CONTINUE, new Silence());
    }

    /** Runs what is missing. */
    RunStatus run(ExecutionEngine engine, OnFailure onFailure, SweepListener listener) throws InterruptedException {
        Planner planner = Guice.createInjector(new SuperposeModule()).getInstance(Planner.class);
        Sweep sweep = planner.again(recipe, budget.withThreads(2)).sweep();
        Map<String, String> properties = new LinkedHashMap<>(recipe.assignments());
        properties.put(SweepIdentity.EXPERIMENT, recipe.experiment());
        SweepIdentity identity = new SweepIdentity(
                properties, sweep.units().stream().map(unit -> unit.label()).toList());
        RunDescription description =
                RunDescription.here("test", "test", engine.id(), 2).withPlugins(planner.plugins());
        try (ResultStore store = ResultStore.open(folder, identity, description, OnExisting.RESUME)) {
            return new SweepRunner(sweep, engine, Ledger.in(store), onFailure, listener).run(sweep.numbers());
        }
    }

    /** Every measurement except times and memory, in the order of units. */
    List<Map<String, Object>> measurements() {
        return query("SELECT * EXCLUDE (run, seconds, peak_memory_bytes) FROM measurements ORDER BY unit, row_in_unit");
    }

    /** The outcome of every unit except times and memory. */
    List<Map<String, Object>> units() {
        return query("SELECT unit, label, status, error, row_fields FROM units ORDER BY unit");
    }

    List<Map<String, Object>> query(String sql) {
        try (StoredResults results = StoredResults.open(folder)) {
            return results.query(sql).maps();
        }
    }

    /** Says nothing. */
    static class Silence implements SweepListener {}
}
