package org.superpose.runner.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.superpose.core.ToolVersion;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.store.SweepIdentity;

/**
 * A sweep with what it was planned from: whoever starts it, the command line or another program, it has the same
 * identity in a store and is run again by the same command.
 *
 * @param experiment the experiment, registered or from the recipe's definition
 * @param parameters values of its declared parameters
 * @param sweep its units
 */
public record PlannedSweep(Experiment experiment, ParameterValues parameters, Sweep sweep) {

    /** Everything that the results depend on; threads and engine are not among it. */
    public SweepIdentity identity() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(SweepIdentity.EXPERIMENT, experiment.id());
        if (!sweep.recipe().definition().isEmpty()) {
            properties.put(SweepIdentity.DEFINITION, sweep.recipe().definition());
        }
        for (Parameter<?> parameter : experiment.parameters()) {
            parameters.find(parameter).ifPresent(value -> properties.put(parameter.name(), value.toString()));
        }
        properties.put("seed", Long.toString(sweep.recipe().seed()));
        limits().forEach((option, value) -> properties.put(option.substring(2), value));
        properties.put("tool version", ToolVersion.current());
        if (!experiment.plots().isEmpty()) {
            properties.put(
                    SweepIdentity.PLOTS,
                    experiment.plots().stream().map(ReportPlot::id).collect(Collectors.joining(" ")));
        }
        return new SweepIdentity(
                properties, sweep.units().stream().map(unit -> unit.label()).toList());
    }

    /** The command that runs the sweep anywhere else, without a store. */
    public String command() {
        List<String> words = new ArrayList<>(List.of("run", sweep.recipe().experiment()));
        sweep.recipe().assignments().forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        words.addAll(List.of("--seed", Long.toString(sweep.recipe().seed())));
        limits().forEach((option, value) -> words.addAll(List.of(option, value)));
        return ShellWords.join("superpose", words);
    }

    /** The limits of verification that are not the default, by option. */
    private Map<String, String> limits() {
        VerificationBudget budget = sweep.budget();
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
