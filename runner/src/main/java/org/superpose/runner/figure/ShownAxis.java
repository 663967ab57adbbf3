package org.superpose.runner.figure;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.figure.Text.Anchor;

/**
 * The part of an axis that a picture shows, laid out along a length.
 *
 * @param axis the whole axis
 * @param least the smallest value shown
 * @param greatest the largest value shown
 * @param length in units of the canvas
 */
record ShownAxis(Axis axis, double least, double greatest, double length) {
    /** The length of the longest name of a category that is written in full. */
    private static final int LONGEST_NAME = 220;

    private static final int SLANT = -35;
    private static final int UPRIGHT = -90;
    private static final int GAP = 10;
    /** The distance of two lines of text. */
    private static final int LINE = 24;

    /**
     * The text at a tick.
     *
     * @param place its distance from the beginning of the axis
     */
    record Label(double place, Text text) {
        /** How far a turned text of a horizontal axis reaches before its place. */
        double reach() {
            return text.anchor() == Anchor.END ? text.width() * Math.cos(Math.toRadians(text.degrees())) : 0;
        }

        /** How far it reaches below the axis. */
        double depth() {
            return text.width() * Math.sin(Math.toRadians(-text.degrees()));
        }

        boolean isUpright() {
            return text.degrees() == UPRIGHT;
        }
    }

    static ShownAxis of(Plot plot, boolean horizontal, double length) {
        double[] shown = plot.shown(horizontal);
        return new ShownAxis(horizontal ? plot.x() : plot.y(), shown[0], shown[1], length);
    }

    /** The distance of a value from the beginning of the axis. */
    double place(double value) {
        double share = axis.isLogarithmic()
                ? (Math.log(value) - Math.log(least)) / (Math.log(greatest) - Math.log(least))
                : (value - least) / (greatest - least);
        return length * share;
    }

    /** The nearest value that is shown. */
    double clamped(double value) {
        return Math.max(least, Math.min(greatest, value));
    }

    /** The labels of a vertical axis, all that end at it. */
    List<Label> beside(int most, Function<String, Text> style) {
        return labels(most, style.andThen(text -> text.anchored(Anchor.END)));
    }

    /** The labels of a horizontal axis: as many numbers as have room side by side, but all categories. */
    List<Label> below(int most, Function<String, Text> style) {
        List<Label> labels = labels(most, style.andThen(text -> text.anchored(Anchor.MIDDLE)));
        if (axis.scale() == Scale.CATEGORIES) {
            return fits(labels) ? labels : labels(most, style.andThen(this::turned));
        }
        for (int fewer = most - 1; fewer >= 2 && !fits(labels); fewer--) {
            labels = labels(fewer, style.andThen(text -> text.anchored(Anchor.MIDDLE)));
        }
        return labels;
    }

    private List<Label> labels(int most, Function<String, Text> style) {
        Ticks ticks = Ticks.of(axis, least, greatest, most);
        List<String> texts = ticks.labels();
        return IntStream.range(0, texts.size())
                .mapToObj(t -> new Label(place(ticks.values().get(t)), style.apply(texts.get(t))))
                .toList();
    }

    private static boolean fits(List<Label> labels) {
        return IntStream.range(1, labels.size()).allMatch(t -> {
            Label before = labels.get(t - 1);
            Label label = labels.get(t);
            double half = (before.text().width() + label.text().width()) / 2;
            return label.place() - before.place() > half + GAP;
        });
    }

    /** A name on a slant, or upright where the next one is too near for that. */
    private Text turned(Text name) {
        boolean slants = (place(1) - place(0)) * Math.sin(Math.toRadians(-SLANT)) >= LINE;
        return name.within(LONGEST_NAME).anchored(Anchor.END).turned(slants ? SLANT : UPRIGHT);
    }
}
