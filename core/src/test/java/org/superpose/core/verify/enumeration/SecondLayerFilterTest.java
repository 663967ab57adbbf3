package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.arithmetic.ExactModel;

class SecondLayerFilterTest {
    /** A network, its sums by addition, and the results of the plain evaluator, with which a filter is compared. */
    private static final class Case {
        private final int features;
        private final int v;
        private final SuperposedNetwork network;
        private final ExactModel model;
        private final SecondLayerFilter filter;
        private final int second;

        Case(RandomGenerator random) {
            this.v = 2 + random.nextInt(3);
            this.features = v + 3 + random.nextInt(random.nextInt(4) == 0 ? 130 : 8);
            ProblemInstance instance = TestNetworks.instance(
                    List.of(TestNetworks.randomConjunctions(features, 3 + random.nextInt(8), 2, random)),
                    InputDomain.sparse(features, v));
            SuperposedNetwork clipped = TestNetworks.clipped(
                    instance,
                    8 + random.nextInt(random.nextInt(5) == 0 ? 150 : 30),
                    1 + random.nextInt(3),
                    1 + random.nextInt(4),
                    2,
                    random);
            SuperposedNetwork made = random.nextInt(3) == 0 ? inhibited(clipped, random) : clipped;
            made = random.nextBoolean() ? weighted(made, random) : made;
            made = random.nextInt(3) == 0 && made == clipped ? TestNetworks.saturated(clipped) : made;
            long memory = random.nextInt(2) * 1_000_000;
            if (SecondLayerFilter.of(new ExactModel(made, Kernels.best(), memory), v, 1 << 20)
                    .isEmpty()) {
                made = clipped; // not silent on the empty input
            }
            this.network = decodedOtherwise(made, random);
            this.model = new ExactModel(network, Kernels.best(), memory);
            this.filter = SecondLayerFilter.of(model, v, 1 << 20).orElseThrow();
            this.second = model.secondMatrix();
        }

        /** Rows of the second matrix with weights of their own, and inhibition. */
        private static SuperposedNetwork weighted(SuperposedNetwork clipped, RandomGenerator random) {
            BitMatrix bits = (BitMatrix) clipped.layers().get(1).weights();
            short[] values = new short[bits.rows() * bits.columns()];
            float[] bias = new float[bits.rows()];
            int inhibition = random.nextInt(3);
            for (int f = 0; f < bits.rows(); f++) {
                int scale = 1 + random.nextInt(3);
                for (int e = 0; e < bits.columns(); e++) {
                    values[f * bits.columns() + e] = (short) (bits.isSet(f, e) ? scale : -inhibition);
                }
                bias[f] = -random.nextInt(6);
            }
            return TestNetworks.withLayers(
                    clipped,
                    clipped.layers().get(0),
                    new Layer(new IntegerMatrix(bits.rows(), bits.columns(), values), bias));
        }

        /** Some features lower some sums of the first layer, and some of its neurons are active on the empty input. */
        private static SuperposedNetwork inhibited(SuperposedNetwork clipped, RandomGenerator random) {
            Layer first = clipped.layers().get(0);
            short[] values = new short[first.rows() * first.columns()];
            for (int t = 0; t < values.length; t++) {
                boolean set = first.weights().get(t / first.columns(), t % first.columns()) != 0;
                values[t] = (short) (set ? 1 : random.nextInt(6) == 0 ? -1 : 0);
            }
            float[] bias = first.bias();
            for (int e = 0; e < 3; e++) {
                bias[random.nextInt(bias.length)] = random.nextInt(3);
            }
            return TestNetworks.withLayers(
                    clipped,
                    new Layer(new IntegerMatrix(first.rows(), first.columns(), values), bias),
                    clipped.layers().get(1));
        }

        private static SuperposedNetwork decodedOtherwise(SuperposedNetwork network, RandomGenerator random) {
            Decoder.Kind kind = random.nextInt(4) == 0 ? Decoder.Kind.SUM : Decoder.Kind.EVERY_ROW;
            float[] thresholds = network.decoder().thresholds();
            if (random.nextInt(4) == 0) {
                thresholds[random.nextInt(thresholds.length)] = 2;
            }
            return TestNetworks.network(
                    network.inputCodes(),
                    network.layers(),
                    new Decoder(network.decoder().codes(), kind, thresholds),
                    network.domain());
        }

        int[] sums(int[] active, int count) {
            int[] sums = model.first().bias().clone();
            for (int t = 0; t < count; t++) {
                model.addFeature(active[t], sums);
            }
            return sums;
        }

        boolean secondIsSilent(int[] active) {
            float[] values = new PlainEvaluator(network).activations(FeatureSet.of(active))[second + 1];
            return IntStream.range(0, values.length).allMatch(f -> values[f] == 0);
        }

        long[] set() {
            return new long[Kernel.paddedWords(features)];
        }
    }

    private static boolean contains(long[] set, int feature) {
        return (set[feature / Long.SIZE] >>> feature & 1) != 0;
    }

    @Tag("slow")
    @Test
    void whatIsCalledQuietIsSilentAndWhatDisturbsIsASuspectBeforeItIsComplete() {
        int disturbing = 0;
        int quietCount = 0;
        for (int seed = 0; seed < 1500; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            Case it = new Case(random);
            SecondLayerFilter.Scan scan = it.filter.new Scan();
            for (int round = 0; round < 6; round++) {
                int[] input = TestNetworks.subset(1 + random.nextInt(it.v), it.features, random);
                boolean silent = it.secondIsSilent(input);
                boolean quiet = scan.isQuiet(it.sums(input, input.length));
                assertTrue(silent || !quiet, "seed " + seed);
                quietCount += quiet ? 1 : 0;
                disturbing += silent ? 0 : 1;
                for (int t = 0; t < input.length && !quiet; t++) {
                    long[] suspects = it.set();
                    scan.suspects(it.sums(input, t), input.length - 1 - t, 0, suspects.length, suspects);
                    assertTrue(contains(suspects, input[t]), "seed " + seed);
                }
            }
        }
        assertTrue(disturbing > 500 && quietCount > 1000, disturbing + " disturb, " + quietCount + " are quiet");
    }

    @Test
    void theSuspectsForTheLastFeatureAreThoseThatAreNotQuiet() {
        for (int seed = 0; seed < 400; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            Case it = new Case(random);
            SecondLayerFilter.Scan scan = it.filter.new Scan();
            int[] prefix = TestNetworks.subset(random.nextInt(it.v), it.features, random);
            long[] suspects = it.set();
            Arrays.fill(suspects, -1L); // left by an earlier use
            scan.suspects(it.sums(prefix, prefix.length), 0, suspects.length, suspects);
            for (int j = 0; j < it.features; j++) {
                int[] sums = it.sums(prefix, prefix.length);
                it.model.addFeature(j, sums);
                assertEquals(!it.filter.new Scan().isQuiet(sums), contains(suspects, j), "seed " + seed);
            }
        }
    }

    @Test
    void outputsFromBitSetsAreThoseOfThePlainEvaluator() {
        int evaluated = 0;
        for (int seed = 0; seed < 1500; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            Case it = new Case(random);
            SecondLayerFilter.Scan scan = it.filter.new Scan();
            if (!scan.evaluates()) {
                continue;
            }
            PlainEvaluator plain = new PlainEvaluator(it.network);
            for (int round = 0; round < 6; round++) {
                int[] input = TestNetworks.subset(1 + random.nextInt(it.v), it.features, random);
                FeatureSet expected = plain.evaluate(FeatureSet.of(input));
                int[] sums = it.sums(input, input.length);
                scan.isQuiet(sums);
                assertEquals(expected, scan.outputs(sums), "seed " + seed);
                int last = input[input.length - 1];
                int[] before = it.sums(input, input.length - 1);
                long[] suspects = it.set();
                scan.suspects(before, 0, suspects.length, suspects);
                if (contains(suspects, last)) {
                    assertEquals(expected, scan.outputsWith(last, before), "seed " + seed);
                    evaluated++;
                } else {
                    assertTrue(expected.isEmpty());
                }
            }
        }
        assertTrue(evaluated > 500, evaluated + " were evaluated");
    }

    @Test
    void everyInputThatDisturbsHasAStrongPart() {
        int disturbing = 0;
        for (int seed = 0; seed < 1500; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            Case it = new Case(random);
            if (it.v < 3 || !it.filter.knowsStrongParts()) {
                continue;
            }
            for (int round = 0; round < 10; round++) {
                int[] input = TestNetworks.subset(it.v, it.features, random);
                if (it.filter.new Scan().isQuiet(it.sums(input, it.v))) {
                    continue;
                }
                disturbing++;
                boolean found = false;
                for (int leftOut = 0; leftOut < it.v && !found; leftOut++) {
                    int without = input[leftOut];
                    found = isStrong(
                            it, Arrays.stream(input).filter(j -> j != without).toArray());
                }
                assertTrue(found, "seed " + seed);
            }
        }
        assertTrue(disturbing > 500, disturbing + " disturb");
    }

    /** Whether the filter lets a part through, feature by feature. */
    private static boolean isStrong(Case it, int[] part) {
        SecondLayerFilter.Scan scan = it.filter.new Scan();
        for (int t = 0; t < part.length; t++) {
            long[] strong = it.set();
            scan.strong(it.sums(part, t), part.length - 1 - t, 0, strong.length, strong);
            if (!contains(strong, part[t])) {
                return false;
            }
        }
        return true;
    }

    @Test
    void whereFeaturesOnlyLowerWhatTheSecondLayerReadsNoPartIsKnownToBeStrong() {
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(3),
                List.of(
                        Layer.withBias(new IntegerMatrix(1, 3, new short[] {-1, -1, -1}), 2),
                        Layer.withBias(new IntegerMatrix(1, 1, new short[] {-1}), 1)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1),
                InputDomain.sparse(3, 2));
        ExactModel model = new ExactModel(network, Kernels.best(), 0);
        assertFalse(SecondLayerFilter.of(model, 2, 1 << 20).orElseThrow().knowsStrongParts());
    }

    /**
     * Row 0 of the second layer reads neurons 0 and 1, of which feature 0 changes the first by {@code weight}; neuron 2
     * is not read.
     */
    private static boolean evaluatesOnBitSets(int weight) {
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(2),
                List.of(
                        new Layer(
                                new IntegerMatrix(3, 2, new short[] {(short) weight, 0, 1, 1, -1, -1}),
                                new float[] {1, 0, 2}),
                        Layer.withBias(BitMatrix.ofBits(1, 3, new long[] {0b011}), -1)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                InputDomain.sparse(2, 2));
        ExactModel model = new ExactModel(network, Kernels.best(), 0);
        return SecondLayerFilter.of(model, 2, 1 << 20).orElseThrow().new Scan().evaluates();
    }

    @Test
    void bitSetsServeOnlyWhereNoNeuronThatIsReadEverLowersASum() {
        // With -1, feature 0 takes from the row as much as it gives: the row stays off,
        // but one step alone would turn it on.
        assertFalse(evaluatesOnBitSets(-1));
        assertTrue(evaluatesOnBitSets(0));
        assertTrue(evaluatesOnBitSets(1));
    }

    @Test
    void hundredsOfNeuronsMayBeNeededForOneOutput() {
        int rows = 300;
        long[] all = new long[BitMatrix.wordsPerRow(rows)];
        Arrays.fill(all, -1L);
        all[all.length - 1] = (1L << rows % Long.SIZE) - 1;
        long[] firstTwo = new long[rows];
        Arrays.fill(firstTwo, 0b11);
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(3),
                List.of(
                        Layer.withBias(BitMatrix.ofBits(rows, 3, firstTwo), -1),
                        Layer.withBias(BitMatrix.ofBits(1, rows, all), 1 - rows)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                InputDomain.sparse(3, 2));
        ExactModel model = new ExactModel(network, Kernels.best(), 0);
        SecondLayerFilter.Scan scan = SecondLayerFilter.of(model, 2, 1 << 20).orElseThrow().new Scan();
        int[] sums = model.first().bias().clone();
        model.addFeature(0, sums);
        long[] suspects = new long[Kernel.paddedWords(3)];
        scan.suspects(sums, 0, suspects.length, suspects);
        assertEquals(0b10, suspects[0] & 0b110); // among those that may join
        assertTrue(scan.evaluates());
        assertEquals(FeatureSet.of(0), scan.outputsWith(1, sums));
        assertEquals(FeatureSet.EMPTY, scan.outputsWith(2, sums));
    }

    @Test
    void aNetworkThatIsNotSilentOnTheEmptyInputHasNoFilter() {
        Case it = new Case(new Seed(0).generator());
        int place = it.network.layers().size() - 1;
        float[] bias = it.network.layers().get(place).bias();
        bias[2] = 1000;
        Layer[] layers = it.network.layers().toArray(Layer[]::new);
        layers[place] = new Layer(layers[place].weights(), bias);
        ExactModel loud = new ExactModel(TestNetworks.withLayers(it.network, layers), Kernels.best(), 0);
        assertTrue(SecondLayerFilter.of(loud, it.v, 1 << 20).isEmpty());
        ExactModel single = new ExactModel(
                TestNetworks.withLayers(it.network, it.network.layers().get(0)), Kernels.best(), 0);
        assertTrue(SecondLayerFilter.of(single, it.v, 1 << 20).isEmpty());
    }
}
