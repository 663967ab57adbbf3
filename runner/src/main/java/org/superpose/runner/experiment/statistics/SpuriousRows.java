package org.superpose.runner.experiment.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Layer;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.NetworkStatistic;

/**
 * Hidden rows that fire by chance, because v inputs of <em>different</em> outputs meet in them (theory, section 4):
 * counted on random inputs with v active features that turn no output on, so that every row that fires is spurious.
 *
 * <p>With output channels of s of the n rows, input j occupies n (1 - (1 - s/n)^d_j) rows, for small loads d_j s. A
 * random row holds r of the v active inputs with the probability that independence gives; for two inputs of influence d
 * that is (d s)^2 / n rows. The phase change comes when this exceeds the O(log m') that the channels tolerate: once d
 * exceeds m'^(1/4).
 *
 * @param samples the number of random inputs
 * @param seed of the random inputs
 */
@Reference(value = "Theorem 4.1", standing = Standing.ATTESTED)
public record SpuriousRows(int samples, Seed seed) implements NetworkStatistic {
    /** The mean number of rows that fire at half of the full signal or more. */
    public static final String ROWS = "spurious_rows";

    /** The standard error of that mean. */
    public static final String STANDARD_ERROR = "spurious_rows_error";

    /** The prediction of independent output channels for the same inputs; null if the channel weight is unknown. */
    public static final String PREDICTED = "spurious_rows_predicted";

    /**
     * The same with Gaussian noise of the measured size in every row: what fires at r - 1 active inputs by noise is
     * added, what does not fire at r is taken away.
     */
    public static final String PREDICTED_WITH_NOISE = "spurious_rows_predicted_with_noise";

    private static final float FIRES = 0.5f;
    private static final int MOST_TRIES = 64;

    /** The values are null if no input with v active features is quiet. */
    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        RandomGenerator random = seed.child("spurious-rows").generator();
        Evaluator evaluator = new KernelEvaluator(built.network());
        SummaryStatistics fired = new SummaryStatistics();
        SummaryStatistics predicted = new SummaryStatistics();
        SummaryStatistics withNoise = new SummaryStatistics();
        double[] firing = firingChances(built);
        int needed = built.instance().gates().maxFanIn();
        Object weight = built.network().provenance().parameters().get(ConstructionParameters.CHANNEL_WEIGHT.name());
        for (long tries = 0; fired.getN() < samples && tries < (long) MOST_TRIES * samples; tries++) {
            FeatureSet input = built.instance().domain().sample(built.instance().maxActive(), random);
            if (built.instance().evaluate(input).isEmpty()) {
                fired.addValue(fired(evaluator.activations(input)[1]));
                if (weight instanceof Integer s) {
                    double[] rows = rowsByActive(
                            built.instance().gates(),
                            input,
                            s,
                            built.network().layers().get(0).rows());
                    predicted.addValue(IntStream.range(needed, rows.length)
                            .mapToDouble(c -> rows[c])
                            .sum());
                    withNoise.addValue(IntStream.range(0, rows.length)
                            .mapToDouble(c -> rows[c] * firing[c])
                            .sum());
                }
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean any = fired.getN() > 1;
        fields.put(ROWS, any ? fired.getMean() : null);
        fields.put(STANDARD_ERROR, any ? fired.getStandardDeviation() / Math.sqrt(fired.getN()) : null);
        fields.put(PREDICTED, predicted.getN() > 0 ? predicted.getMean() : null);
        fields.put(PREDICTED_WITH_NOISE, withNoise.getN() > 0 ? withNoise.getMean() : null);
        return fields;
    }

    private static int fired(float[] hidden) {
        int count = 0;
        for (float value : hidden) {
            count += value >= FIRES ? 1 : 0;
        }
        return count;
    }

    /**
     * The chance that a row with 0, 1, ..., v active inputs of its own fires, for Gaussian noise of the measured size.
     */
    private static double[] firingChances(BuiltNetwork built) {
        Layer layer = built.network().layers().get(0);
        RowResponses responses = RowResponses.of(built.network());
        int active = built.instance().maxActive();
        double needed = (FIRES - layer.bias(0)) / responses.gain(); // in units of one active input
        double noise = Math.max(responses.noise(active), Double.MIN_NORMAL);
        NormalDistribution normal = new NormalDistribution(null, 0, noise);
        double[] chances = new double[active + 1];
        for (int count = 0; count <= active; count++) {
            chances[count] = 1 - normal.cumulativeProbability(needed - count);
        }
        return chances;
    }

    /**
     * The expected number of rows in which exactly 0, 1, ..., v of the active inputs have a channel, each independently
     * of the others.
     */
    static double[] rowsByActive(Gates gates, FeatureSet input, int channelWeight, int rows) {
        double[] exactly = new double[input.size() + 1];
        exactly[0] = rows;
        for (int t = 0; t < input.size(); t++) {
            double occupied = 1 - Math.pow(1 - (double) channelWeight / rows, gates.influence(input.get(t)));
            for (int count = t + 1; count > 0; count--) {
                exactly[count] = exactly[count] * (1 - occupied) + exactly[count - 1] * occupied;
            }
            exactly[0] *= 1 - occupied;
        }
        return exactly;
    }
}
