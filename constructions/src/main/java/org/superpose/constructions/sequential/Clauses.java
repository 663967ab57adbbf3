package org.superpose.constructions.sequential;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.SymmetricFunction;

/**
 * A layer of gates as ORs of ANDs. An AND gate is one clause; one that is on with at least t of r inputs has a clause
 * for each t of them.
 *
 * @param reads the features that each clause reads
 * @param gateOf the gate that each clause turns on
 */
record Clauses(List<int[]> reads, int[] gateOf) {
    /** The most clauses of a layer. */
    private static final long MOST = 1 << 22;

    /** A gate that is no OR of few enough ANDs, if there is one. */
    static OptionalInt firstWithout(Gates gates) {
        long clauses = 0;
        for (int i = 0; i < gates.outputs(); i++) {
            clauses += count(gates, i);
            if (clauses > MOST) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static long count(Gates gates, int gate) {
        GateFunction function = gates.function(gate);
        if (function instanceof SymmetricFunction.And) {
            return 1;
        }
        return function instanceof SymmetricFunction.AtLeast atLeast
                ? FunctionClass.binomial(gates.fanIn(gate), atLeast.threshold())
                        .min(BigInteger.valueOf(MOST + 1))
                        .longValueExact()
                : MOST + 1;
    }

    /** @param gates none of them {@link #firstWithout without} */
    static Clauses of(Gates gates) {
        List<int[]> reads = new ArrayList<>();
        List<Integer> gateOf = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            int[] all = gates.reads(i);
            int needed =
                    gates.function(i) instanceof SymmetricFunction.AtLeast atLeast ? atLeast.threshold() : all.length;
            choose(all, 0, new int[needed], 0, reads);
            while (gateOf.size() < reads.size()) {
                gateOf.add(i);
            }
        }
        return new Clauses(reads, gateOf.stream().mapToInt(Integer::intValue).toArray());
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

    int size() {
        return gateOf.length;
    }
}
