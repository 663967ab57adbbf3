package org.superpose.runner.run;

import java.util.List;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Workbench;

/**
 * A planned experiment: its units with their numbers, and what they run with.
 *
 * @param recipe how any other process plans the same units
 * @param units all units; the number of a unit is its index
 * @param workbench what builds and verifies
 * @param budget of the verifications; the engine puts in threads and progress
 */
public record Sweep(SweepRecipe recipe, List<WorkUnit> units, Workbench workbench, VerificationBudget budget) {
    public Sweep {
        units = List.copyOf(units);
    }
}
