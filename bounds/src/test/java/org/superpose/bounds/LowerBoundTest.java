package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

class LowerBoundTest {
    @Test
    void reproduces_the_information_limits_of_the_clipped_networks() {
        var twoAnd = LowerBound.of(FunctionClass.distinctSubsets(4096, 2, 4096));
        assertEquals(217, twoAnd.widthLimit(1, 2), 0.5);
        assertEquals(218, twoAnd.leastWidth(1, 2));
        var permutation = LowerBound.of(FunctionClass.permutations(4096));
        assertEquals(208, permutation.widthLimit(1, 1), 0.5);
    }

    @Property(tries = 200)
    void is_the_smallest_width_whose_parameters_can_hold_the_bits(
            @ForAll @IntRange(min = 2, max = 5000) int features,
            @ForAll @DoubleRange(min = 0.5, max = 32) double bits,
            @ForAll @IntRange(min = 1, max = 20) int matrices) {
        LowerBound bound = LowerBound.of(FunctionClass.permutations(features));
        long least = bound.leastWidth(bits, matrices);
        assertTrue(bits * matrices * least * least >= bound.parameterBits() * (1 - 1e-12));
        assertTrue(bits * matrices * (least - 1) * (least - 1) < bound.parameterBits());
        assertTrue(bound.widthLimit(bits, matrices) <= least);
    }

    /** The functions that agree with a fixed one in all but at most {@code wrong} outputs, counted one by one. */
    private static int ball(int choices, int outputs, int wrong) {
        return ball(new int[outputs], 0, choices, wrong);
    }

    private static int ball(int[] chosen, int at, int choices, int wrong) {
        if (at == chosen.length) {
            int differing = 0;
            for (int i = 0; i < at; i++) {
                differing += chosen[i] == i ? 0 : 1;
            }
            return differing <= wrong ? 1 : 0;
        }
        int count = 0;
        for (int choice = 0; choice < choices; choice++) {
            boolean free = true;
            for (int i = 0; i < at; i++) {
                free &= chosen[i] != choice;
            }
            if (free) {
                chosen[at] = choice;
                count += ball(chosen, at + 1, choices, wrong);
            }
        }
        return count;
    }

    @Property(tries = 100)
    void never_claims_more_bits_with_errors_than_exact_counting_allows(
            @ForAll @IntRange(min = 1, max = 5) int outputs,
            @ForAll @IntRange(min = 0, max = 3) int spare,
            @ForAll @DoubleRange(min = 0, max = 1) double errors) {
        FunctionClass functions = new FunctionClass("test", BigInteger.valueOf(outputs + spare), outputs);
        LowerBound bound = LowerBound.of(functions).withErrors(errors);
        int wrong = (int) Math.floor(errors * outputs + 1e-9);
        double exact = Math.log(ball(outputs + spare, outputs, wrong)) / Math.log(2);
        assertTrue(bound.ballLog2() >= exact - 1e-9, bound.ballLog2() + " is less than " + exact);
        assertTrue(bound.parameterBits() <= bound.functionCountLog2() - exact + 1e-9);
    }

    /**
     * Two outputs are picked together, choice c as c and c modulo 2: functions that agree with a given one, which need
     * not be of the class, in all but a few outputs.
     */
    @Property(tries = 100)
    void counts_enough_functions_near_any_other_where_outputs_are_picked_together(
            @ForAll @IntRange(min = 1, max = 3) int picks,
            @ForAll @IntRange(min = 0, max = 2) int spare,
            @ForAll @IntRange(min = 1, max = 6) int wrongOutputs,
            @ForAll long seed) {
        int choices = picks + spare;
        int wrong = Math.min(wrongOutputs, 2 * picks);
        java.util.Random random = new java.util.Random(seed);
        int[] center = random.ints(2L * picks, 0, choices).toArray();
        int near = near(new int[picks], 0, choices, center, wrong);
        LowerBound bound = LowerBound.of(new FunctionClass("test", BigInteger.valueOf(choices), 2 * picks, 2, 0))
                .withErrors(Math.min(1, wrong / (2.0 * picks) + 1e-9));
        assertTrue(near == 0 || bound.ballLog2() >= Math.log(near) / Math.log(2) - 1e-9, near + " functions");
        double all = LogCounts.fallingFactorial(BigInteger.valueOf(choices), picks);
        assertEquals(all, bound.functionCountLog2(), 1e-12);
    }

    private static int near(int[] chosen, int at, int choices, int[] center, int wrong) {
        if (at == chosen.length) {
            int differing = 0;
            for (int i = 0; i < at; i++) {
                differing += (chosen[i] == center[2 * i] ? 0 : 1) + (chosen[i] % 2 == center[2 * i + 1] ? 0 : 1);
            }
            return differing <= wrong ? 1 : 0;
        }
        int count = 0;
        for (int choice = 0; choice < choices; choice++) {
            boolean free = true;
            for (int i = 0; i < at; i++) {
                free &= chosen[i] != choice;
            }
            if (free) {
                chosen[at] = choice;
                count += near(chosen, at + 1, choices, center, wrong);
            }
        }
        return count;
    }

    @Test
    void counts_what_binds_the_picks_off() {
        double free = LogCounts.fallingFactorial(BigInteger.valueOf(1000), 50);
        LowerBound bound = LowerBound.of(new FunctionClass("test", BigInteger.valueOf(1000), 50, 1, 30));
        assertEquals(free - 30, bound.functionCountLog2(), 1e-9);
        assertEquals(free - 30, bound.parameterBits(), 1e-9);
        assertEquals(
                0,
                LowerBound.of(new FunctionClass("test", BigInteger.valueOf(5), 5, 1, 30))
                        .functionCountLog2());
    }

    @Test
    void tolerates_errors_as_theory_says() {
        LowerBound bound =
                LowerBound.of(FunctionClass.distinctSubsets(1024, 2, 1024)).withErrors(0.1);
        double ball = LogCounts.binomial(1024, 102) + 102 * LogCounts.log2(BigInteger.valueOf(1024 * 1023 / 2));
        assertEquals(ball, bound.ballLog2(), 1e-9);
        assertEquals(bound.functionCountLog2() - ball, bound.parameterBits(), 1e-9);
    }

    @Test
    void rounds_the_number_of_wrong_outputs_as_decimals_do() {
        FunctionClass functions = FunctionClass.permutations(100);
        double twentyNine = LogCounts.binomial(100, 29) + 29 * LogCounts.log2(BigInteger.valueOf(100));
        assertEquals(twentyNine, LowerBound.of(functions).withErrors(0.29).ballLog2(), 1e-9);
    }

    @Property(tries = 100)
    void falls_with_errors_and_failures_and_never_below_zero(
            @ForAll @DoubleRange(min = 0, max = 1) double errors,
            @ForAll @DoubleRange(min = 0, max = 0.99) double failing) {
        LowerBound plain = LowerBound.of(FunctionClass.permutations(200));
        LowerBound tolerant = plain.withErrors(errors).withFailing(failing);
        assertTrue(tolerant.parameterBits() >= 0);
        assertTrue(tolerant.parameterBits() <= plain.withErrors(errors).parameterBits());
        assertTrue(plain.withErrors(errors).parameterBits() <= plain.parameterBits());
        assertEquals(tolerant, plain.withFailing(failing).withErrors(errors));
    }

    @Test
    void gives_up_one_bit_when_half_of_the_functions_may_fail() {
        LowerBound plain = LowerBound.of(FunctionClass.permutations(50));
        assertEquals(plain.parameterBits() - 1, plain.withFailing(0.5).parameterBits(), 1e-12);
    }

    @Test
    void counts_what_is_computed_on_the_domain_and_no_more() {
        assertEquals(
                LogCounts.fallingFactorial(BigInteger.valueOf(15), 3),
                LowerBound.of(Networks.pairsInstance(6, 3, 2)).functionCountLog2());
        assertEquals(
                Math.log(120) / Math.log(2),
                LowerBound.of(Networks.chainInstance(5)).parameterBits(),
                1e-12);
        // with one active feature every output of a two-and is off, whatever the pairs
        assertEquals(0, LowerBound.of(Networks.pairsInstance(6, 3, 1)).parameterBits());
        assertEquals(0, LowerBound.of(Networks.pairsInstance(6, 3, 1)).widthLimit(1, 1));
    }

    /** At most one of three inputs is active: no majority is ever on, whatever it reads. */
    @Test
    void counts_one_function_where_no_output_changes() {
        Gates majorities = Gates.of(6, GateFunction.atLeast(2), List.of(new int[] {0, 1, 2}, new int[] {3, 4, 5}));
        FunctionClass functions = FunctionClass.distinctSubsets(6, 3, 2);
        ProblemInstance one = ProblemInstance.of(
                "majority", ParameterValues.NONE, 1, majorities, InputDomain.sparse(6, 1), functions);
        assertEquals(0, LowerBound.of(one).parameterBits());
        ProblemInstance two = ProblemInstance.of(
                "majority", ParameterValues.NONE, 1, majorities, InputDomain.sparse(6, 2), functions);
        assertEquals(Math.log(20 * 19) / Math.log(2), LowerBound.of(two).parameterBits(), 1e-9);
    }

    @Test
    void refuses_numbers_out_of_range() {
        LowerBound bound = LowerBound.of(FunctionClass.permutations(5));
        assertEquals(
                "error 1.5 must be a fraction of the outputs from 0 to 1",
                assertThrows(InvalidInputException.class, () -> bound.withErrors(1.5))
                        .getMessage());
        assertThrows(InvalidInputException.class, () -> bound.withErrors(Double.NaN));
        assertThrows(InvalidInputException.class, () -> bound.withFailing(1));
        assertThrows(InvalidInputException.class, () -> bound.widthLimit(0, 1));
        assertThrows(InvalidInputException.class, () -> bound.widthLimit(1, 0));
        assertThrows(InvalidInputException.class, () -> bound.description(-1));
        assertThrows(InvalidInputException.class, () -> DescriptionBound.exceptFor(10, 0));
    }

    @Property(tries = 100)
    void lets_less_than_the_stated_fraction_have_a_short_description(
            @ForAll @IntRange(min = 1, max = 40) int countLog2, @ForAll @IntRange(min = 0, max = 45) int saved) {
        DescriptionBound bound = DescriptionBound.of(countLog2, saved);
        // all strings of at most countLog2 - saved bits, the empty one among them
        double strings = saved > countLog2 ? 0 : Math.pow(2, countLog2 - saved + 1.0) - 1;
        assertTrue(strings / Math.pow(2, countLog2) < bound.fractionBelow() || strings > Math.pow(2, countLog2));
        assertEquals(countLog2 - saved, bound.descriptionBits());
    }

    @Test
    void finds_the_bits_that_all_but_a_fraction_need() {
        LowerBound functions = LowerBound.of(FunctionClass.permutations(9));
        assertEquals(DescriptionBound.of(functions.functionCountLog2(), 3), functions.description(3));
        DescriptionBound bound = DescriptionBound.exceptFor(1000, 0.01);
        assertEquals(0.01, bound.fractionBelow(), 1e-15);
        assertEquals(1000 - 1 - Math.log(100) / Math.log(2), bound.descriptionBits(), 1e-9);
        assertEquals(new DescriptionBound(1000, 1, 999, 1), DescriptionBound.exceptFor(1000, 1));
    }

    @Test
    void declines_where_nothing_is_known_of_the_class() {
        ProblemInstance drawn = Networks.pairsInstance(50, 3, 2);
        ProblemInstance unknown = drawn.with(drawn.layers(), drawn.domain());
        String expected = "nothing is known of the class of functions that this two-and was drawn from,"
                + " so there are no bounds for it";
        assertEquals(
                expected,
                assertThrows(InvalidInputException.class, () -> LowerBound.of(unknown))
                        .getMessage());
        assertEquals(
                expected,
                assertThrows(InvalidInputException.class, () -> Capacity.of(unknown, 100))
                        .getMessage());
        assertEquals(0, LowerBound.of(unknown.withMaxActive(1)).parameterBits(), "all outputs are off");
        ProblemInstance permutation = Networks.permutationInstance(4);
        assertEquals(
                Capacity.of(permutation, 100),
                Capacity.of(permutation.with(permutation.layers(), permutation.domain()), 100));
    }
}
