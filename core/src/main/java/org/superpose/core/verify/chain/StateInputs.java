package org.superpose.core.verify.chain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;

/**
 * One input for each state that a layer of gates can produce. For AND gates these are the inputs that are unions of
 * read sets J_i: if F(x) = S then already the union u of the J_i of S gives F(u) = S, as it turns on all of S, and,
 * being part of x, nothing more. A lower bound on activity may keep the union out of the domain; then, and for other
 * gates, it is the first input that produces a state.
 */
final class StateInputs {
    private StateInputs() {}

    /** Whether the states are those of unions of read sets. */
    static boolean areUnions(Gates gates, InputDomain domain) {
        return gates.areAll(GateFunction.AND) && domain.minActive() == 0;
    }

    /**
     * @param most how many to list
     * @return the empty input, single read sets, and so on, or in the order of the domain; or empty if there are more
     *     than {@code most}
     */
    static Optional<List<FeatureSet>> of(Gates gates, InputDomain domain, int most) {
        return areUnions(gates, domain) ? unions(gates, domain, most) : firstOfEach(gates, domain, most);
    }

    private static Optional<List<FeatureSet>> firstOfEach(Gates gates, InputDomain domain, int most) {
        List<FeatureSet> inputs = new ArrayList<>();
        Set<FeatureSet> known = new HashSet<>();
        for (FeatureSet input : domain) {
            if (known.add(gates.changes(input))) {
                if (inputs.size() == most) {
                    return Optional.empty();
                }
                inputs.add(input);
            }
        }
        return Optional.of(inputs);
    }

    private static Optional<List<FeatureSet>> unions(Gates gates, InputDomain domain, int most) {
        List<FeatureSet> reads = IntStream.range(0, gates.outputs())
                .mapToObj(gate -> FeatureSet.of(gates.reads(gate)))
                .distinct()
                .toList();
        List<FeatureSet> inputs = new ArrayList<>(List.of(FeatureSet.EMPTY));
        Set<FeatureSet> known = new HashSet<>(inputs);
        for (int s = 0; s < inputs.size(); s++) {
            for (FeatureSet read : reads) {
                FeatureSet union = inputs.get(s).union(read);
                if (domain.contains(union) && known.add(union)) {
                    if (inputs.size() == most) {
                        return Optional.empty();
                    }
                    inputs.add(union);
                }
            }
        }
        return Optional.of(inputs);
    }
}
