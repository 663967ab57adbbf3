package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose search}: the smallest width at which a network is built and verified. */
@Command(
        name = "search",
        description = "Finds the smallest verified width: doubling, then bisection, over several seeds.",
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
            Measurement.SEED);

    private final Console console;
    private final Workbench workbench;

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
            names = "--tries",
            paramLabel = "N",
            defaultValue = "3",
            description = "Seeds to try at each width (default: ${DEFAULT-VALUE}).")
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

    @Option(names = "--json", description = "Prints one JSON document on standard output.")
    private boolean json;

    @Inject
    SearchCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        if (tries < 1 || !(resolution >= 0 && resolution < 1)) {
            throw new InvalidInputException(
                    "--tries " + tries + " must be at least 1, and --resolution " + resolution + " from 0 up to 1");
        }
        ProblemInstance instance = workbench.instance(problem, construction, set.assignments(), seed.seed());
        int start = from == null ? workbench.startWidth(instance) : from;
        int largest = upTo == null ? (int) Math.min(1 << 22, 64L * start) : upTo;
        if (start < 1 || largest < start) {
            throw new InvalidInputException("--from " + start + " must be at least 1 and at most --up-to " + largest);
        }
        WidthSearch search = new WidthSearch(tries, start, largest, resolution);
        Seed networks = seed.seed();
        WidthSearch.Result result = search.search(
                (width, attempt) -> workbench.attempt(
                        instance,
                        construction,
                        set.assignments(),
                        width,
                        new Seed(networks.value() + attempt),
                        verifier,
                        budget.budget(networks)),
                probe -> console.say("n = " + probe.width() + ": " + probe.successes() + " of " + probe.tries()
                        + " seeds verified"));
        if (result.smallest().isEmpty()) {
            console.say("no width from " + start + " to " + largest + " was verified with " + tries + " seeds");
            if (json) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put(Measurement.VERDICT, null);
                document.put("largest_width", largest);
                document.put(Measurement.TRIES, tries);
                document.put(Measurement.SUCCESS_RATE, 0.0);
                console.json(document);
            }
            return ExitStatus.UNDECIDED;
        }
        Measurement smallest = result.smallest().get();
        if (json) {
            console.json(smallest.fields());
        } else {
            MeasurementTable.lines(List.of(smallest), COLUMNS).forEach(console::result);
        }
        return ExitStatus.DONE;
    }
}
