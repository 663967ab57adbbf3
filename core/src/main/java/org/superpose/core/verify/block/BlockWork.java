package org.superpose.core.verify.block;

import java.util.List;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.run.StoredEntries;

/**
 * Whether an enumeration takes less time block by block, with every neuron of every input, or input by input along the
 * neurons that fire. That is a matter of how many fire, which a few random inputs tell; they are always the same.
 */
public final class BlockWork {
    /**
     * Entries of matrices that are multiplied in a block in the time in which one is followed with its rounding bound.
     */
    private static final double ROUNDED = 12;
    /** The same where whole numbers are added, which kernels do too. */
    private static final double EXACT = 2;

    private static final int MOST_SAMPLES = 32;
    /** Entries of matrices that are looked at for the samples, unless one takes more. */
    private static final double SAMPLED_ENTRIES = 1 << 22;

    private BlockWork() {}

    /**
     * Whether blocks take less time.
     *
     * @param isExact whether float32 is exact on the network. Where it is, chains of ReLU layers that are read by codes
     *     stay with the bit sets, on which all candidates for the last feature are judged together
     */
    public static boolean pays(SuperposedNetwork network, InputDomain domain, boolean isExact) {
        boolean isOnBitSets = isExact && network.departure().isEmpty();
        if (domain.maxActive() < 2 || isOnBitSets) {
            return false;
        }
        return (isExact ? EXACT : ROUNDED) * followed(network, domain) > multiplied(network);
    }

    /** Entries that are multiplied for an input of a block; sums and read-out go through vectors of eight or more. */
    private static double multiplied(SuperposedNetwork network) {
        List<Layer> layers = network.layers();
        double entries = (layers.get(0).rows() + network.outputs()) / 8.0;
        for (Layer layer : layers.subList(1, layers.size())) {
            entries += entries(layer, layer.columns());
        }
        return entries;
    }

    /** Entries that are looked at for an input along the neurons that fire. */
    private static double followed(SuperposedNetwork network, InputDomain domain) {
        int samples = (int) Math.max(1, Math.min(MOST_SAMPLES, SAMPLED_ENTRIES / StoredEntries.of(network)));
        RandomGenerator random = new Seed(0).child("density").generator();
        PlainEvaluator evaluator = new PlainEvaluator(network);
        double entries = 0;
        for (int s = 0; s < samples; s++) {
            float[][] states = evaluator.activations(domain.sample(random));
            for (int t = 1; t < network.layers().size(); t++) {
                entries += entries(network.layers().get(t), nonzero(states[t]));
            }
            entries += nonzero(states[states.length - 1]);
        }
        return entries / samples;
    }

    private static double entries(Layer layer, double columns) {
        return layer.weights() instanceof DiagonalMatrix ? layer.rows() : layer.rows() * columns;
    }

    private static int nonzero(float[] state) {
        int count = 0;
        for (float value : state) {
            count += value != 0 ? 1 : 0;
        }
        return count;
    }
}
