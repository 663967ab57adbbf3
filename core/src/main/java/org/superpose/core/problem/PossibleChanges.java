package org.superpose.core.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/**
 * Which gates of a map can leave their resting value on some input of a domain. Exact for the first layer as far as
 * activity bound and groups go; behind it a gate counts as one that can unless the contrary is plain, and so does every
 * gate that only the lower bound on activity keeps from it.
 */
final class PossibleChanges {
    private final List<Gates> layers;
    private final InputDomain domain;
    /** For each layer the inputs that are on at rest. */
    private final List<FeatureSet> on = new ArrayList<>();
    /** For each layer what is known of its gates so far: the features without which none changes, or empty: never. */
    private final List<Map<Integer, Optional<FeatureSet>>> known = new ArrayList<>();

    PossibleChanges(List<Gates> layers, InputDomain domain) {
        this.layers = layers;
        this.domain = domain;
        FeatureSet state = FeatureSet.EMPTY;
        for (Gates layer : layers) {
            on.add(state);
            known.add(new HashMap<>());
            state = layer.evaluate(state);
        }
    }

    /** Whether any output can change. */
    boolean any() {
        int last = layers.size() - 1;
        return IntStream.range(0, layers.get(last).outputs())
                .anyMatch(output -> needed(last, output).isPresent());
    }

    /** Features that are active whenever the gate is not at rest, or empty if it always is. */
    private Optional<FeatureSet> needed(int layer, int gate) {
        Optional<FeatureSet> before = known.get(layer).get(gate);
        if (before != null) {
            return before;
        }
        Optional<FeatureSet> found = layer == 0 ? neededOfInputs(gate) : neededOfGates(layer, gate);
        known.get(layer).put(gate, found);
        return found;
    }

    private Optional<FeatureSet> neededOfInputs(int gate) {
        Gates gates = layers.get(0);
        if (!changes(gates, gate)) {
            return Optional.empty();
        }
        return Optional.of(isConjunction(gates, gate) ? FeatureSet.of(gates.reads(gate)) : FeatureSet.EMPTY);
    }

    private static boolean isConjunction(Gates gates, int gate) {
        return gates.function(gate).equals(GateFunction.AND);
    }

    private Optional<FeatureSet> neededOfGates(int layer, int gate) {
        Gates gates = layers.get(layer);
        int[] reads = gates.reads(gate);
        boolean off = IntStream.of(reads).anyMatch(read -> !on.get(layer).contains(read));
        if (!isConjunction(gates, gate) || !off) {
            return IntStream.of(reads).anyMatch(read -> needed(layer - 1, read).isPresent())
                    ? Optional.of(FeatureSet.EMPTY)
                    : Optional.empty();
        }
        TreeSet<Integer> all = new TreeSet<>();
        for (int read : reads) {
            if (on.get(layer).contains(read)) {
                continue;
            }
            Optional<FeatureSet> own = needed(layer - 1, read);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            IntStream.of(own.get().toArray()).forEach(all::add);
        }
        int[] features = all.stream().mapToInt(feature -> feature).toArray();
        return Optional.of(features).filter(this::mayBeActive).map(each -> FeatureSet.ofSorted(each, each.length));
    }

    /** Whether some features may be active together. */
    private boolean mayBeActive(int[] features) {
        return features.length <= domain.maxActive() && groups(features) == features.length;
    }

    private long groups(int[] features) {
        return domain.isGrouped()
                ? IntStream.of(features).map(domain::groupOf).distinct().count()
                : features.length;
    }

    /** Whether some features that may be active together change a gate of the first layer. */
    private boolean changes(Gates gates, int gate) {
        GateFunction function = gates.function(gate);
        boolean rest = gates.isOn(gate, 0);
        if (function.isSymmetric()) {
            int most = (int) Math.min(domain.maxActive(), groups(gates.reads(gate)));
            return IntStream.rangeClosed(1, most).anyMatch(count -> gates.isOn(gate, count) != rest);
        }
        if (function instanceof Table) {
            int[] reads = gates.reads(gate);
            return IntStream.range(1, 1 << reads.length)
                    .anyMatch(row -> gates.isOn(gate, row) != rest && mayBeActive(chosen(reads, row)));
        }
        // What is left is on iff the sum is large enough.
        return gates.isOn(gate, farthestSum(gates, gate, rest ? -1 : 1)) != rest;
    }

    private static int[] chosen(int[] reads, int row) {
        return IntStream.range(0, reads.length)
                .filter(t -> (row >> t & 1) == 1)
                .map(t -> reads[t])
                .toArray();
    }

    /** The largest sum that inputs of the domain give to a gate, or with sign -1 the smallest. */
    private int farthestSum(Gates gates, int gate, int sign) {
        Map<Integer, Integer> farthest = new HashMap<>();
        for (int t = 0; t < gates.fanIn(gate); t++) {
            int step = sign * gates.function(gate).step(t);
            if (step > 0) {
                farthest.merge(domain.groupOf(gates.read(gate, t)), step, Math::max);
            }
        }
        return sign
                * farthest.values().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(domain.maxActive())
                        .mapToInt(step -> step)
                        .sum();
    }
}
