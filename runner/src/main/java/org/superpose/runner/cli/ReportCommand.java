package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.cli.option.OpenOption;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.report.Report;
import org.superpose.runner.store.Artefacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose report}: one HTML page about the results in a folder, and its plots as files for papers. */
@Command(
        name = "report",
        description =
                "Writes one self-contained HTML page about the results in a folder, and each plot as SVG and PNG.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose report out/widths", "  superpose report out -o all.html --open"})
final class ReportCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR",
            description =
                    "The folder that was given to \"run --out\", or one with such folders below it; several are put"
                            + " into one report (default: all below the current folder).")
    private List<Path> given = List.of(Path.of("."));

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
            paramLabel = "FILE",
            description =
                    "The page (default: report.html in the first folder); the figures go into FILE-figures beside it. With -"
                            + " the page alone goes to standard output.")
    private Path output;

    @Option(names = "--no-figures", description = "Writes the page only.")
    private boolean pageOnly;

    @Mixin
    private OpenOption open = new OpenOption();

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Inject
    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Path> folders = given.stream()
                .flatMap(folder -> ResultFolders.below(folder).stream())
                .distinct()
                .toList();
        Path page = output == null ? folders.get(0).resolve("report.html") : output;
        if (output == null) {
            AtomicFile.requireWritable(page);
        } else {
            replace.check("-o", page, ".html", folders);
        }
        open.check(page);
        Report report = Report.of(folders);
        report.writePage(page);
        if (AtomicFile.isStandardOutput(page)) {
            return ExitStatus.DONE; // there is no place beside it for figures
        }
        console.result(page.toString());
        list(folders, Artefacts.Kind.PAGE, List.of(page));
        if (!pageOnly) {
            String stem = page.getFileName().toString().replaceFirst("\\.html?$", "");
            List<Path> figures = report.writeFigures(page.resolveSibling(stem + "-figures"));
            figures.forEach(figure -> console.result(figure.toString()));
            list(folders, Artefacts.Kind.FIGURE, figures);
        }
        open.show(console, page);
        return ExitStatus.DONE;
    }

    @Override
    public Optional<String> kept() {
        return Optional.of("files that are named above are complete, the others were not written");
    }

    /**
     * A report of a run that goes on, or of a folder that cannot be written, is as good as any; it is just not listed
     * there.
     */
    private void list(List<Path> folders, Artefacts.Kind kind, List<Path> files) {
        for (Path folder : folders) {
            Artefacts.list(folder, kind, files)
                    .ifPresent(reason -> console.say("not listed among the artefacts: " + reason));
        }
    }
}
