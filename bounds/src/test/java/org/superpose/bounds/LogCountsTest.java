package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.problem.FunctionClass;

class LogCountsTest {
    private static void assertRelative(double expected, double actual, double tolerance) {
        assertEquals(expected, actual, Math.max(1e-300, Math.abs(expected) * tolerance));
    }

    private static double factorial(int m) {
        return LogCounts.fallingFactorial(BigInteger.valueOf(m), m);
    }

    private static double subsets(int inputs, int fanIn, int outputs) {
        return LogCounts.fallingFactorial(FunctionClass.binomial(inputs, fanIn), outputs);
    }

    @Test
    void agrees_with_the_reference_values_to_the_printed_digits() {
        assertEquals(15.29921, factorial(8), 0.5e-5);
        assertEquals(44.25014, factorial(16), 0.5e-5);
        assertEquals(43250.047, factorial(4096), 0.5e-3);
        assertEquals(109.00109, subsets(16, 2, 16), 0.5e-5);
        assertEquals(94205.114, subsets(4096, 2, 4096), 0.5e-3);
        assertEquals(2031613.114, subsets(65536, 2, 65536), 1e-3); // printed without rounding: 2031613.114584...
        assertRelative(2031613.1145842350, subsets(65536, 2, 65536), 1e-14);
        assertEquals(36256.332, subsets(1024, 4, 1024), 0.5e-3);
    }

    @Property(tries = 1000)
    void agrees_with_the_number_multiplied_out(
            @ForAll @LongRange(min = 1, max = 1L << 60) long choices, @ForAll @IntRange(min = 0, max = 400) int count) {
        int possible = (int) Math.min(choices, count);
        BigInteger exact = ExactCounts.fallingFactorial(BigInteger.valueOf(choices), possible);
        assertRelative(
                ExactCounts.log2(exact), LogCounts.fallingFactorial(BigInteger.valueOf(choices), possible), 1e-12);
    }

    @Property(tries = 500)
    void agrees_where_few_choices_are_left(
            @ForAll @IntRange(min = 1, max = 700) int choices, @ForAll @IntRange(min = 0, max = 150) int left) {
        int count = Math.max(0, choices - left);
        BigInteger exact = ExactCounts.fallingFactorial(BigInteger.valueOf(choices), count);
        assertRelative(ExactCounts.log2(exact), LogCounts.fallingFactorial(BigInteger.valueOf(choices), count), 1e-12);
    }

    @Test
    void is_exact_to_twelve_digits_for_a_million_outputs() {
        BigInteger pairs = FunctionClass.binomial(1 << 20, 2);
        assertRelative(
                compensatedSum(pairs.longValueExact(), 1 << 20), LogCounts.fallingFactorial(pairs, 1 << 20), 1e-12);
        assertRelative(compensatedSum(1 << 20, 1 << 20), factorial(1 << 20), 1e-12);
        assertRelative(
                compensatedSum(1 << 20, 700_000),
                LogCounts.fallingFactorial(BigInteger.valueOf(1 << 20), 700_000),
                1e-12);
    }

    /** Kahan's sum of log2(choices - i). */
    private static double compensatedSum(long choices, int count) {
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < count; i++) {
            double term = Math.log(choices - i) - lost;
            double next = sum + term;
            lost = next - sum - term;
            sum = next;
        }
        return sum / Math.log(2);
    }

    @Test
    void keeps_all_digits_where_the_series_begins_and_its_last_term_matters_most() {
        BigInteger exact = ExactCounts.fallingFactorial(BigInteger.valueOf(128), 64);
        assertEquals(ExactCounts.log2(exact), LogCounts.fallingFactorial(BigInteger.valueOf(128), 64), 8e-13);
    }

    @Test
    void keeps_all_digits_of_a_binomial_that_leaves_out_little() {
        long many = 1_000_000_000_000_000L;
        assertRelative(Math.log(many) / Math.log(2), LogCounts.binomial(many, many - 1), 1e-14);
    }

    @Test
    void takes_numbers_of_any_size() {
        BigInteger giant = BigInteger.TWO.pow(5000).add(BigInteger.valueOf(12345));
        assertRelative(5000.0 * 300, LogCounts.fallingFactorial(giant, 300), 1e-12);
        assertRelative(5000, LogCounts.log2(giant), 1e-14);
        BigInteger large = FunctionClass.binomial(1 << 24, 8);
        assertRelative(
                ExactCounts.log2(ExactCounts.fallingFactorial(large, 2000)),
                LogCounts.fallingFactorial(large, 2000),
                1e-12);
    }

    @Test
    void counts_one_way_to_choose_nothing_or_the_only_thing() {
        assertEquals(0, LogCounts.fallingFactorial(BigInteger.TEN, 0));
        assertEquals(0, LogCounts.fallingFactorial(BigInteger.ONE, 1));
        assertEquals(0, LogCounts.log2(BigInteger.ONE));
    }

    @Property(tries = 300)
    void agrees_with_exact_binomial_coefficients(
            @ForAll @IntRange(min = 0, max = 3000) int n, @ForAll @IntRange(min = 0, max = 3000) int k) {
        int chosen = Math.min(n, k);
        BigInteger exact = FunctionClass.binomial(n, chosen);
        assertEquals(
                ExactCounts.log2(exact), LogCounts.binomial(n, chosen), 1e-9 * Math.max(1, ExactCounts.log2(exact)));
    }

    @Test
    void refuses_what_cannot_be_counted() {
        assertThrows(IllegalArgumentException.class, () -> LogCounts.fallingFactorial(BigInteger.TEN, 11));
        assertThrows(IllegalArgumentException.class, () -> LogCounts.fallingFactorial(BigInteger.TEN, -1));
        assertThrows(IllegalArgumentException.class, () -> LogCounts.log2(BigInteger.ZERO));
        assertThrows(IllegalArgumentException.class, () -> LogCounts.binomial(3, 4));
    }
}
