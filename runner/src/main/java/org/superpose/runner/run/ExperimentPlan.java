package org.superpose.runner.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.superpose.core.ToolVersion;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.store.SweepIdentity;

/**
 * All units of an experiment.
 *
 * @param experiment the experiment, registered or from the recipe's definition
 * @param parameters values of its declared parameters
 * @param sweep its units
 */
public record ExperimentPlan(Experiment experiment, ParameterValues parameters, Sweep sweep) implements Plan {

    @Override
    public ExperimentPlan withUnitLimit(double seconds) {
        return new ExperimentPlan(experiment, parameters, sweep.withUnitLimit(seconds));
    }

    @Override
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
        new SweepCommand(sweep).limits().forEach((option, value) -> properties.put(option.substring(2), value));
        new SweepCommand(sweep).putTrust(properties);
        properties.put("tool version", ToolVersion.current());
        if (!experiment.plots().isEmpty()) {
            properties.put(
                    SweepIdentity.PLOTS,
                    experiment.plots().stream().map(ReportPlot::id).collect(Collectors.joining(" ")));
        }
        properties.put(SweepIdentity.QUESTION, experiment.question());
        properties.put(SweepIdentity.RESULTS, String.join("\n", experiment.results()));
        properties.put(SweepIdentity.COLUMNS, String.join(" ", experiment.columns()));
        return new SweepIdentity(properties, sweep.labels());
    }

    @Override
    public String command() {
        return new SweepCommand(sweep).text(List.of("run", sweep.recipe().experiment()));
    }
}
