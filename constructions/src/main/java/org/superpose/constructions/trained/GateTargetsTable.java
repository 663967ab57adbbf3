package org.superpose.constructions.trained;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;

/**
 * The targets of all gates of a layer. Those of gates that compute the same function of reads that may be active
 * together in the same way are found once.
 */
final class GateTargetsTable {
    private final List<Optional<GateTargets>> targets = new ArrayList<>();

    /** What the targets of a gate depend on: for each read the first one of the same group. */
    private record Kind(GateFunction function, List<Integer> groups) {}

    /** @param slack how far below 0 the scores of others may be, as a multiple of how far above */
    GateTargetsTable(Gates gates, InputDomain domain, double slack) {
        Map<Kind, Optional<GateTargets>> known = new HashMap<>();
        for (int i = 0; i < gates.outputs(); i++) {
            int output = i;
            Kind kind = new Kind(gates.function(i), groups(gates.reads(i), domain));
            targets.add(known.computeIfAbsent(kind, any -> GateTargets.of(gates, output, domain, slack)));
        }
    }

    private static List<Integer> groups(int[] reads, InputDomain domain) {
        List<Integer> groups = new ArrayList<>();
        for (int t = 0; t < reads.length; t++) {
            int first = 0;
            while (domain.groupOf(reads[first]) != domain.groupOf(reads[t])) {
                first++;
            }
            groups.add(first);
        }
        return groups;
    }

    /** The first gate that has no targets on the domain, if there is one. */
    OptionalInt firstWithout() {
        return first(Optional::isEmpty);
    }

    /** The first gate that is no threshold function on the domain, if there is one. */
    OptionalInt firstThatIsNoThreshold() {
        return first(target -> target.isEmpty() || target.get().corrections() > 0);
    }

    private OptionalInt first(Predicate<Optional<GateTargets>> isMeant) {
        return IntStream.range(0, targets.size())
                .filter(i -> isMeant.test(targets.get(i)))
                .findFirst();
    }

    /** The targets of each gate. */
    List<GateTargets> all() {
        return targets.stream().map(Optional::orElseThrow).toList();
    }
}
