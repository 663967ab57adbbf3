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

    /**
     * The same with a limit on the time of a unit. One that takes longer fails, whatever it does, and the others go on.
     *
     * @param seconds possibly infinite
     * @throws org.superpose.core.InvalidInputException if that is no positive number
     */
    public Sweep withUnitLimit(double seconds) {
        SweepRecipe limited = recipe.withUnitSeconds(seconds);
        return Double.isInfinite(seconds)
                ? new Sweep(limited, units, workbench, budget)
                : new Sweep(
                        limited,
                        units.stream()
                                .<WorkUnit>map(unit -> new LimitedUnit(unit, seconds))
                                .toList(),
                        workbench,
                        budget);
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
