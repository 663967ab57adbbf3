package org.superpose.runner.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.problem.Gates;
import org.superpose.runner.experiment.statistics.RowResponses;

/**
 * What the captions of the paper's Figures 2 to 4 describe, of a real network: the matrix C of its first layer, that is
 * which hidden rows listen to which inputs, read off the weights themselves; the rows that the inputs of one output
 * have in common, its channel; and the rows in which inputs of different outputs meet by chance.
 *
 * <p>Of more than 4096 inputs only some are looked at: those that the chosen output reads, then the most influential.
 */
@Reference(
        value = {"Figure 2: column specifications", "Figure 3: channel", "Figure 4: spurious ones"},
        standing = Standing.RECONSTRUCTED)
public final class Channels {
    /** Inputs that are looked at. */
    private static final int MOST_FEATURES = 4096;

    /** The activation from which on a row fires: half of the full signal, as in the statistic of spurious rows. */
    private static final float FIRES = 0.5f;

    /** Columns of a meeting beside those of its active inputs. */
    private static final int NEIGHBOURS = 8;

    private final BuiltNetwork built;
    private final Gates gates;
    private final Evaluator evaluator;
    private final int output;
    private final int[] features;
    private final int[] placeOf;
    private final RowResponses responses;

    /**
     * Reads the first layer.
     *
     * @param evaluator runs the same network
     * @param output the output of the first layer of gates whose channel is of interest, 0..m'-1
     */
    public Channels(BuiltNetwork built, Evaluator evaluator, int output) {
        this.built = built;
        this.gates = built.instance().layers().get(0);
        this.evaluator = evaluator;
        this.output = output;
        this.features = chosenFeatures();
        this.placeOf = new int[gates.inputs()];
        Arrays.fill(placeOf, -1);
        for (int place = 0; place < features.length; place++) {
            placeOf[features[place]] = place;
        }
        this.responses = RowResponses.of(codes(), layer());
    }

    /** What a hidden row does while some inputs are active. */
    public enum Part {
        /** It fires, and all of the active inputs belong together. */
        CHANNEL,
        /** It fires, and no output wants it to. */
        SPURIOUS,
        /** It listens to some of the active inputs and stays off. */
        QUIET
    }

    /**
     * One hidden row.
     *
     * @param row its number
     * @param part what it does
     * @param listens for each column of the meeting whether the row listens to it
     */
    public record Row(int row, Part part, List<Boolean> listens) {}

    /**
     * What happens in the first layer while some inputs are active.
     *
     * @param active the active inputs
     * @param columns the active inputs, and then others that have rows in common with them
     * @param rows every row that fires or listens to an active input: those that fire first
     */
    public record Meeting(List<Integer> active, List<Integer> columns, List<Row> rows) {
        /** How many rows do this. */
        public long count(Part part) {
            return rows.stream().filter(row -> row.part() == part).count();
        }
    }

    private Layer layer() {
        return built.network().layers().get(0);
    }

    /** Heavy ones first, as the partition is drawn. */
    private int[] chosenFeatures() {
        List<Integer> own = IntStream.of(gates.reads(output)).boxed().toList();
        return IntStream.range(0, gates.inputs())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(j -> own.contains(j) ? 0 : 1)
                        .thenComparingInt(j -> -gates.influence(j)))
                .limit(MOST_FEATURES)
                .sorted(Comparator.<Integer>comparingInt(j -> -gates.influence(j))
                        .thenComparingInt(j -> j))
                .mapToInt(j -> j)
                .toArray();
    }

    private Codes codes() {
        Codes all = built.network().inputCodes();
        return Codes.of(
                all.neurons(), IntStream.of(features).mapToObj(all::code).toList());
    }

    /** The output whose channel is of interest. */
    public int output() {
        return output;
    }

    /** The inputs that are looked at, the most influential first. */
    public int[] features() {
        return features.clone();
    }

    /** The number of hidden rows. */
    public int rows() {
        return responses.rows();
    }

    /** Whether a row listens to an input that is looked at. */
    public boolean listens(int row, int feature) {
        return Arrays.binarySearch(responses.rowsOf(placeOf[feature]), row) >= 0;
    }

    /** Just enough of the inputs that the output reads to turn it on: all of them for a conjunction. */
    public Meeting channel() {
        return meeting(enough());
    }

    private List<Integer> enough() {
        int needed = 1;
        while (needed < gates.fanIn(output) && !gates.isOn(output, needed)) {
            needed++;
        }
        return IntStream.of(gates.reads(output)).limit(needed).boxed().toList();
    }

    /**
     * An input on which no output is on, though inputs meet: that of {@link #channel} with another one in the place of
     * the last, the one that has the most rows in common with the rest. Empty if no two inputs of different outputs
     * meet anywhere.
     */
    public Optional<Meeting> coincidence() {
        int[] reads = gates.reads(output);
        List<Integer> together = enough();
        if (together.size() < 2) {
            return Optional.empty(); // one input is enough for an output: there is nothing to meet for
        }
        List<Integer> kept = together.subList(0, together.size() - 1);
        int[] common = common(kept);
        Optional<List<Integer>> worst = Optional.empty();
        int most = 0;
        for (int feature : features) {
            if (Arrays.stream(reads).anyMatch(own -> own == feature)) {
                continue;
            }
            int shared = intersection(common, responses.rowsOf(placeOf[feature])).length;
            List<Integer> active = new ArrayList<>(kept);
            active.add(feature);
            if (shared > most && isQuiet(active)) {
                most = shared;
                worst = Optional.of(active);
            }
        }
        return worst.map(this::meeting);
    }

    private boolean isQuiet(List<Integer> active) {
        FeatureSet input = input(active);
        return built.instance().domain().contains(input)
                && gates.evaluate(input).isEmpty();
    }

    private static FeatureSet input(List<Integer> active) {
        return FeatureSet.of(active.stream().mapToInt(j -> j).toArray());
    }

    private int[] common(List<Integer> inputs) {
        int[] common = responses.rowsOf(placeOf[inputs.get(0)]);
        for (int input : inputs.subList(1, inputs.size())) {
            common = intersection(common, responses.rowsOf(placeOf[input]));
        }
        return common;
    }

    private static int[] intersection(int[] one, int[] other) {
        return Arrays.stream(one)
                .filter(row -> Arrays.binarySearch(other, row) >= 0)
                .toArray();
    }

    private Meeting meeting(List<Integer> active) {
        float[] hidden = evaluator.activations(input(active))[1];
        boolean wanted = !gates.evaluate(input(active)).isEmpty();
        List<Integer> columns = new ArrayList<>(active);
        columns.addAll(neighbours(active));
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < rows(); row++) {
            int here = row;
            List<Boolean> listens =
                    columns.stream().map(column -> listens(here, column)).toList();
            List<Boolean> own = listens.subList(0, active.size());
            boolean fires = hidden[row] >= FIRES;
            if (fires || own.contains(true)) {
                boolean together = wanted && !own.contains(false);
                rows.add(new Row(row, fires ? together ? Part.CHANNEL : Part.SPURIOUS : Part.QUIET, listens));
            }
        }
        rows.sort(Comparator.comparing(Row::part)
                .thenComparing(Comparator.comparingLong((Row row) -> pattern(row, active.size()))
                        .reversed())
                .thenComparingInt(Row::row));
        return new Meeting(List.copyOf(active), columns, rows);
    }

    /** Which of the active inputs a row listens to, the first weighing most. */
    private static long pattern(Row row, int active) {
        long pattern = 0;
        for (boolean listens : row.listens().subList(0, active)) {
            pattern = 2 * pattern + (listens ? 1 : 0);
        }
        return pattern;
    }

    /** Other inputs, those that share the most rows with the active ones. */
    private List<Integer> neighbours(List<Integer> active) {
        boolean[] touched = new boolean[rows()];
        for (int input : active) {
            for (int row : responses.rowsOf(placeOf[input])) {
                touched[row] = true;
            }
        }
        int[] shared = new int[features.length];
        for (int place = 0; place < features.length; place++) {
            for (int row : responses.rowsOf(place)) {
                shared[place] += touched[row] ? 1 : 0;
            }
        }
        return IntStream.range(0, features.length)
                .filter(place -> !active.contains(features[place]) && shared[place] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer place) -> -shared[place]))
                .limit(NEIGHBOURS)
                .map(place -> features[place])
                .toList();
    }

    /**
     * The sub-problem that each row works for: the one of most of the outputs all of whose inputs it listens to. Rows
     * that work for none are missing.
     */
    public Map<Integer, SubProblem> subProblems() {
        int[][] served = new int[SubProblem.values().length][rows()];
        for (int i = 0; i < gates.outputs(); i++) {
            List<Integer> reads = IntStream.of(gates.reads(i)).boxed().toList();
            if (reads.stream().allMatch(input -> placeOf[input] >= 0)) {
                int[] counts = served[SubProblem.of(gates, i).ordinal()];
                for (int row : common(reads)) {
                    counts[row]++;
                }
            }
        }
        Map<Integer, SubProblem> found = new TreeMap<>();
        for (int row = 0; row < rows(); row++) {
            int most = 0;
            for (SubProblem sub : SubProblem.values()) {
                if (served[sub.ordinal()][row] > most) {
                    most = served[sub.ordinal()][row];
                    found.put(row, sub);
                }
            }
        }
        return found;
    }

    /** How many of the inputs that are looked at are heavy; they come first. */
    public int heavyFeatures() {
        return (int) IntStream.of(features)
                .filter(feature -> SubProblem.isHeavy(gates, feature))
                .count();
    }
}
