package org.superpose.runner.experiment;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/** An experiment whose units count; tests change one thing about it. */
public class Counting implements Experiment {
    public static final Parameter<Integer> UNITS =
            Parameter.whole("units", 1, 9, "how many units").withDefault(3);

    @Override
    public String id() {
        return "counting";
    }

    @Override
    public String title() {
        return "counts";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(UNITS);
    }

    @Override
    public String expectedDuration() {
        return "no time";
    }

    @Override
    public List<String> columns() {
        return List.of("count");
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        return IntStream.range(0, parameters.get(UNITS))
                .<WorkUnit>mapToObj(number -> new Unit(label(number), number, this))
                .toList();
    }

    protected String label(int number) {
        return "unit " + number;
    }

    protected Object count(int number, VerificationBudget budget) {
        return number;
    }

    private record Unit(String label, int number, Counting owner) implements WorkUnit {
        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            return List.of(Measurement.of(Map.of("count", owner.count(number, budget))));
        }
    }
}
