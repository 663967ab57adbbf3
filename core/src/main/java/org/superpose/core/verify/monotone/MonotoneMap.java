package org.superpose.core.verify.monotone;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.SymmetricFunction;

/**
 * The minimal sets of at most v features that turn on the outputs of a map of monotone gates, multiplied out from those
 * of what each gate reads. It shares nothing with {@link ThresholdSearch}, which finds those of the network.
 */
final class MonotoneMap {
    /** The most subsets of its reads that are looked at for one gate, or features that they make sets of. */
    private static final int MOST_SETS = 1 << 16;

    /** The most reads of a gate that is neither an AND nor a threshold on their number. */
    private static final int MOST_READS = 8;

    private MonotoneMap() {}

    /** A gate that can be turned off by active features, or has too many reads to tell; empty if there is none. */
    static OptionalInt firstGateThatMayFall(Gates gates) {
        for (int i = 0; i < gates.outputs(); i++) {
            if (!isMonotone(gates, i)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isMonotone(Gates gates, int output) {
        GateFunction function = gates.function(output);
        int fanIn = gates.fanIn(output);
        if (function instanceof SymmetricFunction.And) {
            return true;
        }
        if (function instanceof SymmetricFunction.AtLeast atLeast) {
            return FunctionClass.binomial(fanIn, atLeast.threshold()).compareTo(BigInteger.valueOf(MOST_SETS)) <= 0;
        }
        if (fanIn > MOST_READS) {
            return false;
        }
        for (int active = 0; active < 1 << fanIn; active++) {
            for (int t = 0; t < fanIn && isOn(gates, output, active); t++) {
                if (!isOn(gates, output, active | 1 << t)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isOn(Gates gates, int output, int active) {
        int sum = 0;
        for (int t = 0; t < gates.fanIn(output); t++) {
            sum += (active >> t & 1) != 0 ? gates.function(output).step(t) : 0;
        }
        return gates.isOn(output, sum);
    }

    /**
     * What turns each output on.
     *
     * @param instance of gates none of which {@link #firstGateThatMayFall may fall}
     * @throws ThresholdSearch.TooLong if an output has too many minimal sets
     */
    static List<Indicator> outputs(ProblemInstance instance) {
        List<Indicator> state = new ArrayList<>();
        for (int j = 0; j < instance.inputs(); j++) {
            state.add(Indicator.of(j));
        }
        for (Gates gates : instance.layers()) {
            List<Indicator> next = new ArrayList<>();
            for (int i = 0; i < gates.outputs(); i++) {
                Set<FeatureSet> sets = new HashSet<>();
                for (int[] chosen : minimalReads(gates, i)) {
                    sets.addAll(product(chosen, state, instance.maxActive()));
                }
                next.add(Indicator.of(sets));
            }
            state = next;
        }
        return state;
    }

    /** The minimal sets of what a gate reads that turn it on. */
    private static List<int[]> minimalReads(Gates gates, int output) {
        int[] reads = gates.reads(output);
        GateFunction function = gates.function(output);
        List<int[]> minimal = new ArrayList<>();
        if (function instanceof SymmetricFunction.And) {
            minimal.add(reads);
        } else if (function instanceof SymmetricFunction.AtLeast atLeast) {
            choose(reads, 0, new int[atLeast.threshold()], 0, minimal);
        } else {
            for (int active = 0; active < 1 << reads.length; active++) {
                if (isOn(gates, output, active) && isMinimal(gates, output, active)) {
                    minimal.add(chosen(reads, active));
                }
            }
        }
        return minimal;
    }

    private static void choose(int[] reads, int from, int[] chosen, int count, List<int[]> all) {
        if (count == chosen.length) {
            all.add(chosen.clone());
            return;
        }
        for (int t = from; t < reads.length; t++) {
            chosen[count] = reads[t];
            choose(reads, t + 1, chosen, count + 1, all);
        }
    }

    private static boolean isMinimal(Gates gates, int output, int active) {
        for (int rest = active; rest != 0; rest &= rest - 1) {
            if (isOn(gates, output, active & ~Integer.lowestOneBit(rest))) {
                return false;
            }
        }
        return true;
    }

    private static int[] chosen(int[] reads, int active) {
        int[] chosen = new int[Integer.bitCount(active)];
        int count = 0;
        for (int t = 0; t < reads.length; t++) {
            if ((active >> t & 1) != 0) {
                chosen[count++] = reads[t];
            }
        }
        return chosen;
    }

    /** The unions of one minimal set of each, as far as they have at most v features. */
    private static Collection<FeatureSet> product(int[] chosen, List<Indicator> state, int maxActive) {
        Set<FeatureSet> unions = new HashSet<>(List.of(FeatureSet.EMPTY));
        for (int read : chosen) {
            Set<FeatureSet> larger = new HashSet<>();
            for (FeatureSet union : unions) {
                for (FeatureSet set : state.get(read).sets()) {
                    FeatureSet both = union.union(set);
                    if (both.size() <= maxActive) {
                        larger.add(both);
                    }
                }
            }
            if (larger.size() > MOST_SETS) {
                throw new ThresholdSearch.TooLong("an output of the map has more than " + MOST_SETS + " minimal sets");
            }
            unions = larger;
        }
        return unions;
    }
}
