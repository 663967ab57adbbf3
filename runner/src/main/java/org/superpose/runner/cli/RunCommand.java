package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose run}: runs a registered experiment and prints its table. */
@Command(name = "run", description = "Runs a registered experiment.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Console console;
    private final Workbench workbench;
    private final Catalog<Experiment> experiments;

    @Parameters(
            index = "0",
            paramLabel = "EXPERIMENT",
            description = "Id of the experiment; \"superpose list experiments\" names them.")
    private String id;

    @Mixin
    private SetOption set = new SetOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Option(names = "--json", description = "Prints one JSON document on standard output.")
    private boolean json;

    @Inject
    RunCommand(Console console, Workbench workbench, Catalog<Experiment> experiments) {
        this.console = console;
        this.workbench = workbench;
        this.experiments = experiments;
    }

    @Override
    public Integer call() {
        Experiment experiment = experiments.require(id);
        ParameterValues parameters =
                set.assignments().requireDeclaredBy(experiment).of("experiment", experiment);
        List<WorkUnit> units = experiment.plan(parameters, seed.seed());
        console.say(experiment.title() + " (" + units.size() + " units, " + experiment.expectedDuration() + ")");
        List<Measurement> measurements = new ArrayList<>();
        for (int number = 0; number < units.size(); number++) {
            WorkUnit unit = units.get(number);
            String task = "[" + (number + 1) + "/" + units.size() + "] " + unit.label();
            console.say(task);
            try (ProgressDisplay progress = ProgressDisplay.on(console, task)) {
                measurements.addAll(
                        unit.run(workbench, budget.budget(seed.seed()).withProgress(progress)));
            }
        }
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("experiment", experiment.id());
            document.put(
                    "measurements",
                    measurements.stream().map(Measurement::fields).toList());
            console.json(document);
        } else {
            MeasurementTable.lines(measurements, experiment.columns()).forEach(console::result);
        }
        return ExitStatus.DONE;
    }
}
