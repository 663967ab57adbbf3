package org.superpose.runner.run;

/** What to do when a unit fails. */
public enum OnFailure {
    /** Record it and go on. */
    CONTINUE,
    /** Record it, wait for the units that run, start no more. */
    STOP
}
