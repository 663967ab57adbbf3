package org.superpose.runner.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.builtin.MeasuredNetwork;
import org.superpose.runner.experiment.builtin.SmallestWidth;
import org.superpose.runner.workbench.Assignments;

class NeedsTest {
    private static final long GIBIBYTE = 1L << 30;

    private static Needs of(int features, int width) {
        Assignments assignments =
                new Assignments(Map.of("inputs", Integer.toString(features), "width", Integer.toString(width)));
        return new MeasuredNetwork("unit", "two-and", "clipped-and", assignments, new Seed(1), List.of()).needs();
    }

    @Test
    void twoLargeNetworksDoNotStartTogetherAndManySmallOnesDo() {
        assertTrue(2 * of(65536, 8192).bytes() > 2 * GIBIBYTE, "two of these do not fit 2 GiB");
        assertTrue(20 * of(256, 300).bytes() < 2 * GIBIBYTE, "twenty of these do");
        assertEquals(1, of(256, 300).threads());
    }

    @Test
    void aUnitThatDoesNotSayItsSizeGetsTheWholeMachine() {
        Assignments unknown = new Assignments(Map.of("file", "pairs.csv", "width", "300"));
        assertEquals(
                Needs.EVERYTHING,
                new MeasuredNetwork("unit", "pairs-file", "clipped-and", unknown, new Seed(1), List.of()).needs());
        assertEquals(
                Needs.EVERYTHING,
                new SmallestWidth(
                                "unit",
                                "two-and",
                                "clipped-and",
                                new Assignments(Map.of("inputs", "64")),
                                new Seed(1),
                                1,
                                0.1,
                                SmallestWidth.Tolerance.NONE)
                        .needs());
    }
}
