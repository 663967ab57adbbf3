package org.superpose.core.problem;

import java.util.List;
import java.util.Optional;

/**
 * The Boolean function that a gate computes of the inputs it reads. Functions are data: each has a name that files
 * hold, and values with equal names are equal.
 *
 * <p>Every function decides by one whole number, the <em>sum</em>: an active input at position t of the gate's reads
 * adds {@link #step step(t)}, an inactive one adds nothing. A symmetric function counts (each step is 1), a threshold
 * function weighs, and a truth table spells the index of its row (step 2^t). So whoever walks through a domain keeps
 * one number for each gate, whatever it computes.
 */
public sealed interface GateFunction permits SymmetricFunction, Weighted, Literals, Table {
    /**
     * On iff every feature that the gate reads is active. With one feature it copies: a permutation is a layer of
     * these.
     */
    GateFunction AND = new SymmetricFunction.And();

    /** On iff an odd number of the features is active: XOR. */
    GateFunction PARITY = new SymmetricFunction.Parity();

    /**
     * On iff at least {@code threshold} of the features are active: OR is 1, majority of three is 2.
     *
     * @param threshold 1..9999
     */
    static GateFunction atLeast(int threshold) {
        return new SymmetricFunction.AtLeast(threshold);
    }

    /**
     * On iff exactly {@code count} of the features are active; with 0, a gate that is on until something happens.
     *
     * @param count 0..9999
     */
    static GateFunction exactly(int count) {
        return new SymmetricFunction.Exactly(count);
    }

    /**
     * On iff the weights of the active features add up to at least the threshold.
     *
     * @param weights one for each input that the gate reads
     */
    static GateFunction weighted(int threshold, int... weights) {
        return Weighted.of(threshold, weights);
    }

    /**
     * A conjunction of literals: on iff each positive feature is active and each negated one is not.
     *
     * @param positive whether the feature at each position is positive
     */
    static GateFunction allOf(boolean... positive) {
        return Literals.of(Literals.Connective.AND, positive);
    }

    /**
     * A disjunction of literals: on iff some positive feature is active or some negated one is not.
     *
     * @param positive whether the feature at each position is positive
     */
    static GateFunction anyOf(boolean... positive) {
        return Literals.of(Literals.Connective.OR, positive);
    }

    /**
     * Any function, by its truth table.
     *
     * @param rows 2^r values, r at most {@value Table#MAX_FAN_IN}: row x is the value where the feature at position t
     *     is active iff bit t of x is 1
     */
    static GateFunction table(boolean... rows) {
        return Table.of(rows);
    }

    /** What an active feature at a position of the gate's reads adds to the sum. */
    int step(int position);

    /**
     * Whether a gate is on.
     *
     * @param sum the sum of the steps of its active features
     * @param fanIn the number of features it reads
     */
    boolean isOn(int sum, int fanIn);

    /**
     * Whether gates of a fan-in can compute it.
     *
     * @param fanIn at least 0
     */
    boolean fits(int fanIn);

    /** True if only the number of active features matters: each step is 1. */
    default boolean isSymmetric() {
        return this instanceof SymmetricFunction;
    }

    /**
     * The name in files: {@code and}, {@code parity}, {@code at-least(2)}, {@code exactly(1)},
     * {@code weighted(2,-1,1;2)}, {@code literals(and,+-)}, {@code table(0110)}.
     */
    String name();

    /** The function of a name, or empty if there is none. */
    static Optional<GateFunction> named(String name) {
        return List.of(SymmetricFunction.named(name), Weighted.named(name), Literals.named(name), Table.named(name))
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }
}
