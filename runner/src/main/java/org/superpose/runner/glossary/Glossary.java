package org.superpose.runner.glossary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of results, in the order in which a reader needs them. */
public final class Glossary {
    private static final List<Term> TERMS = List.of(
            term(
                    "feature",
                    "A Boolean property of the world; an input of the map, or an output of it.",
                    "",
                    "features"),
            term("m", "The number of input features.", "", "inputs"),
            term("m'", "The number of output features, which the network computes.", "", "outputs", "m′", "mprime"),
            term(
                    "n",
                    "The number of neurons in the widest layer, the first included.",
                    "All that a network knows passes through n numbers; superposition means n < m'.",
                    "width",
                    "neurons"),
            term("v", "The largest number of input features that are active at once.", "", "max_active", "max active"),
            term("r", "The number of inputs of a gate.", "", "fan_in", "fan in"),
            term("s", "The number of input features that are active in one input.", "", "active"),
            term(
                    "d",
                    "The influence of an input: the number of outputs that depend on it.",
                    "The paper's output channels work up to d = m'^(1/4) (Theorem 4.1).",
                    "influence",
                    "max_influence"),
            term(
                    "superposition",
                    "Computing more features than there are neurons, each feature spread over several of them.",
                    "",
                    "computing in superposition"),
            term(
                    "m'/n",
                    "Outputs for each neuron; above 1 the network is in superposition.",
                    "",
                    "superposition_ratio",
                    "superposition ratio"),
            term(
                    "kappa",
                    "n / sqrt(m' log2 m'): how far the width is from the order that theory says is needed.",
                    "Of two networks for the same m' the one with the smaller kappa is the narrower.",
                    "κ"),
            term(
                    "limit on n",
                    "The width below which no network with as many layers and bits per weight can compute almost all"
                            + " functions of the class.",
                    "It comes from counting functions: sqrt(log2 |F| / (b L)) neurons for b bits per weight and L"
                            + " matrices (Theorem 3.2).",
                    "width_limit",
                    "limit",
                    "lower bound"),
            term("n/limit", "How many times the limit the network is wide; 1 cannot be passed.", "", "limit_ratio"),
            term(
                    "code",
                    "The rows that stand for a feature: where its column of a matrix is not zero.",
                    "",
                    "feature code",
                    "code_weight"),
            term("channel", "The rows that an output reads.", "", "output channel", "input channel", "channels"),
            term(
                    "spurious row",
                    "A hidden row that fires on an input though no output wants it: inputs of different outputs meet"
                            + " there by chance.",
                    "",
                    "spurious_rows",
                    "spurious"),
            term(
                    "margin",
                    "The distance of an output's sum from its threshold, on the right side.",
                    "",
                    "margins",
                    "readout margin"),
            term(
                    "VERIFIED",
                    "The network is proved right on every allowed input, in any order of float32 summation.",
                    "",
                    "verdict"),
            term(
                    "REFUTED",
                    "There is an allowed input on which the network is wrong; it is named.",
                    "",
                    "counterexample"),
            term(
                    "UNDECIDED",
                    "Neither was proved before the budget ran out; the inputs that are covered are counted.",
                    "",
                    "budget"),
            term(
                    "inputs covered",
                    "How many of the allowed inputs the verdict speaks of; all of them if it is VERIFIED.",
                    "",
                    "inputs_covered",
                    "domain_size",
                    "domain"),
            term(
                    "method",
                    "The verifier that gave the verdict: exhaustive looks at every input, pairwise at pairs of"
                            + " features, branch-and-bound at what can still matter.",
                    "",
                    "verifier"),
            term(
                    "weight bits",
                    "The bits that the weights and biases of the network take as it is stored.",
                    "",
                    "weight_bits",
                    "parameter bits"),
            term(
                    "bit efficiency",
                    "The bits that the function needs, log2 |F|, divided by those that the network stores.",
                    "",
                    "bit_efficiency"),
            term(
                    "instance",
                    "One map of a problem, drawn by a seed: which outputs read which inputs.",
                    "",
                    "instance_seed",
                    "seed"));

    private Glossary() {}

    private static Term term(String name, String meaning, String more, String... aliases) {
        return new Term(name, List.of(aliases), meaning, more);
    }

    /** All terms. */
    public static List<Term> terms() {
        return TERMS;
    }

    /** The term of a name or an alias, however it is written. */
    public static Optional<Term> find(String word) {
        return TERMS.stream()
                .filter(term -> term.name().equals(word))
                .findFirst()
                .or(() -> TERMS.stream().filter(term -> isCalled(term, word)).findFirst());
    }

    private static boolean isCalled(Term term, String word) {
        String plain = plain(word);
        return plain(term.name()).equals(plain)
                || term.aliases().stream().anyMatch(alias -> plain(alias).equals(plain));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ').strip();
    }

    /** Everything that {@link #find} knows, for suggestions. */
    public static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Term term : TERMS) {
            words.add(term.name());
            words.addAll(term.aliases());
        }
        return words;
    }
}
