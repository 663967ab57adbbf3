package org.superpose.runner.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.superpose.runner.figure.Canvas.Pen;
import org.superpose.runner.figure.Plot.Band;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Mark;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.ShownAxis.Label;
import org.superpose.runner.figure.Text.Anchor;

/**
 * A plot on white ground, its lines named at their ends or, where they are many, in a legend below. The picture grows
 * with its labels, so that none is ever left out: names of categories are turned where they do not fit side by side,
 * and a name that is very long loses its middle, which an SVG file shows when one points at it.
 */
public final class PlotPicture implements Picture {
    private static final int LEAST_PLOT_WIDTH = 820;
    private static final int PLOT_HEIGHT = 460;
    private static final int MARGIN = 16;
    private static final int GAP = 10;
    private static final int RIGHT = 48;
    private static final int LINE = 24;
    private static final int SYMBOL = 34;
    private static final double RADIUS = 4.5;
    private static final int MOST_X_TICKS = 9;
    private static final int MOST_Y_TICKS = 8;
    private static final int BAND_ALPHA = 38;
    /** The opacity of the inside of points, so low that points hide none that lie below them. */
    private static final int MARKER_ALPHA = 130;

    private static final Color INK = new Color(40, 40, 40);
    private static final Color FRAME = new Color(150, 150, 150);
    private static final Color MARK = new Color(90, 90, 90);
    private static final Color GRID = new Color(228, 228, 228);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 19);

    private final Plot plot;
    private final Optional<String> heading;
    private final List<String> series;
    private final List<EndLabel> ends;
    private final ShownAxis axisX;
    private final ShownAxis axisY;
    private final List<Label> labelsX;
    private final List<Label> labelsY;
    private final Rectangle2D.Double frame;
    private final int legendTop;
    private final int columns;
    private final double columnWidth;

    private PlotPicture(Plot whole, Optional<String> heading) {
        this.plot = whole.thinned();
        this.heading = heading;
        this.series = plot.series();
        this.ends = plot.endLabels();
        int categories = plot.x().categories().size();
        this.axisX = ShownAxis.of(plot, true, Math.max(LEAST_PLOT_WIDTH, LINE * (1 + categories)));
        this.axisY = ShownAxis.of(plot, false, PLOT_HEIGHT);
        this.labelsX = axisX.below(MOST_X_TICKS, PlotPicture::text);
        this.labelsY = axisY.beside(MOST_Y_TICKS, PlotPicture::text);
        double left = LINE + widest(labelsY.stream().map(Label::text)) + GAP;
        double depth = 0;
        for (Label label : labelsX) {
            left = Math.max(left, label.reach() - label.place());
            depth = Math.max(depth, label.depth());
        }
        double top = MARGIN
                + (heading.isPresent() ? 2 * LINE : 0)
                + LINE * uprightMarks().size();
        this.frame = new Rectangle2D.Double(MARGIN + left, top, axisX.length(), axisY.length());
        this.legendTop = (int) Math.ceil(frame.getMaxY() + depth + 3 * LINE + GAP);
        double entry = SYMBOL + 4 * GAP + widest(series.stream().map(PlotPicture::text));
        this.columnWidth = Math.min(entry, width() - 2.0 * MARGIN);
        this.columns = !ends.isEmpty() ? 0 : (int) Math.min(series.size(), (width() - 2 * MARGIN) / columnWidth);
    }

    /** As papers have it: the title is the caption's. */
    public static PlotPicture of(Plot plot) {
        return new PlotPicture(plot, Optional.empty());
    }

    /** With the title of the plot above it, for a picture that stands alone. */
    public static PlotPicture withHeading(Plot plot) {
        return new PlotPicture(plot, Optional.of(plot.title()));
    }

    private static Text text(String of) {
        return Text.of(of, PLAIN, INK);
    }

    private static double widest(Stream<Text> texts) {
        return texts.mapToDouble(Text::width).max().orElse(0);
    }

    private double x(double value) {
        return frame.x + axisX.place(value);
    }

    private double y(double value) {
        return frame.getMaxY() - axisY.place(value);
    }

    @Override
    public int width() {
        double longest = widest(ends.stream().filter(end -> !end.isInside()).map(end -> text(end.series())));
        double names = longest == 0 ? 0 : 3 * GAP + longest + MARGIN;
        return (int) Math.ceil(frame.getMaxX() + Math.max(RIGHT, names));
    }

    @Override
    public int height() {
        return ends.isEmpty() ? legendTop + legendRows() * LINE + MARGIN : legendTop - LINE / 2;
    }

    @Override
    public void draw(Canvas canvas) {
        heading.ifPresent(title -> canvas.write(
                Text.of(title, BOLD, INK).within(width() - 2.0 * MARGIN).anchored(Anchor.MIDDLE),
                width() / 2.0,
                MARGIN + LINE));
        drawAxes(canvas);
        plot.marks().forEach(mark -> drawMark(canvas, mark));
        plot.bands().forEach(band -> canvas.fill(region(band), translucent(colour(band.series()), BAND_ALPHA)));
        plot.lines().forEach(line -> canvas.stroke(path(line), colour(line.series()), pen(line)));
        for (Point point : plot.points()) {
            if (point.hasInterval()) {
                canvas.stroke(
                        new Line2D.Double(x(point.x()), y(point.low()), x(point.x()), y(point.high())),
                        colour(point.series()),
                        Pen.solid(1.5));
            }
        }
        plot.points().forEach(point -> drawMarker(canvas, point.series(), x(point.x()), y(point.y())));
        ends.forEach(end -> drawEnd(canvas, end));
        if (ends.isEmpty()) {
            drawLegend(canvas);
        }
    }

    /** The name of a line at its end, in ink behind a marker of its colour: not every colour can be read. */
    private void drawEnd(Canvas canvas, EndLabel end) {
        double y = frame.getMaxY() - end.up() * frame.height;
        double x = frame.x + end.across() * frame.width + GAP / 2.0;
        if (end.isInside()) {
            canvas.stroke(
                    new Line2D.Double(
                            frame.x + end.endAcross() * frame.width,
                            frame.getMaxY() - end.endUp() * frame.height,
                            x + GAP,
                            frame.getMaxY() - end.tieUp() * frame.height),
                    colour(end.series()),
                    Pen.solid(0.8));
        }
        drawSymbol(canvas, end.series(), x, y, 2.0 * GAP);
        canvas.write(text(end.series()), x + 2.5 * GAP, y + LINE / 4.0);
    }

    private Color colour(String of) {
        return Color.decode(Palette.colour(series.indexOf(of)));
    }

    private static Color translucent(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }

    private static Pen pen(Line line) {
        return new Pen(2, line.dashed());
    }

    private void drawMarker(Canvas canvas, String of, double x, double y) {
        Shape shape = Palette.marker(series.indexOf(of)).at(x, y, RADIUS);
        canvas.fill(shape, translucent(colour(of), MARKER_ALPHA));
        canvas.stroke(shape, colour(of), Pen.solid(1.4));
    }

    private void drawAxes(Canvas canvas) {
        for (Label label : labelsX) {
            double x = frame.x + label.place();
            canvas.stroke(new Line2D.Double(x, frame.y, x, frame.getMaxY()), GRID, Pen.solid(1));
            double lower = label.depth() > 0 ? GAP + 4 : LINE;
            canvas.write(label.text(), label.isUpright() ? x + LINE / 4.0 : x, frame.getMaxY() + lower);
        }
        for (Label label : labelsY) {
            double y = frame.getMaxY() - label.place();
            canvas.stroke(new Line2D.Double(frame.x, y, frame.getMaxX(), y), GRID, Pen.solid(1));
            canvas.write(label.text(), frame.x - GAP, y + LINE / 4.0);
        }
        canvas.stroke(frame, FRAME, Pen.solid(1));
        canvas.write(
                text(plot.x().title()).within(width() - 2.0 * MARGIN).anchored(Anchor.MIDDLE),
                frame.getCenterX(),
                legendTop - LINE - GAP);
        canvas.write(
                text(plot.y().title())
                        .within(PLOT_HEIGHT)
                        .anchored(Anchor.MIDDLE)
                        .turned(-90),
                MARGIN + LINE / 2.0,
                frame.getCenterY());
    }

    private List<Mark> uprightMarks() {
        return plot.marks().stream().filter(Mark::upright).toList();
    }

    /**
     * A dashed line, its name above an upright one, each in a line of its own, or above the right end of a level one.
     */
    private void drawMark(Canvas canvas, Mark mark) {
        if (mark.upright()) {
            double x = x(mark.value());
            canvas.stroke(new Line2D.Double(x, frame.y, x, frame.getMaxY()), MARK, new Pen(1.5f, true));
            double half = text(mark.name()).width() / 2;
            double middle = Math.max(MARGIN + half, Math.min(width() - MARGIN - half, x));
            canvas.write(
                    text(mark.name()).anchored(Anchor.MIDDLE),
                    middle,
                    frame.y - GAP / 2.0 - LINE * uprightMarks().indexOf(mark));
        } else {
            double y = y(mark.value());
            canvas.stroke(new Line2D.Double(frame.x, y, frame.getMaxX(), y), MARK, new Pen(1.5f, true));
            canvas.write(text(mark.name()).anchored(Anchor.END), frame.getMaxX() - GAP, y - GAP / 2.0);
        }
    }

    private Path2D path(Line line) {
        return append(new Path2D.Double(), line.x(), line.y(), false);
    }

    private Path2D region(Band band) {
        Path2D path = append(new Path2D.Double(), band.x(), clamped(band.low()), false);
        append(path, band.x(), clamped(band.high()), true);
        path.closePath();
        return path;
    }

    private double[] clamped(double[] values) {
        return DoubleStream.of(values).map(axisY::clamped).toArray();
    }

    /** Appends a curve, from its last point to its first if backwards. */
    private Path2D append(Path2D path, double[] x, double[] y, boolean backwards) {
        for (int s = 0; s < x.length; s++) {
            int at = backwards ? x.length - 1 - s : s;
            if (path.getCurrentPoint() == null) {
                path.moveTo(x(x[at]), y(y[at]));
            } else {
                path.lineTo(x(x[at]), y(y[at]));
            }
        }
        return path;
    }

    private int legendRows() {
        return columns == 0 ? 0 : (series.size() + columns - 1) / columns;
    }

    /** A piece of the line of a series, with its marker if it has points. */
    private void drawSymbol(Canvas canvas, String name, double x, double y, double length) {
        plot.lines().stream()
                .filter(line -> line.series().equals(name))
                .findFirst()
                .ifPresent(line -> canvas.stroke(new Line2D.Double(x, y, x + length, y), colour(name), pen(line)));
        if (plot.points().stream().anyMatch(point -> point.series().equals(name))) {
            drawMarker(canvas, name, x + length / 2, y);
        }
    }

    /** In columns as wide as the longest name, in the order of the series down each. */
    private void drawLegend(Canvas canvas) {
        int rows = legendRows();
        for (int s = 0; s < series.size(); s++) {
            String name = series.get(s);
            double x = MARGIN + s / rows * columnWidth;
            double y = legendTop + s % rows * LINE + LINE / 2.0;
            drawSymbol(canvas, name, x, y, SYMBOL);
            canvas.write(text(name).within(columnWidth - SYMBOL - GAP), x + SYMBOL + GAP, y + LINE / 4.0);
        }
    }
}
