package org.superpose.runner.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.superpose.bounds.Metrics;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.MarginHistogram;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.runner.audit.AuditSubject;
import org.superpose.runner.inspect.GateFunctions;
import org.superpose.runner.report.Html;

/**
 * One HTML page that holds a whole network and runs it: choose inputs, see the rows that fire, wanted and spurious, ask
 * for a neuron, a feature or an output, switch a neuron off. It needs nothing else, no network access among it.
 */
public final class ExplorerPage {
    /** The weights that a browser can be asked to hold. */
    private static final long MOST_WEIGHT_BYTES = 1L << 28;

    private final String title;
    private final BuiltNetwork built;
    private final Optional<AuditReport> audit;

    /**
     * @param title what the network is called
     * @param audit what an audit of the network on its own domain found, of all inputs or of a part
     * @throws InvalidInputException if the weights are more than a browser can hold
     */
    public ExplorerPage(String title, BuiltNetwork built, Optional<AuditReport> audit) {
        if (PackedNetwork.weightBytes(built) > MOST_WEIGHT_BYTES) {
            throw new InvalidInputException("the weights of the network take "
                    + (PackedNetwork.weightBytes(built) >> 20) + " MiB: a page can hold at most "
                    + (MOST_WEIGHT_BYTES >> 20) + " MiB");
        }
        this.title = title;
        this.built = built;
        this.audit = audit;
    }

    /** Writes the page, whole or not at all. */
    public void write(Path target) {
        AtomicFile.write(target, out -> out.write(page().getBytes(StandardCharsets.UTF_8)));
    }

    /** The page. */
    public String page() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("title", Html.escape(title));
        parts.put("style", resource("explorer.css"));
        parts.put("version", Html.escape(ToolVersion.current()));
        parts.put("header", compressed(json(header()).getBytes(StandardCharsets.UTF_8)));
        parts.put("arrays", compressed(PackedNetwork.of(built)));
        parts.put("network", resource("network.js"));
        parts.put("script", resource("explorer.js"));
        String template = resource("explorer.html");
        StringBuilder page = new StringBuilder();
        int at = 0;
        for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", at)) {
            int close = template.indexOf("}}", open);
            page.append(template, at, open).append(parts.get(template.substring(open + 2, close)));
            at = close + 2;
        }
        return page.append(template.substring(at)).toString();
    }

    private Map<String, Object> header() {
        InputDomain domain = built.instance().domain();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("title", title);
        header.put("figures", figures());
        header.put("problem", built.instance().problem());
        header.put("construction", built.network().provenance().construction());
        header.put("inputs", built.network().inputs());
        header.put("outputs", built.network().outputs());
        header.put("neurons", built.network().inputCodes().neurons());
        header.put("domain", GateFunctions.domain(domain));
        header.put("minActive", domain.minActive());
        header.put("maxActive", domain.maxActive());
        header.put("grouped", domain.isGrouped());
        header.put("inputNames", built.instance().inputNames().names());
        header.put("outputNames", built.instance().outputNames().names());
        header.put(
                "gates",
                built.instance().layers().stream().map(ExplorerPage::gates).toList());
        header.put(
                "layers",
                built.network().layers().stream().map(ExplorerPage::layer).toList());
        header.put("decoder", built.network().decoder().kind().name());
        header.put("audit", audit.map(this::audit).orElse(null));
        return header;
    }

    /** Names and values to show beside the network. */
    private Map<String, String> figures() {
        Metrics metrics = Metrics.of(built);
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("n", number(built.network().width()));
        figures.put("m'/n", number(metrics.superpositionRatio()));
        figures.put("kappa", number(metrics.kappa()));
        metrics.limitRatio().ifPresent(ratio -> figures.put("n/limit", number(ratio)));
        figures.put("bits of weights", number(metrics.weightBits()));
        return figures;
    }

    private static Map<String, Object> gates(Gates gates) {
        return Map.of(
                "inputs",
                gates.inputs(),
                "outputs",
                gates.outputs(),
                "functions",
                gates.functions().stream().map(GateFunction::name).toList());
    }

    private static Map<String, Object> layer(Layer layer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", layer.rows());
        fields.put("columns", layer.columns());
        fields.put("relu", layer.hasRelu());
        fields.put("skip", layer.skip().isPresent() ? layer.skip().getAsInt() : -1);
        if (layer.weights() instanceof BitMatrix bits) {
            fields.put("kind", "bit");
            fields.put("clear", bits.clearValue());
            fields.put("set", bits.setValue());
        } else {
            fields.put("kind", layer.weights() instanceof DiagonalMatrix ? "diagonal" : "float");
        }
        return fields;
    }

    private Map<String, Object> audit(AuditReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", AuditSubject.verdict(report));
        fields.put("inputs", report.inputs().toString());
        fields.put("of", report.domain().size().toString());
        fields.put("complete", report.isComplete());
        fields.put("wrong", report.wrongInputs());
        fields.put("undecided", report.undecidedInputs());
        List<Map<String, Object>> bins = new ArrayList<>();
        for (int bin = 0; bin < MarginHistogram.BINS; bin++) {
            if (report.margins().count(bin) > 0) {
                bins.add(Map.of(
                        "from",
                        finite(MarginHistogram.lowest(bin)),
                        "to",
                        finite(MarginHistogram.highest(bin)),
                        "inputs",
                        report.margins().count(bin)));
            }
        }
        fields.put("margins", bins);
        fields.put(
                "worst",
                report.worst().stream()
                        .map(each -> Map.of(
                                "input", each.input().toArray(), "output", each.output(), "margin", each.margin()))
                        .toList());
        fields.put(
                "outputMargins",
                IntStream.range(0, report.outputs().size())
                        .mapToObj(i -> report.outputs().get(i).worstMargin())
                        .map(margin -> margin.isPresent() ? Math.rint(margin.getAsDouble() * 1e6) / 1e6 : null)
                        .toList());
        return fields;
    }

    private static double finite(double value) {
        return Math.max(-1e30, Math.min(1e30, value));
    }

    private static String json(Object document) {
        try {
            return new ObjectMapper().writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a network could not be described", impossible);
        }
    }

    private static String compressed(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (Smallest out = new Smallest(compressed)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(compressed.toByteArray());
    }

    private static final class Smallest extends GZIPOutputStream {
        Smallest(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    /** For example {@code 1,234.5}. */
    private static String number(double value) {
        return !Double.isFinite(value)
                ? "-"
                : value == Math.rint(value)
                        ? String.format(Locale.ROOT, "%,d", (long) value)
                        : String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String resource(String name) {
        try (InputStream in = ExplorerPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
