package org.superpose.runner.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.SuperposedNetwork;

/** A trace in words and as a document. */
public final class TraceText {
    private static final int MOST_ROWS = 30;
    private static final int MOST_NAMES = 6;

    private final Trace trace;
    private final SuperposedNetwork network;
    private final FeatureNames inputNames;
    private final FeatureNames outputNames;

    /** Words for a trace. */
    public TraceText(Trace trace) {
        this.trace = trace;
        this.network = trace.built().network();
        this.inputNames = trace.built().instance().inputNames();
        this.outputNames = trace.built().instance().outputNames();
    }

    /** The document: names where there are some, else indices. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("active", named(trace.input(), inputNames));
        document.put("in_domain", trace.isInDomain());
        document.put(
                "layers",
                trace.states().stream()
                        .map(rows -> rows.stream()
                                .map(row -> List.of(row.row(), row.value()))
                                .toList())
                        .toList());
        document.put(
                "reasons",
                trace.states().stream()
                        .map(rows -> rows.stream().map(this::reason).toList())
                        .toList());
        document.put(
                "truth",
                IntStream.range(0, trace.truth().size())
                        .mapToObj(g -> named(trace.truth().get(g), namesBehind(g)))
                        .toList());
        document.put("outputs", named(trace.on(), outputNames));
        document.put("expected", named(trace.expected(), outputNames));
        document.put(
                "margins",
                trace.outputs().stream().map(Trace.OutputRead::margin).toList());
        int nearest = trace.nearest();
        document.put("nearest_output", name(nearest));
        document.put("smallest_margin", trace.outputs().get(nearest).margin());
        document.put("right", trace.isRight());
        return document;
    }

    private FeatureNames namesBehind(int gates) {
        return gates == trace.truth().size() - 1 ? outputNames : FeatureNames.NONE;
    }

    private Map<String, Object> reason(Trace.ActiveRow row) {
        Map<String, Object> reason = new LinkedHashMap<>();
        reason.put("neuron", row.row());
        reason.put("why", row.reason().name().toLowerCase(Locale.ROOT));
        reason.put("features", row.features().stream().map(trace::name).toList());
        return reason;
    }

    private static List<Object> named(FeatureSet features, FeatureNames names) {
        return IntStream.of(features.toArray())
                .mapToObj(j -> names.isEmpty() ? (Object) j : names.name(j))
                .toList();
    }

    private Object name(int output) {
        return outputNames.isEmpty() ? (Object) output : outputNames.name(output);
    }

    /** The lines for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("input: " + (trace.input().isEmpty() ? "no feature is active" : listed(trace.input(), inputNames))
                + (trace.isInDomain()
                        ? ""
                        : " (outside the domain, " + trace.built().instance().domain() + ")"));
        for (int t = 0; t < trace.states().size(); t++) {
            lines.add("");
            addState(t, lines);
        }
        lines.add("");
        for (int g = 0; g < trace.truth().size() - 1; g++) {
            lines.add(
                    "truth behind map " + (g + 1) + ": " + listed(trace.truth().get(g), FeatureNames.NONE));
        }
        return lines;
    }

    private void addState(int t, List<String> lines) {
        List<Trace.ActiveRow> rows = trace.states().get(t);
        if (t == 0) {
            lines.add("y_0, the codes: " + rows.size() + " of "
                    + network.inputCodes().neurons() + " neurons are on");
            for (int j : trace.input().toArray()) {
                lines.add("  " + inputNames.name(j) + ": "
                        + numbers(network.inputCodes().code(j)));
            }
            return;
        }
        Layer layer = network.layers().get(t - 1);
        String sums = "W_" + t + " y_" + (t - 1) + " + b_" + t
                + (layer.skip().isPresent() ? " + y_" + layer.skip().getAsInt() : "");
        if (!layer.hasRelu()) {
            boolean isLogits = t == network.layers().size() && network.decoder().isReadout();
            lines.add(
                    "y_" + t + " = " + sums + ": " + layer.rows() + (isLogits ? " logits" : " entries, without ReLU, ")
                            + (isLogits ? "" : rows.size() + " of them not zero"));
            return;
        }
        List<String> counts = new ArrayList<>();
        addCount(t, Trace.Reason.WANTED, " wanted", counts);
        addCount(t, Trace.Reason.SPURIOUS, " spurious", counts);
        addCount(t, Trace.Reason.AT_REST, " at rest too", counts);
        lines.add("y_" + t + " = ReLU(" + sums + "): " + rows.size() + " of " + layer.rows() + " rows fire"
                + (counts.isEmpty() ? "" : ": " + String.join(", ", counts)));
        rows.stream()
                .limit(MOST_ROWS)
                .forEach(row -> lines.add("  row " + row.row() + " = " + decimal(row.value()) + ": " + why(row)));
        if (rows.size() > MOST_ROWS) {
            lines.add("  and " + (rows.size() - MOST_ROWS) + " more rows, all of them with --json");
        }
    }

    private void addCount(int t, Trace.Reason reason, String word, List<String> counts) {
        long count = trace.count(t, reason);
        if (count > 0) {
            counts.add(count + word);
        }
    }

    private String why(Trace.ActiveRow row) {
        String features = names(row.features());
        return switch (row.reason()) {
            case CODE -> "in the codes of " + features;
            case WANTED -> "wanted for " + features;
            case SPURIOUS ->
                row.features().isEmpty()
                        ? "spurious: no single input makes it fire or keeps it silent"
                        : row.features().size() == 1
                                ? "spurious: " + features + " makes it fire"
                                : "spurious: " + features.replaceFirst(", ([^,]*)$", " and $1")
                                        + " meet in it by chance";
            case AT_REST -> "fires with no input active, too";
            case LINEAR -> "a linear state";
        };
    }

    private String names(List<Trace.MapFeature> features) {
        String shown = features.stream().limit(MOST_NAMES).map(trace::name).collect(Collectors.joining(", "));
        return features.size() <= MOST_NAMES ? shown : shown + ", and " + (features.size() - MOST_NAMES) + " more";
    }

    /** The headings of the table of outputs. */
    public List<String> headings() {
        return List.of("output", value(), "threshold", "margin", "network", "truth", "");
    }

    private String value() {
        Decoder.Kind kind = network.decoder().kind();
        return kind == Decoder.Kind.READOUT ? "logit" : kind == Decoder.Kind.SUM ? "sum of rows" : "least row";
    }

    /** The outputs that are on or should be, and the one that is nearest to being wrong. */
    public List<List<String>> cells() {
        TreeSet<Integer> shown = new TreeSet<>();
        int nearest = trace.nearest();
        shown.add(nearest);
        IntStream.concat(
                        IntStream.of(trace.on().toArray()),
                        IntStream.of(trace.expected().toArray()))
                .boxed()
                .sorted((i, j) -> Double.compare(
                        trace.outputs().get(i).margin(), trace.outputs().get(j).margin()))
                .limit(MOST_ROWS)
                .forEach(shown::add);
        List<List<String>> cells = new ArrayList<>();
        for (int i : shown) {
            Trace.OutputRead read = trace.outputs().get(i);
            cells.add(List.of(
                    outputNames.isEmpty() ? Integer.toString(i) : i + " " + outputNames.name(i),
                    decimal(read.value()),
                    read.on() == read.off()
                            ? decimal(read.on())
                            : "on " + decimal(read.on()) + ", off " + decimal(read.off()),
                    decimal(read.margin()),
                    read.state() == OutputState.BETWEEN ? "neither" : read.state() == OutputState.ON ? "on" : "off",
                    read.expected() ? "on" : "off",
                    !read.isRight() ? "WRONG" : i == nearest ? "nearest" : ""));
        }
        return cells;
    }

    /** The last line: right or wrong, and how nearly. */
    public String summary() {
        long wrong = trace.outputs().stream().filter(read -> !read.isRight()).count();
        int nearest = trace.nearest();
        String margin =
                "smallest margin " + decimal(trace.outputs().get(nearest).margin()) + ", of output "
                        + (outputNames.isEmpty() ? "" : nearest + " ") + name(nearest);
        int on = trace.on().size();
        return wrong == 0
                ? "right on all " + trace.outputs().size() + " outputs, of which " + on + (on == 1 ? " is" : " are")
                        + " on; " + margin
                : "WRONG on " + wrong + " of " + trace.outputs().size() + " outputs; " + margin;
    }

    private static String listed(FeatureSet features, FeatureNames names) {
        if (features.isEmpty()) {
            return "none";
        }
        String shown = IntStream.of(features.toArray())
                .limit(MOST_ROWS)
                .mapToObj(j -> names.isEmpty() ? Integer.toString(j) : names.name(j) + " (" + j + ")")
                .collect(Collectors.joining(", "));
        return features.size() <= MOST_ROWS ? shown : shown + ", and " + (features.size() - MOST_ROWS) + " more";
    }

    private static String numbers(int[] neurons) {
        String shown = IntStream.of(neurons)
                .limit(MOST_ROWS)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
        return neurons.length <= MOST_ROWS ? shown : shown + " and " + (neurons.length - MOST_ROWS) + " more";
    }

    private static String decimal(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.5g", value);
    }
}
