package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.MeasurementTable;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.Allowance;
import org.superpose.runner.run.ExecutionEngine;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.SearchedSweep;
import org.superpose.runner.run.ShellWords;
import org.superpose.runner.run.Sweep;
import org.superpose.runner.run.SweepRecipe;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.StoreException;
import org.superpose.runner.store.SweepIdentity;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;
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
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
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

    private static final int MOST_UNITS = 200_000;

    private final Console console;
    private final Workbench workbench;
    private final Catalog<ExecutionEngine> engines;

    @Spec
    private CommandSpec spec;

    @Option(names = "--problem", required = true, paramLabel = "P", description = "Id of the problem.")
    private String problem;

    @Option(names = "--construction", required = true, paramLabel = "C", description = "Id of the construction.")
    private String construction;

    @Mixin
    private SetOption set = new SetOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Option(
            names = "--verifier",
            paramLabel = "V",
            defaultValue = "auto",
            description = "Id of the verifier (default: ${DEFAULT-VALUE}).")
    private String verifier;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "5",
            description = "Instances to try at each width (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "1",
            description = "Networks to try for each instance at each width (default: ${DEFAULT-VALUE}).")
    private int tries;

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
            defaultValue = "0.01",
            description = "How close the bisection goes, as a fraction of the width (default: ${DEFAULT-VALUE}).")
    private double resolution;

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Keeps every trial in this folder; see \"superpose results\" and \"superpose report\".")
    private Path out;

    @Option(names = "--resume", description = "Goes on with the search that --out holds.")
    private boolean resume;

    @Option(names = "--json", description = "Prints one JSON document on standard output.")
    private boolean json;

    @Inject
    SearchCommand(Console console, Workbench workbench, Catalog<ExecutionEngine> engines) {
        this.console = console;
        this.workbench = workbench;
        this.engines = engines;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (tries < 1 || instances < 1 || !(resolution >= 0 && resolution < 1)) {
            throw new InvalidInputException("--tries " + tries + " must be at least 1, --instances " + instances
                    + " too, and --resolution " + resolution + " from 0 up to 1");
        }
        if (resume && out == null) {
            throw new InvalidInputException("--resume needs --out DIR: the folder with the search to resume");
        }
        Assignments assignments = set.assignments();
        ProblemInstance instance = workbench.instance(problem, construction, assignments, seed.seed());
        workbench.requireAccepted(instance, construction);
        int start = from == null ? workbench.startWidth(instance) : from;
        int largest = upTo == null ? (int) Math.min(1 << 22, 64L * start) : upTo;
        if (start < 1 || largest < start) {
            throw new InvalidInputException("--from " + start + " must be at least 1 and at most --up-to " + largest);
        }
        WidthSearch search = WidthSearch.upwards(instances, tries, start, largest, resolution);
        if ((long) search.widths().size() * instances * tries > MOST_UNITS) {
            throw new InvalidInputException("from width " + start + " to " + largest + " in steps of " + resolution
                    + " there are " + search.widths().size() + " widths, too many with " + instances + " x " + tries
                    + " trials each; take a coarser --resolution, or narrow them with --from and --up-to");
        }
        VerificationBudget limits = budget.budget(seed.seed());
        Sweep sweep = new Sweep(
                new SweepRecipe("search", "", assignments.values(), seed.seed().value()),
                units(search, assignments),
                workbench,
                limits);
        if (out == null) {
            return run(search, sweep, Ledger.inMemory(), () -> {});
        }
        String command = ShellWords.join(
                "superpose", spec.root().commandLine().getParseResult().originalArgs());
        RunDescription description = RunDescription.here(command, command, "local", limits.threads());
        try (ResultStore store =
                ResultStore.open(out, identity(assignments, start, largest, limits, sweep), description, resume)) {
            return run(search, sweep, Ledger.in(store), () -> {
                store.release();
                console.say("interrupted; what is done is kept. To resume: " + command + (resume ? "" : " --resume"));
            });
        } catch (StoreException unwritable) {
            console.say("superpose: " + unwritable.getMessage()
                    + "; the trials stored before are kept, --resume makes the others");
            return ExitStatus.INTERNAL_ERROR;
        }
    }

    /** Every trial that the search may ask for: of width w and number t, at index w x trials + t. */
    private List<WorkUnit> units(WidthSearch search, Assignments assignments) {
        List<WorkUnit> units = new ArrayList<>();
        for (int width : search.widths()) {
            for (int number = 0; number < instances * tries; number++) {
                int instance = number % instances;
                units.add(new SearchTrial(
                        "n = " + width + ", instance " + (instance + 1)
                                + (tries == 1 ? "" : ", network " + (number / instances + 1)),
                        problem,
                        construction,
                        assignments,
                        width,
                        new Seed(seed.seed().value() + instance),
                        new Seed(seed.seed().value() + number),
                        verifier));
            }
        }
        return units;
    }

    private SweepIdentity identity(
            Assignments assignments, int start, int largest, VerificationBudget limits, Sweep sweep) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(SweepIdentity.EXPERIMENT, "search");
        properties.put("problem", problem);
        properties.put("construction", construction);
        properties.putAll(assignments.values());
        properties.put("verifier", verifier);
        properties.put("instances", Integer.toString(instances));
        properties.put("tries", Integer.toString(tries));
        properties.put("from", Integer.toString(start));
        properties.put("up-to", Integer.toString(largest));
        properties.put("resolution", Double.toString(resolution));
        properties.put("seed", Long.toString(seed.seed().value()));
        properties.put("max-seconds", Double.toString(limits.maxSeconds()));
        properties.put("max-inputs", Long.toString(limits.maxInputs()));
        properties.put("samples", Long.toString(limits.samples()));
        properties.put("tool version", ToolVersion.current());
        return new SweepIdentity(
                properties, sweep.units().stream().map(WorkUnit::label).toList());
    }

    /** @param whenKilled what to do when the process is told to end, after the current record is whole */
    private int run(WidthSearch search, Sweep sweep, Ledger ledger, Runnable whenKilled) throws InterruptedException {
        SearchedSweep searched = new SearchedSweep(
                engines.require("local"),
                ledger,
                sweep,
                Allowance.ofThreads(sweep.budget().threads()),
                report -> console.say("  " + report.label() + ": "
                        + (report.isDone() ? report.measurements().get(0).text(Measurement.VERDICT) : "failed")
                        + String.format(Locale.ROOT, " in %.1f s", report.seconds())));
        if (searched.done() > 0) {
            console.say(searched.done() + " trials are done already");
        }
        Thread hook = new Thread(() -> {
            searched.cancel();
            whenKilled.run();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            WidthSearch.Result result = search.search(
                    (width, numbers) -> searched.run(numbers.stream()
                            .map(number -> search.widths().indexOf(width) * instances * tries + number)
                            .toList()),
                    probe -> console.say(told(probe)));
            ledger.end(RunStatus.DONE);
            return tell(search, result);
        } catch (IllegalStateException closedByHook) {
            if (searched.isCancelled()) {
                return ExitStatus.KILLED;
            }
            throw closedByHook;
        } finally {
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // then the hook does its work
        }
    }

    private String told(WidthSearch.Probe probe) {
        return String.format(
                Locale.ROOT,
                "n = %d: %d of %d networks verified (success rate %.2f, 95 %% interval %.2f to %.2f), %d of %d instances",
                probe.width(),
                probe.successes(),
                probe.tries(),
                probe.successRate(),
                probe.lowestRate(),
                probe.highestRate(),
                probe.instances(),
                instances);
    }

    private int tell(WidthSearch search, WidthSearch.Result result) {
        int smallest = search.widths().get(0);
        int largest = search.widths().get(search.widths().size() - 1);
        if (result.best().isEmpty()) {
            console.say("no width from " + smallest + " to " + largest + " was verified with " + instances * tries
                    + " seeds");
            if (json) {
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
        Integer median = result.median().map(WidthSearch.Probe::width).orElse(null);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>(best.fields());
            document.put(Measurement.INSTANCES, instances);
            document.put("median_width", median);
            document.put("widths", widths(result));
            console.json(document);
            return ExitStatus.DONE;
        }
        List<Measurement> rows = new ArrayList<>(List.of(best));
        if (median != null && median != result.best().get().width()) {
            rows.add(result.median().get().measurement());
        }
        MeasurementTable.lines(rows, COLUMNS).forEach(console::result);
        console.say("smallest verified width: " + result.best().get().width() + " for the best, "
                + (median == null ? "none up to " + largest : median) + " for the median of " + instances
                + " instances");
        return ExitStatus.DONE;
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
