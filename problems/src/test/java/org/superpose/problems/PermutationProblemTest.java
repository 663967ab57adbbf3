package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.ProblemInstance;

class PermutationProblemTest {
    @Property(tries = 50)
    void moves_every_feature_to_a_place_of_its_own(
            @ForAll @IntRange(min = 1, max = 300) int inputs, @ForAll long seed) {
        ProblemInstance instance = Instances.draw(seed, "permutation", "inputs", inputs);
        Set<Integer> places = new HashSet<>();
        for (int j = 0; j < inputs; j++) {
            FeatureSet on = instance.evaluate(FeatureSet.of(j));
            assertEquals(1, on.size());
            assertTrue(places.add(on.get(0)));
        }
        assertEquals(inputs, instance.outputs());
        assertEquals(1, instance.maxActive());
    }

    @Test
    void gives_every_permutation_of_three_features_about_equally_often() {
        int[] counts = new int[27];
        for (int seed = 0; seed < 6000; seed++) {
            var gates = Instances.draw(seed, "permutation", "inputs", 3).gates();
            counts[gates.read(0, 0) * 9 + gates.read(1, 0) * 3 + gates.read(2, 0)]++;
        }
        int seen = 0;
        for (int count : counts) {
            seen += count > 0 ? 1 : 0;
            assertTrue(count == 0 || Math.abs(count - 1000) < 150, "count " + count); // five standard deviations
        }
        assertEquals(6, seen);
    }

    @Test
    void is_counted_among_all_permutations() {
        var functions =
                Instances.draw(1, "permutation", "inputs", 12).functionClass().orElseThrow();
        assertEquals(BigInteger.valueOf(12), functions.choices());
        assertEquals(12, functions.outputs());
    }
}
