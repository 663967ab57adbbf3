package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.FunctionClass;

class SparseBoundTest {
    /** Row by row of Pascal's triangle, each term with the values of its nonzero entries. */
    private static BigInteger counted(int places, int nonzero, int valueBits) {
        BigInteger term = BigInteger.ONE;
        BigInteger sum = BigInteger.ONE;
        for (int i = 1; i <= nonzero; i++) {
            term = term.multiply(BigInteger.valueOf(places - i + 1L)).divide(BigInteger.valueOf(i));
            sum = sum.add(term.shiftLeft(valueBits * i));
        }
        return sum;
    }

    @Property(tries = 300)
    void counts_all_networks_with_at_most_so_many_nonzero_weights(
            @ForAll @IntRange(min = 1, max = 900) int places,
            @ForAll @IntRange(min = 0, max = 900) int nonzero,
            @ForAll @IntRange(min = 0, max = 9) int valueBits) {
        int kept = Math.min(nonzero, places);
        double exact = ExactCounts.log2(counted(places, kept, valueBits));
        assertEquals(exact, new SparseBound(places, valueBits).bits(kept), 1e-9 * Math.max(1, exact));
    }

    @Property(tries = 200)
    void is_the_smallest_number_that_has_the_bits(
            @ForAll @IntRange(min = 1, max = 100_000) int places,
            @ForAll @DoubleRange(min = 0, max = 16) double valueBits,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        SparseBound bound = new SparseBound(places, valueBits);
        double needed = share * bound.bits(places);
        long least = bound.leastNonzero(needed).orElseThrow();
        assertTrue(bound.bits(least) >= needed);
        assertTrue(least == 0 || bound.bits(least - 1) < needed);
    }

    @Test
    void is_never_less_than_places_and_values_of_exactly_so_many() {
        SparseBound bound = new SparseBound(94_000, 1);
        double simple = LogCounts.binomial(94_000, 6_000) + 6_000;
        assertTrue(bound.bits(6_000) >= simple);
        assertEquals(simple, bound.bits(6_000), 1);
    }

    @Test
    void all_weights_together_have_the_bits_of_a_dense_network_with_one_value_more() {
        assertEquals(5_000, new SparseBound(5_000, 0).bits(5_000), 1e-6);
        assertEquals(
                5_000 * Math.log(257) / Math.log(2),
                SparseBound.ofSquares(50, 2, 8).bits(5_000),
                1e-6);
    }

    @Test
    void a_network_that_is_too_narrow_cannot_be_pruned_at_all() {
        LowerBound twoAnd = LowerBound.of(FunctionClass.distinctSubsets(4096, 2, 4096));
        assertEquals(OptionalLong.empty(), SparseBound.ofSquares(217, 2, 0).leastNonzero(twoAnd.parameterBits()));
        assertTrue(SparseBound.ofSquares(218, 2, 0)
                .leastNonzero(twoAnd.parameterBits())
                .isPresent());
        assertEquals(94_206, twoAnd.leastParameters(1));
        assertEquals(11_776, twoAnd.leastParameters(8));
    }

    @Test
    void refuses_numbers_out_of_range() {
        assertThrows(InvalidInputException.class, () -> new SparseBound(0, 1));
        assertThrows(InvalidInputException.class, () -> new SparseBound(1, -1));
        assertThrows(InvalidInputException.class, () -> new SparseBound(1, Double.NaN));
        assertThrows(InvalidInputException.class, () -> SparseBound.ofSquares(0, 1, 1));
        assertThrows(InvalidInputException.class, () -> new SparseBound(10, 1).bits(11));
    }
}
