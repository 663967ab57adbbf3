package org.superpose.runner.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.ToolVersion;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.MarginHistogram;
import org.superpose.core.audit.OutputAudit;
import org.superpose.core.audit.WorstInput;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.audit.AuditSubject;
import org.superpose.runner.audit.AuditText;

/** The HTML page of an audit: margins, errors by output and by number active, worst inputs. It needs nothing else. */
public final class AuditPage {
    private static final int MOST_OUTPUTS = 50;

    private final String title;
    private final AuditSubject subject;
    private final AuditReport report;

    /** @param title what was audited */
    public AuditPage(String title, AuditSubject subject, AuditReport report) {
        this.title = title;
        this.subject = subject;
        this.report = report;
    }

    /** Writes the page, whole or not at all. */
    public void write(Path target) {
        AtomicFile.write(target, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            text.write(page());
            text.flush();
        });
    }

    private String page() throws IOException {
        List<String> words = AuditText.lines(subject, report);
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Audit of ")
                .append(Html.escape(title))
                .append("</title>\n<style>\n")
                .append(Page.resource("page.css"))
                .append("</style>\n</head>\n<body>\n<header><h1>Audit of ")
                .append(Html.escape(title))
                .append("</h1><p>")
                .append(Html.escape(words.get(0)))
                .append("</p></header>\n<main>\n");
        html.append("<p>")
                .append(words.subList(1, words.size()).stream()
                        .map(Html::escape)
                        .collect(Collectors.joining("<br>\n")))
                .append("</p>\n");
        html.append(
                "<h2>Margins</h2>\n<p class=\"hint\">The worst margin of each input: how far the output that is nearest"
                        + " to being wrong is on the right side of its threshold; negative where it is wrong. Bars are as long as"
                        + " the logarithm of the number of inputs.</p>\n");
        html.append(margins());
        html.append("<h2>Wrong inputs by number of active features</h2>\n").append(byActive());
        html.append("<h2>Outputs with errors</h2>\n").append(outputs());
        html.append("<h2>Inputs with the smallest margins</h2>\n").append(worst());
        return html.append("</main>\n<footer class=\"hint\"><p>Superpose ")
                .append(Html.escape(ToolVersion.current()))
                .append("</p></footer>\n</body>\n</html>\n")
                .toString();
    }

    private String margins() {
        if (!report.margins().isCounted()) {
            return "<p>Not counted: inputs that are right were not gone through one by one.</p>\n";
        }
        // Four bins for each power of two are too many lines to read: one line for each power.
        TreeMap<Integer, Long> lines = new TreeMap<>();
        int middle = MarginHistogram.BINS / 2;
        for (int bin = 0; bin < MarginHistogram.BINS; bin++) {
            if (report.margins().count(bin) > 0) {
                lines.merge(octave(bin - middle), report.margins().count(bin), Long::sum);
            }
        }
        long largest = lines.values().stream().mapToLong(count -> count).max().orElse(1);
        List<List<String>> cells = new ArrayList<>();
        lines.forEach((octave, count) -> cells.add(List.of(
                Html.escape(range(octave, middle)),
                Html.bar(Math.log1p(count) / Math.log1p(largest), octave < 0),
                number(count))));
        return Html.table(List.of("margin", "", "inputs"), cells);
    }

    private static int octave(int fromMiddle) {
        return fromMiddle == 0 ? 0 : Integer.signum(fromMiddle) * ((Math.abs(fromMiddle) - 1) / 4 + 1);
    }

    private static String range(int octave, int middle) {
        if (octave == 0) {
            return "0, or nearer to it than 2^-20";
        }
        int first = middle + Integer.signum(octave) * (4 * (Math.abs(octave) - 1) + 1);
        int last = first + Integer.signum(octave) * 3;
        return AuditText.decimal(MarginHistogram.lowest(Math.min(first, last)))
                + " to "
                + AuditText.decimal(MarginHistogram.highest(Math.max(first, last)));
    }

    private String byActive() {
        BigInteger[] sizes = report.domain().sizesByActive();
        List<List<String>> cells = new ArrayList<>();
        IntStream.rangeClosed(report.domain().minActive(), report.domain().maxActive())
                .forEach(t -> {
                    long wrong = report.wrongByActive().get(t);
                    double share = wrong / Math.max(1, sizes[t].doubleValue());
                    cells.add(List.of(
                            Integer.toString(t),
                            Html.bar(share, true),
                            number(wrong),
                            number(report.undecidedByActive().get(t)),
                            String.format(Locale.ROOT, "%,d", sizes[t]),
                            String.format(Locale.ROOT, "%.4g %%", 100 * share)));
                });
        return Html.table(List.of("active", "", "wrong", "undecided", "inputs", "share wrong"), cells);
    }

    private String outputs() {
        int[] wrong = report.wrongOutputs();
        if (wrong.length == 0) {
            return "<p>No output is wrong on any input that was gone through.</p>\n";
        }
        List<List<String>> cells = new ArrayList<>();
        long largest = report.outputs().get(wrong[0]).errors();
        for (int i : IntStream.of(wrong).limit(MOST_OUTPUTS).toArray()) {
            OutputAudit output = report.outputs().get(i);
            cells.add(List.of(
                    Html.escape(subject.output(i)),
                    Html.bar(output.errors() / (double) largest, true),
                    number(output.errors()),
                    AuditText.decimal(output.worstMargin().orElse(Double.NaN)),
                    output.worstInput().map(Object::toString).orElse(""),
                    output.separatingThreshold().isPresent()
                            ? AuditText.decimal(output.separatingThreshold().getAsDouble())
                            : "none"));
        }
        return Html.table(
                        List.of("output", "", "errors", "worst margin", "at input", "threshold that would be right"),
                        cells)
                + (wrong.length > MOST_OUTPUTS
                        ? "<p class=\"hint\">The first " + MOST_OUTPUTS + " of " + number(wrong.length)
                                + " outputs.</p>\n"
                        : "");
    }

    private String worst() {
        List<List<String>> cells = new ArrayList<>();
        for (WorstInput each : report.worst()) {
            cells.add(List.of(
                    Html.escape(each.input()
                            + (subject.inputNames().isEmpty()
                                    ? ""
                                    : " = " + subject.inputNames().describe(each.input()))),
                    Html.escape(subject.output(each.output())),
                    AuditText.decimal(each.margin())));
        }
        return Html.table(List.of("input", "output", "margin"), cells);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
