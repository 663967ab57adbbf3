package org.superpose.runner.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Band;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;

/** Draws plots as SVG and PNG files for papers: white ground, no title (that is the paper's caption), legend below. */
public final class FigureFiles {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 540;
    private static final int DOTS_PER_INCH = 200;
    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.CROSS,
            SeriesMarkers.TRIANGLE_DOWN,
            SeriesMarkers.TRAPEZOID,
            SeriesMarkers.OVAL);

    private FigureFiles() {}

    /**
     * Draws one plot.
     *
     * @param folder where {@code ID.svg} and {@code ID.png} go
     * @return the two files
     */
    public static List<Path> write(Plot plot, Path folder) throws IOException {
        XYChart chart = chart(plot.thinned());
        Path svg = folder.resolve(plot.id() + ".svg");
        Path png = folder.resolve(plot.id() + ".png");
        try (OutputStream out = Files.newOutputStream(svg)) {
            ChartEncoder.saveChart(chart, out, "svg");
        }
        BitmapEncoder.saveBitmapWithDPI(chart, png.toString(), BitmapEncoder.BitmapFormat.PNG, DOTS_PER_INCH);
        return List.of(svg, png);
    }

    private static XYChart chart(Plot plot) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(plot.x().title())
                .yAxisTitle(plot.y().title())
                .build();
        style(chart, plot);
        List<String> names = plot.series();
        Map<String, List<Point>> points = new HashMap<>();
        plot.points()
                .forEach(point -> points.computeIfAbsent(point.series(), key -> new ArrayList<>())
                        .add(point));
        for (int s = 0; s < names.size(); s++) {
            Color colour = Color.decode(Palette.colour(s));
            List<Point> own = points.get(names.get(s));
            if (own != null) {
                addPoints(chart, names.get(s), own, colour, MARKERS.get(s % MARKERS.size()));
            }
            for (Line line : plot.lines()) {
                if (line.series().equals(names.get(s)) && line.x().length > 0) {
                    addLine(chart, line, own == null, colour);
                }
            }
            for (Band band : plot.bands()) {
                if (band.series().equals(names.get(s))) {
                    addCurve(chart, band.series() + " (low)", band.x(), band.low(), colour, SeriesLines.DOT_DOT);
                    addCurve(chart, band.series() + " (high)", band.x(), band.high(), colour, SeriesLines.DOT_DOT);
                }
            }
        }
        return chart;
    }

    private static void addPoints(XYChart chart, String name, List<Point> points, Color colour, Marker marker) {
        XYSeries series = chart.addSeries(
                name,
                points.stream().mapToDouble(Point::x).toArray(),
                points.stream().mapToDouble(Point::y).toArray());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(marker);
        series.setMarkerColor(colour);
        series.setLineColor(colour);
        // The library's own error bars are as long above as below, which intervals of rates are not: each is a line of
        // its own.
        int number = 0;
        for (Point point : points) {
            if (point.hasInterval()) {
                double[] x = {point.x(), point.x()};
                double[] ends = {point.low(), point.high()};
                addCurve(chart, name + " interval " + ++number, x, ends, colour, SeriesLines.SOLID);
            }
        }
    }

    private static void addCurve(XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineWidth(1f);
        series.setLineStyle(stroke);
        series.setShowInLegend(false);
    }

    private static void addLine(XYChart chart, Line line, boolean inLegend, Color colour) {
        XYSeries series = chart.addSeries(inLegend ? line.series() : line.series() + " (line)", line.x(), line.y());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineWidth(1.5f);
        series.setLineStyle(line.dashed() ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
        series.setShowInLegend(inLegend);
    }

    private static void style(XYChart chart, Plot plot) {
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Vertical)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(plain)
                .setChartTitleVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE);
        chart.getStyler()
                .setAxisTitleFont(plain)
                .setAxisTickLabelsFont(plain)
                .setPlotGridLinesColor(new Color(225, 225, 225))
                .setPlotGridLinesStroke(new BasicStroke(0.7f))
                .setMarkerSize(7);
        double[] x = plot.shown(true);
        double[] y = plot.shown(false);
        chart.getStyler().setXAxisMin(x[0]).setXAxisMax(x[1]);
        chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
        chart.getStyler().setXAxisLogarithmic(plot.x().isLogarithmic());
        chart.getStyler().setYAxisLogarithmic(plot.y().isLogarithmic());
        if (plot.x().scale() == Scale.CATEGORIES) {
            chart.getStyler().setXAxisLabelRotation(20);
            // One tick to a category: the library takes the next round step above what this many pixels come to.
            chart.getStyler()
                    .setXAxisTickMarkSpacingHint(
                            WIDTH * 3 / 4 / (plot.x().categories().size() + 1));
        }
        chart.getStyler().setXAxisLogarithmicDecadeOnly(false).setYAxisLogarithmicDecadeOnly(false);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(value -> label(plot.x(), plot.shown(true), value));
        chart.getStyler().setYAxisTickLabelsFormattingFunction(value -> label(plot.y(), plot.shown(false), value));
    }

    /** The library puts a tick at every digit of a decade; a label stands at those that can be told apart. */
    private static String label(Axis axis, double[] shown, double value) {
        if (axis.scale() == Scale.CATEGORIES) {
            int place = (int) Math.rint(value);
            if (Math.abs(value - place) < 1e-6
                    && place >= 0
                    && place < axis.categories().size()) {
                return axis.categories().get(place);
            }
            return value < 0 ? " " : "  "; // the library leaves all labels out when two are the same
        }
        if (axis.isLogarithmic() && !isLabelled(shown, value)) {
            return " ";
        }
        if (Math.abs(value) >= 1e6) {
            return String.format(Locale.ROOT, "1e%d", Math.round(Math.log10(value)));
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : BigDecimal.valueOf(value)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** Powers of ten if there are more than two of them; else also 2 and 5 of each. */
    private static boolean isLabelled(double[] shown, double value) {
        double decades = Math.log10(shown[1] / shown[0]);
        double mantissa = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        long digit = Math.round(mantissa);
        return digit == 1 || decades <= 2.5 && (digit == 2 || digit == 5);
    }
}
