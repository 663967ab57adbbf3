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
import org.superpose.runner.cli.option.ReplaceOption;
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
        footerHeading = "%nExample:%n",
        footer = "  superpose explore bigrams.superpose.zip -o bigrams.html")
final class ExploreCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.html",
            required = true,
            description = "The page to write.")
    private Path output;

    @Option(
            names = "--max-seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "Seconds after which the audit for margins and worst inputs ends with the inputs it has seen;"
                    + " 0 for no audit (default: ${DEFAULT-VALUE}).")
    private double maxSeconds;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

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
        replace.check("--output", output, ".html", List.of(file.path()));
        BuiltNetwork built = file.read();
        String title = file.path().getFileName().toString().replaceFirst("\\.superpose\\.zip$", "");
        new ExplorerPage(title, built, audit(built)).write(output);
        console.summary(output, output + ": a page of " + size() + "; open it in a browser");
        return ExitStatus.DONE;
    }

    private Optional<AuditReport> audit(BuiltNetwork built) {
        if (maxSeconds == 0) {
            return Optional.empty();
        }
        try (Interruption interruption = new Interruption();
                ProgressDisplay progress = ProgressDisplay.on(console, "auditing")) {
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
                console.say(String.format(
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
