package org.superpose.constructions.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

class LowOverlapCodesTest {
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
    void codesHaveTheWeightAndOneNeuronInEachBlock(
            @ForAll @IntRange(min = 1, max = 8) int weight,
            @ForAll @IntRange(min = 1, max = 6) int candidates,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        Codes codes = new LowOverlapCodes(weight, candidates, "k").draw(30, 8 * 40, new Seed(seed).generator());

        assertEquals(30, codes.features());
        assertEquals(weight, codes.minWeight());
        assertEquals(weight, codes.maxWeight());
        for (int j = 0; j < 30; j++) {
            for (int t = 0; t < weight; t++) {
                int neuron = codes.neuron(j, t);
                assertTrue(neuron >= t * 320 / weight && neuron < (t + 1) * 320 / weight);
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"60, 100, 5, 1", "300, 100, 5, 2", "2000, 60, 5, 3", "30, 16, 2, 1", "100, 25, 5, 3"})
    void codesShareFewNeurons(int features, int neurons, int weight, int overlap) {
        for (long seed = 1; seed <= 2; seed++) {
            Codes codes = new LowOverlapCodes(weight, 2, "k").draw(features, neurons, new Seed(seed).generator());

            assertEquals(features, codes.features());
            assertEquals(overlap, largestOverlap(codes));
        }
    }

    @Test
    void candidatesEvenOutTheLoads() {
        int[] random = new LowOverlapCodes(4, 1, "k")
                .draw(2000, 200, new Seed(1).generator())
                .loads();
        int[] balanced = new LowOverlapCodes(4, 8, "k")
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
                () -> new LowOverlapCodes(9, 1, "code-weight").draw(2, 8, new Seed(1).generator()));

        assertEquals(
                "width 8 is too small for code-weight 9: width must be at least code-weight", refusal.getMessage());
    }

    @Test
    void moreFeaturesThanCodesAreRefused() {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> new LowOverlapCodes(2, 1, "code-weight").draw(26, 10, new Seed(1).generator()));

        assertEquals(
                "width 10 with code-weight 2 does not make enough codes for 26 features to have one each. "
                        + "Maybe take a larger width or code-weight",
                refusal.getMessage());
    }
}
