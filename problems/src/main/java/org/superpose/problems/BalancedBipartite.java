package org.superpose.problems;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Distinct random pairs of one left and one right element in which all left elements occur equally often, within 1, and
 * all right elements too.
 *
 * <p>Starts from a lattice that has this property and makes random switches that keep it: two pairs exchange their
 * right elements unless a pair would occur twice. So it always ends.
 */
final class BalancedBipartite {
    private static final int SWITCHES_PER_PAIR = 8;

    private BalancedBipartite() {}

    /**
     * Draws pairs (left, right), one after another.
     *
     * @param left the number of left elements
     * @param right the number of right elements; those with small numbers never occur less often than those with large
     *     ones
     * @param pairs at most left x right
     */
    static int[] draw(int left, int right, int pairs, RandomGenerator random) {
        int[] drawn = lattice(left, right, pairs);
        favourSmallNumbers(drawn, right);
        mix(drawn, right, random);
        return drawn;
    }

    /**
     * Along a diagonal, one step aside whenever the diagonal closes: no pair occurs twice, and both sides advance
     * evenly.
     */
    private static int[] lattice(int left, int right, int pairs) {
        int[] drawn = new int[2 * pairs];
        long diagonal = (long) left / gcd(left, right) * right;
        for (int t = 0; t < pairs; t++) {
            drawn[2 * t] = t % left;
            drawn[2 * t + 1] = (int) ((t + t / diagonal) % right);
        }
        return drawn;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static void favourSmallNumbers(int[] drawn, int right) {
        int[] uses = new int[right];
        for (int t = 1; t < drawn.length; t += 2) {
            uses[drawn[t]]++;
        }
        int most = Arrays.stream(uses).max().orElse(0);
        int[] renumbered = new int[right];
        int next = 0;
        for (int wanted = most; wanted >= most - 1; wanted--) {
            for (int r = 0; r < right; r++) {
                if (uses[r] == wanted) {
                    renumbered[r] = next++;
                }
            }
        }
        for (int t = 1; t < drawn.length; t += 2) {
            drawn[t] = renumbered[drawn[t]];
        }
    }

    private static void mix(int[] drawn, int right, RandomGenerator random) {
        int pairs = drawn.length / 2;
        LongSet used = new LongSet(pairs);
        for (int t = 0; t < pairs; t++) {
            used.add(key(drawn[2 * t], drawn[2 * t + 1], right));
        }
        for (long trial = 0; trial < (long) SWITCHES_PER_PAIR * pairs; trial++) {
            int a = 2 * random.nextInt(pairs);
            int b = 2 * random.nextInt(pairs);
            long first = key(drawn[a], drawn[b + 1], right);
            long second = key(drawn[b], drawn[a + 1], right);
            if (!used.contains(first) && !used.contains(second)) {
                used.remove(key(drawn[a], drawn[a + 1], right));
                used.remove(key(drawn[b], drawn[b + 1], right));
                used.add(first);
                used.add(second);
                int moved = drawn[a + 1];
                drawn[a + 1] = drawn[b + 1];
                drawn[b + 1] = moved;
            }
        }
    }

    private static long key(int left, int right, int rights) {
        return (long) left * rights + right;
    }
}
