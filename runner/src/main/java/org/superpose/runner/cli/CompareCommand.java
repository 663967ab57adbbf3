package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.Seconds;
import org.superpose.runner.cli.option.ThreadsOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.cli.output.TextTable;
import org.superpose.runner.explore.ComparedNetwork;
import org.superpose.runner.explore.Comparison;
import org.superpose.runner.explore.Differences;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose compare}: two networks side by side, and the inputs on which they differ. */
@Command(
        name = "compare",
        description = "Compares two networks: width, bits, load, margins, spurious rows, and the inputs on which they"
                + " differ.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose compare narrow.superpose.zip wide.superpose.zip",
            "  superpose compare narrow.superpose.zip wide.superpose.zip --max-seconds 5m --json"
        })
final class CompareCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;

    @Parameters(index = "0", paramLabel = "A.superpose.zip", description = "A network file.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B.superpose.zip", description = "Another.")
    private Path second;

    @Option(
            names = "--max-seconds",
            converter = Seconds.class,
            paramLabel = "S",
            defaultValue = "60",
            description = "Seconds for the audit of each network, and for going through the inputs if that does not say"
                    + " where they differ (default: ${DEFAULT-VALUE}).")
    private double maxSeconds;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!(maxSeconds > 0)) {
            throw new InvalidInputException("--max-seconds " + maxSeconds + " must be a positive number");
        }
        if (!threads.isInRange()) {
            throw new InvalidInputException("--threads " + threads.number() + " must be a whole number from 1 to 4096");
        }
        try (Interruption interruption = new Interruption()) {
            int status = print(compare(interruption));
            if (interruption.isRequested()) {
                console.say("interrupted; the figures are those of the inputs that were seen until then, and nothing"
                        + " else is kept");
            }
            return status;
        }
    }

    private int print(Comparison comparison) {
        if (json.isSet()) {
            console.json(document(comparison));
            return ExitStatus.DONE;
        }
        TextTable table = new TextTable(
                List.of("", comparison.first().title(), comparison.second().title()));
        Map<String, Object> others = comparison.second().figures();
        comparison
                .first()
                .figures()
                .forEach((name, value) ->
                        table.add(List.of(name.replace('_', ' '), text(value), text(others.get(name)))));
        table.lines().forEach(console::result);
        console.result("");
        console.result(
                comparison.isSameMap()
                        ? "Both are to compute the same outputs on the same inputs."
                        : "They are to compute different maps, or on different inputs.");
        console.result(words(comparison));
        comparison
                .differences()
                .ifPresent(differences -> differences
                        .examples()
                        .forEach(input -> console.result("  " + named(comparison.first(), input))));
        return ExitStatus.DONE;
    }

    @Override
    public Optional<String> kept() {
        return Optional.empty();
    }

    private Comparison compare(Interruption interruption) {
        try (ProgressDisplay progress = ProgressDisplay.on(console, "comparing")) {
            return Comparison.of(
                    title(first),
                    NetworkFile.read(first),
                    title(second),
                    NetworkFile.read(second),
                    VerificationBudget.unlimited()
                            .withThreads(threads.number())
                            .withMaxSeconds(maxSeconds)
                            .withProgress(progress)
                            .withCancellation(interruption));
        }
    }

    private static String title(Path file) {
        return file.getFileName().toString().replaceFirst("\\.superpose\\.zip$", "");
    }

    private static Map<String, Object> document(Comparison comparison) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("a", comparison.first().figures());
        document.put("b", comparison.second().figures());
        document.put("same_map", comparison.isSameMap());
        comparison.differences().ifPresent(differences -> {
            document.put("differing_inputs", differences.inputs());
            document.put("exact", differences.isExact());
            document.put("undecided_inputs", differences.undecided());
            document.put("inputs_looked_at", differences.lookedAt());
            document.put("domain_size", differences.of());
            document.put(
                    "examples",
                    differences.examples().stream()
                            .map(input -> names(comparison.first(), input))
                            .toList());
        });
        return document;
    }

    private static List<Object> names(ComparedNetwork network, FeatureSet input) {
        FeatureNames names = network.built().instance().inputNames();
        return IntStream.of(input.toArray())
                .mapToObj(j -> names.isEmpty() ? (Object) j : names.name(j))
                .toList();
    }

    private static String named(ComparedNetwork network, FeatureSet input) {
        return input.isEmpty()
                ? "no input active"
                : names(network, input).stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String words(Comparison comparison) {
        if (comparison.differences().isEmpty()) {
            return "They have different numbers of inputs or outputs: there is no input on which both can be run.";
        }
        Differences differences = comparison.differences().get();
        String looked = differences.lookedAt().equals(differences.of())
                ? String.format(Locale.ROOT, "all %,d inputs", differences.of())
                : String.format(
                        Locale.ROOT,
                        "the %,d of %,d inputs that there was time for",
                        differences.lookedAt(),
                        differences.of());
        String within = differences.undecided().signum() == 0
                ? ""
                : String.format(Locale.ROOT, "; on %,d more that lies within rounding", differences.undecided());
        return String.format(Locale.ROOT, "They differ on %,d of %s%s.", differences.inputs(), looked, within);
    }

    private static String text(Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString(number.longValue())
                    : String.format(Locale.ROOT, "%.4g", number);
        }
        return value instanceof Number ? String.format(Locale.ROOT, "%,d", value) : value.toString();
    }
}
