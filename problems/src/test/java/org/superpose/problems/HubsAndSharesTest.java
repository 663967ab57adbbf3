package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

class HubsAndSharesTest {
    @Property(tries = 50)
    void a_star_has_one_hub_in_every_pair(@ForAll @IntRange(min = 4, max = 60) int inputs, @ForAll long seed) {
        var instance = Instances.draw(seed, "two-and", "inputs", inputs, "influence", "star");
        assertEquals(inputs - 1, instance.outputs());
        int[] influences = ReadSets.influences(instance.gates());
        Arrays.sort(influences);
        assertEquals(inputs - 1, influences[inputs - 1]);
        assertEquals(1, influences[inputs - 2]);
        assertEquals(
                BigInteger.valueOf(inputs - 1),
                instance.functionClass().orElseThrow().choices());
    }

    @Property(tries = 100)
    void a_bipartite_profile_has_exactly_one_hub_in_every_pair(
            @ForAll @IntRange(min = 1, max = 6) int hubs,
            @ForAll @IntRange(min = 1, max = 30) int partners,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll long seed) {
        int outputs = Math.max(1, (int) (density * hubs * partners));
        Gates gates = Instances.draw(
                        seed,
                        "two-and",
                        "inputs",
                        hubs + partners,
                        "outputs",
                        outputs,
                        "influence",
                        "bipartite",
                        "hubs",
                        hubs)
                .gates();
        assertEquals(outputs, gates.outputs());
        ReadSets.assertDistinct(gates, 2);
        int[] role = Shuffle.permutation(
                hubs + partners, new Seed(seed).child("gates").generator());
        Set<Integer> hubSet = IntStream.range(0, hubs).map(t -> role[t]).boxed().collect(Collectors.toSet());
        for (int i = 0; i < outputs; i++) {
            assertTrue(hubSet.contains(gates.read(i, 0)) != hubSet.contains(gates.read(i, 1)));
        }
    }

    @Test
    void a_complete_profile_has_every_pair_once() {
        var instance = Instances.draw(1, "two-and", "inputs", 13, "influence", "complete");
        assertEquals(78, instance.outputs());
        ReadSets.assertDistinct(instance.gates(), 2);
        assertEquals(
                78,
                Instances.draw(1, "two-and", "inputs", 13, "outputs", 78, "influence", "complete")
                        .outputs());
    }

    @Property(tries = 100)
    void the_lattice_of_pairs_is_even_on_both_sides_and_repeats_none(
            @ForAll @IntRange(min = 1, max = 12) int left,
            @ForAll @IntRange(min = 1, max = 12) int right,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll long seed) {
        int pairs = Math.max(1, (int) Math.round(density * left * right));
        int[] drawn = BalancedBipartite.draw(left, right, pairs, new Seed(seed).generator());
        int[] lefts = new int[left];
        int[] rights = new int[right];
        boolean[] used = new boolean[left * right];
        for (int t = 0; t < drawn.length; t += 2) {
            lefts[drawn[t]]++;
            rights[drawn[t + 1]]++;
            assertTrue(!used[drawn[t] * right + drawn[t + 1]]);
            used[drawn[t] * right + drawn[t + 1]] = true;
        }
        assertTrue(Arrays.stream(lefts).max().orElseThrow()
                        - Arrays.stream(lefts).min().orElseThrow()
                <= 1);
        assertTrue(rights[0] - rights[right - 1] <= 1);
        for (int r = 1; r < right; r++) {
            assertTrue(rights[r - 1] >= rights[r]);
        }
    }

    @Test
    void a_mixed_profile_has_the_shares_asked_for() {
        Gates gates = Instances.draw(
                        4,
                        "two-and",
                        "inputs",
                        1000,
                        "outputs",
                        1000,
                        "influence",
                        "mixed",
                        "heavy-inputs",
                        30,
                        "heavy-light-share",
                        0.5,
                        "heavy-heavy-share",
                        0.2)
                .gates();
        ReadSets.assertDistinct(gates, 2);
        double threshold = Math.pow(1000, 0.25);
        int[] pairsByHeavyInputs = new int[3];
        for (int i = 0; i < gates.outputs(); i++) {
            int heavy = 0;
            for (int input : gates.reads(i)) {
                heavy += gates.influence(input) > threshold ? 1 : 0;
            }
            pairsByHeavyInputs[heavy]++;
        }
        assertEquals("[300, 500, 200]", Arrays.toString(pairsByHeavyInputs));
        assertEquals(
                30,
                Arrays.stream(ReadSets.influences(gates))
                        .filter(d -> d > threshold)
                        .count());
    }

    private static String refusal(Object... settings) {
        return assertThrows(InvalidInputException.class, () -> Instances.draw(1, "two-and", settings))
                .getMessage();
    }

    @Test
    void an_impossible_combination_is_refused_with_the_reason() {
        assertEquals(
                "10 outputs, but one hub among 10 inputs has only 9 pairs",
                refusal("inputs", 10, "outputs", 10, "influence", "star"));
        assertEquals(
                "22 outputs, but 3 hubs among 10 inputs have only 21 pairs",
                refusal("inputs", 10, "outputs", 22, "influence", "bipartite", "hubs", 3));
        assertEquals(
                "hubs 10 must be less than inputs 10: every pair needs an input that is no hub",
                refusal("inputs", 10, "outputs", 5, "influence", "bipartite", "hubs", 10));
        assertEquals(
                "outputs 44 contradicts influence complete: 10 inputs have 45 pairs; leave outputs out",
                refusal("inputs", 10, "outputs", 44, "influence", "complete"));
        assertEquals(
                "inputs 100000 is too large for influence complete: "
                        + "its 4999950000 pairs are more than the 16777216 outputs"
                        + " that an instance can have",
                refusal("inputs", 100000, "influence", "complete"));
        assertEquals(
                "heavy-light-share 0.7 and heavy-heavy-share 0.4 must not add up to more than 1",
                refusal("inputs", 100, "influence", "mixed", "heavy-light-share", 0.7, "heavy-heavy-share", 0.4));
        assertEquals(
                "50 heavy-heavy pairs, but 10 heavy inputs have only 45",
                refusal(
                        "inputs",
                        100,
                        "influence",
                        "mixed",
                        "heavy-inputs",
                        10,
                        "heavy-light-share",
                        0.5,
                        "heavy-heavy-share",
                        0.5));
        assertTrue(refusal("inputs", 1000, "influence", "mixed", "heavy-inputs", 300)
                .startsWith("heavy-inputs 300 is too large: a heavy input would be read by only "));
        assertTrue(refusal("inputs", 60, "outputs", 600, "influence", "mixed", "heavy-inputs", 20)
                .startsWith("inputs 60 is too small: a light input would be read by "));
    }

    @Test
    void a_parameter_of_another_profile_is_refused() {
        assertEquals(
                "hubs 3 has no meaning for influence regular: only influence bipartite reads it",
                refusal("inputs", 10, "hubs", 3));
        assertEquals(
                "zipf-exponent 2.0 has no meaning for influence star: only influence zipf reads it",
                refusal("inputs", 10, "influence", "star", "zipf-exponent", 2));
    }
}
