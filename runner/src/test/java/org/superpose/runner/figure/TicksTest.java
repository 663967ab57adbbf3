package org.superpose.runner.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Scale;

class TicksTest {
    private static Ticks ticks(Scale scale, double least, double greatest, int most) {
        return Ticks.of(Axis.of("axis", scale), least, greatest, most);
    }

    @Property
    void ticksAreFewAscendingWithinTheAxisAndToldApart(
            @ForAll Scale scale,
            @ForAll @DoubleRange(min = -200, max = 200) double exponent,
            @ForAll @DoubleRange(min = 1.3, max = 1e12) double ratio,
            @ForAll @IntRange(min = 2, max = 12) int most) {
        double least = Math.pow(10, exponent);
        Ticks ticks = ticks(scale == Scale.CATEGORIES ? Scale.LINEAR : scale, least, ratio * least, most);
        assertTrue(ticks.values().size() <= most + 1, ticks.toString());
        double slack = 1e-6 * (ticks.axis().isLogarithmic() ? least : (ratio - 1) * least);
        for (int t = 0; t < ticks.values().size(); t++) {
            double tick = ticks.values().get(t);
            assertTrue(tick >= least - slack && tick <= ratio * least + slack, ticks.toString());
            assertTrue(t == 0 || tick > ticks.values().get(t - 1), ticks.toString());
        }
        if (scale != Scale.FRACTION) {
            assertEquals(
                    ticks.values().size(),
                    new HashSet<>(ticks.labels()).size(),
                    () -> ticks.labels().toString());
        }
    }

    @Test
    void numbersAreWrittenAsPeopleReadThem() {
        assertEquals(
                List.of("0%", "20%", "40%", "60%", "80%", "100%"),
                ticks(Scale.FRACTION, 0, 1, 8).labels());
        assertEquals(
                List.of("64", "256", "1,024", "4,096"),
                ticks(Scale.LOG2, 50, 5000, 4).labels());
        assertEquals(
                List.of("2\u00b9\u2074", "2\u00b9\u2076", "2\u00b9\u2078", "2\u00b2\u2070", "2\u00b2\u00b2"),
                ticks(Scale.LOG2, 10_000, 5e6, 5).labels());
        assertEquals(
                List.of("0.01", "0.1", "1", "10"),
                ticks(Scale.LOG10, 0.005, 20, 8).labels());
        assertEquals(
                List.of("1.5\u00b710\u2077", "2\u00b710\u2077", "3\u00b710\u2077"),
                ticks(Scale.LOG10, 1.2e7, 3.5e7, 8).labels());
        assertEquals(
                List.of("80", "90", "100", "110"),
                ticks(Scale.LOG10, 78, 112, 5).labels());
        assertEquals(
                List.of("-0.5", "0", "0.5"), ticks(Scale.LINEAR, -0.7, 0.7, 3).labels());
    }
}
