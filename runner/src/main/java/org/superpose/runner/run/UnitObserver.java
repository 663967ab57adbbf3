package org.superpose.runner.run;

/**
 * Is told what becomes of the units of a sweep.
 *
 * <p>{@link #started}, {@link #finished} and {@link #executors} are never called twice at the same time;
 * {@link #progressed} comes from any thread.
 */
public interface UnitObserver {
    void started(int number, String label);

    /** @param fraction of the unit that is done, 0..1 */
    void progressed(int number, double fraction);

    void finished(UnitReport report);

    /**
     * How many processes work on the sweep now; engines that stay in this process do not say.
     *
     * @param executors at least 0
     */
    default void executors(int executors) {}

    /** False once no further unit is to be started; those that run are waited for. */
    boolean wantsMore();
}
