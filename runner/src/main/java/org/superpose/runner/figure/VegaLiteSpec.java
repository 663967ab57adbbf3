package org.superpose.runner.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Band;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;

/**
 * A plot as a Vega-Lite document, for the page: legend that filters, tooltips, and in each point the row of the table.
 */
public final class VegaLiteSpec {
    /** The symbol in the legend of a series that is a line without points. */
    private static final String DASH = "stroke";

    private static final int PLOT_HEIGHT = 320;
    private static final int LEGEND_LINE_HEIGHT = 18;
    private static final int MOST_TICKS = 9;

    private final Plot plot;
    private final List<String> series;

    private VegaLiteSpec(Plot plot) {
        this.plot = plot;
        this.series = plot.series();
    }

    public static Map<String, Object> of(Plot plot) {
        return new VegaLiteSpec(plot.thinned()).document();
    }

    private Map<String, Object> document() {
        Map<String, Object> document = map(
                "$schema",
                "https://vega.github.io/schema/vega-lite/v6.json",
                "width",
                "container",
                "height",
                PLOT_HEIGHT + LEGEND_LINE_HEIGHT * series.size(),
                "background",
                null,
                "autosize",
                map("type", "fit", "contains", "padding"),
                "datasets",
                map("points", points(), "curves", curves()));
        List<Object> layers = new ArrayList<>();
        if (!plot.bands().isEmpty()) {
            layers.add(layer(
                    "curves", map("type", "area", "opacity", 0.15, "clip", true), "datum.k == 'band'", bandEncoding()));
        }
        if (!plot.lines().isEmpty()) {
            layers.add(layer(
                    "curves",
                    map("type", "line", "strokeWidth", 1.5, "clip", true),
                    "datum.k == 'line'",
                    lineEncoding()));
        }
        if (plot.points().stream().anyMatch(Point::hasInterval)) {
            layers.add(layer(
                    "points",
                    map("type", "rule", "strokeWidth", 1.5),
                    "isValid(datum.lo)",
                    encoding("y", channel("lo", plot.y(), false), "y2", map("field", "hi"))));
        }
        Map<String, Object> points = layer(
                "points", map("type", "point", "filled", true, "size", 55, "cursor", "pointer"), null, pointEncoding());
        points.put(
                "params",
                List.of(map("name", "pick", "select", map("type", "point", "fields", List.of("s")), "bind", "legend")));
        layers.add(points);
        document.put("layer", layers);
        return document;
    }

    private static Map<String, Object> layer(
            String data, Map<String, Object> mark, String filter, Map<String, Object> encoding) {
        Map<String, Object> layer = map("data", map("name", data), "mark", mark);
        if (filter != null) {
            layer.put("transform", List.of(map("filter", filter)));
        }
        layer.put("encoding", encoding);
        return layer;
    }

    private List<Object> points() {
        List<Object> rows = new ArrayList<>();
        for (Point point : plot.points()) {
            Map<String, Object> row = map("s", point.series(), "x", x(point.x()), "y", point.y(), "t", point.note());
            if (point.hasInterval()) {
                row.put("lo", point.low());
                row.put("hi", point.high());
            }
            if (point.row() >= 0) {
                row.put("r", point.row());
            }
            rows.add(row);
        }
        return rows;
    }

    private Object x(double value) {
        return plot.x().scale() == Scale.CATEGORIES ? plot.x().categories().get((int) value) : (Object) value;
    }

    private List<Object> curves() {
        List<Object> rows = new ArrayList<>();
        for (Line line : plot.lines()) {
            for (int s = 0; s < line.x().length; s++) {
                rows.add(map(
                        "k",
                        "line",
                        "s",
                        line.series(),
                        "x",
                        line.x()[s],
                        "y",
                        line.y()[s],
                        "d",
                        line.dashed() ? "bound" : "fit"));
            }
        }
        for (Band band : plot.bands()) {
            for (int s = 0; s < band.x().length; s++) {
                rows.add(map(
                        "k", "band", "s", band.series(), "x", band.x()[s], "lo", band.low()[s], "hi", band.high()[s]));
            }
        }
        return rows;
    }

    private Map<String, Object> pointEncoding() {
        return encoding(
                "y",
                channel("y", plot.y(), false),
                "shape",
                map(
                        "field",
                        "s",
                        "type",
                        "nominal",
                        "scale",
                        map("domain", series, "range", shapes()),
                        "legend",
                        legend()),
                "opacity",
                map("condition", map("param", "pick", "value", 0.9), "value", 0.08),
                "tooltip",
                List.of(
                        map("field", "s", "title", "series"),
                        map("field", "t", "title", "what"),
                        map("field", "x", "title", plot.x().title()),
                        map("field", "y", "title", plot.y().title())));
    }

    private Map<String, Object> lineEncoding() {
        return encoding(
                "y",
                channel("y", plot.y(), false),
                "strokeDash",
                map(
                        "field",
                        "d",
                        "type",
                        "nominal",
                        "scale",
                        map("domain", List.of("fit", "bound"), "range", List.of(List.of(1, 0), List.of(6, 4))),
                        "legend",
                        null),
                "opacity",
                map("condition", map("param", "pick", "value", 1), "value", 0.1));
    }

    private Map<String, Object> bandEncoding() {
        return encoding("y", channel("lo", plot.y(), false), "y2", map("field", "hi"));
    }

    /** The encoding that all layers share, colour and horizontal place, and more. */
    private Map<String, Object> encoding(Object... more) {
        Map<String, Object> encoding = map(
                "x",
                channel("x", plot.x(), true),
                "color",
                map(
                        "field",
                        "s",
                        "type",
                        "nominal",
                        "scale",
                        map("domain", series, "range", colours()),
                        "legend",
                        legend()));
        encoding.putAll(map(more));
        return encoding;
    }

    private static Map<String, Object> legend() {
        return map(
                "title", null, "orient", "bottom", "columns", 1, "symbolOpacity", 1, "symbolSize", 90, "rowPadding", 4);
    }

    private List<String> colours() {
        return IntStream.range(0, series.size()).mapToObj(Palette::colour).toList();
    }

    private List<String> shapes() {
        Set<String> withPoints = plot.points().stream().map(Point::series).collect(Collectors.toSet());
        List<String> shapes = new ArrayList<>();
        for (int s = 0; s < series.size(); s++) {
            shapes.add(withPoints.contains(series.get(s)) ? Palette.marker(s).id() : DASH);
        }
        return shapes;
    }

    private Map<String, Object> channel(String field, Axis axis, boolean horizontal) {
        if (axis.scale() == Scale.CATEGORIES) {
            return map(
                    "field",
                    field,
                    "type",
                    "nominal",
                    "title",
                    axis.title(),
                    "scale",
                    map("domain", axis.categories()),
                    "axis",
                    map("labelAngle", String.join("", axis.categories()).length() > 20 ? -30 : 0));
        }
        double[] shown = plot.shown(horizontal);
        Map<String, Object> scale = map("domain", List.of(shown[0], shown[1]), "nice", false);
        Map<String, Object> ticks = map("labelOverlap", true);
        if (axis.isLogarithmic()) {
            ticks.put("values", Ticks.of(axis, shown[0], shown[1], MOST_TICKS).values());
        }
        switch (axis.scale()) {
            case LOG2 -> {
                scale.putAll(map("type", "log", "base", 2));
                ticks.put("format", ",~r");
            }
            case LOG10 -> {
                scale.putAll(map("type", "log", "base", 10));
                ticks.put("format", shown[1] < 1e6 ? ",~r" : "~e");
            }
            case FRACTION -> ticks.put("format", ".0%");
            default -> scale.put("zero", false);
        }
        return map("field", field, "type", "quantitative", "title", axis.title(), "scale", scale, "axis", ticks);
    }

    /** A map of names and values in turn; values may be null. */
    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int s = 0; s < namesAndValues.length; s += 2) {
            map.put((String) namesAndValues[s], namesAndValues[s + 1]);
        }
        return map;
    }
}
