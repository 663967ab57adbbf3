package org.superpose.constructions.linear;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.constructions.linear.InfluenceClasses.PairClass;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * The general algorithm: the pairs by class, each class on hidden rows of its own, side by side, as in the caption of
 * the partition figure.
 *
 * <p>Every class first gets the rows without which it cannot be laid out; the rest is shared in proportion to the noise
 * that a class causes on one row, so that all classes end with about the same noise: 2 inputs per pair for output
 * channels, 1 for channels at a hub, and m_heavy / q for input channels.
 */
@Reference(value = "General two-and", standing = Standing.ATTESTED)
@Reference(value = "Figure 5: partition", standing = Standing.RECONSTRUCTED)
final class TwoAndPlan {
    /**
     * The fewest rows of input channels times q (1 - q), whatever s is. At q = 1/4 two row sets then have 24 rows in
     * common on average: pairs that share an input share about q of their rows, and in smaller intersections it is too
     * often much more.
     */
    private static final double LEAST_HEAVY = 72;

    private final Gates gates;
    private final LinearChoices choices;
    private final InfluenceClasses classes;
    private final int[][] outputs = new int[PairClass.values().length][];
    private final int[] hubs;

    TwoAndPlan(Gates gates, LinearChoices choices) {
        this.gates = gates;
        this.choices = choices;
        this.classes = new InfluenceClasses(gates);
        this.hubs = classes.hubs();
        for (PairClass pairClass : PairClass.values()) {
            outputs[pairClass.ordinal()] = classes.outputs(pairClass);
        }
    }

    /** @throws InvalidInputException if the width is too small for the classes */
    HiddenPlan draw(Seed seed) {
        HiddenPlan.Draft draft = new HiddenPlan.Draft(choices.width(), gates.outputs());
        RowRange[] ranges = ranges();
        for (PairClass pairClass : PairClass.values()) {
            if (outputs[pairClass.ordinal()].length > 0) {
                draw(draft, pairClass, ranges[pairClass.ordinal()], seed.child(pairClass.name()));
            }
        }
        return draft.finish();
    }

    /** The hidden rows of the pairs of two light inputs, which come first. */
    int lightRows() {
        return ranges()[PairClass.LIGHT.ordinal()].end();
    }

    private void draw(HiddenPlan.Draft draft, PairClass pairClass, RowRange range, Seed seed) {
        int[] own = outputs[pairClass.ordinal()];
        int weight = choices.channelWeight();
        switch (pairClass) {
            case LIGHT -> OutputChannels.draw(draft, gates, own, range, weight, seed);
            case MIXED -> {
                if (HubChannels.fitDisjoint(own, hubs, range, weight)) {
                    HubChannels.drawDisjoint(draft, gates, own, hubs, range, weight, seed);
                } else {
                    HubChannels.drawOverlapping(draft, gates, own, hubs, range, classes.mixedDensity(), weight, seed);
                }
            }
            case HEAVY -> InputChannels.draw(draft, gates, own, range, classes.density(), weight, seed);
            case HUB -> HubChannels.drawDisjoint(draft, gates, own, hubs, range, weight, seed);
            case DEDICATED -> drawDedicated(draft, own, range);
        }
    }

    private void drawDedicated(HiddenPlan.Draft draft, int[] own, RowRange range) {
        for (int t = 0; t < own.length; t++) {
            int[] row = {range.start() + t};
            draft.route(row, gates.reads(own[t]));
            draft.channel(own[t], row, draft.zone(row));
        }
    }

    private RowRange[] ranges() {
        PairClass[] all = PairClass.values();
        int[] least = new int[all.length];
        double[] share = new double[all.length];
        for (PairClass pairClass : all) {
            if (outputs[pairClass.ordinal()].length > 0) {
                least[pairClass.ordinal()] = leastRows(pairClass);
                share[pairClass.ordinal()] = noiseShare(pairClass);
            }
        }
        int needed = Arrays.stream(least).sum();
        if (needed > choices.width()) {
            throw new WidthTooSmallException("width " + choices.width() + " is too small for channel-weight "
                    + choices.channelWeight() + ": the classes of inputs by influence need at least " + needed
                    + " hidden rows side by side");
        }
        double shares = Arrays.stream(share).sum();
        RowRange[] ranges = new RowRange[all.length];
        int spare = choices.width() - needed;
        int leastBefore = 0;
        double shareBefore = 0;
        for (int c = 0; c < all.length; c++) {
            int start = leastBefore + (shares == 0 ? 0 : (int) (spare * shareBefore / shares));
            leastBefore += least[c];
            shareBefore += share[c];
            int end = leastBefore + (shares == 0 ? 0 : (int) (spare * shareBefore / shares));
            ranges[c] = new RowRange(start, end);
        }
        return ranges;
    }

    private int leastRows(PairClass pairClass) {
        int weight = choices.channelWeight();
        double density = classes.density();
        return switch (pairClass) {
            case LIGHT -> weight;
            case MIXED -> 2 * HubChannels.LEAST_CHOICE * weight;
            case HEAVY -> (int) Math.ceil(LEAST_HEAVY / (density * (1 - density)));
            case HUB ->
                weight * (int) count(IntStream.of(outputs[pairClass.ordinal()]).map(output -> hubs[output]));
            case DEDICATED -> outputs[pairClass.ordinal()].length;
        };
    }

    private double noiseShare(PairClass pairClass) {
        int pairs = outputs[pairClass.ordinal()].length;
        return switch (pairClass) {
            case LIGHT -> 2.0 * pairs;
            case MIXED, HUB -> pairs;
            case HEAVY ->
                count(IntStream.of(outputs[pairClass.ordinal()]).flatMap(output -> IntStream.of(gates.reads(output))))
                        / classes.density();
            case DEDICATED -> 0;
        };
    }

    private static long count(IntStream inputs) {
        return inputs.distinct().count();
    }
}
