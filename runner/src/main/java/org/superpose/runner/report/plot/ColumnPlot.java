package org.superpose.runner.report.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Mark;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/**
 * Columns of the table against another column, for questions that need no analysis of the rows.
 *
 * @param kind which plot it is
 * @param title a few words
 * @param caption what it shows and how to read it
 * @param across the column of the horizontal axis
 * @param up the vertical axis
 * @param measures what is drawn
 * @param groups the fields whose values tell series apart
 * @param joined whether the points of a series are joined, through their mean where several share a place
 * @param marks values that mean something by themselves
 */
record ColumnPlot(
        ReportPlot kind,
        String title,
        String caption,
        Across across,
        Axis up,
        List<Measure> measures,
        List<String> groups,
        boolean joined,
        List<Mark> marks)
        implements PlotKind {

    private static final List<String> MAKER = List.of(Measurement.PROBLEM, Measurement.CONSTRUCTION);
    private static final List<String> CONSTRUCTION = List.of(Measurement.CONSTRUCTION);
    private static final Axis LIMIT_RATIO = Axis.of("n / limit", Scale.LOG10);
    private static final List<Mark> LIMIT = List.of(new Mark("the limit", false, 1));

    static final ColumnPlot SUPERPOSITION = new ColumnPlot(
            ReportPlot.SUPERPOSITION,
            "Outputs for each neuron",
            "m' / n of every verified network. Above the dashed line there are more outputs than neurons:"
                    + " superposition.",
            Across.of(Measurement.OUTPUTS, "m', outputs", Scale.LOG2),
            Axis.of("m' / n", Scale.LOG2),
            List.of(Measure.ofVerified(Measurement.SUPERPOSITION_RATIO)),
            MAKER,
            false,
            List.of(new Mark("a neuron for each output", false, 1)));

    static final ColumnPlot LIMIT_BY_FAN_IN = new ColumnPlot(
            ReportPlot.LIMIT_BY_FAN_IN,
            "Limit ratio against r",
            "n divided by the lower bound on n for the bits that the layers store, for every verified network: of two"
                    + " ways to compute the same map the lower one is cheaper.",
            Across.several(Measurement.FAN_IN, "r, inputs of each gate", Scale.COUNT),
            LIMIT_RATIO,
            List.of(Measure.ofVerified(Measurement.LIMIT_RATIO)),
            CONSTRUCTION,
            true,
            LIMIT);

    static final ColumnPlot LIMIT_BY_INFLUENCE = new ColumnPlot(
            ReportPlot.LIMIT_BY_INFLUENCE,
            "Limit ratio by influence profile",
            "n divided by the lower bound on n, for every verified network; a profile without a point was not computed.",
            Across.several("influence", "influence profile", Scale.CATEGORIES),
            LIMIT_RATIO,
            List.of(Measure.ofVerified(Measurement.LIMIT_RATIO)),
            CONSTRUCTION,
            false,
            LIMIT);

    static final ColumnPlot DEPENDENCE = new ColumnPlot(
            ReportPlot.DEPENDENCE,
            "Rows that two light inputs share",
            "How many rows the channels of two light inputs have in common, on average, if they share a heavy input and if"
                    + " not. Dashed are the predictions for channels drawn at random within the rows of their heavy"
                    + " inputs, and for channels that fill these rows evenly.",
            Across.of("heavy_inputs", "heavy inputs", Scale.LOG2),
            Axis.of("rows in common", Scale.FROM_ZERO),
            List.of(
                    Measure.of("one heavy input", "common_rows_sharing"),
                    Measure.of("different heavy inputs", "common_rows_apart"),
                    Measure.predicted("one, at random", "common_rows_sharing_predicted"),
                    Measure.predicted("one, evenly", "common_rows_sharing_balanced"),
                    Measure.predicted("different, at random", "common_rows_apart_predicted")),
            List.of(),
            true,
            List.of());

    static final ColumnPlot SAVED_BITS = new ColumnPlot(
            ReportPlot.SAVED_BITS,
            "Functions that need c bits less",
            "The share of the functions of a class whose weights take at least c bits less than log2 |F|. Dashed is the"
                    + " most that any way to choose weights allows (Theorem 3.1), below it the shortest code that there"
                    + " is, and the networks that were built.",
            Across.of("saved_bits", "c, bits saved", Scale.COUNT),
            Axis.of("share of the functions", Scale.FRACTION),
            List.of(
                    Measure.of("shortest code", "share_in_shortest_code"),
                    Measure.ofAll("built networks", "share_of_networks"),
                    Measure.predicted("bound", "share_bound")),
            List.of(Measurement.PROBLEM),
            true,
            List.of());

    static final ColumnPlot WEIGHT_BITS = new ColumnPlot(
            ReportPlot.WEIGHT_BITS,
            "Bits for each weight",
            "What a weight takes as it is stored, as the number of its value among the distinct ones, by the entropy of"
                    + " these values, and what the function needs: log2 |F| divided by the number of weights.",
            Across.of(MAKER, "map and construction"),
            Axis.of("bits for each weight", Scale.LOG10),
            List.of(
                    Measure.of("stored", "bits_per_weight"),
                    Measure.of("number of the value", "index_bits_per_weight"),
                    Measure.of("entropy", "entropy_bits_per_weight"),
                    new Measure("needed", true, false, ColumnPlot::neededBits)),
            List.of(),
            false,
            List.of());

    static final ColumnPlot CHANNELS = new ColumnPlot(
            ReportPlot.CHANNELS,
            "Channels found in the weights",
            "The share of the map's clauses whose channels were read out of the weights, as clauses crowd on the neurons.",
            Across.of("clauses_per_neuron", "clauses for each neuron", Scale.LINEAR),
            Axis.of("share of the channels that are found", Scale.FRACTION),
            List.of(Measure.of("", "channel_recall")),
            CONSTRUCTION,
            true,
            List.of());

    static final ColumnPlot DICTIONARIES = new ColumnPlot(
            ReportPlot.DICTIONARIES,
            "Features found against variance explained",
            "Each point is a dictionary trained on one state. Upwards is how well its directions match the true features"
                    + " (mean |cosine| of the best assignment), to the right how much of the variance it explains: a"
                    + " dictionary may explain nearly all of it without the features.",
            Across.of("explained_variance", "explained variance", Scale.FRACTION),
            Axis.of("match with the true features", Scale.FRACTION),
            List.of(Measure.of("", "mcc")),
            List.of("dictionary"),
            false,
            List.of());

    /**
     * A value of each row.
     *
     * @param name for its series, or ""
     * @param grouped whether the groups of the plot tell its series apart
     * @param predicted drawn as a dashed line
     */
    private record Measure(String name, boolean grouped, boolean predicted, Function<ReportRow, OptionalDouble> value) {
        static Measure of(String name, String field) {
            return new Measure(name, true, false, row -> row.number(field));
        }

        static Measure ofAll(String name, String field) {
            return new Measure(name, false, false, row -> row.number(field));
        }

        static Measure predicted(String name, String field) {
            return new Measure(name, false, true, row -> row.number(field));
        }

        static Measure ofVerified(String field) {
            return new Measure("", true, false, row -> row.isVerified() ? row.number(field) : OptionalDouble.empty());
        }
    }

    /**
     * The horizontal axis.
     *
     * @param fields one, or for categories several that are joined
     * @param places how many different places make a plot
     */
    private record Across(List<String> fields, String title, Scale scale, int places) {
        static Across of(String field, String title, Scale scale) {
            return new Across(List.of(field), title, scale, 1);
        }

        static Across several(String field, String title, Scale scale) {
            return new Across(List.of(field), title, scale, 2);
        }

        static Across of(List<String> fields, String title) {
            return new Across(fields, title, Scale.CATEGORIES, 1);
        }

        Axis axis(Set<String> categories) {
            return scale == Scale.CATEGORIES
                    ? Axis.ofCategories(title, List.copyOf(categories))
                    : Axis.of(title, scale);
        }
    }

    private static OptionalDouble neededBits(ReportRow row) {
        OptionalDouble stored = row.number("bits_per_weight");
        OptionalDouble efficiency = row.number(Measurement.BIT_EFFICIENCY);
        return stored.isPresent() && efficiency.isPresent()
                ? OptionalDouble.of(stored.getAsDouble() * efficiency.getAsDouble())
                : OptionalDouble.empty();
    }

    @Override
    public Optional<Plot> of(List<ReportRow> rows) {
        Set<String> categories = new LinkedHashSet<>();
        Set<Point> points = new LinkedHashSet<>();
        Map<String, TreeMap<Double, List<Double>>> curves = new LinkedHashMap<>();
        Map<String, TreeMap<Double, List<Double>>> predictions = new LinkedHashMap<>();
        Set<Double> places = new LinkedHashSet<>();
        for (Measure measure : measures) {
            for (ReportRow row : rows) {
                OptionalDouble y = measure.value().apply(row).stream()
                        .filter(value -> canShow(up.scale(), value))
                        .findFirst();
                OptionalDouble x = y.isPresent() ? place(row, categories) : OptionalDouble.empty();
                if (x.isEmpty()) {
                    continue;
                }
                Stream<String> group = measure.grouped() ? groups.stream().map(row::text) : Stream.empty();
                String series = Stream.concat(group, Stream.of(measure.name()))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
                if (!measure.predicted()) {
                    places.add(x.getAsDouble());
                    points.add(new Point(series, x.getAsDouble(), y.getAsDouble(), row.index(), note(row)));
                }
                (measure.predicted() ? predictions : curves)
                        .computeIfAbsent(series, unseen -> new TreeMap<>())
                        .computeIfAbsent(x.getAsDouble(), unseen -> new ArrayList<>())
                        .add(y.getAsDouble());
            }
        }
        if (places.size() < across.places()) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        if (joined) {
            curves.forEach((series, curve) -> lines.add(Line.through(series, false, means(curve))));
        }
        predictions.forEach((series, curve) -> lines.add(Line.through(series, true, means(curve))));
        return Optional.of(new Plot(
                kind.id(), title, caption, across.axis(categories), up, List.copyOf(points), lines, List.of(), marks));
    }

    private static boolean canShow(Scale scale, double value) {
        return switch (scale) {
            case LOG2, LOG10 -> value > 0;
            case FRACTION -> value >= 0 && value <= 1;
            default -> true;
        };
    }

    private OptionalDouble place(ReportRow row, Set<String> categories) {
        if (across.scale() != Scale.CATEGORIES) {
            return row.number(across.fields().get(0)).stream()
                    .filter(value -> canShow(across.scale(), value))
                    .findFirst();
        }
        String name = across.fields().stream().map(row::text).collect(Collectors.joining(", "));
        if (name.isEmpty()) {
            return OptionalDouble.empty();
        }
        categories.add(name);
        return OptionalDouble.of(List.copyOf(categories).indexOf(name));
    }

    private static String note(ReportRow row) {
        return "n = " + row.text(Measurement.WIDTH) + " at m' = " + row.text(Measurement.OUTPUTS);
    }

    private static TreeMap<Double, Double> means(TreeMap<Double, List<Double>> curve) {
        TreeMap<Double, Double> means = new TreeMap<>();
        curve.forEach((x, values) -> means.put(
                x, values.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }
}
