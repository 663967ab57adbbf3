package org.superpose.runner.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.workbench.BoundsCurve;

/**
 * The bounds of a problem against m' on two logarithmic axes: neurons to compute, to represent, and without
 * superposition. An SVG or a PNG file, by its ending.
 */
public final class BoundsPlot {
    private static final String WHOLE_NUMBERS = "#,##0";
    private static final int WIDTH = 960;
    private static final int HEIGHT = 640;

    private final String title;
    private final List<BoundsCurve.Point> points;

    /**
     * @param title what is plotted, for the heading
     * @param points at least two, ascending in m'
     */
    public BoundsPlot(String title, List<BoundsCurve.Point> points) {
        this.title = title;
        this.points = List.copyOf(points);
    }

    /**
     * Writes the file.
     *
     * @throws InvalidInputException if the name ends neither with .svg nor with .png, or it cannot be written
     */
    public void write(Path file) {
        String format = PictureFile.of("--plot", file).name().toLowerCase(Locale.ROOT);
        XYChart chart = chart();
        AtomicFile.write(file, out -> ChartEncoder.saveChart(chart, out, format));
    }

    XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("m', output features")
                .yAxisTitle("n, neurons")
                .build();
        Styler styler = chart.getStyler();
        styler.setLegendPosition(Styler.LegendPosition.InsideNW);
        styler.setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setXAxisDecimalPattern(WHOLE_NUMBERS);
        chart.getStyler().setYAxisDecimalPattern(WHOLE_NUMBERS);
        add(chart, "one neuron per output: no superposition", new Color(0x888888), BoundsCurve.Point::outputs);
        add(
                chart,
                "kappa = 1: sqrt(m' log m')",
                new Color(0xE69F00),
                point -> Math.sqrt(point.outputs() * Math.log(point.outputs()) / Math.log(2)));
        add(chart, "least width to compute", new Color(0x0072B2), BoundsCurve.Point::computing);
        add(chart, "least width to represent", new Color(0x009E73), BoundsCurve.Point::representing);
        return chart;
    }

    private void add(XYChart chart, String name, Color color, ToDoubleFunction<BoundsCurve.Point> value) {
        List<BoundsCurve.Point> positive = points.stream()
                .filter(point -> value.applyAsDouble(point) > 0) // a logarithmic axis has no zero
                .toList();
        if (positive.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(
                name,
                positive.stream().mapToDouble(BoundsCurve.Point::outputs).toArray(),
                positive.stream().mapToDouble(value).toArray());
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(2.5f));
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(color);
    }
}
