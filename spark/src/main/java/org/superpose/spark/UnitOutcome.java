package org.superpose.spark;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Measurement;

/**
 * What a task sends back of its unit: values only, so that the driver needs no class that the unit used.
 *
 * @param rows the fields of the measurements
 * @param failure why there are none, or null
 * @param started when the unit was started, on the executor's clock
 * @param seconds how long it took, without waiting for room
 * @param peakMemoryBytes the most heap in use in the executor while it ran
 * @param slowKernels why the executor has scalar kernels without being told to, or "" if it has not
 */
record UnitOutcome(
        ArrayList<LinkedHashMap<String, Object>> rows,
        UnitFailure failure,
        Instant started,
        double seconds,
        long peakMemoryBytes,
        String slowKernels)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static ArrayList<LinkedHashMap<String, Object>> fieldsOf(List<Measurement> measurements) {
        ArrayList<LinkedHashMap<String, Object>> rows = new ArrayList<>();
        for (Measurement measurement : measurements) {
            rows.add(new LinkedHashMap<>(measurement.fields()));
        }
        return rows;
    }

    UnitReport report(int number, String label) {
        List<Measurement> measurements = new ArrayList<>();
        for (Map<String, Object> fields : rows) {
            measurements.add(Measurement.of(fields));
        }
        return new UnitReport(
                number,
                label,
                measurements,
                Optional.ofNullable(failure).map(UnitFailure::toThrowable),
                started,
                seconds,
                peakMemoryBytes);
    }
}
