package org.superpose.constructions.layered;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.SymmetricFunction;

/** How many features can be active between the layers of a layered instance. */
public final class LayerDomains {
    private LayerDomains() {}

    /**
     * The domain of each layer: that of the instance, then all sets of as many features as the layer before can turn
     * on.
     */
    static List<InputDomain> of(ProblemInstance instance) {
        List<InputDomain> domains = new ArrayList<>();
        domains.add(instance.domain());
        for (int t = 0; t + 1 < instance.layers().size(); t++) {
            Gates gates = instance.layers().get(t);
            int active = mostOn(gates, domains.get(t).maxActive());
            domains.add(InputDomain.sparse(gates.outputs(), Math.max(1, Math.min(gates.outputs(), active))));
        }
        return domains;
    }

    /**
     * An upper bound on the number of gates that {@code maxActive} inputs can turn on: each gate that is on takes at
     * least its threshold out of the influences of the active inputs, and different AND gates of one fan-in read
     * different subsets of them.
     */
    public static int mostOn(Gates gates, int maxActive) {
        int[] influences = IntStream.range(0, gates.inputs())
                .map(gates::influence)
                .sorted()
                .toArray();
        long reads = Arrays.stream(influences, Math.max(0, influences.length - maxActive), influences.length)
                .asLongStream()
                .sum();
        long most = Math.min(gates.outputs(), reads / leastActive(gates));
        boolean distinctSubsets =
                gates.areAll(GateFunction.AND) && gates.minFanIn() == gates.maxFanIn() && areDistinct(gates);
        return distinctSubsets
                ? FunctionClass.binomial(maxActive, gates.maxFanIn())
                        .min(BigInteger.valueOf(most))
                        .intValueExact()
                : (int) most;
    }

    private static int leastActive(Gates gates) {
        if (gates.commonFunction().orElse(null) instanceof SymmetricFunction.AtLeast atLeast) {
            return atLeast.threshold();
        }
        return gates.areAll(GateFunction.AND) ? gates.minFanIn() : 1;
    }

    private static boolean areDistinct(Gates gates) {
        return IntStream.range(0, gates.outputs())
                        .mapToObj(output -> Arrays.toString(gates.reads(output)))
                        .distinct()
                        .count()
                == gates.outputs();
    }
}
