package org.superpose.runner.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.runner.workbench.Measurement;

/** A sweep for tests: units with one or two rows, whose fields and even types differ from unit to unit. */
public final class SmallSweep {
    private SmallSweep() {}

    public static SweepIdentity identity(int units) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(SweepIdentity.EXPERIMENT, "small");
        properties.put("inputs", "64");
        properties.put("seed", "1");
        properties.put("tool version", "0.1.0");
        return new SweepIdentity(
                properties, IntStream.range(0, units).mapToObj(t -> "unit " + t).toList());
    }

    public static RunDescription run() {
        return RunDescription.here("superpose run small --out DIR", "superpose run small --seed 1", "local", 2);
    }

    public static UnitRecord unit(int number) {
        return new UnitRecord(number, measurements(number), Optional.empty(), Instant.EPOCH, 0.5, 1000);
    }

    public static UnitRecord failed(int number) {
        return new UnitRecord(number, List.of(), Optional.of("it broke"), Instant.EPOCH, 0.5, 1000);
    }

    /** The rows of a unit: a pure function of its number. */
    public static List<Measurement> measurements(int number) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(Measurement.WIDTH, 100L + number);
        row.put(Measurement.PROBLEM, "two-and");
        row.put(Measurement.OUTPUTS, 64L << number % 5);
        row.put(Measurement.KAPPA, number / 8.0);
        row.put(Measurement.LIMIT_RATIO, null);
        row.put(Measurement.VERDICT, number % 3 == 0 ? "REFUTED" : "VERIFIED");
        if (number % 3 == 0) {
            row.put(Measurement.COUNTEREXAMPLE_INPUT, "3 " + number);
            row.put(Measurement.COUNTEREXAMPLE_OUTPUT, (long) number);
            row.put(Measurement.COUNTEREXAMPLE_EXPECTED, number % 2 == 0);
        }
        row.put(Measurement.INPUTS_COVERED, number % 7 == 6 ? "1234567890123456789012" : (Object) (1000L + number));
        if (number % 4 == 1) {
            row.put("spurious_rows", (long) number);
        }
        Measurement first = Measurement.of(row);
        return number % 5 == 2 ? List.of(first, first.with("influence", "zipf").with("clean", true)) : List.of(first);
    }
}
