package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.arithmetic.RoundedModel;

class FirstLayerFilterTest {
    private static final int FEATURES = 100;
    private static final int ROWS = 20;

    /** Two code neurons for each feature, Gaussian-like weights, and a bias that few pairs of features overcome. */
    private static SuperposedNetwork network(RandomGenerator random) {
        Codes codes = TestNetworks.randomCodes(FEATURES, 30, 2, random);
        float[] weights = new float[ROWS * 30];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = (float) (random.nextDouble() + random.nextDouble() - 1);
        }
        return TestNetworks.network(
                codes,
                List.of(Layer.withBias(new DenseMatrix(ROWS, 30, weights), -2.2f)),
                Decoder.withThreshold(Codes.identity(ROWS), Decoder.Kind.SUM, 1),
                InputDomain.sparse(FEATURES, 2));
    }

    @Property(tries = 100)
    void noFeatureThatFiresANeuronIsLeftOut(@ForAll long seed) {
        RoundedModel model = new RoundedModel(network(new Seed(seed).generator()), 2, Long.MAX_VALUE);
        FirstLayerFilter filter =
                FirstLayerFilter.of(model, Kernels.best(), 2, Long.MAX_VALUE).orElseThrow();
        FirstLayerFilter.Scan scan = filter.new Scan();
        long[] firing = new long[Kernel.paddedWords(FEATURES)];
        int selected = 0;
        for (int a = 0; a < FEATURES; a++) {
            float[] sums = model.firstBias().clone();
            for (int e = 0; e < ROWS; e++) {
                sums[e] += model.featureColumn(a, null)[e];
            }
            scan.firing(sums, 0, firing.length, firing);
            for (int b = 0; b < FEATURES; b++) {
                float[] column = model.featureColumn(b, null);
                int[] expected = new int[ROWS];
                int[] got = new int[ROWS];
                int count = Kernels.best().collectSumsAbove(sums, column, model.silenceBound(), expected);
                boolean isSelected = (firing[b / 64] >>> b & 1) != 0;
                assertTrue(count == 0 || isSelected);
                assertArrayEquals(Arrays.copyOf(expected, count), Arrays.copyOf(got, scan.collect(sums, column, got)));
                selected += isSelected ? 1 : 0;
            }
        }
        assertTrue(selected < FEATURES * FEATURES / 2, "a filter that keeps everything is none: " + selected);
    }

    @Property(tries = 1000)
    void noFeatureIsLeftOutWhereEvenTheLeastOneFires(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[] weights = new float[3 * 5];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = (float) (random.nextDouble() - 0.5);
        }
        float[] bias = new float[3];
        for (int r = 0; r < bias.length; r++) {
            bias[r] = (float) (1.5 * random.nextDouble() - 1);
        }
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(5),
                List.of(new Layer(new DenseMatrix(3, 5, weights), bias)),
                Decoder.withThreshold(Codes.identity(3), Decoder.Kind.SUM, 1),
                InputDomain.sparse(5, 2));
        RoundedModel model = new RoundedModel(network, 2, Long.MAX_VALUE);
        FirstLayerFilter.Scan scan =
                FirstLayerFilter.of(model, Kernels.best(), 2, Long.MAX_VALUE).orElseThrow().new Scan();
        long[] firing = new long[Kernel.paddedWords(5)];
        for (int a = 0; a < 5; a++) {
            float[] sums = new float[3];
            for (int e = 0; e < 3; e++) {
                sums[e] = bias[e] + weights[5 * e + a];
            }
            scan.firing(sums, 0, firing.length, firing);
            for (int b = 0; b < 5; b++) {
                boolean fires = false;
                for (int e = 0; e < 3; e++) {
                    fires |= sums[e] + weights[5 * e + b] > model.silenceBound();
                }
                assertTrue(!fires || (firing[0] >>> b & 1) != 0);
            }
        }
    }

    @Test
    void isNotMadeWhereMemoryDoesNotAllowIt() {
        SuperposedNetwork network = network(new Seed(1).generator());
        RoundedModel model = new RoundedModel(network, 2, Long.MAX_VALUE);
        long needed = 16L * ROWS * Kernel.paddedWords(FEATURES);
        assertTrue(FirstLayerFilter.of(model, Kernels.best(), 2, needed).isPresent());
        assertTrue(FirstLayerFilter.of(model, Kernels.best(), 2, needed - 1).isEmpty());
        assertTrue(FirstLayerFilter.of(new RoundedModel(network, 2, 0), Kernels.best(), 2, Long.MAX_VALUE)
                .isEmpty());
    }
}
