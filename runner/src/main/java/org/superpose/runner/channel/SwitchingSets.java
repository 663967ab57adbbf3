package org.superpose.runner.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;

/**
 * What a map says of its channels: for each output the sets of inputs that switch it from what it is at rest, and no
 * part of which does. For an AND that is the set of its reads, for an OR of clauses each clause's positive literals.
 */
final class SwitchingSets {
    /** Sets of one output that are looked at, at most. */
    private static final int MOST = 1 << 16;

    private final ProblemInstance instance;
    private final RestingState rest;

    SwitchingSets(ProblemInstance instance) {
        this.instance = instance;
        this.rest = RestingState.of(instance);
    }

    /** The sets of one output, smallest first; empty if there are too many to look at. */
    Optional<Set<FeatureSet>> of(int output) {
        List<int[]> groups = groups(output);
        List<FeatureSet> candidates = new ArrayList<>();
        for (int size = 1; size <= instance.maxActive(); size++) {
            for (int[] group : groups) {
                add(group, new int[0], 0, size, candidates);
                if (candidates.size() > MOST) {
                    return Optional.empty();
                }
            }
        }
        Set<FeatureSet> found = new LinkedHashSet<>();
        for (FeatureSet each : candidates) {
            if (found.stream().noneMatch(part -> holds(each, part))
                    && rest.changes(each).contains(output)) {
                found.add(each);
            }
        }
        return Optional.of(found);
    }

    private static boolean holds(FeatureSet set, FeatureSet part) {
        for (int feature : part.toArray()) {
            if (!set.contains(feature)) {
                return false;
            }
        }
        return true;
    }

    /** The reads of each clause where an output is an OR of clauses, else all inputs that it depends on. */
    private List<int[]> groups(int output) {
        List<Gates> layers = instance.layers();
        Set<Integer> gates = new TreeSet<>(Set.of(output));
        for (int t = layers.size() - 1; t > 0; t--) {
            Set<Integer> before = new TreeSet<>();
            for (int gate : gates) {
                for (int read : layers.get(t).reads(gate)) {
                    before.add(read);
                }
            }
            gates = before;
        }
        Gates first = layers.get(0);
        boolean isOr = layers.size() == 1
                || layers.size() == 2 && layers.get(1).function(output).equals(GateFunction.atLeast(1));
        if (isOr) {
            return gates.stream().map(first::reads).toList();
        }
        return List.of(gates.stream()
                .flatMapToInt(gate -> Arrays.stream(first.reads(gate)))
                .sorted()
                .distinct()
                .toArray());
    }

    private static void add(int[] group, int[] chosen, int from, int size, List<FeatureSet> into) {
        if (chosen.length == size) {
            into.add(FeatureSet.of(chosen));
            return;
        }
        for (int t = from; t <= group.length - size + chosen.length && into.size() <= MOST; t++) {
            int[] more = Arrays.copyOf(chosen, chosen.length + 1);
            more[chosen.length] = group[t];
            add(group, more, t + 1, size, into);
        }
    }
}
