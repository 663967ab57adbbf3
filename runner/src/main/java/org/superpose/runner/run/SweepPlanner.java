package org.superpose.runner.run;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.file.ExperimentFiles;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Workbench;

/** Plans a sweep from its recipe: the same one in every process that has the same plugins. */
@Singleton
public final class SweepPlanner {
    private final Workbench workbench;
    private final Catalog<Experiment> experiments;
    private final ExperimentFiles files;

    @Inject
    public SweepPlanner(Workbench workbench, Catalog<Experiment> experiments, ExperimentFiles files) {
        this.workbench = workbench;
        this.experiments = experiments;
        this.files = files;
    }

    /**
     * Plans.
     *
     * @param budget of the verifications
     * @throws org.superpose.core.InvalidInputException if there is no such experiment, its definition is wrong, or a
     *     parameter does not fit
     */
    public PlannedSweep plan(SweepRecipe recipe, VerificationBudget budget) {
        Experiment experiment = ExperimentFiles.isFile(recipe.experiment())
                ? files.read(recipe.experiment(), recipe.definition())
                : experiments.require(recipe.experiment());
        ParameterValues parameters = new Assignments(recipe.assignments())
                .requireDeclaredBy(experiment)
                .of("experiment", experiment);
        Sweep sweep = new Sweep(recipe, experiment.plan(parameters, recipe.source()), workbench, budget);
        return new PlannedSweep(experiment, parameters, sweep);
    }
}
