package org.superpose.constructions.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.code.BalancedAllocation;
import org.superpose.constructions.linear.InfluenceClasses.PairClass;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * A layer of pairs in two sub-problems side by side: the pairs of two light inputs and those with a heavier one, or, of
 * light pairs only, the first and the second half of the outputs. Each has hidden rows of its own. So have the codes
 * that they read, if the layer before writes them: what only one sub-problem reads is written into its rows, and what
 * both read into the rows of both.
 *
 * <p>The caption of the partition figure has two sub-problems whose rows overlap in C_1', so that one result feeds up
 * to two sub-problems of the next layer. How they are parted, and all numbers, are ours.
 */
@Reference(value = "Figure 5: partition", standing = Standing.RECONSTRUCTED)
final class SubProblems {
    private final Gates gates;
    private final HiddenPlan plan;
    private final List<RowRange> ranges;
    private final int[] partOf;

    private SubProblems(Gates gates, HiddenPlan plan, List<RowRange> ranges, int[] partOf) {
        this.gates = gates;
        this.plan = plan;
        this.ranges = ranges;
        this.partOf = partOf;
    }

    /**
     * Parts the outputs of a layer and draws the channels.
     *
     * @throws org.superpose.core.InvalidInputException if the width is too small
     */
    static SubProblems draw(Gates gates, LinearChoices choices, Seed seed) {
        InfluenceClasses classes = new InfluenceClasses(gates);
        int[] partOf = IntStream.range(0, gates.outputs())
                .map(output -> classes.classOf(output) == PairClass.LIGHT ? 0 : 1)
                .toArray();
        int light = (int) IntStream.of(partOf).filter(part -> part == 0).count();
        if (light == gates.outputs() && light > 1) {
            return halves(gates, choices, seed);
        }
        TwoAndPlan plan = new TwoAndPlan(gates, choices);
        int boundary = plan.lightRows();
        return new SubProblems(
                gates,
                plan.draw(seed),
                List.of(new RowRange(0, boundary), new RowRange(boundary, choices.width())),
                partOf);
    }

    private static SubProblems halves(Gates gates, LinearChoices choices, Seed seed) {
        int half = gates.outputs() / 2;
        int boundary = (int) ((long) choices.width() * half / gates.outputs());
        List<RowRange> ranges = List.of(new RowRange(0, boundary), new RowRange(boundary, choices.width()));
        int[] partOf = IntStream.range(0, gates.outputs())
                .map(output -> output < half ? 0 : 1)
                .toArray();
        HiddenPlan.Draft draft = new HiddenPlan.Draft(choices.width(), gates.outputs());
        for (int part = 0; part < 2; part++) {
            requireRoom(ranges.get(part), choices.channelWeight(), "channel-weight");
            OutputChannels.draw(
                    draft, gates, outputs(partOf, part), ranges.get(part), choices.channelWeight(), seed.child(part));
        }
        return new SubProblems(gates, draft.finish(), ranges, partOf);
    }

    private static int[] outputs(int[] partOf, int part) {
        return IntStream.range(0, partOf.length)
                .filter(output -> partOf[output] == part)
                .toArray();
    }

    private static void requireRoom(RowRange range, int weight, String parameter) {
        if (range.size() < weight) {
            throw new WidthTooSmallException("the width is too small for " + parameter + " " + weight
                    + ": a sub-problem has only " + range.size() + " rows of it");
        }
    }

    HiddenPlan plan() {
        return plan;
    }

    /** Whether a sub-problem, 0 or 1, has an output that reads this input. */
    private boolean reads(int part, int input) {
        return IntStream.range(0, gates.influence(input)).anyMatch(t -> partOf[gates.reader(input, t)] == part);
    }

    /**
     * Codes for the results that this layer reads, drawn in the rows of the sub-problems that read them. What none
     * reads is written into the rows of the larger one.
     *
     * @param weight the rows of a code in each sub-problem
     */
    Codes codes(int weight, Seed seed) {
        RandomGenerator random = seed.generator();
        List<BalancedAllocation> rows = new ArrayList<>();
        for (RowRange range : ranges) {
            rows.add(new BalancedAllocation(Math.max(1, range.size()), BalancedAllocation.DEFAULT_CANDIDATES));
        }
        int larger = ranges.get(0).size() >= ranges.get(1).size() ? 0 : 1;
        List<int[]> codes = new ArrayList<>();
        for (int input = 0; input < gates.inputs(); input++) {
            boolean unread = gates.influence(input) == 0;
            IntStream code = IntStream.empty();
            for (int part = 0; part < 2; part++) {
                if (unread ? part == larger : reads(part, input)) {
                    requireRoom(ranges.get(part), weight, "output-code-weight");
                    code = IntStream.concat(
                            code,
                            IntStream.of(ranges.get(part).place(rows.get(part).draw(weight, random))));
                }
            }
            codes.add(code.toArray());
        }
        return Codes.of(plan.rows(), codes);
    }

    /** C D, where each sub-problem reads the part of the codes that is in its rows; 0 elsewhere. */
    DenseMatrix decompressed(LinearChoices choices, Codes codes, Deadline deadline) {
        int n = plan.rows();
        float[] values = new float[Math.multiplyExact(n, n)];
        for (int part = 0; part < 2; part++) {
            RowRange range = ranges.get(part);
            if (range.size() > 0) {
                DenseMatrix block = choices.decompressed(
                        new Part(range, numbers(part)), part(codes, part, numbers(part)), deadline);
                float[] own = block.values();
                for (int r = 0; r < range.size(); r++) {
                    System.arraycopy(
                            own, r * range.size(), values, (range.start() + r) * n + range.start(), range.size());
                }
            }
        }
        return new DenseMatrix(n, n, values);
    }

    /** The inputs of a sub-problem, numbered in their order; -1 for others. */
    private int[] numbers(int part) {
        int[] numbers = new int[gates.inputs()];
        int next = 0;
        for (int input = 0; input < numbers.length; input++) {
            numbers[input] = reads(part, input) ? next++ : -1;
        }
        return numbers;
    }

    private Codes part(Codes codes, int part, int[] numbers) {
        RowRange range = ranges.get(part);
        List<int[]> own = new ArrayList<>();
        for (int input = 0; input < numbers.length; input++) {
            if (numbers[input] >= 0) {
                own.add(IntStream.of(codes.code(input))
                        .filter(row -> row >= range.start() && row < range.end())
                        .map(row -> row - range.start())
                        .toArray());
            }
        }
        return Codes.of(range.size(), own);
    }

    /** C of one sub-problem. */
    private final class Part implements Routing {
        private final RowRange range;
        private final int[] numbers;

        Part(RowRange range, int[] numbers) {
            this.range = range;
            this.numbers = numbers;
        }

        @Override
        public int rows() {
            return range.size();
        }

        @Override
        public int load(int row) {
            return plan.load(range.start() + row);
        }

        @Override
        public int feature(int row, int t) {
            return numbers[plan.feature(range.start() + row, t)];
        }

        @Override
        public double weight(int row, int t) {
            return plan.weight(range.start() + row, t);
        }
    }
}
