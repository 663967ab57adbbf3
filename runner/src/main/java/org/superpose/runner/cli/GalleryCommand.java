package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.option.OpenOption;
import org.superpose.runner.cli.option.Seconds;
import org.superpose.runner.cli.option.ThreadsOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.frontier.FrontierRow;
import org.superpose.runner.gallery.Gallery;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose gallery}: a static site for people who have nothing but a browser. */
@Command(
        name = "gallery",
        description = "Writes a static site: networks of the frontier that run in the browser, reports, documentation"
                + " with a search.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose gallery site --results out/quickstart --results out/widths --suite out/suite",
            "  superpose gallery site --docs-only"
        })
final class GalleryCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;
    private final Workbench workbench;
    private final Catalog<Experiment> experiments;

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder of the site; it must be new or empty.")
    private Path target;

    @Option(
            names = "--source",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The folder of the project, with README.md and docs (default: the current one).")
    private Path source;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "A folder that was given to \"run --out\": its report is part of the site. Once for each.")
    private List<Path> results = new ArrayList<>();

    @Option(
            names = "--suite",
            paramLabel = "DIR",
            description = "A folder that \"superpose suite\" made: its table is part of the site.")
    private Path suite;

    @Option(
            names = "--rows",
            paramLabel = "ROWS",
            defaultValue = "all",
            description =
                    "The rows of the frontier whose networks are built: all, quick, or ids with commas between them"
                            + " (default: ${DEFAULT-VALUE}).")
    private String rows;

    @Option(
            names = "--max-seconds",
            converter = Seconds.class,
            paramLabel = "S",
            defaultValue = "120",
            description =
                    "Seconds that each network may take to be built, and again to be audited; one that takes longer"
                            + " is left out (default: ${DEFAULT-VALUE}).")
    private double maxSeconds;

    @Option(names = "--docs-only", description = "Writes the documentation, no networks.")
    private boolean docsOnly;

    @Option(names = "--force", description = "Writes into a folder that is not empty; files of the site are replaced.")
    private boolean force;

    @Mixin
    private OpenOption open = new OpenOption();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Inject
    GalleryCommand(Console console, Workbench workbench, Catalog<Experiment> experiments) {
        this.console = console;
        this.workbench = workbench;
        this.experiments = experiments;
    }

    @Override
    public Integer call() {
        if (!(maxSeconds > 0)) {
            throw new InvalidInputException("--max-seconds " + maxSeconds + " must be a positive number");
        }
        if (!threads.isInRange()) {
            throw new InvalidInputException("--threads " + threads.number() + " must be a whole number from 1 to 4096");
        }
        requireEmpty();
        List<FrontierRow> chosen = FrontierRow.named(rows);
        Gallery gallery = new Gallery(source, target, console::note);
        if (!docsOnly) {
            gallery.addNetworks(
                    chosen,
                    workbench,
                    VerificationBudget.unlimited().withThreads(threads.number()).withMaxSeconds(maxSeconds));
        }
        results.forEach(gallery::addReport);
        if (suite != null) {
            gallery.addSuite(suite);
        }
        List<String> broken = gallery.finish(experiments.plugins());
        Path index = target.resolve("index.html");
        console.result(index.toString());
        open.show(console, index);
        if (!broken.isEmpty()) {
            broken.forEach(link -> console.say("a link leads nowhere: " + link));
            return ExitStatus.INTERNAL_ERROR;
        }
        return ExitStatus.DONE;
    }

    @Override
    public Optional<String> kept() {
        return Optional.of(target + " holds a part of the site; --force writes it anew");
    }

    private void requireEmpty() {
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new InvalidInputException(target + " is not a folder");
        }
        if (!force && Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.findAny().isPresent()) {
                    throw new InvalidInputException(
                            "the folder " + target + " is not empty; to write into it, add --force");
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
