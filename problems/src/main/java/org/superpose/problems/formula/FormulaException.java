package org.superpose.problems.formula;

/** What is wrong with a formula, and where in its text. */
public final class FormulaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    FormulaException(int offset, String what) {
        super(what);
        this.offset = offset;
    }

    /** The index of the character at which it is wrong; the length of the text if something is missing at its end. */
    public int offset() {
        return offset;
    }
}
