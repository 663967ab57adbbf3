package org.superpose.constructions.clipped.weight;

/** The elementary probabilities of the cost models, for small numbers of trials. */
final class Chance {
    private Chance() {}

    /** C(n, k) as a double. */
    static double binomial(int n, int k) {
        if (k < 0 || k > n) {
            return 0;
        }
        double value = 1;
        for (int t = 1; t <= k; t++) {
            value = value * (n - k + t) / t;
        }
        return value;
    }

    /** P(exactly {@code hits} of {@code trials} independent trials succeed). */
    static double exactly(int trials, double success, int hits) {
        return binomial(trials, hits) * StrictMath.pow(success, hits) * StrictMath.pow(1 - success, trials - hits);
    }

    /** P(at least {@code hits} of {@code trials} independent trials succeed). */
    static double atLeast(int trials, double success, int hits) {
        double sum = 0;
        for (int t = Math.max(0, hits); t <= trials; t++) {
            sum += exactly(trials, success, t);
        }
        return Math.min(1, sum);
    }

    /** P(a Poisson variable is 0), P(it is 1), ..., P(it is {@code most}). */
    static double[] poisson(double mean, int most) {
        double[] chances = new double[most + 1];
        chances[0] = StrictMath.exp(-mean);
        for (int t = 1; t <= most; t++) {
            chances[t] = chances[t - 1] * mean / t;
        }
        return chances;
    }

    /**
     * P(each of a number of rows reads at least a number of the fired rows), rows reading each other row independently.
     *
     * @param needed the largest number that has to be read
     * @param rows the number of reading rows
     * @param density the chance that a row reads another
     * @param fired the largest number of fired rows
     * @return at [fired][needed]
     */
    static double[][] allRead(int needed, int rows, double density, int fired) {
        double[][] read = new double[fired + 1][needed + 1];
        read[0][0] = 1;
        for (int f = 1; f < read.length; f++) {
            read[f][0] = 1;
            for (int t = 1; t <= needed; t++) {
                read[f][t] = density * read[f - 1][t - 1] + (1 - density) * read[f - 1][t];
            }
        }
        for (double[] ofFired : read) {
            for (int t = 0; t <= needed; t++) {
                ofFired[t] = StrictMath.pow(ofFired[t], rows);
            }
        }
        return read;
    }
}
