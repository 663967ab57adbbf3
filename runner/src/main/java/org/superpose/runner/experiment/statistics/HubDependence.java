package org.superpose.runner.experiment.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.NetworkStatistic;

/**
 * The dependence between light inputs that share a heavy one (theory, section 4, mixed influence): their channels live
 * in the same rows S_h, so their columns meet in more rows than those of light inputs with different hubs.
 *
 * <p>Random s-subsets of S_h and S_g meet in s^2 |S_h and S_g| / (|S_h| |S_g|) rows on average: s^2 / |S_h| at one hub,
 * s^2 / n for independent sets. N channels that fill S_h evenly put N s / |S_h| of them in each row, and two of them
 * meet in s^2 / |S_h| - s / N rows. S_h is read off the network: the rows that listen to h. Balanced allocation draws
 * channels that meet a little less often than random ones, and sets of different hubs that overlap far less. The hub of
 * an output is its input of larger influence; light inputs are the hub of no output.
 *
 * @param samples the number of random pairs of each kind, if there are that many
 * @param seed of the random pairs
 */
@Reference(value = "Mixed influence", standing = Standing.RECONSTRUCTED)
public record HubDependence(int samples, Seed seed) implements NetworkStatistic {
    /** Rows that the columns of two light inputs have in common, on average, if they share a hub. */
    public static final String SHARING = "common_rows_sharing";

    /** Its standard error. */
    public static final String SHARING_ERROR = "common_rows_sharing_error";

    /** The prediction for random channels within the rows of their hubs. */
    public static final String SHARING_PREDICTED = "common_rows_sharing_predicted";

    /** The same for channels that fill the rows of their hub as evenly as possible: perfect balancing. */
    public static final String SHARING_BALANCED = "common_rows_sharing_balanced";

    /** Rows that the columns of two light inputs have in common, on average, if they share no hub. */
    public static final String APART = "common_rows_apart";

    /** The prediction for random channels within the rows of their hubs. */
    public static final String APART_PREDICTED = "common_rows_apart_predicted";

    private static final int MOST_TRIES = 64;

    /** Values are null where there are no such pairs or the network does not say its channel weight. */
    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        RowResponses responses = RowResponses.of(built.network());
        Gates gates = built.instance().gates();
        Object weight = built.network().provenance().parameters().get(ConstructionParameters.CHANNEL_WEIGHT.name());
        double squared = weight instanceof Integer s ? (double) s * s : Double.NaN;
        Map<Integer, Set<Integer>> hubsOf = hubsOfLightInputs(gates);
        int[] light = hubsOf.keySet().stream().mapToInt(Integer::intValue).toArray();
        RandomGenerator random = seed.child("hub-dependence").generator();
        Pairs sharing = new Pairs();
        Pairs apart = new Pairs();
        for (long tries = 0; light.length > 1 && tries < (long) MOST_TRIES * samples; tries++) {
            int a = light[random.nextInt(light.length)];
            int b = light[random.nextInt(light.length)];
            Set<Integer> shared = new TreeSet<>(hubsOf.get(a));
            shared.retainAll(hubsOf.get(b));
            Pairs kind = shared.isEmpty() ? apart : sharing;
            if (a == b || kind.measured.getN() == samples) {
                continue;
            }
            double expected = 0;
            for (int g : hubsOf.get(a)) {
                for (int h : hubsOf.get(b)) {
                    double sizes = (double) responses.rowsOf(g).length * responses.rowsOf(h).length;
                    expected += squared * responses.common(g, h) / sizes;
                }
            }
            double saved = 0;
            for (int hub : shared) {
                saved += Math.min(squared / responses.rowsOf(hub).length, Math.sqrt(squared) / gates.influence(hub));
            }
            kind.balanced.addValue(expected - saved);
            kind.measured.addValue(responses.common(a, b));
            kind.predicted.addValue(expected);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(SHARING, sharing.mean());
        fields.put(SHARING_ERROR, sharing.standardError());
        fields.put(SHARING_PREDICTED, sharing.expected(sharing.predicted));
        fields.put(SHARING_BALANCED, sharing.expected(sharing.balanced));
        fields.put(APART, apart.mean());
        fields.put(APART_PREDICTED, apart.expected(apart.predicted));
        return fields;
    }

    /** The light inputs with the heavy partners of each. */
    private static Map<Integer, Set<Integer>> hubsOfLightInputs(Gates gates) {
        Map<Integer, Set<Integer>> hubsOf = new LinkedHashMap<>();
        Set<Integer> hubs = new TreeSet<>();
        for (int i = 0; i < gates.outputs(); i++) {
            int a = gates.read(i, 0);
            int b = gates.read(i, 1);
            boolean first = gates.influence(a) >= gates.influence(b);
            hubs.add(first ? a : b);
            hubsOf.computeIfAbsent(first ? b : a, light -> new TreeSet<>()).add(first ? a : b);
        }
        hubsOf.keySet().removeAll(hubs);
        return hubsOf;
    }

    /** What was found for the pairs of one kind. */
    private static final class Pairs {
        private final SummaryStatistics measured = new SummaryStatistics();
        private final SummaryStatistics predicted = new SummaryStatistics();
        private final SummaryStatistics balanced = new SummaryStatistics();

        Double mean() {
            return measured.getN() > 0 ? measured.getMean() : null;
        }

        Double standardError() {
            return measured.getN() > 1 ? measured.getStandardDeviation() / Math.sqrt(measured.getN()) : null;
        }

        Double expected(SummaryStatistics expected) {
            return measured.getN() > 0 && Double.isFinite(expected.getMean()) ? expected.getMean() : null;
        }
    }
}
