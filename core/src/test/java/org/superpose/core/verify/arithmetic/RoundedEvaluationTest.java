package org.superpose.core.verify.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;

class RoundedEvaluationTest {
    private static final int MAX_ACTIVE = 3;

    /** gamma of c products and a bias, from the definition. */
    private static double gamma(int products) {
        double units = (products + 2) * 0x1p-24;
        return units / (1 - units);
    }

    /** What numbers taken for zero may lose: a weight, a product and a sum for each product, and a little more. */
    private static double flushed(int products) {
        return 4.0 * (products + 1) * Float.MIN_NORMAL;
    }

    /**
     * Centres and bounds of the last layer and the judgements from them, by definition: over every entry, without a
     * short cut.
     */
    private static final class Reference {
        private final SuperposedNetwork network;
        private double[] centre;
        private double[] bound;
        /**
         * Whether no sum of the second layer can exceed zero, given the ranges [0, centre + bound] of what it reads.
         */
        private boolean secondIsSilent;

        Reference(SuperposedNetwork network, FeatureSet input) {
            this.network = network;
            for (Layer layer : network.layers()) {
                double[] sum = new double[layer.rows()];
                double[] error = new double[layer.rows()];
                double highest = Double.NEGATIVE_INFINITY;
                for (int r = 0; r < layer.rows(); r++) {
                    sum[r] = layer.bias(r);
                    double magnitude = Math.abs(layer.bias(r));
                    double inherited = 0;
                    double rise = 0;
                    int products = 0;
                    if (centre == null) {
                        for (int j : input.toArray()) {
                            for (int neuron : network.inputCodes().code(j)) {
                                sum[r] += layer.weights().get(r, neuron);
                                magnitude += Math.abs(layer.weights().get(r, neuron));
                                products++;
                            }
                        }
                    } else {
                        for (int c = 0; c < layer.columns(); c++) {
                            double weight = layer.weights().get(r, c);
                            sum[r] += weight * centre[c];
                            inherited += Math.abs(weight) * bound[c];
                            magnitude += Math.abs(weight) * (centre[c] + bound[c]);
                            rise += Math.max(0, weight) * (centre[c] + bound[c]);
                            products += centre[c] + bound[c] > 0 ? 1 : 0;
                        }
                        products = layer.weights() instanceof DiagonalMatrix ? 1 : products;
                    }
                    error[r] = inherited + gamma(products) * magnitude + flushed(products);
                    highest = Math.max(highest, layer.bias(r) + rise + gamma(products) * magnitude);
                    if (sum[r] + error[r] <= 0) {
                        sum[r] = 0;
                        error[r] = 0;
                    } else if (sum[r] < 0) {
                        error[r] += sum[r];
                        sum[r] = 0;
                    }
                }
                secondIsSilent |= network.layers().indexOf(layer) == 1 && highest < 0;
                centre = sum;
                bound = error;
            }
        }

        /** How many bounds an output is above its threshold: above 1 it is surely on, below -1 surely off. */
        double margin(Decoder decoder, int output) {
            int[] code = decoder.codes().code(output);
            if (decoder.kind() == Decoder.Kind.EVERY_ROW) {
                return IntStream.of(code)
                        .mapToDouble(f -> (centre[f] - decoder.threshold(output)) / (bound[f] + Float.MIN_NORMAL))
                        .min()
                        .orElseThrow();
            }
            double sum = IntStream.of(code).mapToDouble(f -> centre[f]).sum();
            double error = IntStream.of(code).mapToDouble(f -> bound[f]).sum();
            double all = error + gamma(code.length) * (sum + error) + flushed(code.length);
            return (sum - decoder.threshold(output)) / all;
        }

        /**
         * The judgement, or null where a margin is so close to its bound that two computations of it cannot be
         * compared.
         */
        Judgement judge(Decoder decoder, FeatureSet expected) {
            Judgement judgement = Judgement.RIGHT;
            for (int i = 0; i < decoder.outputs(); i++) {
                double margin = margin(decoder, i);
                if (Math.abs(Math.abs(margin) - 1) < 1e-3) {
                    return null;
                }
                boolean decided = Math.abs(margin) > 1;
                boolean right = margin > 0 == expected.contains(i);
                if (decided && !right) {
                    return Judgement.WRONG;
                }
                judgement = decided ? judgement : Judgement.UNDECIDED;
            }
            return judgement;
        }
    }

    private static float weight(RandomGenerator random) {
        return random.nextInt(5) == 0 ? 0 : 2 * random.nextFloat() - 1;
    }

    private static Layer layer(int rows, int columns, RandomGenerator random) {
        float shift = 1.5f * random.nextInt(-1, 2); // often all of one sign
        float[] bias = new float[rows];
        for (int r = 0; r < rows; r++) {
            bias[r] = weight(random) + shift;
        }
        float[] weights = new float[rows * columns];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = weight(random);
        }
        return new Layer(new DenseMatrix(rows, columns, weights), bias);
    }

    private static SuperposedNetwork network(RandomGenerator random) {
        List<Layer> layers = new ArrayList<>();
        layers.add(layer(5, 6, random));
        if (random.nextBoolean()) {
            float[] diagonal = new float[5];
            float[] bias = new float[5];
            for (int r = 0; r < 5; r++) {
                diagonal[r] = weight(random);
                bias[r] = weight(random);
            }
            layers.add(new Layer(new DiagonalMatrix(diagonal), bias));
        }
        if (random.nextInt(4) > 0) {
            layers.add(layer(5, 5, random));
        }
        if (random.nextInt(4) == 0) {
            layers.add(layer(5, 5, random));
        }
        Codes outputs = TestNetworks.randomCodes(3, 5, 1 + random.nextInt(2), random);
        Decoder.Kind kind = random.nextBoolean() ? Decoder.Kind.SUM : Decoder.Kind.EVERY_ROW;
        return TestNetworks.network(
                TestNetworks.randomCodes(4, 6, 2, random),
                layers,
                Decoder.withThreshold(outputs, kind, 1),
                InputDomain.sparse(4, MAX_ACTIVE));
    }

    /** The network with thresholds within a few bounds of what its outputs hold on an input. */
    private static SuperposedNetwork tight(SuperposedNetwork network, FeatureSet input, RandomGenerator random) {
        Reference reference = new Reference(network, input);
        Decoder decoder = network.decoder();
        float[] thresholds = decoder.thresholds();
        for (int i = 0; i < thresholds.length; i++) {
            // Thresholds at a margin of 0, up to three bounds away, or far away.
            int[] code = decoder.codes().code(i);
            int f = code[random.nextInt(code.length)];
            boolean sum = decoder.kind() == Decoder.Kind.SUM;
            double centre = sum
                    ? IntStream.of(code).mapToDouble(g -> reference.centre[g]).sum()
                    : reference.centre[f];
            double bound = sum
                    ? IntStream.of(code).mapToDouble(g -> reference.bound[g]).sum() + gamma(code.length) * centre
                    : reference.bound[f];
            double away = (6 * random.nextDouble() - 3) * (random.nextBoolean() ? 1 : 1000);
            float threshold = (float) (centre + away * bound);
            thresholds[i] = threshold > 0 ? threshold : 0.25f;
        }
        return TestNetworks.network(
                network.inputCodes(),
                network.layers(),
                new Decoder(decoder.codes(), decoder.kind(), thresholds),
                network.domain());
    }

    @Test
    void judgesAsTheBoundsByDefinitionDo() {
        Map<Judgement, Integer> seen = new EnumMap<>(Judgement.class);
        for (int seed = 0; seed < 6000; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            FeatureSet input = FeatureSet.of(TestNetworks.subset(random.nextInt(MAX_ACTIVE + 1), 4, random));
            SuperposedNetwork network = tight(network(random), input, random);
            FeatureSet expected = random.nextInt(3) > 0
                    ? new PlainEvaluator(network).evaluate(input)
                    : FeatureSet.of(TestNetworks.subset(random.nextInt(4), 3, random));
            Reference reference = new Reference(network, input);
            Judgement judgement = reference.judge(network.decoder(), expected);
            if (judgement == null) {
                continue;
            }
            RoundedEvaluation evaluation =
                    new RoundedEvaluation(new RoundedModel(network, MAX_ACTIVE, random.nextInt(2) * 1000));
            int[] rows = {0, 1, 2, 3, 4};
            // Twice, because the first leaves a state behind, which must not matter.
            for (int round = 0; round < 2; round++) {
                Judgement got = evaluation.judge(input, rows, rows.length, expected);
                boolean knownSooner = reference.secondIsSilent
                        && expected.isEmpty()
                        && judgement == Judgement.UNDECIDED
                        && got == Judgement.RIGHT;
                assertTrue(got == judgement || knownSooner, judgement + ", not " + got + " for seed " + seed);
            }
            seen.merge(judgement, 1, Integer::sum);
        }
        for (Judgement judgement : Judgement.values()) {
            assertTrue(seen.getOrDefault(judgement, 0) > 500, seen.toString());
        }
    }

    @Test
    void theBoundOfASumIsThatOfAnyOrderOfItsTerms() {
        for (int products : new int[] {0, 1, 7, 1000}) {
            double expected = 3 + gamma(products) * 5;
            assertTrue(RoundedModel.error(products, 3, 5) >= expected);
            assertEquals(expected, RoundedModel.error(products, 3, 5), 1e-5);
            assertEquals(flushed(products), RoundedModel.error(products, 0, 0));
        }
    }

    @Test
    void aSumBelowTheSilenceBoundIsFurtherBelowZeroThanTwoRuntimesMayDiffer() {
        // Three of two features are bounded by the larger one: 3 (0.5 + 2) + 4; the other row is smaller.
        SuperposedNetwork network = TestNetworks.network(
                Codes.ofWeight(3, 2, new int[] {0, 1, 1, 2}),
                List.of(new Layer(
                        new DenseMatrix(2, 3, new float[] {1, 0.5f, -2, 0.1f, 0.1f, 0.1f}), new float[] {-4, 1})),
                Decoder.withThreshold(Codes.identity(2), Decoder.Kind.SUM, 1),
                InputDomain.sparse(2, 2));
        double bound = 2 * gamma(6) * (3 * 2.5 + 4);
        for (int floats = 3; floats <= 4; floats++) {
            RoundedModel model = new RoundedModel(network, 3, floats);
            assertEquals(floats == 4, model.hasFeatureColumns()); // two features of two rows
            assertArrayEquals(new float[] {1.5f, 0.2f}, model.featureColumn(0, new float[2]));
            assertArrayEquals(new float[] {0.5f - 2, 0.2f}, model.featureColumn(1, new float[] {9, 9}));
            assertTrue(-model.silenceBound() >= bound);
            assertEquals(bound, -model.silenceBound(), 1e-5 * bound);
        }
    }

    /**
     * y = 1.1 + 1.2 + 1.3, then 2 y - gap, then a billion times that: all that counts is whether it may be positive.
     */
    private static Judgement magnified(double gap) {
        SuperposedNetwork network = TestNetworks.network(
                Codes.ofWeight(3, 3, new int[] {0, 1, 2}),
                List.of(
                        new Layer(new DenseMatrix(1, 3, new float[] {1.1f, 1.2f, 1.3f}), new float[] {0}),
                        new Layer(new DenseMatrix(1, 1, new float[] {2}), new float[] {(float) -gap}),
                        new Layer(new DenseMatrix(1, 1, new float[] {1e9f}), new float[] {0})),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 0.5f),
                InputDomain.sparse(1, 1));
        return new RoundedEvaluation(new RoundedModel(network, 1, 0))
                .judge(FeatureSet.of(0), new int[] {0}, 1, FeatureSet.EMPTY);
    }

    @Test
    void aSecondLayerWithinTheRoundingBoundOfZeroIsNotTakenForSilent() {
        double y = (double) 1.1f + 1.2f + 1.3f;
        double most = 2 * (y + RoundedModel.error(3, 0, y));
        double error = RoundedModel.error(1, 0, 2 * most);
        assertEquals(Judgement.UNDECIDED, magnified(most + 0.8 * error));
        assertEquals(Judgement.RIGHT, magnified(most + 1.5 * error));
    }
}
