package org.superpose.problems;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.FunctionClass;

/** The subsets of one size of the inputs: what the outputs of two-and and k-and have to choose from. */
record Subsets(int inputs, int fanIn) {
    /** C(m, r). */
    BigInteger count() {
        return FunctionClass.binomial(inputs, fanIn);
    }

    /** m' if none was given: as many outputs as inputs, or all subsets if these are fewer. */
    int defaultOutputs() {
        return count().min(BigInteger.valueOf(inputs)).intValue();
    }

    /** Where the reads of each output begin, and the end. */
    int[] offsets(int outputs) {
        return IntStream.rangeClosed(0, outputs).map(i -> i * fanIn).toArray();
    }

    /** @throws InvalidInputException if there are not enough subsets for distinct outputs */
    void requireRoomFor(int outputs) {
        if (inputs < fanIn) {
            throw new InvalidInputException(
                    "fan-in " + fanIn + " is larger than inputs " + inputs + ": no output can read distinct inputs");
        }
        if (count().compareTo(BigInteger.valueOf(outputs)) < 0) {
            String kind = fanIn == 2
                    ? count().equals(BigInteger.ONE) ? "pair" : "pairs"
                    : count().equals(BigInteger.ONE) ? "subset of " + fanIn : "subsets of " + fanIn;
            throw new InvalidInputException(
                    outputs + " outputs, but " + inputs + " inputs have only " + count() + " " + kind);
        }
    }

    /** True if more than half of all subsets are wanted, so that it is cheaper to draw the ones to leave out. */
    boolean isMajority(int wanted) {
        return count().compareTo(BigInteger.valueOf(2L * wanted)) < 0;
    }

    /**
     * All subsets, one after another in lexicographic order, without the given ones.
     *
     * @throws ArithmeticException if there are more than an array can index
     */
    int[] allBut(int[] excluded) {
        int kept = count().intValueExact() - excluded.length / fanIn;
        SubsetKeys keys = new SubsetKeys(inputs, fanIn);
        LongSet left = new LongSet(excluded.length / fanIn);
        for (int from = 0; from < excluded.length; from += fanIn) {
            left.add(keys.of(excluded, from, fanIn));
        }
        int[] reads = new int[kept * fanIn];
        int filled = 0;
        int[] subset = IntStream.range(0, fanIn).toArray();
        do {
            if (!left.contains(keys.of(subset, 0, fanIn))) {
                System.arraycopy(subset, 0, reads, filled, fanIn);
                filled += fanIn;
            }
        } while (advance(subset));
        return reads;
    }

    /** Steps to the next subset in lexicographic order; false after the last one. */
    private boolean advance(int[] subset) {
        int position = fanIn - 1;
        while (position >= 0 && subset[position] == inputs - fanIn + position) {
            position--;
        }
        if (position < 0) {
            return false;
        }
        subset[position]++;
        for (int t = position + 1; t < fanIn; t++) {
            subset[t] = subset[t - 1] + 1;
        }
        return true;
    }

    /** One subset, uniformly at random, ascending. */
    int[] draw(RandomGenerator random) {
        int[] subset = new int[fanIn];
        for (int t = 0; t < fanIn; ) {
            int candidate = random.nextInt(inputs);
            if (IntStream.range(0, t).noneMatch(s -> subset[s] == candidate)) {
                subset[t++] = candidate;
            }
        }
        Arrays.sort(subset);
        return subset;
    }
}
