package org.superpose.runner.run;

import java.util.List;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/**
 * A trial whose map is known before it runs, and with it what the trial needs.
 *
 * @param trial one row, also where the width is too small to build anything
 * @param needs of a network for the map
 */
record MapTrial(SearchTrial trial, Needs needs) implements WorkUnit {
    static MapTrial of(SearchTrial trial, ProblemInstance map) {
        return new MapTrial(trial, Needs.ofNetwork(trial.network().recipe().assignments(), map));
    }

    @Override
    public String label() {
        return trial.label();
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        return trial.run(workbench, budget);
    }
}
