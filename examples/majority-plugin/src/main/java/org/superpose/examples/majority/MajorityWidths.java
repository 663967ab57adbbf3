package org.superpose.examples.majority;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/** How narrow a network for majorities can be: one network at each of a few widths, from too narrow to generous. */
public final class MajorityWidths implements Experiment {
    private static final Parameter<Integer> OUTPUTS = Parameter.whole(
                    "outputs", 8, 4096, "m and m', the number of inputs and of outputs")
            .withDefault(512);
    private static final int[] PERCENT_OF_OUTPUTS = {40, 60, 80, 100};

    @Override
    public String id() {
        return "majority-widths";
    }

    @Override
    public String title() {
        return "Majorities of three, computed by networks of 40 to 100 neurons per 100 outputs";
    }

    @Override
    public String expectedDuration() {
        return "a few seconds";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(OUTPUTS);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.OUTPUTS,
                Measurement.WIDTH,
                Measurement.SUPERPOSITION_RATIO,
                Measurement.VERDICT,
                Measurement.METHOD,
                Measurement.INPUTS_COVERED);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        int outputs = parameters.get(OUTPUTS);
        List<WorkUnit> units = new ArrayList<>();
        for (int percent : PERCENT_OF_OUTPUTS) {
            int width = Math.max(6, (int) (outputs * (long) percent / 100));
            Map<String, String> assignments = Map.of(
                    "inputs", Integer.toString(outputs),
                    "outputs", Integer.toString(outputs),
                    "width", Integer.toString(width));
            NetworkRecipe recipe =
                    NetworkRecipe.of("majority", "majority-channels", new Assignments(assignments), seed);
            units.add(new NetworkUnit("n = " + width, recipe, "auto"));
        }
        return units;
    }
}
