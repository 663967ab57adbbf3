package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemInstance;

class CapacityTest {
    @Test
    void agrees_with_the_reference_values() {
        assertEquals(57, Capacity.permutation(Capacity.parameterBits(16, 1, 1)));
        assertEquals(536, Capacity.permutation(Capacity.parameterBits(64, 1, 1)));
        assertEquals(5910, Capacity.permutation(Capacity.parameterBits(256, 1, 1)));
        assertEquals(71421, Capacity.permutation(Capacity.parameterBits(1024, 1, 1)));
    }

    @Property(tries = 200)
    void is_the_last_that_fits(@ForAll @DoubleRange(min = 0, max = 1e7) double bits) {
        long features = Capacity.permutation(bits);
        assertTrue(LogCounts.fallingFactorial(BigInteger.valueOf(features), features) <= bits);
        assertTrue(LogCounts.fallingFactorial(BigInteger.valueOf(features + 1), features + 1) > bits);

        BigInteger choices = FunctionClass.binomial(2000, 2);
        long outputs = Capacity.outputs(choices, bits);
        assertTrue(LogCounts.fallingFactorial(choices, outputs) <= bits);
        assertTrue(LogCounts.fallingFactorial(choices, outputs + 1) > bits);
    }

    @Property(tries = 100)
    void grows_with_the_bits(
            @ForAll @DoubleRange(min = 0, max = 1e12) double bits,
            @ForAll @DoubleRange(min = 1, max = 3) double factor) {
        assertTrue(Capacity.permutation(bits) <= Capacity.permutation(bits * factor));
        BigInteger choices = FunctionClass.binomial(5000, 3);
        assertTrue(Capacity.outputs(choices, bits) <= Capacity.outputs(choices, bits * factor));
    }

    @Test
    void grows_with_the_width_as_n_squared_over_log_n() {
        double before = 0;
        for (int exponent = 10; exponent <= 22; exponent += 4) {
            double n = Math.pow(2, exponent);
            double ratio = Capacity.permutation(Capacity.parameterBits(1L << exponent, 1, 1)) / (n * n / exponent);
            assertTrue(
                    ratio > before && ratio < 1,
                    "ratio " + ratio); // log m! is about 2 m log n, so the ratio tends to 1/2 .. 1
            before = 0.5;
        }
    }

    @Test
    void never_exceeds_the_number_of_choices() {
        assertEquals(120, Capacity.outputs(BigInteger.valueOf(120), 1e9));
    }

    @Test
    void is_the_largest_instance_that_the_width_limit_allows() {
        for (int width : new int[] {20, 100}) {
            double bits = Capacity.parameterBits(width, 2, 3);
            long capacity = Capacity.permutation(bits);
            assertTrue(LowerBound.of(FunctionClass.permutations((int) capacity)).widthLimit(2, 3) <= width);
            assertTrue(LowerBound.of(FunctionClass.permutations((int) capacity + 1))
                            .widthLimit(2, 3)
                    > width);
        }
    }

    @Test
    void counts_outputs_that_are_picked_together_and_what_binds_them() {
        BigInteger choices = BigInteger.valueOf(1000);
        ProblemInstance pairs = Networks.pairsInstance(50, 20, 2);
        double bits = LogCounts.fallingFactorial(choices, 7) + 0.5;
        assertEquals(14, Capacity.of(of(pairs, new FunctionClass("test", choices, 20, 2, 0)), bits));
        // Ten picks lose 20 bits, so each two: eight fit where 7 bits and a half are left.
        double less = LogCounts.fallingFactorial(choices, 8) - 15.5;
        assertEquals(16, Capacity.of(of(pairs, new FunctionClass("test", choices, 20, 2, 20)), less));
        assertEquals(14, Capacity.of(of(pairs, new FunctionClass("test", choices, 20, 2, 20)), less - 1));
        assertEquals(2000, Capacity.of(of(pairs, new FunctionClass("test", choices, 20, 2, 0)), 1e9));
    }

    private static ProblemInstance of(ProblemInstance instance, FunctionClass functions) {
        return ProblemInstance.of(
                instance.problem(),
                instance.parameters(),
                instance.seed(),
                instance.gates(),
                instance.domain(),
                functions);
    }

    @Test
    void counts_what_fits_to_the_last_bit() {
        assertEquals(2, Capacity.permutation(1)); // 2! functions, one bit
        assertEquals(2, Capacity.outputs(BigInteger.TWO, 1));
        assertEquals(1, Capacity.outputs(BigInteger.ONE, 0));
        assertEquals(1, Capacity.parameterBits(1, 1, 1));
    }

    @Test
    void keeps_to_the_kind_of_the_instance() {
        double bits = Capacity.parameterBits(64, 1, 1);
        assertEquals(536, Capacity.of(Networks.permutationInstance(4), bits));
        // a two-and with as many outputs as inputs is still no permutation
        assertEquals(3, Capacity.of(Networks.triangleInstance(), bits));
        assertEquals(
                Capacity.outputs(BigInteger.valueOf(1225), bits), Capacity.of(Networks.pairsInstance(50, 3, 2), bits));
    }

    @Test
    void refuses_numbers_out_of_range() {
        assertThrows(InvalidInputException.class, () -> Capacity.parameterBits(0, 1, 1));
        assertThrows(InvalidInputException.class, () -> Capacity.permutation(Double.NaN));
        assertThrows(InvalidInputException.class, () -> Capacity.permutation(-1));
        assertThrows(InvalidInputException.class, () -> Capacity.outputs(BigInteger.TEN, -1));
    }
}
