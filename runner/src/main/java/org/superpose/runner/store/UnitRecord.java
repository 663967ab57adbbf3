package org.superpose.runner.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.workbench.Measurement;

/**
 * A unit that came to an end, as it is stored.
 *
 * @param number the unit's number, from 0
 * @param measurements its rows; none if it failed
 * @param error why it failed, or empty if it is done
 * @param started when it was started
 * @param seconds how long it took
 * @param peakMemoryBytes the most heap in use while it ran
 */
public record UnitRecord(
        int number,
        List<Measurement> measurements,
        Optional<String> error,
        Instant started,
        double seconds,
        long peakMemoryBytes) {
    public UnitRecord {
        measurements = List.copyOf(measurements);
    }
}
