package org.superpose.runner.run.engine;

/** Takes down what came of the units that an engine runs; never called twice at the same time. */
public interface Recorder {
    /** Of a unit that has ended, done or failed. */
    void record(UnitReport report);

    /** False once no further unit is to be started; those that run are waited for. */
    boolean wantsMore();
}
