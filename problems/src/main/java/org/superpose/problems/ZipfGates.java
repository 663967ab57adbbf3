package org.superpose.problems;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.superpose.core.random.Seed;

/**
 * Distinct random read sets in which the influence of an input falls with its rank: d_t = c t^-alpha for t = 1, 2, ...,
 * m, where no influence can exceed m' or C(m-1, r-1). Which input has which rank is random.
 *
 * <p>Drawn by the configuration model. Where the influences are impossible together, because the few heaviest inputs
 * cannot be read that often by distinct sets, the gates that remain faulty are drawn among the unused sets with the
 * product of t^-alpha as their weight; so the heaviest inputs are then read somewhat less and the others more. Both
 * steps end after about m' log m steps.
 */
final class ZipfGates {
    private ZipfGates() {}

    /**
     * Draws the read sets of all outputs, one after another, each ascending, in random order.
     *
     * @param outputs at most the number of subsets
     * @param exponent alpha, at least 0
     */
    static int[] draw(Subsets subsets, int outputs, double exponent, Seed seed) {
        double[] weights = weights(subsets.inputs(), exponent);
        RandomGenerator random = seed.child("configuration").generator();
        ConfigurationGates gates = ConfigurationGates.draw(subsets, influences(subsets, outputs, weights), random);
        int[] sound = gates.soundReads();
        int[] rest = WeightedRace.draw(
                subsets, weights, sound, gates.faults(), seed.child("race").generator());
        int[] reads = Arrays.copyOf(sound, outputs * subsets.fanIn());
        System.arraycopy(rest, 0, reads, sound.length, rest.length);
        rename(reads, subsets, seed.child("ranks").generator());
        return Shuffle.blocks(reads, subsets.fanIn(), seed.child("labels").generator());
    }

    private static double[] weights(int inputs, double exponent) {
        double[] weights = new double[inputs];
        for (int t = 0; t < inputs; t++) {
            weights[t] = StrictMath.pow(t + 1.0, -exponent); // StrictMath: the same bits on every machine
        }
        return weights;
    }

    /** Whole numbers in proportion to the weights as far as the cap allows, with r m' as their sum. */
    static int[] influences(Subsets subsets, int outputs, double[] weights) {
        int inputs = subsets.inputs();
        double cap = new Subsets(inputs - 1, subsets.fanIn() - 1).count().doubleValue();
        cap = Math.min(cap, outputs);
        int places = outputs * subsets.fanIn();
        double weightLeft = Arrays.stream(weights).sum();
        int capped = 0;
        while (capped < inputs && (places - capped * cap) * weights[capped] > cap * weightLeft) {
            weightLeft -= weights[capped++];
        }
        double scale = capped == inputs ? 0 : (places - capped * cap) / weightLeft;
        int[] influences = new int[inputs];
        double exact = 0;
        int given = 0;
        for (int t = 0; t < inputs; t++) {
            exact += t < capped ? cap : scale * weights[t];
            // rounding the running sum spreads what is below 1 evenly over the ranks of the tail
            int upToHere = t == inputs - 1 ? places : Math.max(given, (int) Math.min(places, Math.floor(exact)));
            influences[t] = upToHere - given;
            given = upToHere;
        }
        return influences;
    }

    private static void rename(int[] reads, Subsets subsets, RandomGenerator random) {
        int[] inputOfRank = Shuffle.permutation(subsets.inputs(), random);
        for (int t = 0; t < reads.length; t++) {
            reads[t] = inputOfRank[reads[t]];
        }
        for (int from = 0; from < reads.length; from += subsets.fanIn()) {
            Arrays.sort(reads, from, from + subsets.fanIn());
        }
    }
}
