package org.superpose.interop.truth;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * For each feature of each level an input that turns it: the smallest one that takes it from what it is at rest to the
 * other value, with the fewest further features of its level turned. For an AND gate these are the features it reads.
 */
final class TurningInputs {
    /** Sets of reads that are tried for one gate. */
    private static final int MOST_TRIED = 20_000;

    private final ProblemInstance instance;
    private final FeatureSet[] rest;
    private final FeatureSet[][] inputs;
    private final int[][] others;

    TurningInputs(ProblemInstance instance) {
        this.instance = instance;
        int levels = instance.layers().size() + 1;
        this.inputs = new FeatureSet[levels][];
        this.others = new int[levels][];
        this.rest = levelsOf(instance, FeatureSet.EMPTY);
        inputs[0] = new FeatureSet[instance.inputs()];
        others[0] = new int[instance.inputs()];
        for (int j = 0; j < instance.inputs(); j++) {
            inputs[0][j] = FeatureSet.of(j);
        }
        for (int level = 1; level < levels; level++) {
            Gates gates = instance.layers().get(level - 1);
            inputs[level] = new FeatureSet[gates.outputs()];
            others[level] = new int[gates.outputs()];
            for (int i = 0; i < gates.outputs(); i++) {
                find(level, gates, i);
            }
        }
    }

    /** The features that are on at each level, 0..G. */
    static FeatureSet[] levelsOf(ProblemInstance instance, FeatureSet active) {
        FeatureSet[] levels = new FeatureSet[instance.layers().size() + 1];
        levels[0] = active;
        for (int g = 0; g < instance.layers().size(); g++) {
            levels[g + 1] = instance.layers().get(g).evaluate(levels[g]);
        }
        return levels;
    }

    /** The input, or empty if none was found. */
    Optional<FeatureSet> input(int level, int feature) {
        return Optional.ofNullable(inputs[level][feature]);
    }

    /** Whether nothing else of its level is turned with it. */
    boolean isAlone(int level, int feature) {
        return inputs[level][feature] != null && others[level][feature] == 0;
    }

    /** Whether it is on at rest, so that the input turns it off. */
    boolean isOnAtRest(int level, int feature) {
        return rest[level].contains(feature);
    }

    private void find(int level, Gates gates, int gate) {
        int[] reads = gates.reads(gate);
        int tried = 0;
        for (int size = 1; size <= reads.length && inputs[level][gate] == null; size++) {
            int[] chosen = new int[size];
            Arrays.setAll(chosen, t -> t);
            boolean more = true;
            while (more && tried < MOST_TRIED) {
                tried++;
                tryOut(level, gates, gate, reads, chosen);
                if (others[level][gate] == 0 && inputs[level][gate] != null) {
                    return;
                }
                more = next(chosen, reads.length);
            }
        }
        if (inputs[level][gate] == null && tried >= MOST_TRIED) {
            int[] all = new int[reads.length];
            Arrays.setAll(all, t -> t);
            tryOut(level, gates, gate, reads, all);
        }
    }

    private void tryOut(int level, Gates gates, int gate, int[] reads, int[] chosen) {
        boolean atRest = rest[level].contains(gate);
        if (level == 1) { // the sum of the steps decides, without a walk through the layers
            int sum = 0;
            for (int t : chosen) {
                sum += gates.function(gate).step(t);
            }
            if (gates.isOn(gate, sum) == atRest) {
                return;
            }
        }
        TreeSet<Integer> union = new TreeSet<>();
        for (int t : chosen) {
            FeatureSet below = inputs[level - 1][reads[t]];
            if (below == null) {
                return;
            }
            for (int s = 0; s < below.size(); s++) {
                union.add(below.get(s));
            }
        }
        FeatureSet input = FeatureSet.of(union.stream().mapToInt(j -> j).toArray());
        FeatureSet turned = levelsOf(instance, input)[level].symmetricDifference(rest[level]);
        if (turned.contains(gate) && (inputs[level][gate] == null || turned.size() - 1 < others[level][gate])) {
            inputs[level][gate] = input;
            others[level][gate] = turned.size() - 1;
        }
    }

    /** The next choice of as many of {@code count} positions, in ascending order. */
    private static boolean next(int[] chosen, int count) {
        int t = chosen.length - 1;
        while (t >= 0 && chosen[t] == count - chosen.length + t) {
            t--;
        }
        if (t < 0) {
            return false;
        }
        chosen[t]++;
        for (int s = t + 1; s < chosen.length; s++) {
            chosen[s] = chosen[s - 1] + 1;
        }
        return true;
    }
}
