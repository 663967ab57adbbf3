package org.superpose.runner.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.figure.PictureFile;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.PlotPicture;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.report.plot.PlotKind;
import org.superpose.runner.store.FailedUnit;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.store.StoredRow;
import org.superpose.runner.store.StoredRun;
import org.superpose.runner.store.SweepIdentity;

/**
 * A report of the results in one or more folders: one HTML page that needs nothing else, not even a network, and every
 * plot as SVG and PNG for papers.
 */
public final class Report {
    /** Failures shown of a folder; a sweep of which everything failed would make a page of nothing else. */
    private static final int MOST_FAILURES = 1000;

    private final List<Folder> folders;
    private final List<ReportRow> rows;
    private final List<Plot> plots;

    /**
     * What a folder has beside its rows.
     *
     * @param question what the experiment finds out, or ""
     * @param results the results that it belongs to
     * @param columns the fields that it shows; empty for all
     * @param failures the first of the units that failed
     * @param failureCount how many did
     */
    record Folder(
            String experiment,
            String question,
            List<String> results,
            List<String> columns,
            List<StoredRun> runs,
            List<FailedUnit> failures,
            long failureCount) {}

    private Report(List<Folder> folders, List<ReportRow> rows, List<Plot> plots) {
        this.folders = folders;
        this.rows = rows;
        this.plots = plots;
    }

    /**
     * Reads the results in folders.
     *
     * @throws InvalidInputException if a folder has no results
     */
    public static Report of(List<Path> paths) {
        List<Folder> folders = new ArrayList<>();
        List<ReportRow> rows = new ArrayList<>();
        List<List<String>> wanted = new ArrayList<>();
        for (Path path : paths) {
            try (StoredResults results = StoredResults.open(path)) {
                List<StoredRun> runs = results.runs();
                String command = runs.isEmpty() ? "" : runs.get(runs.size() - 1).reproduce();
                for (StoredRow stored : results.rows()) {
                    rows.add(new ReportRow(rows.size(), stored, command));
                }
                wanted.add(results.sweep().plots());
                SweepIdentity sweep = results.sweep();
                folders.add(new Folder(
                        sweep.experiment(),
                        sweep.question(),
                        sweep.results(),
                        sweep.columns(),
                        runs,
                        results.failures(MOST_FAILURES),
                        results.failureCount()));
            }
        }
        List<Plot> plots = chosen(wanted).stream()
                .map(kind -> kind.of(rows))
                .flatMap(Optional::stream)
                .toList();
        return new Report(folders, rows, plots);
    }

    /** What the experiments ask for, in their order; everything if one of them leaves it open. */
    private static List<PlotKind> chosen(List<List<String>> wanted) {
        if (wanted.stream().anyMatch(List::isEmpty)) {
            return PlotKind.ALL;
        }
        return wanted.stream()
                .flatMap(List::stream)
                .distinct()
                .flatMap(id ->
                        PlotKind.ALL.stream().filter(kind -> kind.kind().id().equals(id)))
                .toList();
    }

    List<Plot> plots() {
        return plots;
    }

    List<ReportRow> rows() {
        return rows;
    }

    List<Folder> folders() {
        return folders;
    }

    /** The fields that the experiments show, in their order; empty, for all, if one of them leaves it open. */
    List<String> columns() {
        return folders.stream().anyMatch(folder -> folder.columns().isEmpty())
                ? List.of()
                : folders.stream()
                        .flatMap(folder -> folder.columns().stream())
                        .distinct()
                        .toList();
    }

    /** The experiments whose results it is about, joined by commas. */
    public String title() {
        return folders.stream().map(Folder::experiment).collect(Collectors.joining(", "));
    }

    /**
     * Writes every plot as SVG and PNG.
     *
     * @param folder is made if it does not exist
     * @return the files
     */
    public List<Path> writeFigures(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            if (!plots.isEmpty()) {
                Files.createDirectories(folder);
            }
        } catch (IOException broken) {
            throw new InvalidInputException("the figures could not be written to " + folder + ": " + broken, broken);
        }
        for (Plot plot : plots) {
            for (PictureFile format : PictureFile.values()) {
                Path file = folder.resolve(plot.id() + format.ending());
                format.write(file, PlotPicture.of(plot));
                files.add(file);
            }
        }
        return files;
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @throws InvalidInputException if it cannot be written
     */
    public void writePage(Path target) {
        AtomicFile.write(target, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            new Page(this).write(text);
            text.flush();
        });
    }
}
