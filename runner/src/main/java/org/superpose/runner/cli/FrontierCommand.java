package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.figure.PictureFile;
import org.superpose.runner.figure.PlotPicture;
import org.superpose.runner.frontier.CertificateFiles;
import org.superpose.runner.frontier.FrontierPage;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.store.StoredRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code superpose frontier}: makes certificates of what {@code superpose run frontier} found, and the page that shows
 * them all.
 */
@Command(
        name = "frontier",
        description = "Adds certificates of what \"superpose run frontier --out DIR\" found, and writes the page of the"
                + " frontier anew.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose frontier out/frontier", "  superpose frontier --docs docs"})
final class FrontierCommand implements Callable<Integer>, SaysWhatIsKept {
    /** What a person wrote for the end of the page, in this order: trained models that are published, and lessons. */
    private static final List<String> WRITTEN = List.of("published.md", "did-not-work.md");

    /** The networks that the independent checkers found right. */
    private static final String CHECKED = "checked.txt";

    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Folders with results of the experiment frontier.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--docs",
            paramLabel = "DIR",
            defaultValue = "docs",
            description =
                    "Holds frontier.md and the folder frontier with the certificates (default: ${DEFAULT-VALUE}).")
    private Path docs;

    @Inject
    FrontierCommand(Console console) {
        this.console = console;
    }

    @Override
    public Optional<String> kept() {
        return Optional.of(
                "certificates of the folders that are named above are added; the same command adds the rest");
    }

    @Override
    public Integer call() {
        Path certificates = docs.resolve("frontier");
        for (Path folder : folders) {
            int added;
            try (StoredResults results = StoredResults.open(folder)) {
                if (!results.sweep().experiment().equals("frontier")) {
                    throw new InvalidInputException(folder + " holds results of "
                            + results.sweep().experiment() + ", not of the experiment frontier");
                }
                added = CertificateFiles.merge(
                        certificates,
                        results.rows().stream().map(StoredRow::measurement).toList());
            }
            console.note(folder + ": " + added + " certificates are new or narrower");
        }
        Path page = docs.resolve("frontier.md");
        try {
            Files.createDirectories(docs);
            FrontierPage frontier = page(certificates);
            AtomicFile.writeText(page, frontier.text());
            frontier.figure()
                    .ifPresent(plot -> PictureFile.SVG.write(
                            certificates.resolve(plot.id() + PictureFile.SVG.ending()), PlotPicture.withHeading(plot)));
        } catch (IOException broken) {
            throw new InvalidInputException(page + " could not be written: " + broken, broken);
        }
        console.result(page.toString());
        return ExitStatus.DONE;
    }

    /** The page of a folder of certificates, with what else is written in the folder. */
    static FrontierPage page(Path certificates) throws IOException {
        List<String> written = new ArrayList<>();
        for (String name : WRITTEN) {
            Path file = certificates.resolve(name);
            if (Files.exists(file)) {
                written.add(Files.readString(file).strip());
            }
        }
        return new FrontierPage(
                CertificateFiles.readAll(certificates),
                checked(certificates.resolve(CHECKED)),
                String.join("\n\n", written));
    }

    /** The first words of the lines that {@code tools/check_frontier.sh --record} wrote: digests of networks. */
    private static Set<String> checked(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(line -> line.split(" ", 2)[0])
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
