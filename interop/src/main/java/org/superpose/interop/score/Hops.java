package org.superpose.interop.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.problem.Gates;

/**
 * The hops of a transcoder: from the features of the state that it reads to those of the state that it writes. A latent
 * goes to the feature it is assigned to, and comes from the source features whose directions its encoder answers most:
 * as many as that feature truly depends on.
 */
final class Hops {
    private final ScoredDataset data;
    private final DictionaryWeights weights;
    private final Matching matching;
    private final int low;
    private final int high;
    private final float[][] sources;

    Hops(ScoredDataset data, DictionaryWeights weights, Matching matching, int from, int to) {
        this.data = data;
        this.weights = weights;
        this.matching = matching;
        this.low = data.level(from);
        this.high = data.level(to);
        this.sources = data.directions(from);
    }

    /**
     * @param represented for each feature of the level between whether a latent stands for it; empty if there is none
     */
    Map<String, Object> document(Optional<boolean[]> represented) {
        var layers = data.network().instance().layers();
        long hops = 0;
        long found = 0;
        long paths = 0;
        long skipped = 0;
        int[] latentOf = latentOf(high == 0 ? 0 : layers.get(high - 1).outputs());
        for (int feature = 0; feature < latentOf.length; feature++) {
            Set<Integer> truth = ancestors(layers, feature);
            hops += truth.size();
            if (latentOf[feature] < 0 || weights.encoder().isEmpty()) {
                continue;
            }
            Set<Integer> told = strongest(weights.encoder().get()[latentOf[feature]], truth.size());
            told.retainAll(truth);
            found += told.size();
            if (represented.isPresent()) {
                Gates last = layers.get(high - 1);
                Gates first = layers.get(high - 2);
                for (int middle : last.reads(feature)) {
                    for (int source : first.reads(middle)) {
                        paths++;
                        skipped += told.contains(source) && !represented.get()[middle] ? 1 : 0;
                    }
                }
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("true_hops", hops);
        document.put("hop_recall", hops == 0 ? 0 : (double) found / hops);
        document.put("two_step_paths", represented.isPresent() ? paths : null);
        document.put(
                "skipped_hops",
                represented.isPresent() ? paths == 0 ? 0 : (double) skipped / paths : high - low < 2 ? 0.0 : null);
        return document;
    }

    private int[] latentOf(int features) {
        int[] latentOf = new int[features];
        Arrays.fill(latentOf, -1);
        for (int k = 0; k < matching.featureOf().length; k++) {
            if (matching.featureOf()[k] >= 0) {
                latentOf[matching.featureOf()[k]] = k;
            }
        }
        return latentOf;
    }

    /** The features of the lower level that a feature of the higher one depends on. */
    private Set<Integer> ancestors(List<Gates> layers, int feature) {
        Set<Integer> level = new TreeSet<>(Set.of(feature));
        for (int g = high; g > low; g--) {
            Gates gates = layers.get(g - 1);
            level = level.stream()
                    .flatMap(each -> IntStream.of(gates.reads(each)).boxed())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        return level;
    }

    private Set<Integer> strongest(float[] encoder, int count) {
        double[] answers = new double[sources.length];
        for (int j = 0; j < sources.length; j++) {
            for (int c = 0; c < encoder.length; c++) {
                answers[j] += (double) encoder[c] * sources[j][c];
            }
        }
        return IntStream.range(0, sources.length)
                .filter(j -> answers[j] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(j -> -answers[j]).thenComparingInt(j -> j))
                .limit(count)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
