package org.superpose.runner.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.MarginHistogram;
import org.superpose.core.audit.OutputAudit;
import org.superpose.core.audit.WorstInput;
import org.superpose.core.feature.FeatureSet;
import org.superpose.runner.workbench.Measurement;

/** A report in words that are read in ten seconds, and as fields of JSON. */
public final class AuditText {
    private static final int MOST_OUTPUTS = 5;
    private static final int MOST_INPUTS = 3;

    private AuditText() {}

    /** In words, a dozen lines at most. */
    public static List<String> lines(AuditSubject subject, AuditReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s: %,d of %,d inputs are wrong (%s)",
                AuditSubject.verdict(report), report.wrongInputs(), report.inputs(), report.domain()));
        if (!report.isComplete()) {
            lines.add(format(
                    "time ran out: %,d of %,d inputs were gone through; the figures are those of that part",
                    report.inputs(), report.domain().size()));
        }
        if (report.isComplete()) {
            lines.add("wrong by number active: " + byActive(report));
        }
        lines.add(format(
                "false positives %,d, false negatives %,d; decisions within rounding %,d, on %,d inputs not wrong elsewhere",
                report.falsePositives(), report.falseNegatives(), report.undecided(), report.undecidedInputs()));
        report.worst().stream()
                .limit(1)
                .forEach(worst -> lines.add(format(
                        "worst margin %s: input %s, output %s",
                        decimal(worst.margin()), named(subject, worst.input()), subject.output(worst.output()))));
        if (report.wrongInputs() > 0) {
            wrongLines(subject, report, lines);
        }
        return lines;
    }

    private static void wrongLines(AuditSubject subject, AuditReport report, List<String> lines) {
        int[] wrong = report.wrongOutputs();
        lines.add(format(
                "%,d of %,d outputs are wrong somewhere; most often:",
                wrong.length, report.outputs().size()));
        Arrays.stream(wrong).limit(MOST_OUTPUTS).forEach(i -> lines.add("  output " + outputLine(subject, report, i)));
        long separable = Arrays.stream(wrong)
                .filter(i -> report.outputs().get(i).isSeparable())
                .count();
        lines.add(
                separable == 0
                        ? "no threshold makes any of them right"
                        : format("another threshold makes %,d of them right", separable));
        lines.add("worst inputs: "
                + String.join(
                        "; ",
                        report.worst().stream()
                                .limit(MOST_INPUTS)
                                .map(worst -> named(subject, worst.input()))
                                .toList()));
    }

    private static String outputLine(AuditSubject subject, AuditReport report, int output) {
        OutputAudit audit = report.outputs().get(output);
        return format(
                "%s: %,d errors, worst margin %s%s",
                subject.output(output),
                audit.errors(),
                decimal(audit.worstMargin().orElse(Double.NaN)),
                audit.separatingThreshold().isPresent()
                        ? ", right with threshold "
                                + decimal(audit.separatingThreshold().getAsDouble())
                        : ", inseparable");
    }

    private static String byActive(AuditReport report) {
        BigInteger[] sizes = report.domain().sizesByActive();
        return String.join(
                ", ",
                IntStream.rangeClosed(
                                report.domain().minActive(), report.domain().maxActive())
                        .mapToObj(t ->
                                format("%d: %,d/%,d", t, report.wrongByActive().get(t), sizes[t]))
                        .toList());
    }

    private static String named(AuditSubject subject, FeatureSet input) {
        return subject.inputNames().isEmpty()
                ? input.toString()
                : input + " = " + subject.inputNames().describe(input);
    }

    /** A number for people, of six digits. */
    public static String decimal(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        String digits = String.format(Locale.ROOT, "%.6g", value);
        return digits.contains("e") || !digits.contains(".")
                ? digits
                : digits.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** All of it, as documented in docs/audit.md. */
    public static Map<String, Object> document(AuditSubject subject, AuditReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(Measurement.VERDICT, AuditSubject.verdict(report));
        document.put(Measurement.INPUTS_COVERED, Measurement.count(report.inputs()));
        document.put(Measurement.DOMAIN_SIZE, Measurement.count(report.domain().size()));
        document.put("wrong_inputs", report.wrongInputs());
        BigInteger[] sizes = report.domain().sizesByActive();
        document.put("wrong_by_active", pairs(report.wrongByActive(), sizes));
        document.put("false_positives", report.falsePositives());
        document.put("false_negatives", report.falseNegatives());
        document.put("undecided", report.undecided());
        document.put("undecided_inputs", report.undecidedInputs());
        document.put("undecided_by_active", pairs(report.undecidedByActive(), sizes));
        Optional<WorstInput> worst = report.worst().stream().findFirst();
        document.put("worst_margin", worst.map(each -> number(each.margin())).orElse(null));
        document.put("worst_input", worst.map(each -> each.input().toArray()).orElse(null));
        document.put("worst_output", worst.map(WorstInput::output).orElse(null));
        document.put(
                "worst_inputs",
                report.worst().stream().map(each -> document(subject, each)).toList());
        document.put(
                "outputs",
                IntStream.range(0, report.outputs().size())
                        .mapToObj(i -> document(subject, i, report.outputs().get(i)))
                        .toList());
        document.put("margins", report.margins().isCounted() ? document(report.margins()) : null);
        return document;
    }

    private static List<List<Object>> pairs(List<Long> counts, BigInteger[] sizes) {
        return IntStream.range(0, sizes.length)
                .mapToObj(t -> List.<Object>of(counts.get(t), Measurement.count(sizes[t])))
                .toList();
    }

    private static Map<String, Object> document(AuditSubject subject, WorstInput worst) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("input", worst.input().toArray());
        if (!subject.inputNames().isEmpty()) {
            document.put("input_names", subject.inputNames().describe(worst.input()));
        }
        document.put("output", worst.output());
        document.put("margin", number(worst.margin()));
        return document;
    }

    private static Map<String, Object> document(AuditSubject subject, int output, OutputAudit audit) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (!subject.outputNames().isEmpty()) {
            document.put("name", subject.outputNames().name(output));
        }
        document.put("errors", audit.errors());
        document.put("undecided", audit.undecided());
        document.put("worst_margin", number(audit.worstMargin()));
        document.put("worst_input", audit.worstInput().map(FeatureSet::toArray).orElse(null));
        document.put("separable", audit.isSeparable());
        document.put("threshold", number(audit.separatingThreshold()));
        return document;
    }

    /** The bins that hold something: from, to and number of inputs. */
    private static List<List<Object>> document(MarginHistogram margins) {
        return IntStream.range(0, MarginHistogram.BINS)
                .filter(bin -> margins.count(bin) > 0)
                .mapToObj(bin -> Arrays.asList(
                        number(MarginHistogram.lowest(bin)), number(MarginHistogram.highest(bin)), margins.count(bin)))
                .toList();
    }

    private static Object number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : null;
    }

    /** JSON has no infinities. */
    private static Object number(double value) {
        return Double.isFinite(value) ? (Object) value : null;
    }
}
