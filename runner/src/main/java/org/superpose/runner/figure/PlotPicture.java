package org.superpose.runner.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.figure.Canvas.Pen;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Band;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.figure.Text.Anchor;

/**
 * A plot on white ground, its legend below. The picture grows with its labels, so that none is ever left out: names of
 * categories are turned where they do not fit side by side, and a name that is very long loses its middle, which an SVG
 * file shows when one points at it.
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

    /** The length of the longest name of a category that is written in full. */
    private static final int LONGEST_NAME = 220;

    private static final int SLANT = -35;
    private static final int MOST_X_TICKS = 9;
    private static final int MOST_Y_TICKS = 8;
    private static final int BAND_ALPHA = 38;
    /** The opacity of the inside of points, so low that points hide none that lie below them. */
    private static final int MARKER_ALPHA = 130;

    private static final Color INK = new Color(40, 40, 40);
    private static final Color FRAME = new Color(150, 150, 150);
    private static final Color GRID = new Color(228, 228, 228);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 19);

    private final Plot plot;
    private final Optional<String> heading;
    private final List<String> series;
    private final double[] shownX;
    private final double[] shownY;
    private final Ticks ticksX;
    private final Ticks ticksY;
    private final List<Text> labelsX;
    private final List<Text> labelsY;
    private final Rectangle2D.Double frame;
    private final int legendTop;
    private final int columns;
    private final double columnWidth;

    private PlotPicture(Plot whole, Optional<String> heading) {
        this.plot = whole.thinned();
        this.heading = heading;
        this.series = plot.series();
        this.shownX = plot.shown(true);
        this.shownY = plot.shown(false);
        this.ticksY = Ticks.of(plot.y(), shownY[0], shownY[1], MOST_Y_TICKS);
        this.labelsY =
                texts(ticksY).stream().map(text -> text.anchored(Anchor.END)).toList();
        double plotWidth =
                Math.max(LEAST_PLOT_WIDTH, LINE * (1 + plot.x().categories().size()));
        this.ticksX = fittingTicks(plotWidth);
        this.labelsX = plot.x().scale() == Scale.CATEGORIES
                ? categories(plotWidth)
                : texts(ticksX).stream()
                        .map(text -> text.anchored(Anchor.MIDDLE))
                        .toList();
        double left = MARGIN + LINE + widest(labelsY) + GAP;
        double below = LINE;
        for (int t = 0; t < labelsX.size(); t++) {
            double turn = Math.toRadians(-labelsX.get(t).degrees());
            double reach = labelsX.get(t).width() * Math.cos(turn);
            if (turn > 0) {
                left = Math.max(
                        left,
                        MARGIN
                                + reach
                                - plotWidth
                                        * share(
                                                plot.x(),
                                                shownX,
                                                ticksX.values().get(t)));
            }
            below = Math.max(below, labelsX.get(t).width() * Math.sin(turn) + LINE);
        }
        this.frame =
                new Rectangle2D.Double(left, MARGIN + (heading.isPresent() ? 2 * LINE : 0), plotWidth, PLOT_HEIGHT);
        this.legendTop = (int) Math.ceil(frame.getMaxY() + below + 2 * LINE + GAP);
        double entry =
                SYMBOL + 4 * GAP + widest(series.stream().map(PlotPicture::text).toList());
        this.columns = (int) Math.max(1, Math.min(series.size(), (width() - 2 * MARGIN) / entry));
        this.columnWidth = Math.min(entry, width() - 2.0 * MARGIN);
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

    private static List<Text> texts(Ticks ticks) {
        return ticks.labels().stream().map(PlotPicture::text).toList();
    }

    private static double widest(List<Text> texts) {
        return texts.stream().mapToDouble(Text::width).max().orElse(0);
    }

    /** As many numbers as have room side by side. */
    private Ticks fittingTicks(double plotWidth) {
        for (int most = MOST_X_TICKS; ; most--) {
            Ticks ticks = Ticks.of(plot.x(), shownX[0], shownX[1], most);
            boolean fits = true;
            List<Text> texts = texts(ticks);
            for (int t = 1; t < texts.size(); t++) {
                double apart = plotWidth
                        * (share(plot.x(), shownX, ticks.values().get(t))
                                - share(plot.x(), shownX, ticks.values().get(t - 1)));
                fits &= apart > (texts.get(t).width() + texts.get(t - 1).width()) / 2 + GAP;
            }
            if (fits || most == 2) {
                return ticks;
            }
        }
    }

    /** Names side by side, on a slant, or upright, whichever has room. */
    private List<Text> categories(double plotWidth) {
        List<Text> names = texts(ticksX);
        double slot = plotWidth / (1 + names.size());
        if (widest(names) + GAP <= slot) {
            return names.stream().map(name -> name.anchored(Anchor.MIDDLE)).toList();
        }
        int turn = slot * Math.sin(Math.toRadians(-SLANT)) >= LINE ? SLANT : -90;
        return names.stream()
                .map(name -> name.within(LONGEST_NAME).anchored(Anchor.END).turned(turn))
                .toList();
    }

    /** Where on its axis a value lies, from 0 to 1. */
    private static double share(Axis axis, double[] shown, double value) {
        return axis.isLogarithmic()
                ? (Math.log(value) - Math.log(shown[0])) / (Math.log(shown[1]) - Math.log(shown[0]))
                : (value - shown[0]) / (shown[1] - shown[0]);
    }

    private double x(double value) {
        return frame.x + frame.width * share(plot.x(), shownX, value);
    }

    private double y(double value) {
        return frame.getMaxY() - frame.height * share(plot.y(), shownY, value);
    }

    @Override
    public int width() {
        return (int) Math.ceil(frame.getMaxX() + RIGHT);
    }

    @Override
    public int height() {
        int rows = (series.size() + columns - 1) / columns;
        return legendTop + rows * LINE + MARGIN;
    }

    @Override
    public void draw(Canvas canvas) {
        heading.ifPresent(title -> canvas.write(
                Text.of(title, BOLD, INK).within(width() - 2.0 * MARGIN).anchored(Anchor.MIDDLE),
                width() / 2.0,
                MARGIN + LINE));
        drawAxes(canvas);
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
        drawLegend(canvas);
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
        for (int t = 0; t < labelsX.size(); t++) {
            double x = x(ticksX.values().get(t));
            canvas.stroke(new Line2D.Double(x, frame.y, x, frame.getMaxY()), GRID, Pen.solid(1));
            Text label = labelsX.get(t);
            boolean upright = label.degrees() == -90;
            canvas.write(
                    label, upright ? x + LINE / 4.0 : x, frame.getMaxY() + (label.degrees() == 0 ? LINE : GAP + 4));
        }
        for (int t = 0; t < labelsY.size(); t++) {
            double y = y(ticksY.values().get(t));
            canvas.stroke(new Line2D.Double(frame.x, y, frame.getMaxX(), y), GRID, Pen.solid(1));
            canvas.write(labelsY.get(t), frame.x - GAP, y + LINE / 4.0);
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
        double[] inside = new double[values.length];
        for (int s = 0; s < values.length; s++) {
            inside[s] = Math.max(shownY[0], Math.min(shownY[1], values[s]));
        }
        return inside;
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

    /** In columns as wide as the longest name, in the order of the series down each. */
    private void drawLegend(Canvas canvas) {
        int rows = (series.size() + columns - 1) / columns;
        for (int s = 0; s < series.size(); s++) {
            String name = series.get(s);
            double x = MARGIN + s / rows * columnWidth;
            double y = legendTop + s % rows * LINE + LINE / 2.0;
            plot.lines().stream()
                    .filter(line -> line.series().equals(name))
                    .findFirst()
                    .ifPresent(line -> canvas.stroke(new Line2D.Double(x, y, x + SYMBOL, y), colour(name), pen(line)));
            if (plot.points().stream().anyMatch(point -> point.series().equals(name))) {
                drawMarker(canvas, name, x + SYMBOL / 2.0, y);
            }
            canvas.write(text(name).within(columnWidth - SYMBOL - GAP), x + SYMBOL + GAP, y + LINE / 4.0);
        }
    }
}
