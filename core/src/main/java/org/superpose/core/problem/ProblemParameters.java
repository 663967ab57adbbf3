package org.superpose.core.problem;

import org.superpose.core.parameter.Parameter;

/** Declarations of the parameters that several problems share, so that one idea has one name everywhere. */
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

    /** r. */
    public static final Parameter<Integer> FAN_IN =
            Parameter.whole("fan-in", 1, 8, "r, the number of inputs that each output reads");

    private ProblemParameters() {}
}
