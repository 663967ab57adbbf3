package org.superpose.runner.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.superpose.core.ToolVersion;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.glossary.Glossary;
import org.superpose.runner.glossary.Term;
import org.superpose.runner.report.analysis.MeasuredNetwork;
import org.superpose.runner.store.FailedUnit;
import org.superpose.runner.store.StoredRun;

/** The HTML page of a report: a template, its parts filled in. */
final class Page {
    private static final String LIBRARIES = "vega/";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Report report;

    Page(Report report) {
        this.report = report;
    }

    void write(Writer out) throws IOException {
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
            case "title" -> out.write(Html.escape(report.title()));
            case "style" -> out.write(resource("page.css"));
            case "version" -> out.write(Html.escape(ToolVersion.current()));
            case "question" -> out.write(questions());
            case "glossary" -> out.write(glossary());
            case "count" -> out.write(count());
            case "summary" ->
                out.write(
                        report.rows().size() == 0
                                ? "<p>There are no measurements yet.</p>"
                                : Summary.families(report.rows()) + Summary.laws(report.rows()));
            case "plots" -> writePlots(out);
            case "runs" -> out.write(runs());
            case "failures" -> out.write(failures());
            case "libraries" -> writeLibraries(out);
            case "data" -> PageData.write(out, report);
            case "script" -> out.write(resource("page.js"));
            default -> throw new IllegalStateException("the page has no part " + part);
        }
    }

    private String count() {
        int rows = report.rows().size();
        long networks = MeasuredNetwork.among(report.rows()).stream()
                .filter(MeasuredNetwork::wasBuilt)
                .count();
        return String.format(
                Locale.ROOT,
                "%,d %s of %,d %s",
                rows,
                rows == 1 ? "measurement" : "measurements",
                networks,
                networks == 1 ? "network" : "networks");
    }

    /** What each experiment finds out, and the results that it belongs to. */
    private String questions() {
        StringBuilder text = new StringBuilder();
        report.folders().stream()
                .filter(folder -> !folder.question().isEmpty())
                .map(folder -> "<p class=\"question\">" + Html.escape(folder.question()) + "</p>"
                        + (folder.results().isEmpty()
                                ? ""
                                : "<p class=\"results\">Belongs to: " + Html.escape(String.join(", ", folder.results()))
                                        + "</p>"))
                .distinct()
                .forEach(text::append);
        return text.toString();
    }

    private static String glossary() {
        StringBuilder text = new StringBuilder();
        for (Term term : Glossary.terms()) {
            text.append("<dt>").append(Html.escape(term.name())).append("</dt><dd>");
            text.append(Html.escape(term.more().isEmpty() ? term.meaning() : term.meaning() + " " + term.more()));
            text.append("</dd>");
        }
        return text.toString();
    }

    private String runs() {
        List<List<String>> cells = new ArrayList<>();
        for (Report.Folder folder : report.folders()) {
            for (StoredRun run : folder.runs()) {
                cells.add(List.of(
                        Html.escape(folder.experiment()),
                        Integer.toString(run.number()),
                        Html.escape(run.status()),
                        Long.toString(run.unitsDone()),
                        run.started().map(TIME::format).orElse(""),
                        run.ended().map(TIME::format).orElse(""),
                        Html.escape(run.toolVersion()),
                        Html.escape(run.jdk()),
                        Html.escape(run.cpu()),
                        "<code>" + Html.escape(run.command()) + "</code>"));
            }
        }
        return Html.table(
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
                cells);
    }

    /** The table of failures, or "" if there are none. */
    private String failures() {
        List<List<String>> cells = new ArrayList<>();
        for (Report.Folder folder : report.folders()) {
            String experiment = Html.escape(folder.experiment());
            for (FailedUnit failure : folder.failures()) {
                cells.add(List.of(
                        experiment,
                        Integer.toString(failure.unit()),
                        Html.escape(failure.label()),
                        Html.escape(failure.error())));
            }
            int shown = folder.failures().size();
            if (shown < folder.failureCount()) {
                cells.add(List.of(
                        experiment, "", "the first " + shown + " of " + folder.failureCount() + " that failed", ""));
            }
        }
        return cells.isEmpty()
                ? ""
                : "<h2>Failed units</h2>" + Html.table(List.of("experiment", "unit", "label", "error"), cells);
    }

    private void writePlots(Writer out) throws IOException {
        for (Plot plot : report.plots()) {
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

    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
