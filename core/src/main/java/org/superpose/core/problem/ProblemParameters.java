package org.superpose.core.problem;

import java.util.List;
import org.superpose.core.parameter.Parameter;

/**
 * Declarations of the parameters of problems that several problems share or that experiments set, so that one idea has
 * one name everywhere.
 */
public final class ProblemParameters {
    /** The largest number of features that an index array addresses comfortably. */
    public static final int MAX_FEATURES = 1 << 24;

    /** m. */
    public static final Parameter<Integer> INPUTS =
            Parameter.whole("inputs", 1, MAX_FEATURES, "m, the number of input features");

    /** m'. */
    public static final Parameter<Integer> OUTPUTS =
            Parameter.whole("outputs", 1, MAX_FEATURES, "m', the number of output features");

    /** v. */
    public static final Parameter<Integer> MAX_ACTIVE =
            Parameter.whole("max-active", 1, 64, "v, the largest number of active input features");

    /** u. */
    public static final Parameter<Integer> MIN_ACTIVE = Parameter.whole(
                    "min-active", 0, 64, "u, the smallest number of active input features")
            .withDefault(0);

    /** r. */
    public static final Parameter<Integer> FAN_IN =
            Parameter.whole("fan-in", 1, 8, "r, the number of inputs that each output reads");

    /** How the pairs of a two-and spread over the inputs. */
    public static final Parameter<String> INFLUENCE = Parameter.choice(
            "influence",
            List.of("regular", "zipf", "star", "bipartite", "complete", "mixed"),
            "how unevenly the inputs are read: equally, by rank, one hub in every pair, one of several hubs in every"
                    + " pair, all pairs, or given shares of light and heavy inputs");

    /** The hubs of a bipartite influence. */
    public static final Parameter<Integer> HUBS = Parameter.whole(
            "hubs", 1, MAX_FEATURES, "the number of hubs; each pair has exactly one (influence bipartite)");

    /** The heavy inputs of a mixed influence. */
    public static final Parameter<Integer> HEAVY_INPUTS =
            Parameter.whole("heavy-inputs", 1, MAX_FEATURES, "the number of heavy inputs (influence mixed)");

    /** The share of heavy-light pairs of a mixed influence. */
    public static final Parameter<Double> HEAVY_LIGHT_SHARE = Parameter.real(
            "heavy-light-share", 0, 1, "the share of pairs of a heavy and a light input (influence mixed)");

    /** The share of heavy-heavy pairs of a mixed influence. */
    public static final Parameter<Double> HEAVY_HEAVY_SHARE =
            Parameter.real("heavy-heavy-share", 0, 1, "the share of pairs of two heavy inputs (influence mixed)");

    /** The maps of a chain. */
    public static final Parameter<String> LAYERS = Parameter.text(
            "layers",
            "maps separated by commas, each permutation, two-and or k-and with parameters in parentheses, for example"
                    + " permutation,two-and(outputs=512),permutation or 8*permutation",
            "the maps, first applied first, for example permutation,two-and(outputs=512),permutation or 8*permutation");

    /** The pairs of names. */
    public static final Parameter<String> FILE = Parameter.text(
            "file",
            "the path of a CSV file with a header and two columns, or bundled:bigrams-gpl3 or bundled:bigrams-licenses",
            "CSV file with a header and two columns of names, or bundled:bigrams-gpl3 or bundled:bigrams-licenses");

    private ProblemParameters() {}
}
