package org.superpose.core.problem;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The normal form of gates that read too many inputs for a truth table: constants, conjunctions, disjunctions, counts
 * and literals are found in each other's and in weighted functions' clothes.
 */
final class WideGates {
    private WideGates() {}

    /** @param reads more than {@value Table#MAX_FAN_IN}, in any order */
    static Gate normalForm(GateFunction function, int[] reads) {
        Integer[] order = IntStream.range(0, reads.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Integer.compare(reads[a], reads[b]));
        int[] sorted = new int[reads.length];
        int[] steps = new int[reads.length];
        for (int t = 0; t < sorted.length; t++) {
            sorted[t] = reads[order[t]];
            steps[t] = function.step(order[t]);
            if (sorted[t] < 0 || t > 0 && sorted[t] == sorted[t - 1]) {
                throw new IllegalArgumentException("a gate of more than " + Table.MAX_FAN_IN
                        + " inputs must read distinct inputs of at least 0, but " + sorted[t]
                        + (sorted[t] < 0 ? " is negative" : " occurs twice"));
            }
        }
        if (function instanceof Weighted weighted) {
            return weighted(weighted.threshold(), steps, sorted);
        }
        if (function instanceof Literals literals) {
            int negated = (int) IntStream.of(steps).filter(step -> step < 0).count();
            boolean and = literals.connective() == Literals.Connective.AND;
            return weighted(and ? steps.length - negated : 1 - negated, steps, sorted);
        }
        int fanIn = sorted.length;
        if (function instanceof SymmetricFunction.AtLeast atLeast) {
            return weighted(atLeast.threshold(), steps, sorted);
        }
        if (function instanceof SymmetricFunction.Exactly exactly) {
            if (exactly.count() > fanIn) {
                return Gate.constant(false);
            }
            if (exactly.count() == 0) {
                return Gate.ofNormalForm(Literals.of(Literals.Connective.AND, new boolean[fanIn]), sorted);
            }
            return Gate.ofNormalForm(exactly.count() == fanIn ? GateFunction.AND : exactly, sorted);
        }
        return Gate.ofNormalForm(function, sorted);
    }

    private static Gate weighted(int givenThreshold, int[] givenWeights, int[] givenReads) {
        int[] kept = IntStream.range(0, givenWeights.length)
                .filter(t -> givenWeights[t] != 0)
                .toArray();
        int divisor = IntStream.of(kept).map(t -> Math.abs(givenWeights[t])).reduce(0, WideGates::gcd);
        int[] reads = IntStream.of(kept).map(t -> givenReads[t]).toArray();
        if (reads.length == 0) {
            return Gate.constant(givenThreshold <= 0);
        }
        int[] weights = IntStream.of(kept).map(t -> givenWeights[t] / divisor).toArray();
        int threshold = -Math.floorDiv(-givenThreshold, divisor); // sums are multiples of the divisor
        int most = IntStream.of(weights).map(weight -> Math.max(0, weight)).sum();
        int least = IntStream.of(weights).map(weight -> Math.min(0, weight)).sum();
        if (threshold > most || threshold <= least) {
            return Gate.constant(threshold <= least);
        }
        if (reads.length <= Table.MAX_FAN_IN) {
            return Gate.of(Weighted.of(threshold, weights), reads);
        }
        boolean signs = IntStream.of(weights).allMatch(weight -> Math.abs(weight) == 1);
        if (!signs) {
            return Gate.ofNormalForm(Weighted.of(threshold, weights), reads);
        }
        if (least == 0 && threshold < most && threshold <= SymmetricFunction.LARGEST) {
            return Gate.ofNormalForm(GateFunction.atLeast(threshold), reads);
        }
        if (threshold == most || threshold == least + 1) {
            GateFunction literals = Literals.of(
                    threshold == most ? Literals.Connective.AND : Literals.Connective.OR, positive(weights));
            return Gate.ofNormalForm(least == 0 ? GateFunction.AND : literals, reads);
        }
        return Gate.ofNormalForm(Weighted.of(threshold, weights), reads);
    }

    private static boolean[] positive(int[] weights) {
        boolean[] positive = new boolean[weights.length];
        for (int t = 0; t < positive.length; t++) {
            positive[t] = weights[t] > 0;
        }
        return positive;
    }

    private static int gcd(int first, int second) {
        return second == 0 ? first : gcd(second, first % second);
    }
}
