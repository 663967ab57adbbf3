package org.superpose.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedTest {
    @Test
    void theGeneratorIsTheSplitMix64OfTheLiterature() {
        RandomGenerator random = new Seed(1234567).generator();
        // The reference outputs published with the algorithm for seed 1234567.
        assertEquals(6457827717110365317L, random.nextLong());
        assertEquals(3203168211198807973L, random.nextLong());
        assertEquals(-8629252141511181193L, random.nextLong());
    }

    @Test
    void streamsOfDifferentNamesDiffer() {
        Set<Long> first = new HashSet<>();
        for (String name : new String[] {"channels", "input-encoding", "output-encoding", "a", "b", ""}) {
            first.add(new Seed(1).child(name).generator().nextLong());
        }
        for (int number = 0; number < 100; number++) {
            first.add(new Seed(1).child(number).generator().nextLong());
        }
        assertEquals(106, first.size());
        assertNotEquals(
                new Seed(1).child("channels").value(),
                new Seed(2).child("channels").value());
    }

    @Property(tries = 100)
    void boundedDrawsStayInRangeAndReachAllOfIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int bound) {
        RandomGenerator random = new Seed(seed).generator();
        Set<Integer> seen = new HashSet<>();
        for (int t = 0; t < 400; t++) {
            int drawn = random.nextInt(bound);
            assertTrue(drawn >= 0 && drawn < bound);
            seen.add(drawn);
        }
        assertEquals(bound, seen.size());
    }

    /**
     * Every network built from a seed depends on these values. They were computed by other code: FNV-1a of the name
     * (its published value for "foobar" is 85944171f73967e8), or the complement of the number, mixed with the seed.
     */
    @ParameterizedTest
    @CsvSource({
        "0, foobar, 404da9e3b74078c2",
        "0, añ𝄞, d60b4ee28b295c94",
        "1, foobar, a847d0e8cd9ce9fd",
        "-7, foobar, 0f9d32032e63d782",
        "-7, '', 3b313fdea0e9b0d1"
    })
    void namedStreamsHaveTheSameSeedsForEver(long seed, String name, String child) {
        assertEquals(
                child, HexFormat.of().toHexDigits(new Seed(seed).child(name).value()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 4bffd802ebfb15e4",
        "0, -1, 0000000000000000",
        "1, 1, 02e6ec39168f174a",
        "1, 1099511627776, 43a7835571f482a2",
        "-7, 0, 5c61f6e1b9b95527",
        "-7, 1, 7bc6118f6a7abfe5"
    })
    void numberedStreamsHaveTheSameSeedsForEver(long seed, long number, String child) {
        assertEquals(
                child, HexFormat.of().toHexDigits(new Seed(seed).child(number).value()));
    }

    /** Computed by other code from the definitions: the upper bits, scaled, and Lemire's method with its rejections. */
    @Test
    void drawsOfAllKindsStayTheSameForEver() {
        assertDraws(List.of(1661156108, -1063833267, 999478256, 426659522), RandomGenerator::nextInt);
        assertDraws(
                List.of(0.386768045983934, 0.7523070158382239, 0.2327091656774618, 0.09933941132660251),
                RandomGenerator::nextDouble);
        assertDraws(List.of(false, true, false, false, false, false, true, true), RandomGenerator::nextBoolean);
        assertDraws(List.of(3, 7, 2, 0, 1, 3), random -> random.nextInt(10));
        assertDraws(List.of(-2, 2, -3, -5, -4, -2), random -> random.nextInt(-5, 5));
        assertDraws(
                List.of(622933540, 1211675260, 159997320, 302730965, 1587361163, 686847957),
                random -> random.nextInt(3 << 29));
    }

    private static <T> void assertDraws(List<T> expected, Function<RandomGenerator, T> draw) {
        RandomGenerator random = new Seed(5).generator();
        for (T value : expected) {
            assertEquals(value, draw.apply(random));
        }
    }

    /** The state from which the generator makes zero. */
    @Test
    void zeroIsNotNegative() {
        Seed beforeZero = new Seed(-0x9e3779b97f4a7c15L);
        assertEquals(0, beforeZero.generator().nextLong());
        assertFalse(beforeZero.generator().nextBoolean());
    }

    @Test
    void aPowerOfTwoNeedsNoRejection() {
        RandomGenerator words = new Seed(9).generator();
        RandomGenerator bounded = new Seed(9).generator();
        for (int t = 0; t < 1000; t++) {
            assertEquals(words.nextInt() >>> 2, bounded.nextInt(1 << 30));
        }
    }

    @Test
    void emptyRangesAreRefused() {
        RandomGenerator random = new Seed(1).generator();
        assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
        assertThrows(IllegalArgumentException.class, () -> random.nextInt(-1));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> random.nextInt(3, 3));
        assertEquals("bound 3 must be greater than origin 3", refused.getMessage());
        assertEquals(3, random.nextInt(3, 4));
        assertEquals(Integer.MAX_VALUE - 1, random.nextInt(Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
    }

    @Test
    void largeBoundsAreUnbiased() {
        RandomGenerator random = new Seed(3).generator();
        // Eight words in a row give the quotients 0 0 0 1 1 1 2 2: without rejection, a
        // quarter instead of a third would be 2.
        int bound = 3 << 29;
        int last = 0;
        int draws = 100_000;
        for (int t = 0; t < draws; t++) {
            last += random.nextInt(bound) % 3 == 2 ? 1 : 0;
        }
        assertEquals(draws / 3.0, last, 5 * Math.sqrt(draws * 2 / 9.0));
    }
}
