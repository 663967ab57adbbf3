package org.superpose.runner.run;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.file.ExperimentFiles;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Workbench;

/** Plans runs: the same units in every process that has the same plugins. */
@Singleton
public final class Planner {
    private final Workbench workbench;
    private final Catalog<Experiment> experiments;
    private final Catalog<ExecutionEngine> engines;
    private final ExperimentFiles files;

    @Inject
    public Planner(
            Workbench workbench,
            Catalog<Experiment> experiments,
            Catalog<ExecutionEngine> engines,
            ExperimentFiles files) {
        this.workbench = workbench;
        this.experiments = experiments;
        this.engines = engines;
        this.files = files;
    }

    /** What is recorded of all plugins that runs can name and that are not Superpose's own. */
    public PluginFiles plugins() {
        return workbench.plugins().and(experiments.files()).and(engines.files());
    }

    /**
     * An engine.
     *
     * @throws org.superpose.core.InvalidInputException if there is none of this id
     */
    public ExecutionEngine engine(String id) {
        return engines.require(id);
    }

    /**
     * Plans an experiment.
     *
     * @param idOrFile id of a registered experiment, or the user's YAML or JSON file
     * @param budget of the verifications
     * @throws org.superpose.core.InvalidInputException if there is no such experiment, its definition is wrong, or a
     *     parameter does not fit
     */
    public ExperimentPlan experiment(String idOrFile, Assignments assignments, Seed seed, VerificationBudget budget) {
        String definition = ExperimentFiles.isFile(idOrFile) ? files.text(Path.of(idOrFile)) : "";
        return experiment(new SweepRecipe(idOrFile, definition, assignments.values(), seed.value()), budget);
    }

    /** Plans what was planned before, an experiment, a search or a sweep, maybe in another process. */
    public Plan again(SweepRecipe recipe, VerificationBudget budget) {
        Workbench bench = recipe.map().isEmpty() ? workbench : workbench.with(MapText.parse(recipe.map()));
        Plan plan;
        if (recipe.request().isEmpty()) {
            plan = experiment(recipe, budget);
        } else if (recipe.experiment().equals(GridPlan.NAME)) {
            plan = GridPlan.of(GridRequest.of(recipe), bench, budget);
        } else {
            plan = SearchPlan.of(SearchRequest.of(recipe), bench, budget);
        }
        return plan.withUnitLimit(recipe.unitSeconds());
    }

    private ExperimentPlan experiment(SweepRecipe recipe, VerificationBudget budget) {
        Experiment experiment = ExperimentFiles.isFile(recipe.experiment())
                ? files.read(recipe.experiment(), recipe.definition())
                : experiments.require(recipe.experiment());
        ParameterValues parameters = new Assignments(recipe.assignments())
                .requireDeclaredBy(experiment)
                .of("experiment", experiment);
        Sweep sweep = new Sweep(recipe, experiment.plan(parameters, recipe.source()), workbench, budget);
        return new ExperimentPlan(experiment, parameters, sweep);
    }

    /**
     * Plans every trial that a width search may ask for.
     *
     * @param budget of the verifications
     * @throws org.superpose.core.InvalidInputException if a number is out of range, a parameter does not fit, or the
     *     construction does not accept the problem
     */
    public SearchPlan search(SearchRequest request, VerificationBudget budget) {
        return SearchPlan.of(request, workbench, budget);
    }

    /**
     * Plans every trial that a width search for one map may ask for.
     *
     * @param request one whose problem is that of the map, with one instance
     * @param map what a program defines
     * @param budget of the verifications
     * @throws org.superpose.core.InvalidInputException as {@link #search(SearchRequest, VerificationBudget)}, and if
     *     there is more than one instance
     */
    public SearchPlan search(SearchRequest request, ProblemInstance map, VerificationBudget budget) {
        return SearchPlan.of(request, workbench.with(map), budget);
    }

    /**
     * Plans every network of a sweep of one map.
     *
     * @param map what a program defines
     * @param budget of the verifications
     * @throws org.superpose.core.InvalidInputException if a construction does not build for the map, a parameter is
     *     declared by none of them or does not fit, or there are too many networks
     */
    public GridPlan grid(GridRequest request, ProblemInstance map, VerificationBudget budget) {
        return GridPlan.of(request, workbench.with(map), budget);
    }
}
