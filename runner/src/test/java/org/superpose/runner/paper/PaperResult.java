package org.superpose.runner.paper;

import static org.superpose.core.Reference.Standing.ATTESTED;
import static org.superpose.core.Reference.Standing.OURS;
import static org.superpose.core.Reference.Standing.RECONSTRUCTED;

import java.util.List;
import org.superpose.core.Reference.Standing;

/**
 * A result of the paper, or what stands here in its place: what a class has to implement, and often an experiment or a
 * command to show.
 *
 * @param name as in {@link org.superpose.core.Reference#value()}
 * @param standing whether the statement is known to be the paper's
 * @param statement what it says, in a few words
 * @param shown whether an experiment has to show it
 * @param commands that draw it, or none
 */
record PaperResult(String name, Standing standing, String statement, boolean shown, List<String> commands) {
    private static final String LIGHT = "build --problem two-and -s inputs=1024 -s outputs=1024 -s width=992 "
            + "--construction linear-low-influence-and -o light.superpose.zip";
    private static final String PARTS = "build --problem layered -s inputs=24 -s layers=2*two-and -s width=300 "
            + "--construction linear-partitioned -o parts.superpose.zip";
    private static final String HUBS = "build --problem two-and -s influence=mixed -s heavy-inputs=8 "
            + "-s heavy-light-share=1 -s heavy-heavy-share=0 -s inputs=264 -s outputs=512 -s width=800 "
            + "--construction linear-mixed-influence-and -o hubs.superpose.zip";
    private static final String ALL = "build --problem two-and -s influence=mixed -s inputs=1024 -s outputs=1024 "
            + "-s width=1500 --construction linear-two-and -o all.superpose.zip";

    /** Everything that the page lists before it goes beyond the paper, in the paper's order as far as it is known. */
    static final List<PaperResult> ALL_RESULTS = List.of(
            defined("Definition: encoding", RECONSTRUCTED, "E(j), k of the n neurons, drawn without knowledge of F"),
            defined("Definition: network", RECONSTRUCTED, "y_t = ReLU(W_t y_(t-1) + b_t)"),
            defined("Definition: decoding", RECONSTRUCTED, "output i is on iff (D y_L)_i >= tau_i"),
            defined("Definition: activity bound", RECONSTRUCTED, "at most v of the m inputs are active"),
            shown("Definition: feature influence", ATTESTED, "d_j, the number of outputs that read input j"),
            shown("Definition: parameter-driven algorithm", RECONSTRUCTED, "T(P(F), u) = F(u), P(F) a bit string"),
            shown(
                    "Representing and computing",
                    ATTESTED,
                    "O(log m') neurons to represent against Omega(sqrt(m' log m')) to compute"),
            defined("Problem: permutation", ATTESTED, "output pi(j) = x_j"),
            defined("Problem: two-and", ATTESTED, "output i = x_a AND x_b"),
            defined("Problem: influence profiles", OURS, "regular, zipf, star, bipartite, complete, mixed"),
            defined("Problem: multiple inputs", ATTESTED, "output i = AND of r inputs"),
            defined("Problem: multiple layers", ATTESTED, "maps one after another"),
            defined("Problem: named pairs", OURS, "two-and over named pairs of features"),
            shown("Theorem 3.1", ATTESTED, "P is injective: almost all F have |P(F)| >= log|F|"),
            shown("Theorem 3.2", RECONSTRUCTED, "in exact form: n >= sqrt(log|F| / (b L))"),
            shown("Corollary 3.2.1", ATTESTED, "two-and: Omega(m' log m') parameters, Omega(sqrt(m' log m')) neurons"),
            shown("Corollary 3.2.2", ATTESTED, "permutation: Omega(m log m) parameters, Omega(sqrt(m log m)) neurons"),
            shown("Lower bound: multiple inputs", RECONSTRUCTED, "the same with C(m, r) choices"),
            shown("Lower bound: multiple layers", RECONSTRUCTED, "distinct composites only"),
            shown("Lower bound: errors", OURS, "wrong outputs and failing functions: less a ball of functions"),
            shown("Capacity", ATTESTED, "the largest m' that fits the bits: O(n^2 / log n)"),
            defined(
                    "Sparsifying and distilling",
                    RECONSTRUCTED,
                    "that there is a limit is in the abstract of a later version; exactly: log C(N, z) + z b >= log|F|"),
            defined("Inference matrix", ATTESTED, "W = C D, n x n: decompress, route and compress in one"),
            shown("Decompression", RECONSTRUCTED, "D of the centred codes; row noise of variance v R / n"),
            shown("Permutation network", RECONSTRUCTED, "one matrix E_out P D"),
            shown(
                    "Theorem 4.1",
                    ATTESTED,
                    "Low-Influence-AND, d <= m'^(1/4), by column specifications: O(m'^(1/4) log m') ones a column of"
                            + " C_0"),
            shown("Phase change", ATTESTED, "beyond m'^(1/4) spurious rows swamp the channels"),
            shown("Input channels", RECONSTRUCTED, "high influence: S_a and S_b meet in the channel"),
            shown("Mixed influence", RECONSTRUCTED, "one heavy, one light input: a subset of S_h"),
            shown("Very heavy inputs", OURS, "influence above m'^(3/4): disjoint row blocks, dedicated rows"),
            defined("Influence limit of multiple inputs", OURS, "m'^((t-1)/(2t)) where a gate needs t active inputs"),
            shown("General two-and", ATTESTED, "the main upper bound, O(sqrt(m') log m') neurons"),
            drawn(
                    "Figure 2: column specifications",
                    "the matrix C_0 of Low-Influence-AND",
                    LIGHT,
                    "inspect light.superpose.zip --plot light.svg"),
            drawn(
                    "Figure 3: channel",
                    "both inputs of an output meet in all rows of its channel",
                    LIGHT,
                    "inspect light.superpose.zip --output 7 --plot light-7.svg"),
            drawn(
                    "Figure 4: spurious ones",
                    "inputs of different outputs meet by chance in O(log m') rows",
                    LIGHT,
                    "inspect light.superpose.zip --feature 5 --plot light-5.svg"),
            drawn(
                    "Figure 5: partition",
                    "sub-problems on rows of their own; one result feeds up to two of the next layer",
                    ALL,
                    "inspect all.superpose.zip --plot all.svg",
                    PARTS,
                    "inspect parts.superpose.zip --figure partition --plot parts.svg"),
            drawn(
                    "Figure 6: dependence",
                    "light inputs that share a heavy one meet within its rows",
                    HUBS,
                    "inspect hubs.superpose.zip --figure dependence --plot hubs.svg"),
            shown("Multiple inputs", RECONSTRUCTED, "threshold r, or a tree of two-and"),
            shown("Multiple layers", RECONSTRUCTED, "values pushed back to {0, 1}: noise does not grow"),
            shown("Parameter bits", RECONSTRUCTED, "distinct values, stored bits, entropy"));

    private static PaperResult defined(String name, Standing standing, String statement) {
        return new PaperResult(name, standing, statement, false, List.of());
    }

    private static PaperResult shown(String name, Standing standing, String statement) {
        return new PaperResult(name, standing, statement, true, List.of());
    }

    /** A figure: its caption is known, what is drawn from a real network here is reconstructed. */
    private static PaperResult drawn(String name, String statement, String... commands) {
        return new PaperResult(name, RECONSTRUCTED, statement, false, List.of(commands));
    }
}
