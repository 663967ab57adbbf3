package org.superpose.benchmarks;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The time to verify against m', both logarithmic, with the fitted power law; as PNG if the file is named so, else as
 * SVG.
 */
final class ScalingPlot {
    private ScalingPlot() {}

    static void write(List<Scaling.Row> rows, SimpleRegression fit, Path file) {
        XYChart chart = new XYChartBuilder()
                .width(720)
                .height(480)
                .title("Pairwise verification of all inputs, two-and regular, m = m'")
                .xAxisTitle("m'")
                .yAxisTitle("seconds, " + Scaling.THREADS + " threads")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setxAxisTickLabelsFormattingFunction(outputs -> String.format(Locale.ROOT, "%,.0f", outputs));
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        double[] outputs = rows.stream().mapToDouble(Scaling.Row::outputs).toArray();
        double[] seconds = rows.stream().mapToDouble(Scaling.Row::verifySeconds).toArray();
        double[] fitted = rows.stream()
                .mapToDouble(row -> Math.exp(fit.predict(Math.log(row.outputs()))))
                .toArray();
        chart.addSeries("measured", outputs, seconds).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.addSeries(String.format(Locale.ROOT, "fit: m'^%.2f", fit.getSlope()), outputs, fitted)
                .setMarker(SeriesMarkers.NONE);
        try {
            if (file.toString().endsWith(".png")) {
                BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, 144);
            } else {
                VectorGraphicsEncoder.saveVectorGraphic(
                        chart, file.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
