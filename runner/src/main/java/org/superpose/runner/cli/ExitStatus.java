package org.superpose.runner.cli;

import org.superpose.core.verify.Verdict;

/** The exit statuses of the command line. */
final class ExitStatus {
    static final int DONE = 0;
    static final int REFUTED = 1;
    static final int BAD_INPUT = 2;
    static final int UNDECIDED = 3;
    /** Also of a run of which a unit failed. */
    static final int INTERNAL_ERROR = 4;

    /** What shells report for a process that ended by Ctrl-C. */
    static final int KILLED = 130;

    private ExitStatus() {}

    static int of(Verdict verdict) {
        if (verdict instanceof Verdict.Verified) {
            return DONE;
        }
        return verdict instanceof Verdict.Refuted ? REFUTED : UNDECIDED;
    }
}
