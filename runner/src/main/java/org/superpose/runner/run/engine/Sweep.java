package org.superpose.runner.run.engine;

import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Workbench;

/**
 * Units with their numbers, and what they run with.
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

    /** The numbers of all units. */
    public List<Integer> numbers() {
        return IntStream.range(0, units.size()).boxed().toList();
    }

    /** What people call the units, by number. */
    public List<String> labels() {
        return units.stream().map(WorkUnit::label).toList();
    }
}
