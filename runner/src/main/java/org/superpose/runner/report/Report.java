package org.superpose.runner.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.runner.figure.PictureFile;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.PlotPicture;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.report.plot.PlotKind;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.store.StoredRow;

/**
 * A report of the results in one or more folders: one HTML page that needs nothing else, not even a network, and every
 * plot as SVG and PNG for papers.
 */
public final class Report {
    private static final String LIBRARIES = "vega/";
    /** Of a folder; a sweep of which everything failed would make a page of nothing else. */
    private static final int MOST_FAILURES = 1000;

    private final List<ReportRow> rows;
    private final List<Plot> plots;
    private final String title;
    private final List<List<String>> runs;
    private final List<List<String>> failures;

    private Report(
            String title,
            List<ReportRow> rows,
            List<Plot> plots,
            List<List<String>> runs,
            List<List<String>> failures) {
        this.title = title;
        this.rows = rows;
        this.plots = plots;
        this.runs = runs;
        this.failures = failures;
    }

    /**
     * Reads the results in folders.
     *
     * @throws InvalidInputException if a folder has no results
     */
    public static Report of(List<Path> folders) {
        List<ReportRow> rows = new ArrayList<>();
        List<List<String>> runs = new ArrayList<>();
        List<List<String>> failures = new ArrayList<>();
        List<String> experiments = new ArrayList<>();
        List<List<String>> wanted = new ArrayList<>();
        for (Path folder : folders) {
            try (StoredResults results = StoredResults.open(folder)) {
                experiments.add(results.sweep().experiment());
                wanted.add(results.sweep().plots());
                String command = command(results);
                for (StoredRow stored : results.rows()) {
                    rows.add(new ReportRow(rows.size(), stored, command));
                }
                addRuns(results, runs);
                addFailures(results, failures);
            }
        }
        List<Plot> plots = chosen(wanted).stream()
                .map(kind -> kind.of(rows))
                .flatMap(Optional::stream)
                .toList();
        return new Report(String.join(", ", experiments), rows, plots, runs, failures);
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

    private static String command(StoredResults results) {
        return results.query("SELECT coalesce(reproduce, '') FROM runs ORDER BY run DESC LIMIT 1").rows().stream()
                .map(row -> row.get(0).toString())
                .findFirst()
                .orElse("");
    }

    private static void addRuns(StoredResults results, List<List<String>> runs) {
        for (Map<String, Object> run :
                results.maps("SELECT run, status, strftime(started, '%Y-%m-%d %H:%M:%S') AS started,"
                        + " coalesce(strftime(ended, '%Y-%m-%d %H:%M:%S'), '') AS ended, tool_version, jdk, cpu, command,"
                        + " (SELECT count(*) FROM units WHERE units.run = runs.run AND units.status = 'done') AS done"
                        + " FROM runs ORDER BY run")) {
            List<String> cells =
                    new ArrayList<>(List.of(Html.escape(results.sweep().experiment())));
            for (String column :
                    List.of("run", "status", "done", "started", "ended", "tool_version", "jdk", "cpu", "command")) {
                String cell = Html.escape(String.valueOf(run.get(column)));
                cells.add(column.equals("command") ? "<code>" + cell + "</code>" : cell);
            }
            runs.add(cells);
        }
    }

    private static void addFailures(StoredResults results, List<List<String>> failures) {
        for (Map<String, Object> unit : results.maps(
                "SELECT unit, label, error FROM units WHERE status = 'failed' ORDER BY unit LIMIT " + MOST_FAILURES)) {
            failures.add(List.of(
                    Html.escape(results.sweep().experiment()),
                    Html.escape(String.valueOf(unit.get("unit"))),
                    Html.escape(String.valueOf(unit.get("label"))),
                    Html.escape(String.valueOf(unit.get("error")))));
        }
        long all = (Long) results.query("SELECT count(*) FROM units WHERE status = 'failed'")
                .rows()
                .get(0)
                .get(0);
        if (all > MOST_FAILURES) {
            failures.add(List.of(
                    Html.escape(results.sweep().experiment()),
                    "",
                    "the first " + MOST_FAILURES + " of " + all + " that failed",
                    ""));
        }
    }

    /** How many measurements it shows. */
    public int size() {
        return rows.size();
    }

    List<Plot> plots() {
        return plots;
    }

    /** The ids of its plots, in order. */
    public List<String> plotIds() {
        return plots.stream().map(Plot::id).toList();
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
            for (Plot plot : plots) {
                for (PictureFile format : PictureFile.values()) {
                    Path file = folder.resolve(plot.id() + format.ending());
                    format.write(file, PlotPicture.of(plot));
                    files.add(file);
                }
            }
            return files;
        } catch (IOException broken) {
            throw new InvalidInputException("the figures could not be written to " + folder + ": " + broken, broken);
        }
    }

    /** Writes the page, whole or not at all. */
    public void writePage(Path target) {
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            try (Writer out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                writePage(out);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new InvalidInputException("the report could not be written to " + target + ": " + broken, broken);
        }
    }

    private void writePage(Writer out) throws IOException {
        String template = resource("page.html");
        int at = 0;
        for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", at)) {
            int close = template.indexOf("}}", open);
            out.write(template, at, open - at);
            writePart(out, template.substring(open + 2, close));
            at = close + 2;
        }
        out.write(template, at, template.length() - at);
    }

    private void writePart(Writer out, String part) throws IOException {
        switch (part) {
            case "title" -> out.write(Html.escape(title));
            case "style" -> out.write(resource("page.css"));
            case "version" -> out.write(Html.escape(ToolVersion.current()));
            case "count" ->
                out.write(String.format(
                        java.util.Locale.ROOT,
                        "%,d %s",
                        rows.size(),
                        rows.size() == 1 ? "measurement" : "measurements"));
            case "summary" ->
                out.write(
                        rows.isEmpty()
                                ? "<p>There are no measurements yet.</p>"
                                : Summary.families(rows) + Summary.laws(rows));
            case "plots" -> writePlots(out);
            case "runs" ->
                out.write(Html.table(
                        List.of(
                                "experiment",
                                "run",
                                "status",
                                "units done",
                                "started (UTC)",
                                "ended (UTC)",
                                "Superpose",
                                "JDK",
                                "CPU",
                                "command"),
                        runs));
            case "failures" ->
                out.write(
                        failures.isEmpty()
                                ? ""
                                : "<h2>Failed units</h2>"
                                        + Html.table(List.of("experiment", "unit", "label", "error"), failures));
            case "libraries" -> writeLibraries(out);
            case "data" -> PageData.write(out, rows, plots);
            case "script" -> out.write(resource("page.js"));
            default -> throw new IllegalStateException("the page has no part " + part);
        }
    }

    private void writePlots(Writer out) throws IOException {
        for (Plot plot : plots) {
            out.write("<figure id=\"" + plot.id() + "\"><h3>" + Html.escape(plot.title())
                    + "</h3><div class=\"plot\" role=\"img\" aria-label=\"" + Html.escape(plot.title())
                    + "\"></div><figcaption>" + Html.escape(plot.thinned().caption()) + "</figcaption></figure>\n");
        }
    }

    /** Vega, Vega-Lite and Vega-Embed, with what their licences ask to be kept. */
    private static void writeLibraries(Writer out) throws IOException {
        out.write("<!--\n" + resource(LIBRARIES + "LICENSES.txt").replace("--", "- -") + "-->\n");
        for (String library : List.of("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")) {
            out.write("<script>" + resource(LIBRARIES + library).replace("</script", "<\\/script") + "</script>\n");
        }
    }

    private static String resource(String name) {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
