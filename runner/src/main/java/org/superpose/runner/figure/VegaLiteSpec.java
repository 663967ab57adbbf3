package org.superpose.runner.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Band;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Mark;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;

/**
 * A plot as a Vega-Lite document, for the page: legend that filters, tooltips, and in each point the row of the table.
 */
public final class VegaLiteSpec {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The symbol in the legend of a series that is a line without points. */
    private static final String DASH = "stroke";

    private static final int PLOT_HEIGHT = 320;
    private static final int LEGEND_LINE_HEIGHT = 18;
    private static final int MARK_LINE_HEIGHT = 16;
    /** The share of the width from which on a name would be cut if its middle were there. */
    private static final double NEAR_EDGE = 0.15;

    private static final int MOST_TICKS = 9;
    /** The length of all names of categories together from which on they are turned. */
    private static final int LONG_CATEGORIES = 20;

    /** The length of a name of a category that is written in full, in pixels. */
    private static final int LONGEST_CATEGORY = 240;

    private static final String DOCUMENT = """
            {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": "container", "height": %d,
             "background": null, "autosize": {"type": "fit", "contains": "padding"},
             "datasets": {"points": [], "curves": []}, "layer": []}""";
    private static final String BANDS = """
            {"data": {"name": "curves"}, "mark": {"type": "area", "opacity": 0.15, "clip": true},
             "transform": [{"filter": "datum.k == 'band'"}], "encoding": {%s, "y": %s, "y2": {"field": "hi"}}}""";
    private static final String LINES = """
            {"data": {"name": "curves"}, "mark": {"type": "line", "strokeWidth": 1.5, "clip": true},
             "transform": [{"filter": "datum.k == 'line'"}],
             "encoding": {%s, "y": %s,
              "strokeDash": {"field": "d", "type": "nominal",
                             "scale": {"domain": ["fit", "bound"], "range": [[1, 0], [6, 4]]}, "legend": null},
              "opacity": {"condition": {"param": "pick", "value": 1}, "value": 0.1}}}""";
    private static final String INTERVALS = """
            {"data": {"name": "points"}, "mark": {"type": "rule", "strokeWidth": 1.5},
             "transform": [{"filter": "isValid(datum.lo)"}], "encoding": {%s, "y": %s, "y2": {"field": "hi"}}}""";
    private static final String POINTS = """
            {"data": {"name": "points"}, "mark": {"type": "point", "filled": true, "size": 55, "cursor": "pointer"},
             "encoding": {%s, "y": %s, "shape": %s,
              "opacity": {"condition": {"param": "pick", "value": 0.9}, "value": 0.08},
              "tooltip": [{"field": "s", "title": "series"}, {"field": "t", "title": "what"},
                          {"field": "x", "title": %s}, {"field": "y", "title": %s}]},
             "params": [{"name": "pick", "select": {"type": "point", "fields": ["s"]}, "bind": "legend"}]}""";
    private static final String MARK = """
            {"data": {"values": [{"name": %s}]}, "encoding": {"%s": {"datum": %s, "type": "quantitative"}},
             "layer": [{"mark": {"type": "rule", "strokeDash": [5, 4], "color": "#888888", "strokeWidth": 1.5}},
                       {"mark": {"type": "text", "align": "%s", "baseline": "bottom", "dx": %d, "dy": %d,
                                 "%s": {"expr": "%s"}, "fontSize": 12, "fill": "currentColor"},
                        "encoding": {"text": {"field": "name"}}}]}""";
    /** How a series is shown, by colour or by shape. */
    private static final String SERIES = """
            {"field": "s", "type": "nominal", "scale": {"domain": %s, "range": %s},
             "legend": {"title": null, "orient": "bottom", "columns": 1, "symbolOpacity": 1, "symbolSize": 90,
                        "rowPadding": 4}}""";

    /** The name of a series at the end of its line, behind its marker. */
    private static final String END = """
            {"data": {"values": [{"name": %s}]},
             "layer": [{"mark": {"type": "point", "filled": %s, "size": 55, "shape": %s, "color": %s, "opacity": 1,
                                 "x": {"expr": "width * %s + 10"}, "y": {"expr": "height * %s"}}},
                       {"mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12,
                                 "fill": "currentColor", "x": {"expr": "width * %s + 18"},
                                 "y": {"expr": "height * %s"}},
                        "encoding": {"text": {"field": "name"}}}]}""";
    /** From the end of a line to its name inside the plot. */
    private static final String TIE = """
            {"data": {"values": [{}]},
             "mark": {"type": "rule", "color": %s, "strokeWidth": 0.8, "x": {"expr": "width * %s"},
                      "y": {"expr": "height * %s"}, "x2": {"expr": "width * %s + 10"}, "y2": {"expr": "height * %s"}},
             "encoding": {}}""";
    /** The room that plots need whose names lie inside. */
    private static final int ROOM_INSIDE = 120;
    /** An average letter of the page's font, in pixels. */
    private static final double LETTER_WIDTH = 6.8;

    private final Plot plot;
    private final List<String> series;

    private VegaLiteSpec(Plot plot) {
        this.plot = plot;
        this.series = plot.series();
    }

    /** The document of a plot, which is thinned if it has many points. */
    public static ObjectNode of(Plot plot) {
        return new VegaLiteSpec(plot.thinned()).document();
    }

    /**
     * What takes the place of the legend where the page is wide enough: layers that name the lines at their ends, and
     * the room in pixels that the names need; empty where a legend is needed.
     */
    public static Optional<ObjectNode> endLabels(Plot plot) {
        return new VegaLiteSpec(plot.thinned()).ends();
    }

    private Optional<ObjectNode> ends() {
        List<EndLabel> ends = plot.endLabels();
        if (ends.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode document = JSON.createObjectNode();
        int longest = ends.stream()
                .filter(end -> !end.isInside())
                .mapToInt(end -> end.series().length())
                .max()
                .orElse(0);
        int beside = longest == 0 ? 0 : 28 + (int) Math.ceil(LETTER_WIDTH * longest);
        document.put("room", beside + (ends.stream().anyMatch(EndLabel::isInside) ? ROOM_INSIDE : 0));
        document.put("height", PLOT_HEIGHT);
        ArrayNode layers = document.putArray("layers");
        for (EndLabel end : ends) {
            int number = series.indexOf(end.series());
            String across = share(end.across());
            String down = share(1 - end.up());
            String shape = shapes().get(number);
            String colour = text(Palette.colour(number));
            if (end.isInside()) {
                layers.add(parsed(TIE.formatted(
                        colour, share(end.endAcross()), share(1 - end.endUp()), across, share(1 - end.tieUp()))));
            }
            layers.add(parsed(END.formatted(
                    text(end.series()), !shape.equals(DASH), text(shape), colour, across, down, across, down)));
        }
        return Optional.of(document);
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private ObjectNode document() {
        ObjectNode document = parsed(DOCUMENT.formatted(PLOT_HEIGHT + LEGEND_LINE_HEIGHT * series.size()));
        addPoints(document.withArray("/datasets/points"));
        addCurves(document.withArray("/datasets/curves"));
        // The encoding that all layers share.
        String shared = "\"x\": " + channel("x", plot.x(), true) + ", \"color\": "
                + SERIES.formatted(text(series), text(colours()));
        String y = channel("y", plot.y(), false);
        String low = channel("lo", plot.y(), false);
        ArrayNode layers = document.withArray("/layer");
        if (!plot.bands().isEmpty()) {
            layers.add(parsed(BANDS.formatted(shared, low)));
        }
        if (!plot.lines().isEmpty()) {
            layers.add(parsed(LINES.formatted(shared, y)));
        }
        if (plot.points().stream().anyMatch(Point::hasInterval)) {
            layers.add(parsed(INTERVALS.formatted(shared, low)));
        }
        plot.marks().forEach(mark -> layers.add(mark(mark)));
        layers.add(parsed(POINTS.formatted(
                shared,
                y,
                SERIES.formatted(text(series), text(shapes())),
                text(plot.x().title()),
                text(plot.y().title()))));
        return document;
    }

    /** The name of an upright mark is above the plot, each in a line of its own. */
    private ObjectNode mark(Mark mark) {
        if (!mark.upright()) {
            return parsed(MARK.formatted(text(mark.name()), "y", mark.value(), "right", -4, -3, "x", "width"));
        }
        double place = ShownAxis.of(plot, true, 1).place(mark.value());
        String align = place < NEAR_EDGE ? "left" : place > 1 - NEAR_EDGE ? "right" : "center";
        int up = 4 + MARK_LINE_HEIGHT * uprightMarks().indexOf(mark);
        return parsed(MARK.formatted(text(mark.name()), "x", mark.value(), align, 0, 0, "y", "-" + up));
    }

    private List<Mark> uprightMarks() {
        return plot.marks().stream().filter(Mark::upright).toList();
    }

    private void addPoints(ArrayNode rows) {
        for (Point point : plot.points()) {
            ObjectNode row = rows.addObject().put("s", point.series());
            if (plot.x().scale() == Scale.CATEGORIES) {
                row.put("x", plot.x().categories().get((int) point.x()));
            } else {
                row.put("x", point.x());
            }
            row.put("y", point.y()).put("t", point.note());
            if (point.hasInterval()) {
                row.put("lo", point.low()).put("hi", point.high());
            }
            if (point.row() >= 0) {
                row.put("r", point.row());
            }
        }
    }

    private void addCurves(ArrayNode rows) {
        for (Line line : plot.lines()) {
            for (int s = 0; s < line.x().length; s++) {
                rows.addObject()
                        .put("k", "line")
                        .put("s", line.series())
                        .put("x", line.x()[s])
                        .put("y", line.y()[s])
                        .put("d", line.dashed() ? "bound" : "fit");
            }
        }
        for (Band band : plot.bands()) {
            for (int s = 0; s < band.x().length; s++) {
                rows.addObject()
                        .put("k", "band")
                        .put("s", band.series())
                        .put("x", band.x()[s])
                        .put("lo", band.low()[s])
                        .put("hi", band.high()[s]);
            }
        }
    }

    private List<String> colours() {
        return IntStream.range(0, series.size()).mapToObj(Palette::colour).toList();
    }

    private List<String> shapes() {
        Set<String> withPoints = plot.points().stream().map(Point::series).collect(Collectors.toSet());
        return IntStream.range(0, series.size())
                .mapToObj(s ->
                        withPoints.contains(series.get(s)) ? Palette.marker(s).id() : DASH)
                .toList();
    }

    private String channel(String field, Axis axis, boolean horizontal) {
        String head = "{\"field\": %s, \"type\": %s, \"title\": %s, \"scale\": %s, \"axis\": %s}";
        ObjectNode scale = JSON.createObjectNode();
        ObjectNode ticks = JSON.createObjectNode();
        if (axis.scale() == Scale.CATEGORIES) {
            scale.set("domain", JSON.valueToTree(axis.categories()));
            ticks.put("labelLimit", LONGEST_CATEGORY);
            ticks.put("labelAngle", String.join("", axis.categories()).length() > LONG_CATEGORIES ? -30 : 0);
            return head.formatted(text(field), text("nominal"), text(axis.title()), scale, ticks);
        }
        double[] shown = plot.shown(horizontal);
        scale.set("domain", JSON.valueToTree(shown));
        scale.put("nice", false);
        ticks.put("labelOverlap", true);
        Ticks marked = Ticks.of(axis, shown[0], shown[1], MOST_TICKS);
        ticks.set("values", JSON.valueToTree(marked.values()));
        // The labels of the figures for papers; a label knows its place as a share of the last one.
        ticks.put(
                "labelExpr",
                text(marked.labels()) + "[round(datum.index * "
                        + (marked.labels().size() - 1) + ")]");
        switch (axis.scale()) {
            case LOG2 -> scale.put("type", "log").put("base", 2);
            case LOG10 -> scale.put("type", "log").put("base", 10);
            default -> scale.put("zero", false);
        }
        return head.formatted(text(field), text("quantitative"), text(axis.title()), scale, ticks);
    }

    private static String text(Object value) {
        return JSON.valueToTree(value).toString();
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("templates filled in with JSON are JSON", impossible);
        }
    }
}
