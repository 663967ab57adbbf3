package org.superpose.runner.paper;

import java.util.List;

/**
 * A result that the theory page names: what a class has to implement, and often an experiment to show.
 *
 * @param name as in {@link org.superpose.core.Reference#value()}
 * @param statement what it says, in a few words
 * @param shown whether an experiment has to show it
 */
record PaperResult(String name, String statement, boolean shown) {
    /** Everything that theory names in its sections on the paper, in its order. */
    static final List<PaperResult> ALL = List.of(
            defined("Definition: encoding", "E(j), k of the n neurons, drawn without knowledge of F"),
            defined("Definition: network", "y_t = ReLU(W_t y_(t-1) + b_t)"),
            defined("Definition: decoding", "output i is on iff (D y_L)_i >= tau_i"),
            defined("Definition: activity bound", "at most v of the m inputs are active"),
            shown("Definition: feature influence", "d_j, the number of outputs that read input j"),
            shown("Definition: parameter-driven algorithm", "T(P(F), u) = F(u), P(F) a bit string"),
            shown("Section 1, representing and computing", "O(log m) neurons against Omega(sqrt(m' log m'))"),
            defined("Section 2, permutation", "output pi(j) = x_j"),
            defined("Section 2, two-and", "output i = x_a AND x_b"),
            defined("Section 2, influence profiles", "regular, zipf, star, bipartite, complete, mixed"),
            defined("Section 2, k-and", "output i = AND of r inputs"),
            defined("Section 2, layered", "maps one after another"),
            defined("Section 2, pairs-file", "two-and over named pairs of features"),
            shown("Theorem 3.1", "P is injective: almost all F have |P(F)| >= log|F|"),
            shown("Theorem 3.2", "n >= sqrt(log|F| / (b L))"),
            shown("Corollary 3.2.1", "two-and: Omega(m' log m') parameter bits"),
            shown("Corollary 3.2.2", "permutation: Omega(m log m) parameter bits"),
            shown("Section 3, k-and", "the same with C(m, r) choices"),
            shown("Section 3, layered", "distinct composites only"),
            shown("Section 3, errors", "wrong outputs and failing functions"),
            shown("Section 3, capacity", "the largest m' that fits the bits: O(n^2 / log n)"),
            shown("Section 4, decompression", "W = C D, row noise of variance v R / n"),
            shown("Section 4, permutation", "one matrix E_out P D"),
            shown("Theorem 4.1", "Low-Influence-AND by output channels, d <= m'^(1/4)"),
            shown("Section 4, phase change", "beyond m'^(1/4) spurious rows swamp the channels"),
            shown("Section 4, input channels", "high influence: S_a and S_b meet in the channel"),
            shown("Section 4, mixed influence", "one heavy, one light input: a subset of S_h"),
            shown("Section 4, very heavy inputs", "disjoint row blocks, dedicated rows"),
            shown("Section 4, general two-and", "the main upper bound, O(sqrt(m') log m') neurons"),
            shown("Figure: partition", "the classes side by side on disjoint hidden rows"),
            shown("Section 4, multi-input", "threshold r, or a tree of two-and"),
            shown("Section 4, multi-layer", "values pushed back to {0, 1}: noise does not grow"),
            shown("Section 4, bits", "distinct values, stored bits, entropy"));

    private static PaperResult defined(String name, String statement) {
        return new PaperResult(name, statement, false);
    }

    private static PaperResult shown(String name, String statement) {
        return new PaperResult(name, statement, true);
    }
}
