package org.superpose.runner.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.ShellWords;
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
    List<String> labels() {
        return units.stream().map(WorkUnit::label).toList();
    }

    /**
     * A command that sets what the sweep was planned from.
     *
     * @param words those before assignments, seed and limits
     */
    String command(List<String> words) {
        List<String> all = new ArrayList<>(words);
        recipe.assignments().forEach((name, value) -> all.addAll(List.of("--set", name + "=" + value)));
        all.addAll(List.of("--seed", Long.toString(recipe.seed())));
        limits().forEach((option, value) -> all.addAll(List.of(option, value)));
        return ShellWords.join("superpose", all);
    }

    /** The limits of verification that are not the default, by option. */
    Map<String, String> limits() {
        VerificationBudget unlimited = VerificationBudget.unlimited();
        Map<String, String> limits = new LinkedHashMap<>();
        if (budget.maxSeconds() != unlimited.maxSeconds()) {
            limits.put("--max-seconds", Double.toString(budget.maxSeconds()));
        }
        if (budget.maxInputs() != unlimited.maxInputs()) {
            limits.put("--max-inputs", Long.toString(budget.maxInputs()));
        }
        if (budget.samples() != unlimited.samples()) {
            limits.put("--samples", Long.toString(budget.samples()));
        }
        return limits;
    }
}
