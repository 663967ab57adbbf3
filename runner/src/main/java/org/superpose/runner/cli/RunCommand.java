package org.superpose.runner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.cli.option.BudgetOptions;
import org.superpose.runner.cli.option.Completion;
import org.superpose.runner.cli.option.EngineOption;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.ResumeOptions;
import org.superpose.runner.cli.option.SeedOption;
import org.superpose.runner.cli.option.SetOption;
import org.superpose.runner.cli.option.UnitLimitOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.MeasurementTable;
import org.superpose.runner.cli.output.SweepProgress;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.explore.ExplorerPage;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.run.ExperimentPlan;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.ShellWords;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code superpose run}: runs an experiment, registered or from a file, prints its table and keeps its results. */
@Command(
        name = "run",
        description = "Runs an experiment: a registered one, or one described in a YAML or JSON file.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose run quickstart",
            "  superpose run theorem-3-2 --set sizes=16,32,64 --out out/widths",
            "  superpose run theorem-3-2 --set sizes=16,32,64 --out out/widths --resume",
            "  superpose run sweep.yaml --set width=96,112 --dry-run"
        })
final class RunCommand implements Callable<Integer>, SaysWhatIsKept {
    /** Lines of the table at the end of a run whose results are kept. */
    private static final int MOST_LINES = 1000;

    private final Console console;
    private final Planner planner;
    private final PluginFolder plugins;
    private final Workbench workbench;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "EXPERIMENT",
            completionCandidates = Completion.Experiments.class,
            description = "Id of the experiment (\"superpose list experiments\" names them), or a YAML or JSON file.")
    private String id;

    @Mixin
    private SetOption set = new SetOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Mixin
    private UnitLimitOption unitLimit = new UnitLimitOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keeps the results in this folder; see \"superpose results\" and \"superpose report\".")
    private Path out;

    @Mixin
    private ResumeOptions resume = new ResumeOptions();

    @Option(
            names = "--on-failure",
            paramLabel = "continue|stop",
            defaultValue = "continue",
            description = "What to do when a unit fails (default: ${DEFAULT-VALUE}).")
    private OnFailure onFailure;

    @Option(names = "--unit", paramLabel = "N", description = "Runs only this unit, or these, by number from 1.")
    private List<Integer> chosen = new ArrayList<>();

    @Option(names = "--dry-run", description = "Runs nothing: names the units and says how long they may take.")
    private boolean dryRun;

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    RunCommand(Console console, Planner planner, PluginFolder plugins, Workbench workbench) {
        this.workbench = workbench;
        this.console = console;
        this.planner = planner;
        this.plugins = plugins;
    }

    @Override
    public Integer call() throws InterruptedException {
        OnExisting existing = resume.existing(out);
        Assignments given = set.assignments();
        ChosenEngine where = ChosenEngine.of(planner.engine(engine.id()), given, plugins.location());
        ExperimentPlan plan = planner.experiment(id, where.others(), seed.seed(), budget.budget(seed.seed()))
                .withUnitLimit(unitLimit.seconds());
        Experiment experiment = plan.experiment();
        List<Integer> numbers = numbers(plan.sweep());
        if (dryRun) {
            numbers.forEach(number -> console.result(
                    "[" + (number + 1) + "] " + plan.sweep().labels().get(number)));
            console.note(
                    numbers.size() + (numbers.size() == 1 ? " unit, " : " units, ") + outlook(plan, numbers.size()));
            return ExitStatus.DONE;
        }
        console.note(experiment.title() + " (" + numbers.size() + (numbers.size() == 1 ? " unit, " : " units, ")
                + experiment.expectedDuration() + ")");
        KeptRun kept = new KeptRun(
                console,
                Optional.ofNullable(out),
                existing,
                planner.plugins(),
                command(),
                "the units stored before are kept, --resume does the others");
        SweepListener progress = SweepProgress.on(console);
        return kept.run(
                plan, plan.command(SuperposeCommand.pluginDir(spec)), where.engine(), onFailure, progress, runner -> {
                    RunStatus status = runner.run(numbers);
                    if (status == RunStatus.INTERRUPTED) {
                        return ExitStatus.KILLED;
                    }
                    print(experiment, runner.ledger());
                    if (out != null && !json.isSet()) {
                        console.next(ShellWords.join("superpose report", List.of(out.toString(), "--open")));
                    }
                    if (chosen.isEmpty() && !json.isSet()) {
                        experiment.showpiece(seed.seed()).ifPresent(recipe -> show(experiment, recipe));
                    }
                    return exitStatus(status, runner.failures());
                });
    }

    @Override
    public Optional<String> kept() {
        return Optional.empty();
    }

    /** How long units may take: by those of the same experiment that the folder has, else as the experiment says. */
    private String outlook(ExperimentPlan plan, int units) {
        String asDeclared =
                "the default of this experiment takes " + plan.experiment().expectedDuration();
        if (out == null || !Files.isRegularFile(out.resolve(StoreFile.NAME))) {
            return asDeclared;
        }
        try (StoredResults stored = StoredResults.open(out)) {
            if (!stored.sweep().experiment().equals(plan.experiment().id())) {
                return asDeclared;
            }
            Object mean = stored.query("SELECT avg(seconds) FROM units WHERE status = 'done'")
                    .rows()
                    .get(0)
                    .get(0);
            return mean instanceof Number seconds
                    ? String.format(
                            Locale.ROOT,
                            "about %.0f s of work, at %.1f s each of those that %s has",
                            units * seconds.doubleValue(),
                            seconds.doubleValue(),
                            out)
                    : asDeclared;
        }
    }

    private List<Integer> numbers(Sweep sweep) {
        int units = sweep.units().size();
        for (int number : chosen) {
            if (number < 1 || number > units) {
                throw new InvalidInputException("--unit " + number + " must be from 1 to " + units);
            }
        }
        return chosen.isEmpty()
                ? sweep.numbers()
                : chosen.stream().distinct().sorted().map(number -> number - 1).toList();
    }

    private int exitStatus(RunStatus status, int failures) {
        if (status == RunStatus.DONE) {
            return ExitStatus.DONE;
        }
        console.say("superpose: " + failures + (failures == 1 ? " unit" : " units") + " failed"
                + (status == RunStatus.STOPPED ? ", the run was stopped" : "")
                + (out == null ? "" : "; --resume tries again what is missing"));
        return ExitStatus.INTERNAL_ERROR;
    }

    /** Writes the page on which a network of the experiment runs, unless it is there already. */
    private void show(Experiment experiment, NetworkRecipe recipe) {
        Path page = (out == null ? Path.of("out") : out).resolve(experiment.id() + ".html");
        try {
            if (!Files.exists(page)) {
                Files.createDirectories(page.getParent());
                new ExplorerPage(experiment.id(), workbench.build(recipe), Optional.empty()).write(page);
            }
            console.note("Look at the network of " + recipe.problem() + " at work: open " + page + " in a browser");
        } catch (IOException | InvalidInputException notWritten) {
            console.say("the page " + page + " is not written: " + notWritten.getMessage());
        }
    }

    private void print(Experiment experiment, Ledger ledger) {
        if (json.isSet()) {
            console.json(document -> {
                document.writeStartObject();
                document.writeStringField("experiment", experiment.id());
                document.writeArrayFieldStart("measurements");
                ledger.forEach(measurement -> writeFields(document, measurement));
                document.writeEndArray();
                document.writeEndObject();
            });
            return;
        }
        // Without a folder that keeps them all are shown.
        int most = out == null ? Integer.MAX_VALUE : MOST_LINES;
        List<Measurement> shown = new ArrayList<>();
        int[] rows = {0};
        ledger.forEach(measurement -> {
            if (rows[0]++ < most) {
                shown.add(measurement);
            }
        });
        MeasurementTable.print(console, shown, experiment.columns());
        if (rows[0] > most) {
            console.note(String.format(
                    Locale.ROOT,
                    "the first %,d of %,d measurements;"
                            + " \"superpose results\" and \"superpose report\" have all of them",
                    most,
                    rows[0]));
        }
    }

    private static void writeFields(JsonGenerator document, Measurement measurement) {
        try {
            document.writePOJO(measurement.fields());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String command() {
        return ShellWords.join(
                "superpose", spec.root().commandLine().getParseResult().originalArgs());
    }
}
