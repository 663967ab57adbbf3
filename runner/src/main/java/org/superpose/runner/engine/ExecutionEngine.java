package org.superpose.runner.engine;

import java.util.List;
import org.superpose.core.plugin.Plugin;

/**
 * Runs the units of a sweep somewhere; found by {@link java.util.ServiceLoader}. Implementations are stateless.
 *
 * <p>A unit is a pure function of the sweep and its number, so it does not matter where it runs, next to which others, or whether it is
 * run a second time because a machine was lost.
 */
public interface ExecutionEngine extends Plugin {
    /**
     * Runs units and returns when each of them was reported or the observer wanted no more. A unit that throws is
     * reported as failed; the others go on.
     *
     * @param numbers which units to run, each once
     * @param allowance how much of this machine they may use
     * @param observer is told of each unit
     * @throws InterruptedException if the calling thread was interrupted; running units were given up, unreported
     */
    void run(Sweep sweep, List<Integer> numbers, Allowance allowance, UnitObserver observer)
            throws InterruptedException;
}
