package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import org.junit.jupiter.api.Test;

/** {@code bounds}: every bound of the theory page in one output. */
class BoundsCommandTest {
    private static String printed(String... arguments) {
        Printed printed = superpose((Object[]) arguments);
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        return printed.out();
    }

    private static void assertLine(String all, String line) {
        assertTrue(all.lines().anyMatch(line::equals), line + "\nis missing in\n" + all);
    }

    @Test
    void everyBoundIsPrintedWithItsFigures() {
        String all = printed("bounds", "--problem", "permutation", "--set", "inputs=256");
        assertLine(all, "class              all permutations: 2^1683.996 functions");
        assertLine(all, "parameter bits     at least 1683.996");
        assertLine(all, "width to compute   at least 41.04 neurons, with 1 matrix of 1.0 bits per weight");
        // Theorem 3.1: c = 1 + log 10^6 bits less
        assertLine(
                all,
                "almost all         of 1,000,000 functions fewer than one has a description of at most 1663.065 bits");
        // log 265! = 1756 <= 42^2 = 1764 < log 266!
        assertLine(all, "capacity           at most 265 outputs at width 42");
        assertLine(all, "width to represent at least 8.01 neurons: telling the inputs apart is exponentially cheaper");
        assertLine(
                all,
                "                   267 dimensions keep all distances of features within a factor of 1 +- 0.5"
                        + " (Johnson and Lindenstrauss)");
        assertFalse(all.contains("measured"), all);
    }

    @Test
    void whatItTakesToRepresentIsMeasuredOnDemand() {
        String all = printed("bounds", "--problem", "two-and", "--set", "inputs=64", "--measure");
        assertTrue(
                all.matches("(?s).*measured: \\d\\d neurons, in \\d+ % of 3 draws of codes of weight \\d+\\n.*"), all);
        String json = printed("bounds", "--problem", "two-and", "--set", "inputs=64", "--measure", "--json");
        assertTrue(json.contains("representation_width_measured"), json);
    }
}
