package org.superpose.runner.run.engine;

/**
 * Watches a run for people; what it does not ask for is not told. {@link #progressed} comes from any thread, the others
 * from one at a time.
 */
public interface SweepListener {
    /** Listens to nothing. */
    SweepListener NONE = new SweepListener() {};

    /**
     * Before the first unit.
     *
     * @param units how many the sweep has
     * @param alreadyDone how many of them an earlier run did
     */
    default void planned(int units, int alreadyDone) {}

    default void started(int number, String label) {}

    /** @param fraction of the unit that is done, 0..1 */
    default void progressed(int number, double fraction) {}

    /** After the unit was recorded. */
    default void finished(UnitReport report) {}

    /**
     * How many processes work on the sweep now; not called if it is only this one.
     *
     * @param executors at least 0
     */
    default void executors(int executors) {}

    /** Nothing more is told: the run has ended, or was cancelled. May come more than once, and from any thread. */
    default void stopped() {}
}
