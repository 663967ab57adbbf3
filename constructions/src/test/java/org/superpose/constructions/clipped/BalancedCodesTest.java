package org.superpose.constructions.clipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

class BalancedCodesTest {
    private static int overlap(Codes codes, int first, int second) {
        Set<Integer> neurons = new HashSet<>();
        for (int neuron : codes.code(first)) {
            neurons.add(neuron);
        }
        return (int) Arrays.stream(codes.code(second)).filter(neurons::contains).count();
    }

    private static int largestOverlap(Codes codes) {
        int largest = 0;
        for (int a = 0; a < codes.features(); a++) {
            for (int b = a + 1; b < codes.features(); b++) {
                largest = Math.max(largest, overlap(codes, a, b));
            }
        }
        return largest;
    }

    @Property(tries = 50)
    void codesShareNoMoreNeuronsThanAllowed(
            @ForAll @IntRange(min = 1, max = 3) int overlap, @ForAll @IntRange(min = 0, max = 1000) int seed) {
        Codes codes = new BalancedCodes(5, overlap, 2, "k").draw(60, 100, new Seed(seed).generator());

        assertTrue(largestOverlap(codes) <= overlap, codes + " overlap by " + largestOverlap(codes));
        assertEquals(5, codes.minWeight());
        assertEquals(5, codes.maxWeight());
    }

    @Test
    void codesAreDistinctWhenAllButOneNeuronMayBeShared() {
        Codes codes = new BalancedCodes(2, 1, 1, "k").draw(60, 16, new Seed(1).generator());

        assertTrue(largestOverlap(codes) <= 1);
    }

    @Test
    void codesAreDrawnEvenWhereTheBoundOnOverlapsCannotHold() {
        Codes codes = new BalancedCodes(4, 1, 2, "k").draw(200, 24, new Seed(1).generator());

        assertEquals(200, codes.features());
        assertTrue(largestOverlap(codes) > 1);
    }

    @Test
    void candidatesEvenOutTheLoads() {
        int[] random = new BalancedCodes(4, 3, 1, "k")
                .draw(2000, 200, new Seed(1).generator())
                .loads();
        int[] balanced = new BalancedCodes(4, 3, 8, "k")
                .draw(2000, 200, new Seed(1).generator())
                .loads();

        assertTrue(spread(balanced) * 3 < spread(random), spread(balanced) + " against " + spread(random));
    }

    private static int spread(int[] loads) {
        return Arrays.stream(loads).max().orElseThrow()
                - Arrays.stream(loads).min().orElseThrow();
    }

    @Test
    void fewerNeuronsThanACodeNeedsAreRefused() {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> new BalancedCodes(9, 8, 1, "code-weight").draw(2, 8, new Seed(1).generator()));

        assertEquals(
                "width 8 is too small for code-weight 9: width must be at least code-weight", refusal.getMessage());
    }
}
