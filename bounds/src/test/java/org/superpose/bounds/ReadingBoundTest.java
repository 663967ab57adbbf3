package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.bounds.ReadingBound.Criterion;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;

class ReadingBoundTest {
    /** The constants of the source, in units of k ln m, where ln k is small against ln m. */
    @Test
    void has_the_constants_of_its_source_in_the_limit() {
        double unit = 2 * Math.log(1e18);
        ReadingBound bound = new ReadingBound((long) 1e18, 2);
        assertEquals(16, bound.conjunctions(Criterion.EXPECTED_MIDPOINT) / unit, 0.4);
        assertEquals(4, bound.conjunctions(Criterion.EXPECTED_BEST) / unit, 2);
        assertEquals(8, bound.conjunctions(Criterion.RELIABLE_MIDPOINT) / unit, 2.5);
        assertEquals(2, bound.conjunctions(Criterion.RELIABLE_BEST) / unit, 2);
    }

    /** All four are 32 k ln m where ln m ~ ln k. */
    @Test
    void has_one_constant_where_as_many_are_active_as_not() {
        for (Criterion criterion : Criterion.values()) {
            double dimensions = new ReadingBound(2_000_000, 1_000_000).conjunctions(criterion);
            assertEquals(32, dimensions / (1e6 * Math.log(1e6)), 1e-9, criterion.name());
        }
    }

    @Property(tries = 200)
    void is_ordered_by_what_is_asked(
            @ForAll @IntRange(min = 2, max = 50) int active, @ForAll @IntRange(min = 200, max = 1 << 30) int features) {
        ReadingBound bound = new ReadingBound(features, active);
        double reliable = bound.conjunctions(Criterion.RELIABLE_BEST);
        assertTrue(reliable <= bound.conjunctions(Criterion.RELIABLE_MIDPOINT) * (1 + 1e-12));
        assertTrue(reliable <= bound.conjunctions(Criterion.EXPECTED_BEST) * (1 + 1e-12));
        assertTrue(bound.conjunctions(Criterion.RELIABLE_MIDPOINT)
                <= bound.conjunctions(Criterion.EXPECTED_MIDPOINT) * (1 + 1e-12));
        assertTrue(bound.anyDecoderEnough() <= bound.linearAccessEnough());
    }

    /** Sampled, with no formula but the definition: below half of the threshold some conjunction is misread. */
    @Test
    void separates_dimensions_that_fail_from_dimensions_that_read_every_conjunction() {
        ReadingBound bound = new ReadingBound(200, 4);
        int enough = (int) (1.5 * bound.conjunctions(Criterion.RELIABLE_MIDPOINT));
        int tooFew = (int) (0.25 * bound.conjunctions(Criterion.RELIABLE_MIDPOINT));
        assertTrue(misread(200, 4, enough) <= 2);
        assertTrue(misread(200, 4, tooFew) >= 18);
    }

    /** Of 20 random dictionaries with a random input each, those with a pair of features that is misread. */
    private static int misread(int features, int active, int dimensions) {
        RandomGenerator random = new Seed(11).child(dimensions).generator();
        int wrong = 0;
        for (int trial = 0; trial < 20; trial++) {
            double[][] codes = new double[features][dimensions];
            double[] stored = new double[dimensions];
            for (int j = 0; j < features; j++) {
                for (int d = 0; d < dimensions; d++) {
                    codes[j][d] = random.nextGaussian() / Math.sqrt(dimensions);
                    stored[d] += j < active ? codes[j][d] : 0;
                }
            }
            double[] reads = new double[features];
            for (int j = 0; j < features; j++) {
                for (int d = 0; d < dimensions; d++) {
                    reads[j] += codes[j][d] * stored[d];
                }
            }
            boolean right = true;
            for (int a = 0; a < features; a++) {
                for (int b = a + 1; b < features; b++) {
                    right &= (reads[a] + reads[b] > 1.5) == (b < active);
                }
            }
            wrong += right ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void refuses_numbers_out_of_range() {
        assertThrows(InvalidInputException.class, () -> new ReadingBound(10, 1));
        assertThrows(InvalidInputException.class, () -> new ReadingBound(10, 10));
    }
}
