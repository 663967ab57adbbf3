package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        // 1684 / 8 and 1684 / 16 entries, square
        assertLine(all, "                   at 1, 8 and 16 bits: 41.0, 14.5, 10.3");
        assertLine(all, "distilling         into at least 1,684 weights of 1.0 bits, in a network of any shape");
        assertLine(all, "computing takes    5, 2, 1 times the neurons of representing, at 1, 8 and 16 bits");
        assertLine(all, "width to represent at least 8.01 neurons: telling the inputs apart is exponentially cheaper");
        assertLine(
                all,
                "                   267 dimensions keep all distances of features within a factor of 1 +- 0.5"
                        + " (Johnson and Lindenstrauss)");
        assertFalse(all.contains("measured"), all);
    }

    /** 8! permutations, of which at most 8 * 8 differ from a given one in one output or none: 15.299 - 6 bits. */
    @Test
    void theBoundThatAllowsErrorsIsWiderAndSaysWhoseItIs() {
        String all = printed("bounds", "--problem", "permutation", "--set", "inputs=8", "--error", "0.125");
        assertLine(all, "parameter bits     at least 9.299");
        assertLine(
                all,
                "with errors        6.000 bits fewer than for networks without (this bound is ours, not the paper's)");
        assertFalse(printed("bounds", "--problem", "permutation", "--set", "inputs=8")
                .contains("with errors"));
    }

    /** log C(2,304, z) + z = 1684 near z = 268; log C(2,304, 387) = 1500, for all but the last few bits. */
    @Test
    void whatPruningLeavesIsPrintedForAGivenWidth() {
        String all = printed("bounds", "--problem", "permutation", "--set", "inputs=256", "--width", "48");
        long values =
                Long.parseLong(all.replaceAll("(?s).*at width 48: at least ([0-9,]+) of 2,304 weights stay.*", "$1"));
        long equal = Long.parseLong(all.replaceAll("(?s).*at least ([0-9,]+) where all nonzero.*", "$1"));
        assertTrue(places(2304, values) + values >= 1680 && places(2304, values) + values <= 1692, all);
        assertTrue(places(2304, equal) >= 1680 && places(2304, equal) <= 1692, all);
        // 1,024 log 3 = 1,623
        assertLine(
                printed("bounds", "--problem", "permutation", "--set", "inputs=256", "--width", "32"),
                "pruning            at width 32: impossible, 1,024 weights that are zero or have 1.0 bits are too few");
        assertEquals(
                ExitStatus.BAD_INPUT,
                superpose("bounds", "--problem", "permutation", "--set", "inputs=256", "--width", "0")
                        .status());
    }

    /** log C(n, k), term by term. */
    private static double places(long n, long k) {
        double sum = 0;
        for (long i = 1; i <= k; i++) {
            sum += Math.log((double) (n - k + i) / i) / Math.log(2);
        }
        return sum;
    }

    /** Of 2,016 pairs: each output, or two at a time, picks one; half of the conjunctions have one of two signs. */
    @Test
    void mapsOfOtherGatesHaveBoundsToo() {
        assertLine(
                printed("bounds", "--problem", "xor-pairs", "--set", "inputs=64"),
                "class              all functions of XORs of pairs: 2^701.088 functions");
        String adders = printed("bounds", "--problem", "half-adders", "--set", "inputs=64");
        assertLine(adders, "class              all half adders of pairs: 2^350.916 functions");
        assertLine(adders, "width to compute   at least 13.25 neurons, with 2 matrices of 1.0 bits per weight");
        String dnf = printed("bounds", "--problem", "dnf", "--set", "inputs=64", "--set", "clauses=1");
        assertTrue(
                dnf.matches("(?s)class              all functions of conjunctions of 2 literals, 32 of 128 negated:"
                        + " 2\\^79[23]\\.\\d{3} functions\n.*"),
                dnf);
        String clauses = printed("bounds", "--problem", "dnf", "--set", "inputs=64", "--set", "max-active=3");
        assertTrue(clauses.contains("ORs of 3 clauses of 2 literals, 96 of 384 negated"), clauses);
        assertLine(
                printed("bounds", "--problem", "neighbours", "--set", "inputs=64"),
                "class              all graphs in which each node has 2 neighbours of its own: 2^698.109 functions");
    }

    @Test
    void aMapOfNoClassHasNoBounds(@TempDir Path folder) throws IOException {
        Path edges = Files.writeString(folder.resolve("edges.csv"), "from,to\na,b\nb,c\n");
        Printed printed = superpose("bounds", "--problem", "neighbours", "--set", "file=" + edges);
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("nothing is known of the class of functions"), printed.err());
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
