package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

class ZipfInfluenceTest {
    @Property(tries = 200)
    void makes_exactly_as_many_distinct_sets_as_asked_for(
            @ForAll @IntRange(min = 1, max = 4) int fanIn,
            @ForAll @IntRange(min = 0, max = 8) int spare,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll @DoubleRange(min = 0, max = 4) double exponent,
            @ForAll long seed) {
        Subsets subsets = new Subsets(fanIn + spare, fanIn);
        int outputs = Math.max(1, (int) Math.round(density * subsets.count().intValueExact()));
        Gates gates = Instances.draw(
                        seed,
                        "k-and",
                        "inputs",
                        fanIn + spare,
                        "fan-in",
                        fanIn,
                        "outputs",
                        outputs,
                        "influence",
                        "zipf",
                        "zipf-exponent",
                        exponent)
                .gates();
        assertEquals(outputs, gates.outputs());
        ReadSets.assertDistinct(gates, fanIn);
    }

    private static int[] descendingInfluences(Object... settings) {
        Gates gates = Instances.draw(5, "two-and", settings).gates();
        ReadSets.assertDistinct(gates, 2);
        int[] ascending = ReadSets.influences(gates);
        Arrays.sort(ascending);
        return IntStream.range(0, ascending.length)
                .map(rank -> ascending[ascending.length - 1 - rank])
                .toArray();
    }

    @Test
    void reads_the_input_of_rank_t_in_proportion_to_a_power_of_t() {
        int[] one = descendingInfluences("inputs", 2048, "outputs", 4096, "influence", "zipf");
        double harmonic =
                IntStream.rangeClosed(1, 2048).mapToDouble(t -> 1.0 / t).sum();
        for (int rank = 1; rank <= 2048; rank++) {
            // a few pairs of the hub may have to go to others
            assertEquals(8192 / harmonic / rank, one[rank - 1], Math.max(2, 0.05 * 8192 / harmonic / rank));
        }
        int[] half = descendingInfluences("inputs", 1000, "outputs", 3000, "influence", "zipf", "zipf-exponent", 0.5);
        for (int rank : new int[] {1, 4, 25, 100, 400}) {
            assertEquals(half[0] / Math.sqrt(rank), half[rank - 1], 1.5);
        }
    }

    @Test
    void has_no_heavy_inputs_at_exponent_zero() {
        int[] flat = descendingInfluences("inputs", 100, "outputs", 250, "influence", "zipf", "zipf-exponent", 0);
        assertEquals(5, flat[0]);
        assertEquals(5, flat[99]);
    }

    @Test
    void saturates_its_hubs_where_distinct_pairs_leave_no_other_way() {
        int[] steep = descendingInfluences("inputs", 200, "outputs", 400, "influence", "zipf", "zipf-exponent", 4);
        assertTrue(steep[0] > 120 && steep[0] <= 199, "largest influence " + steep[0]);
        int[] dense = descendingInfluences("inputs", 30, "outputs", 430, "influence", "zipf", "zipf-exponent", 2);
        assertEquals(29, dense[0]);
    }

    @Property(tries = 100)
    void asks_for_influences_that_descend_within_rounding_and_add_up(
            @ForAll @IntRange(min = 1, max = 5) int fanIn,
            @ForAll @IntRange(min = 0, max = 40) int spare,
            @ForAll @DoubleRange(min = 0, max = 4) double exponent,
            @ForAll @DoubleRange(min = 0, max = 1) double density) {
        Subsets subsets = new Subsets(fanIn + spare, fanIn);
        int outputs =
                Math.max(1, (int) (density * Math.min(5000, subsets.count().intValueExact())));
        double[] weights = IntStream.rangeClosed(1, fanIn + spare)
                .mapToDouble(t -> Math.pow(t, -exponent))
                .toArray();
        int[] influences = ZipfGates.influences(subsets, outputs, weights);
        assertEquals(outputs * fanIn, Arrays.stream(influences).sum());
        for (int t = 1; t < influences.length; t++) {
            assertTrue(influences[t] >= 0 && influences[t] <= influences[t - 1] + 1);
        }
        assertTrue(influences[0] <= outputs);
    }

    @Test
    void fills_up_with_sets_in_proportion_to_the_product_of_their_weights() {
        // one pair of three inputs of weights 1, 1/2, 1/3: the products are 1/2, 1/3, 1/6
        int[] counts = new int[3];
        int[] second = new int[3];
        for (int seed = 0; seed < 6000; seed++) {
            var random = new Seed(seed).generator();
            double[] weights = {1, 1.0 / 2, 1.0 / 3};
            int[] pair = WeightedRace.draw(new Subsets(3, 2), weights, new int[0], 1, random);
            counts[pair[0] + pair[1] - 1]++;
            int[] next = WeightedRace.draw(new Subsets(3, 2), weights, new int[] {0, 1}, 1, random);
            second[next[0] + next[1] - 1]++;
        }
        assertEquals(3000, counts[0], 200); // five standard deviations
        assertEquals(2000, counts[1], 185);
        assertEquals(1000, counts[2], 145);
        assertEquals(0, second[0]);
        assertEquals(4000, second[1], 185);
    }

    @Property(tries = 100)
    void fills_up_to_the_last_set(
            @ForAll @IntRange(min = 1, max = 4) int fanIn,
            @ForAll @IntRange(min = 0, max = 6) int spare,
            @ForAll @DoubleRange(min = 0, max = 4) double exponent,
            @ForAll long seed) {
        Subsets subsets = new Subsets(fanIn + spare, fanIn);
        double[] weights = IntStream.rangeClosed(1, fanIn + spare)
                .mapToDouble(t -> Math.pow(t, -exponent))
                .toArray();
        int all = subsets.count().intValueExact();
        int[] reads = WeightedRace.draw(subsets, weights, new int[0], all, new Seed(seed).generator());
        ReadSets.assertDistinct(Gates.conjunctions(fanIn + spare, fanIn, reads), fanIn);
        assertEquals(all * fanIn, reads.length);
    }

    @Tag("slow")
    @Test
    void scales_to_a_million_inputs_and_outputs() {
        Gates gates = Instances.draw(3, "two-and", "inputs", "2^20", "outputs", "2^20", "influence", "zipf")
                .gates();
        assertEquals(1 << 20, gates.outputs());
        LongSet pairs = new LongSet(gates.outputs());
        for (int i = 0; i < gates.outputs(); i++) {
            assertTrue(pairs.add((long) gates.read(i, 0) << 32 | gates.read(i, 1)));
        }
    }
}
