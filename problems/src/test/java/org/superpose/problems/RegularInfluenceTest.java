package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

class RegularInfluenceTest {
    @Property(tries = 300)
    void reads_all_inputs_equally_often_and_no_pair_twice(
            @ForAll @IntRange(min = 2, max = 40) int inputs,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll long seed) {
        int outputs = Math.max(1, (int) Math.round(density * inputs * (inputs - 1) / 2));
        Gates gates = Instances.draw(seed, "two-and", "inputs", inputs, "outputs", outputs)
                .gates();
        assertEquals(outputs, gates.outputs());
        ReadSets.assertDistinct(gates, 2);
        ReadSets.assertEqualWithinOne(gates);
    }

    @Property(tries = 300)
    void does_so_for_every_fan_in(
            @ForAll @IntRange(min = 1, max = 8) int fanIn,
            @ForAll @IntRange(min = 0, max = 6) int spare,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll long seed) {
        Subsets subsets = new Subsets(fanIn + spare, fanIn);
        int outputs = Math.max(1, (int) Math.round(density * subsets.count().intValueExact()));
        Gates gates = Instances.draw(seed, "k-and", "inputs", fanIn + spare, "fan-in", fanIn, "outputs", outputs)
                .gates();
        assertEquals(outputs, gates.outputs());
        ReadSets.assertDistinct(gates, fanIn);
        ReadSets.assertEqualWithinOne(gates);
    }

    @Property(tries = 200)
    void levels_the_influences_even_when_no_exchange_ever_succeeds(
            @ForAll @IntRange(min = 1, max = 5) int fanIn,
            @ForAll @IntRange(min = 1, max = 7) int spare,
            @ForAll @DoubleRange(min = 0, max = 0.5) double density,
            @ForAll long seed) {
        Subsets subsets = new Subsets(fanIn + spare, fanIn);
        int outputs = Math.max(1, (int) (density * subsets.count().intValueExact()));
        var random = new Seed(seed).generator();
        int[] influences = RegularGates.equalInfluences(subsets, outputs, random);
        int[] reads = RegularGates.levelled(
                subsets, ConfigurationGates.drawWithoutRepair(subsets, influences, random), outputs, random);
        Gates gates = Gates.conjunctions(fanIn + spare, fanIn, reads);
        ReadSets.assertDistinct(gates, fanIn);
        ReadSets.assertEqualWithinOne(gates);
    }

    @Test
    void gives_every_graph_of_two_disjoint_edges_about_equally_often() {
        // perfect matchings of four inputs: three of them, each with two labellings
        int[] partnerOfZero = new int[4];
        for (int seed = 0; seed < 3000; seed++) {
            Gates gates =
                    Instances.draw(seed, "two-and", "inputs", 4, "outputs", 2).gates();
            int pair = gates.read(0, 0) == 0 ? 0 : 1;
            partnerOfZero[gates.read(pair, 1)]++;
        }
        for (int partner = 1; partner < 4; partner++) {
            assertTrue(Math.abs(partnerOfZero[partner] - 1000) < 130, "count " + partnerOfZero[partner]);
        }
    }

    @Test
    void puts_out_as_many_features_as_it_reads_unless_told_otherwise() {
        assertEquals(50, Instances.draw(1, "two-and", "inputs", 50).outputs());
        assertEquals(1, Instances.draw(1, "two-and", "inputs", 2).outputs());
    }

    @Tag("slow")
    @Test
    void scales_to_a_million_inputs_and_outputs() {
        Gates gates = Instances.draw(3, "two-and", "inputs", "2^20", "outputs", "2^20")
                .gates();
        assertEquals(1 << 20, gates.outputs());
        ReadSets.assertEqualWithinOne(gates);
        LongSet pairs = new LongSet(gates.outputs());
        for (int i = 0; i < gates.outputs(); i++) {
            assertTrue(pairs.add((long) gates.read(i, 0) << 32 | gates.read(i, 1)));
        }
    }

    @Test
    void refuses_more_outputs_than_there_are_pairs() {
        var failure = assertThrows(
                InvalidInputException.class, () -> Instances.draw(1, "two-and", "inputs", 16, "outputs", 131));
        assertEquals("131 outputs, but 16 inputs have only 120 pairs", failure.getMessage());
        var triples = assertThrows(
                InvalidInputException.class, () -> Instances.draw(1, "k-and", "inputs", 5, "fan-in", 3, "outputs", 11));
        assertEquals("11 outputs, but 5 inputs have only 10 subsets of 3", triples.getMessage());
    }

    @Test
    void refuses_a_fan_in_larger_than_the_number_of_inputs() {
        var failure =
                assertThrows(InvalidInputException.class, () -> Instances.draw(1, "k-and", "inputs", 5, "fan-in", 6));
        assertEquals("fan-in 6 is larger than inputs 5: no output can read distinct inputs", failure.getMessage());
        assertThrows(InvalidInputException.class, () -> Instances.draw(1, "two-and", "inputs", 1));
    }
}
