package org.superpose.core.verify.chain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;

/**
 * One input for each state that a layer of AND gates can produce: the inputs that are unions of read sets J_i. If F(x)
 * = S then already the union u of the J_i of S gives F(u) = S: it turns on all of S, and, being part of x, nothing
 * more.
 */
final class StateInputs {
    private StateInputs() {}

    /**
     * @param most how many to list
     * @return the empty input, single read sets, and so on; or empty if there are more than {@code most}
     */
    static Optional<List<FeatureSet>> of(Gates gates, InputDomain domain, int most) {
        List<FeatureSet> reads = IntStream.range(0, gates.outputs())
                .mapToObj(gate -> FeatureSet.of(gates.reads(gate)))
                .distinct()
                .toList();
        List<FeatureSet> inputs = new ArrayList<>(List.of(FeatureSet.EMPTY));
        Set<FeatureSet> known = new HashSet<>(inputs);
        for (int s = 0; s < inputs.size(); s++) {
            for (FeatureSet read : reads) {
                FeatureSet union = union(inputs.get(s), read);
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

    private static FeatureSet union(FeatureSet first, FeatureSet second) {
        return FeatureSet.of(IntStream.concat(IntStream.of(first.toArray()), IntStream.of(second.toArray()))
                .distinct()
                .toArray());
    }
}
