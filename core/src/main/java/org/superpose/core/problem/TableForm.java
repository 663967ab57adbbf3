package org.superpose.core.problem;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The normal form of a truth table: see {@link Gate}. */
final class TableForm {
    private TableForm() {}

    /**
     * @param rows the rows on which the gate is on; belongs to the gate afterwards
     * @param reads distinct and ascending
     */
    static Gate normalForm(BitSet rows, int[] reads) {
        BitSet table = rows;
        int[] kept = reads;
        for (int t = reads.length - 1; t >= 0; t--) {
            if (!dependsOn(table, kept.length, t)) {
                table = without(table, kept.length, t);
                kept = without(kept, t);
            }
        }
        return Gate.ofNormalForm(named(table, kept.length), kept);
    }

    private static boolean dependsOn(BitSet table, int fanIn, int position) {
        for (int x = 0; x < 1 << fanIn; x++) {
            if ((x >> position & 1) == 0 && table.get(x) != table.get(x | 1 << position)) {
                return true;
            }
        }
        return false;
    }

    private static BitSet without(BitSet table, int fanIn, int position) {
        BitSet half = new BitSet(1 << fanIn - 1);
        int low = (1 << position) - 1;
        for (int x = 0; x < 1 << fanIn - 1; x++) {
            half.set(x, table.get((x & ~low) << 1 | x & low));
        }
        return half;
    }

    private static int[] without(int[] reads, int position) {
        int[] fewer = Arrays.copyOf(reads, reads.length - 1);
        System.arraycopy(reads, position + 1, fewer, position, fewer.length - position);
        return fewer;
    }

    private static GateFunction named(BitSet table, int fanIn) {
        int size = 1 << fanIn;
        int on = table.cardinality();
        if (fanIn == 0) {
            return Table.of(size, table);
        }
        // A minterm or a maxterm: the row of the conjunction has the positive literals, that of the other is the only
        // one on which all fail.
        int only = on == 1 ? table.nextSetBit(0) : table.nextClearBit(0);
        if (on == 1 && only == size - 1) {
            return GateFunction.AND;
        }
        GateFunction counting = countingFunction(table, fanIn);
        if (counting instanceof SymmetricFunction.AtLeast || counting instanceof SymmetricFunction.Parity) {
            return counting;
        }
        if (on == 1) {
            return Literals.of(Literals.Connective.AND, signs(only, fanIn));
        }
        if (on == size - 1) {
            return Literals.of(Literals.Connective.OR, signs(~only, fanIn));
        }
        return counting != null ? counting : Table.of(size, table);
    }

    private static boolean[] signs(int row, int fanIn) {
        boolean[] positive = new boolean[fanIn];
        for (int t = 0; t < fanIn; t++) {
            positive[t] = (row >> t & 1) != 0;
        }
        return positive;
    }

    /** The function as one of the number of active features, or null if it is none of those that have a name. */
    private static @Nullable GateFunction countingFunction(BitSet table, int fanIn) {
        boolean[] byCount = new boolean[fanIn + 1];
        for (int count = 0; count <= fanIn; count++) {
            byCount[count] = table.get((1 << count) - 1);
        }
        for (int x = 0; x < 1 << fanIn; x++) {
            if (table.get(x) != byCount[Integer.bitCount(x)]) {
                return null;
            }
        }
        int lowest = 0;
        while (!byCount[lowest]) {
            lowest++; // some row is on: a constant reads nothing
        }
        GateFunction atLeast = lowest == 0 ? null : GateFunction.atLeast(lowest);
        for (GateFunction candidate : new GateFunction[] {atLeast, GateFunction.PARITY, GateFunction.exactly(lowest)}) {
            if (candidate != null && agrees(candidate, byCount)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean agrees(GateFunction function, boolean[] byCount) {
        for (int count = 0; count < byCount.length; count++) {
            if (function.isOn(count, byCount.length - 1) != byCount[count]) {
                return false;
            }
        }
        return true;
    }
}
