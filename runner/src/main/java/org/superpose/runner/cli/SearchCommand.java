package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.superpose.runner.cli.option.BudgetOptions;
import org.superpose.runner.cli.option.EngineOption;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.NetworkOptions;
import org.superpose.runner.cli.option.ResumeOptions;
import org.superpose.runner.cli.option.UnitLimitOption;
import org.superpose.runner.cli.option.VerifierOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.MeasurementTable;
import org.superpose.runner.cli.output.SearchProgress;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.SearchPlan;
import org.superpose.runner.run.SearchRequest;
import org.superpose.runner.run.SearchRunner;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.ShellWords;
import org.superpose.runner.workbench.WidthSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code superpose search}: the smallest width at which a network is built and verified. */
@Command(
        name = "search",
        description =
                "Finds the smallest width at which a network is built and verified, for the best and for the median"
                        + " of several instances.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose search --problem two-and --set inputs=256 --set outputs=256 --construction clipped-and",
            "  superpose search --problem permutation --set inputs=1k --construction clipped-permutation"
                    + " --instances 3 --out out/search"
        })
final class SearchCommand implements Callable<Integer>, SaysWhatIsKept {
    private static final List<String> COLUMNS = List.of(
            Measurement.PROBLEM,
            Measurement.CONSTRUCTION,
            Measurement.INPUTS,
            Measurement.OUTPUTS,
            Measurement.WIDTH,
            Measurement.SUPERPOSITION_RATIO,
            Measurement.KAPPA,
            Measurement.WIDTH_LIMIT,
            Measurement.LIMIT_RATIO,
            Measurement.VERDICT,
            Measurement.TRIES,
            Measurement.SUCCESS_RATE,
            Measurement.SUCCESS_RATE_LOW,
            Measurement.SUCCESS_RATE_HIGH,
            Measurement.INSTANCE_SEED,
            Measurement.SEED);

    private final Console console;
    private final Planner planner;
    private final PluginFolder plugins;

    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private VerifierOption verifier = new VerifierOption();

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "Instances to try at each width (default: ${DEFAULT-VALUE}).")
    private int instances = SearchRequest.INSTANCES;

    @Option(
            names = "--tries",
            paramLabel = "N",
            description = "Networks to try for each instance at each width (default: ${DEFAULT-VALUE}).")
    private int tries = SearchRequest.TRIES;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "The first width (default: the information limit at one bit per weight).")
    private Integer from;

    @Option(
            names = "--up-to",
            paramLabel = "N",
            description = "The width at which the search gives up (default: 64 times the first).")
    private Integer upTo;

    @Option(
            names = "--resolution",
            paramLabel = "F",
            description = "How close the bisection goes, as a fraction of the width (default: ${DEFAULT-VALUE}).")
    private double resolution = SearchRequest.RESOLUTION;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Mixin
    private UnitLimitOption unitLimit = new UnitLimitOption();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Keeps every trial in this folder; see \"superpose results\" and \"superpose report\".")
    private Path out;

    @Mixin
    private ResumeOptions resume = new ResumeOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    SearchCommand(Console console, Planner planner, PluginFolder plugins) {
        this.console = console;
        this.planner = planner;
        this.plugins = plugins;
    }

    @Override
    public Integer call() throws InterruptedException {
        NetworkRecipe asked = network.recipe();
        ChosenEngine where = ChosenEngine.of(planner.engine(engine.id()), asked.assignments(), plugins.location());
        NetworkRecipe first = asked.with(where.others());
        SearchRequest request =
                new SearchRequest(first, verifier.id(), instances, tries, optional(from), optional(upTo), resolution);
        OnExisting existing = resume.existing(out);
        SearchPlan plan = planner.search(request, budget.budget(first.seed())).withUnitLimit(unitLimit.seconds());
        String command = ShellWords.join(
                "superpose", spec.root().commandLine().getParseResult().originalArgs());
        KeptRun kept = new KeptRun(
                console,
                Optional.ofNullable(out),
                existing,
                planner.plugins(),
                command,
                "the trials stored before are kept, --resume makes the others");
        SearchProgress progress = new SearchProgress(console, instances);
        return kept.run(
                plan,
                plan.command(SuperposeCommand.pluginDir(spec)),
                where.engine(),
                OnFailure.STOP,
                progress,
                runner -> tell(plan, new SearchRunner(plan, runner).run(progress::probed)));
    }

    @Override
    public Optional<String> kept() {
        return Optional.empty();
    }

    private static OptionalInt optional(Integer width) {
        return width == null ? OptionalInt.empty() : OptionalInt.of(width);
    }

    private int tell(SearchPlan plan, WidthSearch.Result result) {
        List<Integer> widths = plan.search().widths();
        int smallest = widths.get(0);
        int largest = widths.get(widths.size() - 1);
        if (result.best().isEmpty()) {
            console.say("no width from " + smallest + " to " + largest + " was verified with " + instances * tries
                    + " seeds");
            if (json.isSet()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put(Measurement.VERDICT, null);
                document.put("largest_width", largest);
                document.put(Measurement.TRIES, instances * tries);
                document.put(Measurement.SUCCESS_RATE, 0.0);
                document.put("widths", widths(result));
                console.json(document);
            }
            return ExitStatus.UNDECIDED;
        }
        Measurement best = result.smallest().orElseThrow();
        String build = buildCommand(plan.recipe(result.best().get()));
        Integer median = result.median().map(WidthSearch.Probe::networkWidth).orElse(null);
        if (json.isSet()) {
            Map<String, Object> document = new LinkedHashMap<>(best.fields());
            document.put(Measurement.INSTANCES, instances);
            document.put("median_width", median);
            document.put("widths", widths(result));
            document.put("build_command", build);
            console.json(document);
            return ExitStatus.DONE;
        }
        List<Measurement> rows = new ArrayList<>(List.of(best));
        if (median != null
                && result.median().get().width() != result.best().get().width()) {
            rows.add(result.median().get().measurement());
        }
        MeasurementTable.print(console, rows, COLUMNS);
        console.note("smallest verified width: " + result.best().get().networkWidth() + " for the best, "
                + (median == null ? "none up to " + largest : median) + " for the median of " + instances
                + " instances");
        console.next(build);
        return ExitStatus.DONE;
    }

    /** With the plugins that this command was given. */
    private String buildCommand(NetworkRecipe recipe) {
        List<String> plugins = SuperposeCommand.pluginDir(spec)
                .map(folder -> List.of(FirstOptions.NAME, folder.toString()))
                .orElse(List.of());
        return recipe.command(ShellWords.join("superpose", plugins), "net.superpose.zip");
    }

    /** The success rate against n. */
    private static List<Map<String, Object>> widths(WidthSearch.Result result) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (WidthSearch.Probe probe : result.probes()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put(Measurement.WIDTH, probe.width());
            row.put(Measurement.TRIES, probe.tries());
            row.put(Measurement.SUCCESS_RATE, probe.successRate());
            row.put(Measurement.SUCCESS_RATE_LOW, probe.lowestRate());
            row.put(Measurement.SUCCESS_RATE_HIGH, probe.highestRate());
            row.put("verified_instances", probe.instances());
            rows.add(row);
        }
        return rows;
    }
}
