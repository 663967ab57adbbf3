package org.superpose.runner.figure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A plot, before it is drawn for the page or for a paper.
 *
 * @param id for file names and links: lower-case words joined by hyphens
 * @param title a few words
 * @param caption what it shows and how to read it
 * @param x horizontal axis
 * @param y vertical axis
 * @param points what was measured
 * @param lines fits and bounds
 * @param bands confidence regions
 * @param marks values of an axis that mean something by themselves
 */
public record Plot(
        String id,
        String title,
        String caption,
        Axis x,
        Axis y,
        List<Point> points,
        List<Line> lines,
        List<Band> bands,
        List<Mark> marks) {

    /** The number of points beyond which a page is slow and a figure black. */
    private static final int MOST_POINTS = 3000;

    /** A plot without marks. */
    public Plot(
            String id,
            String title,
            String caption,
            Axis x,
            Axis y,
            List<Point> points,
            List<Line> lines,
            List<Band> bands) {
        this(id, title, caption, x, y, points, lines, bands, List.of());
    }

    /** @throws IllegalArgumentException if an axis cannot show a value of a point or a line */
    public Plot {
        points = List.copyOf(points);
        lines = List.copyOf(lines);
        bands = List.copyOf(bands);
        marks = List.copyOf(marks);
        for (Mark mark : marks) {
            (mark.upright() ? x : y).requireShowable(mark.value());
        }
        for (Point point : points) {
            x.requireShowable(point.x());
            y.requireShowable(point.low(), point.y(), point.high());
        }
        for (Line line : lines) {
            x.requireShowable(line.x());
            y.requireShowable(line.y());
        }
    }

    /**
     * An axis.
     *
     * @param title with the symbol of the theory
     * @param scale how values are laid out
     * @param categories the names of the places 0, 1, 2, ... on a scale of categories, else empty
     */
    public record Axis(String title, Scale scale, List<String> categories) {
        public Axis {
            categories = List.copyOf(categories);
        }

        public static Axis of(String title, Scale scale) {
            return new Axis(title, scale, List.of());
        }

        public static Axis ofCategories(String title, List<String> categories) {
            return new Axis(title, Scale.CATEGORIES, categories);
        }

        boolean isLogarithmic() {
            return scale == Scale.LOG2 || scale == Scale.LOG10;
        }

        private void requireShowable(double... values) {
            for (double value : values) {
                if (!Double.isFinite(value) || isLogarithmic() && value <= 0) {
                    throw new IllegalArgumentException("the axis \"" + title + "\" cannot show " + value);
                }
            }
        }
    }

    /** How values are laid out on an axis. */
    public enum Scale {
        LINEAR,
        /** Linear with ticks at whole numbers. */
        COUNT,
        /** Linear from 0 on, so that heights compare. */
        FROM_ZERO,
        /** From 0 to 1. */
        FRACTION,
        /** Logarithmic with ticks at powers of two. */
        LOG2,
        /** Logarithmic with ticks at powers of ten. */
        LOG10,
        CATEGORIES
    }

    /**
     * Something measured.
     *
     * @param series what it belongs to, for colour and shape
     * @param x value, or number of the category
     * @param y value
     * @param low lower end of its interval, equal to y if it has none
     * @param high upper end of its interval
     * @param row index in the table of the report, or -1 if it sums up several rows
     * @param note what to say when it is pointed at
     */
    public record Point(String series, double x, double y, double low, double high, int row, String note) {
        public Point(String series, double x, double y, int row, String note) {
            this(series, x, y, y, y, row, note);
        }

        public boolean hasInterval() {
            return low < high;
        }
    }

    /**
     * A line through points in the order of x.
     *
     * @param dashed for bounds; fits are solid
     */
    public record Line(String series, boolean dashed, double[] x, double[] y) {
        /** A line through the points of a map from x to y. */
        public static Line through(String series, boolean dashed, SortedMap<Double, Double> points) {
            return new Line(series, dashed, array(points.keySet()), array(points.values()));
        }

        private static double[] array(Collection<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** The region between two curves. */
    public record Band(String series, double[] x, double[] low, double[] high) {}

    /**
     * A value of an axis that means something by itself: a dashed line across the plot, with a name at its end.
     *
     * @param upright true for a value of the horizontal axis
     */
    public record Mark(String name, boolean upright, double value) {}

    /** This plot with one more mark. */
    public Plot with(Mark mark) {
        List<Mark> more = new ArrayList<>(marks);
        more.add(mark);
        return new Plot(id, title, caption, x, y, points, lines, bands, more);
    }

    /**
     * The names of all series at the ends of their lines, where lines are few and their names lie on nothing; else
     * empty, and a legend is needed.
     */
    public List<EndLabel> endLabels() {
        return EndLabels.of(this);
    }

    /** The names of all series, in the order in which they first appear; colours follow it. */
    public List<String> series() {
        Set<String> names = new LinkedHashSet<>();
        points.forEach(point -> names.add(point.series()));
        lines.forEach(line -> names.add(line.series()));
        bands.forEach(band -> names.add(band.series()));
        return List.copyOf(names);
    }

    /** This plot with no more points than can be drawn, evenly chosen, as its caption then says. */
    public Plot thinned() {
        if (points.size() <= MOST_POINTS) {
            return this;
        }
        List<Point> some = new ArrayList<>();
        for (int s = 0; s < MOST_POINTS; s++) {
            some.add(points.get((int) ((long) s * points.size() / MOST_POINTS)));
        }
        return new Plot(
                id,
                title,
                caption + " Drawn are " + MOST_POINTS + " of " + points.size() + " points, evenly chosen.",
                x,
                y,
                some,
                lines,
                bands,
                marks);
    }

    /** The smallest and the largest value on an axis, intervals and curves included; {0, 1} if there is none. */
    double[] range(boolean horizontal) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Point point : points) {
            least = Math.min(least, horizontal ? point.x() : point.low());
            most = Math.max(most, horizontal ? point.x() : point.high());
        }
        for (Line line : lines) {
            for (double value : horizontal ? line.x() : line.y()) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        for (Mark mark : marks) {
            if (mark.upright() == horizontal) {
                least = Math.min(least, mark.value());
                most = Math.max(most, mark.value());
            }
        }
        return least <= most ? new double[] {least, most} : new double[] {0, 1};
    }

    /** The part of an axis that is shown: the range with a margin. */
    double[] shown(boolean horizontal) {
        Axis axis = horizontal ? x : y;
        double[] range = range(horizontal);
        return switch (axis.scale()) {
            case FRACTION -> new double[] {0, 1};
            case CATEGORIES -> new double[] {-1, axis.categories().size()};
            case LOG2, LOG10 -> {
                double margin = Math.exp(0.06 * (Math.log(range[1]) - Math.log(range[0]))) * 1.12;
                yield new double[] {
                    Math.max(Double.MIN_NORMAL, range[0] / margin), Math.min(Double.MAX_VALUE, range[1] * margin)
                };
            }
            case FROM_ZERO -> new double[] {0, range[1] > 0 ? 1.06 * range[1] : 1};
            case LINEAR, COUNT -> {
                double margin = 0.06 * (range[1] - range[0]) + (range[1] == range[0] ? Math.abs(range[0]) / 10 + 1 : 0);
                yield new double[] {
                    range[0] >= 0 ? Math.max(0, range[0] - margin) : range[0] - margin, range[1] + margin
                };
            }
        };
    }
}
