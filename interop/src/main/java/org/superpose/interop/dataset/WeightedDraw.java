package org.superpose.interop.dataset;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;

/** Draws things by their frequencies, together with those that they are correlated with. Immutable. */
final class WeightedDraw {
    /** The number of draws after which a correlated one is taken as it is. */
    private static final int MAX_TRIES = 1000;

    private final double[] cumulative;
    /** The vector of each thing, or null where nothing is correlated. */
    private final double[][] loadings;

    private final double scale;

    /**
     * @param what the things, for messages: "gates"
     * @param count how many there are
     */
    WeightedDraw(
            String what,
            int count,
            SampleProfile.Frequencies frequencies,
            Optional<SampleProfile.Correlation> correlation,
            Seed seed) {
        double[] weights = weights(what, count, frequencies, seed.child("ranks"));
        this.cumulative = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
            cumulative[i] = sum;
        }
        this.loadings = correlation
                .map(value -> loadings(count, value.rank(), seed.child("loadings")))
                .orElse(null);
        this.scale = correlation.map(SampleProfile.Correlation::scale).orElse(0.0);
    }

    private static double[] weights(String what, int count, SampleProfile.Frequencies frequencies, Seed seed) {
        if (frequencies instanceof SampleProfile.Frequencies.Given given) {
            if (given.weights().length != count) {
                throw new InvalidInputException(
                        given.weights().length + " frequencies are given for " + count + " " + what);
            }
            return given.weights();
        }
        double exponent = ((SampleProfile.Frequencies.Zipf) frequencies).exponent();
        int[] order = shuffled(count, seed.generator());
        double[] weights = new double[count];
        for (int rank = 0; rank < count; rank++) {
            weights[order[rank]] = StrictMath.pow(rank + 1.0, -exponent);
        }
        return weights;
    }

    static int[] shuffled(int count, RandomGenerator random) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static double[][] loadings(int count, int rank, Seed seed) {
        RandomGenerator random = seed.generator();
        double[][] loadings = new double[count][rank];
        for (double[] vector : loadings) {
            double square = 0;
            for (int r = 0; r < rank; r++) {
                vector[r] = Gaussian.draw(random);
                square += vector[r] * vector[r];
            }
            for (int r = 0; r < rank; r++) {
                vector[r] /= Math.sqrt(square);
            }
        }
        return loadings;
    }

    /** Draws the mood of a sample: the vector that correlated things are held against; empty without correlation. */
    double[] factors(RandomGenerator random) {
        double[] factors = new double[loadings == null ? 0 : loadings[0].length];
        for (int r = 0; r < factors.length; r++) {
            factors[r] = Gaussian.draw(random);
        }
        return factors;
    }

    /** Draws one thing. */
    int draw(double[] factors, RandomGenerator random) {
        int drawn = plain(random);
        if (loadings == null) {
            return drawn;
        }
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            double product = 0;
            for (int r = 0; r < factors.length; r++) {
                product += loadings[drawn][r] * factors[r];
            }
            if (random.nextDouble() < 1 / (1 + StrictMath.exp(-scale * product))) {
                return drawn;
            }
            drawn = plain(random);
        }
        return drawn;
    }

    private int plain(RandomGenerator random) {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        int place = found >= 0 ? found + 1 : -found - 1;
        return Math.min(place, cumulative.length - 1);
    }
}
