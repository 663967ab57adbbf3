package org.superpose.core.construction;

import org.superpose.core.parameter.Parameter;

/** Declarations of the parameters that several constructions share, so that one idea has one name everywhere. */
public final class ConstructionParameters {
    /** The largest n. */
    public static final int MAX_WIDTH = 1 << 22;

    /** n. */
    public static final Parameter<Integer> WIDTH =
            Parameter.whole("width", 1, MAX_WIDTH, "n, the number of neurons in every layer");

    /** k. */
    public static final Parameter<Integer> CODE_WEIGHT =
            Parameter.whole("code-weight", 1, 4096, "k, the number of neurons in the code of an input feature");

    /** s. */
    public static final Parameter<Integer> CHANNEL_WEIGHT =
            Parameter.whole("channel-weight", 1, 4096, "s, the number of hidden neurons in the channel of an output");

    /** k_out. */
    public static final Parameter<Integer> OUTPUT_CODE_WEIGHT = Parameter.whole(
            "output-code-weight", 1, 4096, "k_out, the number of neurons in the code of an output feature");

    private ConstructionParameters() {}
}
