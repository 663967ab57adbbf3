package org.superpose.runner.run.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.workbench.Measurement;

/**
 * What came of one unit: its measurements or its error.
 *
 * @param number the unit's number
 * @param label the unit's label
 * @param measurements its rows; empty if it failed
 * @param failure what it threw, or empty if it is done
 * @param started when it was started
 * @param seconds how long it took
 * @param peakMemoryBytes the most heap in use while it ran, in the whole process; 0 if unknown
 */
public record UnitReport(
        int number,
        String label,
        List<Measurement> measurements,
        Optional<Throwable> failure,
        Instant started,
        double seconds,
        long peakMemoryBytes) {
    public UnitReport {
        measurements = List.copyOf(measurements);
    }

    public boolean isDone() {
        return failure.isEmpty();
    }

    /** The same with other rows. */
    public UnitReport withMeasurements(List<Measurement> others) {
        return new UnitReport(number, label, others, failure, started, seconds, peakMemoryBytes);
    }
}
