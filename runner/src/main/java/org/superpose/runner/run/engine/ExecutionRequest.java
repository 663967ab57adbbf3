package org.superpose.runner.run.engine;

import java.util.List;
import org.superpose.runner.workbench.Workbench;

/**
 * What an engine is asked to run.
 *
 * @param sweep has the units
 * @param numbers which of them to run, each once
 * @param allowance how much of this machine they may use
 * @param listener is told by the engine of starts, progress and executors; the rest is not the engine's to tell
 * @param recorder is told of ends
 */
public record ExecutionRequest(
        Sweep sweep, List<Integer> numbers, Allowance allowance, SweepListener listener, Recorder recorder) {
    public ExecutionRequest {
        numbers = List.copyOf(numbers);
    }

    /** The same request with another workbench. */
    public ExecutionRequest with(Workbench workbench) {
        return new ExecutionRequest(
                new Sweep(sweep.recipe(), sweep.units(), workbench, sweep.budget()),
                numbers,
                allowance,
                listener,
                recorder);
    }
}
