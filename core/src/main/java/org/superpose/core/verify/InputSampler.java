package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Draws inputs from a mixture: a quarter uniform over the domain, a quarter with the number of active features uniform
 * on 0..v, and half near true positives, where errors live: all of the inputs of a random gate, or all but one of them,
 * filled up with random features (theory, section 7.4). Every input of the domain has positive probability.
 */
final class InputSampler {
    /** Random features that are tried to fill an input up. */
    private static final int MAX_TRIES = 64;

    private final InputDomain domain;
    private final Gates gates;
    /** The probability that a uniform input has at most 0, 1, ..., v active features. */
    private final double[] cumulative;

    private final int[] active;

    InputSampler(ProblemInstance instance) {
        this.domain = instance.domain();
        this.gates = instance.layers().get(0);
        this.active = new int[domain.maxActive()];
        BigInteger[] sizes = domain.sizesByActive();
        this.cumulative = new double[sizes.length];
        double total = domain.size().doubleValue();
        double sum = 0;
        for (int t = 0; t < sizes.length; t++) {
            sum += sizes[t].doubleValue();
            cumulative[t] = sum / total;
        }
    }

    /** @param number of the sample; it decides which part of the mixture is drawn from */
    FeatureSet sample(long number, RandomGenerator random) {
        return switch ((int) (number % 4)) {
            case 0 -> domain.sample(uniformCount(random), random);
            case 1 ->
                domain.sample(domain.minActive() + random.nextInt(domain.maxActive() - domain.minActive() + 1), random);
            default -> nearTruePositive(random);
        };
    }

    /** How many of the samples 0..count-1 are uniform over the domain. */
    static int uniformAmong(int count) {
        return (count + 3) / 4;
    }

    private int uniformCount(RandomGenerator random) {
        double at = random.nextDouble();
        int count = 0;
        while (count < domain.maxActive() && at >= cumulative[count]) {
            count++;
        }
        return count;
    }

    private FeatureSet nearTruePositive(RandomGenerator random) {
        int gate = random.nextInt(gates.outputs());
        int fanIn = gates.fanIn(gate);
        if (fanIn == 0) {
            return domain.sample(random); // a constant is near everything
        }
        int left = random.nextBoolean() ? -1 : random.nextInt(fanIn); // the input that is left out, if any
        int start = random.nextInt(fanIn); // with more inputs than may be active, a window of them
        int count = 0;
        for (int t = 0; t < fanIn && count < domain.maxActive(); t++) {
            int position = (start + t) % fanIn;
            int feature = gates.read(gate, position);
            if (position != left && domain.fits(active, count, feature)) {
                active[count++] = feature;
            }
        }
        int least = Math.max(count, domain.minActive());
        int wanted = least + random.nextInt(domain.maxActive() - least + 1);
        for (int tries = 0; count < wanted && tries < MAX_TRIES; tries++) {
            int feature = random.nextInt(domain.features());
            if (domain.fits(active, count, feature)) { // a feature does not fit itself
                active[count++] = feature;
            }
        }
        return count < domain.minActive()
                ? domain.sample(domain.minActive(), random)
                : FeatureSet.of(Arrays.copyOf(active, count));
    }
}
