package org.superpose.runner.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.random.Seed;

/**
 * The noise of each block of a multi-layer network of linear decompression, before and after the values are pushed back
 * to {0, 1} (theory, section 4): it must not grow with depth.
 *
 * <p>A block ends with a full matrix and the diagonal layers that clamp what it adds up. Rows are told apart by their
 * clamped value; the noise is the spread of the sums of the rows that end at 0, in units of the distance to the rows
 * that end at 1. Where few codes share a neuron, balanced codes overlap less often than random ones, and the noise
 * stays below its prediction.
 *
 * @param block 1 for the block that reads y_0
 * @param noise the standard deviation of the sums of silent rows, in units of one signal
 * @param predicted sqrt(v R / n) for a block of one matrix, where R features that go on write to each row and v of the
 *     features before it are active on average; null for blocks with a hidden layer
 * @param deviation the distance of a clamped value from {0, 1}, root mean square
 * @param largestDeviation the largest such distance
 */
@Reference(value = "Multiple layers", standing = Standing.RECONSTRUCTED)
public record BlockNoise(int block, double noise, Double predicted, double deviation, double largestDeviation) {

    /**
     * Measures all blocks on random inputs with v active features.
     *
     * @throws InvalidInputException if the network does not have one clamped block per layer of gates
     */
    public static List<BlockNoise> measure(BuiltNetwork built, int samples, Seed seed) {
        List<Integer> ends = sumLayers(built.network());
        if (ends.size() != built.instance().layers().size()) {
            throw new InvalidInputException(
                    "noise per block needs one block of clamped values per layer of gates, but " + ends.size()
                            + " blocks compute " + built.instance().layers().size() + " layers");
        }
        List<List<FeatureSet>> reached = new ArrayList<>();
        List<float[][]> states = new ArrayList<>();
        Evaluator evaluator = new KernelEvaluator(built.network());
        RandomGenerator random = seed.child("block-noise").generator();
        for (int sample = 0; sample < samples; sample++) {
            FeatureSet input = built.instance().domain().sample(built.instance().maxActive(), random);
            reached.add(reached(built, input));
            states.add(evaluator.activations(input));
        }
        List<BlockNoise> blocks = new ArrayList<>();
        int start = 0;
        for (int block = 0; block < ends.size(); block++) {
            int sums = ends.get(block);
            int clamped = clampedAfter(built.network(), sums);
            double active = 0;
            for (List<FeatureSet> sets : reached) {
                active += (double) sets.get(block).size() / samples;
            }
            Double predicted = sums == start ? predicted(built, block, active) : null;
            blocks.add(of(block + 1, built.network().layers().get(sums), states, sums, clamped, predicted));
            start = clamped;
        }
        return blocks;
    }

    /** The active features before each layer of gates. */
    private static List<FeatureSet> reached(BuiltNetwork built, FeatureSet input) {
        List<FeatureSet> sets = new ArrayList<>(List.of(input));
        built.instance().layers().forEach(gates -> sets.add(gates.evaluate(sets.get(sets.size() - 1))));
        return sets;
    }

    /** The layers that are followed by a diagonal one: they add up what a block writes. */
    private static List<Integer> sumLayers(SuperposedNetwork network) {
        List<Integer> ends = new ArrayList<>();
        for (int t = 0; t + 1 < network.layers().size(); t++) {
            if (!isDiagonal(network, t) && isDiagonal(network, t + 1)) {
                ends.add(t);
            }
        }
        return ends;
    }

    private static boolean isDiagonal(SuperposedNetwork network, int layer) {
        return network.layers().get(layer).weights() instanceof DiagonalMatrix;
    }

    /** The number of layers up to the end of the diagonal ones that follow: the index of the clamped state. */
    private static int clampedAfter(SuperposedNetwork network, int sums) {
        int end = sums + 1;
        while (end < network.layers().size() && isDiagonal(network, end)) {
            end++;
        }
        return end;
    }

    private static Double predicted(BuiltNetwork built, int block, double active) {
        Object weight = built.network().provenance().parameters().get(ConstructionParameters.OUTPUT_CODE_WEIGHT.name());
        if (!(weight instanceof Integer codeWeight)) {
            return null;
        }
        int outputs = built.instance().layers().get(block).outputs();
        double load = (double) outputs * codeWeight / built.network().width();
        return Math.sqrt(active * load / built.network().width());
    }

    private static BlockNoise of(
            int block, Layer layer, List<float[][]> states, int sums, int clamped, Double predicted) {
        SummaryStatistics silent = new SummaryStatistics();
        List<Double> signals = new ArrayList<>();
        double largest = 0;
        double squares = 0;
        float[] weights = new float[layer.columns()];
        for (int row = 0; row < layer.rows(); row++) {
            layer.weights().copyRow(row, weights);
            for (float[][] state : states) {
                double sum = 0;
                for (int c = 0; c < weights.length; c++) {
                    sum += (double) weights[c] * state[sums][c];
                }
                float value = state[clamped][row];
                if (value >= 0.5) {
                    signals.add(sum);
                } else {
                    silent.addValue(sum);
                }
                double deviation = Math.min(Math.abs(value), Math.abs(value - 1));
                squares += deviation * deviation;
                largest = Math.max(largest, deviation);
            }
        }
        // the median, because rows that several active features write to add up more than one signal
        double signal = signals.isEmpty()
                ? Double.NaN
                : new Median()
                                .evaluate(signals.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())
                        - silent.getMean();
        double deviation = Math.sqrt(squares / ((double) layer.rows() * states.size()));
        return new BlockNoise(block, silent.getStandardDeviation() / signal, predicted, deviation, largest);
    }
}
