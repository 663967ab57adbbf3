package org.superpose.interop.tensor;

/** What becomes of numbers that float32 cannot hold. */
public enum Rounding {
    /** They are refused: the network would be another one. */
    REFUSED,
    /** The nearest float32 is taken, and said. */
    NEAREST
}
