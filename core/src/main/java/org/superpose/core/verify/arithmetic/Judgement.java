package org.superpose.core.verify.arithmetic;

/** What can be said of a network on one input, for every order in which a float32 runtime may add. */
public enum Judgement {
    /** Every output is right in any float32 evaluation. */
    RIGHT,
    /** Some output is wrong in any float32 evaluation. */
    WRONG,
    /** Some output's margin is within the rounding bound, and none is certainly wrong. */
    UNDECIDED;

    /** The judgement on the outputs of both. */
    Judgement and(Judgement other) {
        if (this == WRONG || other == WRONG) {
            return WRONG;
        }
        return this == RIGHT ? other : this;
    }
}
