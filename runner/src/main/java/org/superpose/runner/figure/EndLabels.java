package org.superpose.runner.figure;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Mark;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;

/**
 * Places the names of lines at their ends. Those that end at the right are named beside the plot, in the order of their
 * ends; those that end before it are named inside, at the nearest place where no line, point, mark or other name is.
 */
final class EndLabels {
    /** The height of a line of text, as a share of the height of the plot. */
    static final double TEXT_SHARE = 0.058;

    /** The width of a letter, and of the marker before a name, as shares of the width of the plot. */
    private static final double LETTER_SHARE = 0.0145;

    private static final double MARKER_SHARE = 0.028;

    /** More lines than this are told apart by a legend. */
    private static final int MOST = 6;

    /** Letters of the longest name that has room. */
    private static final int LONGEST = 32;

    /** The part of the width in which a line must end to be named beside the plot. */
    private static final double RIGHT_END = 0.85;

    /** How far a name beside the plot may lie from the end of its line, as a share of the height of the plot. */
    private static final double MOST_SHIFT = 0.1;

    /** How far a name inside the plot may lie above or below the end of its line. */
    private static final double FARTHEST = 0.6;

    private static final double STEP = TEXT_SHARE / 2;

    /** Steps to the right of the end, and to the left, that are tried for a name. */
    private static final double[] SIDES = {0.01, -0.03, 0.05, -0.08, 0.1, -0.15};

    /** Half the extent of a point. */
    private static final double POINT = 0.014;

    private final Plot plot;
    private final ShownAxis across;
    private final ShownAxis up;
    private final List<Line2D> lines = new ArrayList<>();
    private final List<Rectangle2D> taken = new ArrayList<>();

    private EndLabels(Plot plot) {
        this.plot = plot;
        this.across = ShownAxis.of(plot, true, 1);
        this.up = ShownAxis.of(plot, false, 1);
    }

    /** The names, those beside the plot first, lowest first; empty if a legend is needed. */
    static List<EndLabel> of(Plot plot) {
        List<String> names = plot.series();
        return names.isEmpty()
                        || names.size() > MOST
                        || plot.x().scale() == Scale.CATEGORIES
                        || plot.lines().isEmpty()
                        || names.stream().anyMatch(name -> name.length() > LONGEST)
                ? List.of()
                : new EndLabels(plot).placed(names);
    }

    private List<EndLabel> placed(List<String> names) {
        List<EndLabel> beside = new ArrayList<>();
        List<EndLabel> inside = new ArrayList<>();
        for (String name : names) {
            double[] end = end(name);
            double x = across.place(end[0]);
            double y = up.place(up.clamped(end[1]));
            (x < RIGHT_END ? inside : beside).add(new EndLabel(name, x < RIGHT_END ? x : 1, y, x, y));
        }
        Optional<List<EndLabel>> apart = apart(beside);
        if (apart.isEmpty()) {
            return List.of();
        }
        List<EndLabel> labels = new ArrayList<>(apart.get());
        if (!inside.isEmpty()) {
            collectObstacles();
        }
        inside.sort(Comparator.comparingDouble(EndLabel::endAcross));
        for (EndLabel label : inside) {
            Optional<EndLabel> free = free(label);
            if (free.isEmpty()) {
                return List.of();
            }
            labels.add(free.get());
        }
        return List.copyOf(labels);
    }

    /** The last point of the line of a series, or of its points where it has no line. */
    private double[] end(String name) {
        double[] end = {Double.NEGATIVE_INFINITY, 0};
        if (plot.lines().stream().noneMatch(line -> line.series().equals(name))) {
            for (Point point : plot.points()) {
                if (point.series().equals(name) && point.x() > end[0]) {
                    end = new double[] {point.x(), point.y()};
                }
            }
        }
        for (Line line : plot.lines()) {
            int last = line.x().length - 1;
            if (line.series().equals(name) && last >= 0 && line.x()[last] > end[0]) {
                end = new double[] {line.x()[last], line.y()[last]};
            }
        }
        return end;
    }

    /** Moves names beside the plot up and down so that none lies on another; empty if one had to move too far. */
    private static Optional<List<EndLabel>> apart(List<EndLabel> beside) {
        List<EndLabel> ends = new ArrayList<>(beside);
        ends.sort(Comparator.comparingDouble(EndLabel::endUp));
        double[] shares = ends.stream().mapToDouble(EndLabel::endUp).toArray();
        for (int s = 0; s < shares.length; s++) {
            shares[s] = Math.max(shares[s], s == 0 ? TEXT_SHARE / 2 : shares[s - 1] + TEXT_SHARE);
        }
        for (int s = shares.length - 1; s >= 0; s--) {
            shares[s] = Math.min(shares[s], s == shares.length - 1 ? 1 : shares[s + 1] - TEXT_SHARE);
        }
        List<EndLabel> labels = new ArrayList<>();
        for (int s = 0; s < shares.length; s++) {
            EndLabel end = ends.get(s);
            if (Math.abs(shares[s] - end.endUp()) > MOST_SHIFT) {
                return Optional.empty();
            }
            labels.add(new EndLabel(end.series(), 1, shares[s], end.endAcross(), end.endUp()));
        }
        return Optional.of(labels);
    }

    private void collectObstacles() {
        for (Line line : plot.lines()) {
            for (int s = 1; s < line.x().length; s++) {
                lines.add(new Line2D.Double(
                        across.place(line.x()[s - 1]),
                        up.place(up.clamped(line.y()[s - 1])),
                        across.place(line.x()[s]),
                        up.place(up.clamped(line.y()[s]))));
            }
        }
        for (Mark mark : plot.marks()) {
            double place = mark.upright() ? across.place(mark.value()) : up.place(mark.value());
            lines.add(mark.upright() ? new Line2D.Double(place, 0, place, 1) : new Line2D.Double(0, place, 1, place));
            if (!mark.upright()) { // its name stands above its right end
                double width = LETTER_SHARE * mark.name().length();
                taken.add(new Rectangle2D.Double(1 - width, place, width, TEXT_SHARE));
            }
        }
        for (Point point : plot.points()) {
            double x = across.place(point.x());
            double low = up.place(up.clamped(point.low()));
            double high = up.place(up.clamped(point.high()));
            taken.add(new Rectangle2D.Double(x - POINT, low - 2 * POINT, 2 * POINT, high - low + 4 * POINT));
        }
    }

    /** The nearest free place for a name, upwards before downwards. */
    private Optional<EndLabel> free(EndLabel label) {
        double width = MARKER_SHARE + LETTER_SHARE * label.series().length();
        for (double shift = 1.5 * STEP; shift < FARTHEST; shift += STEP) {
            for (double side : SIDES) {
                for (double direction : new double[] {shift, -shift}) {
                    double x = label.endAcross() + side;
                    double y = label.endUp() + direction;
                    Rectangle2D box = new Rectangle2D.Double(x, y - TEXT_SHARE / 2, width, TEXT_SHARE);
                    if (isFree(box)) {
                        taken.add(box);
                        return Optional.of(new EndLabel(label.series(), x, y, label.endAcross(), label.endUp()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean isFree(Rectangle2D box) {
        return box.getMinX() >= 0
                && box.getMaxX() <= 1
                && box.getMinY() >= 0
                && box.getMaxY() <= 1
                && lines.stream().noneMatch(box::intersectsLine)
                && taken.stream().noneMatch(box::intersects);
    }
}
