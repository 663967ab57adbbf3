package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.option.OpenOption;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.option.Seconds;
import org.superpose.runner.cli.option.ThreadsOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.explore.ExplorerPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose explore}: a page on which a network runs. */
@Command(
        name = "explore",
        description = "Writes one HTML page on which the network runs: choose inputs, see which rows fire, wanted or"
                + " spurious, ask for neurons, features and outputs, switch neurons off.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose explore net.superpose.zip -o net.html --open",
            "  superpose explore net.superpose.zip --max-seconds 5m -o net.html"
        })
final class ExploreCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
            paramLabel = "FILE.html",
            required = true,
            description = "The page to write; - is standard output.")
    private Path output;

    @Option(
            names = "--max-seconds",
            converter = Seconds.class,
            paramLabel = "S",
            defaultValue = "30",
            description =
                    "Seconds, or a duration such as 90s or 5m, after which the audit for margins and worst inputs ends with the inputs it has seen;"
                            + " 0 for no audit (default: ${DEFAULT-VALUE}).")
    private double maxSeconds;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private OpenOption open = new OpenOption();

    @Inject
    ExploreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!(maxSeconds >= 0)) {
            throw new InvalidInputException("--max-seconds " + maxSeconds + " must be a number of at least 0");
        }
        if (!threads.isInRange()) {
            throw new InvalidInputException("--threads " + threads.number() + " must be a whole number from 1 to 4096");
        }
        open.check(output);
        replace.check("--output", output, ".html", List.of(file.path()));
        BuiltNetwork built = file.read();
        String title = file.path().getFileName().toString().replaceFirst("\\.superpose\\.zip$", "");
        try (Interruption interruption = new Interruption()) {
            new ExplorerPage(title, built, audit(built, interruption)).write(output);
            console.summary(output, output + ": a page of " + size());
            if (interruption.isRequested()) {
                console.say("interrupted; the page has the margins of the inputs that were seen until then");
            } else {
                open.show(console, output);
            }
        }
        return ExitStatus.DONE;
    }

    @Override
    public Optional<String> kept() {
        return Optional.empty();
    }

    private Optional<AuditReport> audit(BuiltNetwork built, Interruption interruption) {
        if (maxSeconds == 0) {
            return Optional.empty();
        }
        try (ProgressDisplay progress = ProgressDisplay.on(console, "auditing")) {
            AuditReport report = Audit.of(built)
                    .run(
                            VerificationBudget.unlimited()
                                    .withThreads(threads.number())
                                    .withMaxSeconds(maxSeconds)
                                    .withProgress(progress)
                                    .withCancellation(interruption),
                            Optional.empty(),
                            WrongDecisions.NONE);
            if (!report.isComplete()) {
                console.note(String.format(
                        Locale.ROOT,
                        "the audit went through %,d of %,d inputs; more with --max-seconds",
                        report.inputs(),
                        report.domain().size()));
            }
            return report.worst().isEmpty() ? Optional.empty() : Optional.of(report);
        }
    }

    private String size() {
        if (AtomicFile.isStandardOutput(output)) {
            return "HTML";
        }
        try {
            return String.format(Locale.ROOT, "%,d kB", (Files.size(output) + 999) / 1000);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
