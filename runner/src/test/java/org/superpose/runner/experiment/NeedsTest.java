package org.superpose.runner.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.experiment.builtin.SmallestWidth;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

class NeedsTest {
    private static final long GIBIBYTE = 1L << 30;

    private static Needs of(int features, int width) {
        Assignments assignments =
                new Assignments(Map.of("inputs", Integer.toString(features), "width", Integer.toString(width)));
        return network("two-and", assignments).needs();
    }

    private static NetworkUnit network(String problem, Assignments assignments) {
        return new NetworkUnit(
                "unit", NetworkRecipe.of(problem, "clipped-and", assignments, new Seed(1)), AutoVerifier.ID);
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
        assertEquals(Needs.EVERYTHING, network("pairs-file", unknown).needs());
        assertEquals(
                Needs.EVERYTHING,
                new SmallestWidth(
                                "unit",
                                NetworkRecipe.split(
                                        "two-and", "clipped-and", new Assignments(Map.of("inputs", "64")), new Seed(1)),
                                1,
                                0.1,
                                SmallestWidth.Tolerance.NONE)
                        .needs());
    }
}
