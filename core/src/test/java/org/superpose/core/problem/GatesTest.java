package org.superpose.core.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.random.Seed;

class GatesTest {
    @Property(tries = 200)
    void evaluationIsTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 10) int inputs,
            @ForAll @IntRange(min = 0, max = 2) int kind) {
        RandomGenerator random = new Seed(seed).generator();
        GateFunction function =
                kind == 0 ? GateFunction.AND : kind == 1 ? GateFunction.PARITY : GateFunction.atLeast(2);
        Gates gates = randomGates(inputs, 12, function, random);
        for (int mask = 0; mask < 1 << inputs; mask++) {
            int state = mask;
            int[] active = IntStream.range(0, inputs)
                    .filter(j -> (state >> j & 1) != 0)
                    .toArray();
            FeatureSet outputs = gates.evaluate(FeatureSet.of(active));
            for (int i = 0; i < gates.outputs(); i++) {
                int count = (int) IntStream.of(gates.reads(i))
                        .filter(j -> (state >> j & 1) != 0)
                        .count();
                boolean expected = switch (kind) {
                    case 0 -> count == gates.reads(i).length;
                    case 1 -> count % 2 == 1;
                    default -> count >= 2;
                };
                assertEquals(expected, outputs.contains(i), "gate " + i + " on input " + mask);
            }
        }
    }

    @Property(tries = 100)
    void theTransposedFormSaysTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int inputs) {
        Gates gates = randomGates(inputs, 30, GateFunction.AND, new Seed(seed).generator());
        long reads = 0;
        for (int j = 0; j < inputs; j++) {
            for (int t = 0; t < gates.influence(j); t++) {
                int reader = gates.reader(j, t);
                int input = j;
                assertTrue(IntStream.of(gates.reads(reader)).anyMatch(read -> read == input));
                assertTrue(t == 0 || gates.reader(j, t - 1) < reader);
            }
            reads += gates.influence(j);
        }
        assertEquals(gates.reads().length, reads);
        assertEquals(reads, gates.influenceProfile().total());
    }

    @Test
    void brokenArraysAreRefusedWithTheGate() {
        assertRefused("gate 1 reads input 5", 5, new int[] {0, 1, 2}, new int[] {0, 5});
        assertRefused("gate 0 reads no input", 5, new int[] {0, 0, 2}, new int[] {0, 1});
        assertRefused("gate 0 must ascend", 5, new int[] {0, 2}, new int[] {3, 3});
        assertRefused("offsets must run from 0", 5, new int[] {0, 3}, new int[] {0, 1});
    }

    private static void assertRefused(String message, int inputs, int[] offsets, int[] reads) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Gates.of(inputs, GateFunction.AND, offsets, reads));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    @Test
    void aGateFunctionIsFoundByItsName() {
        for (GateFunction function :
                new GateFunction[] {GateFunction.AND, GateFunction.PARITY, GateFunction.atLeast(3)}) {
            assertEquals(Optional.of(function), GateFunction.named(function.name()));
        }
        assertEquals(Optional.empty(), GateFunction.named("at-least(0)"));
        assertEquals(Optional.empty(), GateFunction.named("nand"));
    }

    private static Gates randomGates(int inputs, int outputs, GateFunction function, RandomGenerator random) {
        int[] offsets = new int[outputs + 1];
        int[] reads = new int[outputs * inputs];
        int filled = 0;
        for (int i = 0; i < outputs; i++) {
            int start = filled;
            for (int j = 0; j < inputs; j++) {
                if (random.nextInt(3) == 0) {
                    reads[filled++] = j;
                }
            }
            if (filled == start) {
                reads[filled++] = random.nextInt(inputs);
            }
            offsets[i + 1] = filled;
        }
        return Gates.of(inputs, function, offsets, Arrays.copyOf(reads, filled));
    }

    @Test
    void conjunctionsReadAsManyInputsEach() {
        Gates gates = Gates.conjunctions(5, 2, new int[] {0, 1, 2, 4, 1, 3});
        assertEquals(3, gates.outputs());
        assertTrue(gates.areAll(GateFunction.AND));
        assertEquals(4, gates.read(1, 1));
        assertEquals(FeatureSet.of(1), gates.evaluate(FeatureSet.of(2, 4)));
        assertEquals(new InfluenceProfile(5, 2, 6 / 5.0, 0, 6), gates.influenceProfile());
        assertEquals(
                new InfluenceProfile(3, 1, 1 / 3.0, 2, 1),
                Gates.conjunctions(3, 1, new int[] {1}).influenceProfile());
    }

    @Test
    void functionsHaveTheNamesOfFilesAndThresholdsWithinTheirRange() {
        assertEquals("and", GateFunction.AND.name());
        assertEquals("parity", GateFunction.PARITY.name());
        assertEquals("at-least(1)", GateFunction.atLeast(1).name());
        assertEquals("at-least(9999)", GateFunction.atLeast(9999).name());
        assertThrows(IllegalArgumentException.class, () -> GateFunction.atLeast(0));
        assertThrows(IllegalArgumentException.class, () -> GateFunction.atLeast(10_000));
    }

    @Test
    void gatesAreEqualIfTheyComputeTheSame() {
        int[] offsets = {0, 2, 3};
        int[] reads = {0, 1, 2};
        Gates gates = Gates.of(3, GateFunction.AND, offsets, reads);
        assertEquals(Gates.of(3, GateFunction.AND, offsets.clone(), reads.clone()), gates);
        assertEquals(
                Gates.of(3, GateFunction.AND, offsets.clone(), reads.clone()).hashCode(), gates.hashCode());
        Gates otherReads = Gates.of(3, GateFunction.AND, offsets, new int[] {0, 2, 2});
        Gates otherOffsets = Gates.of(3, GateFunction.AND, new int[] {0, 1, 3}, reads);
        for (Gates other : List.of(
                otherReads,
                otherOffsets,
                Gates.of(4, GateFunction.AND, offsets, reads),
                Gates.of(3, GateFunction.PARITY, offsets, reads))) {
            assertNotEquals(gates, other);
        }
        assertNotEquals(gates.hashCode(), otherReads.hashCode());
        assertNotEquals(gates.hashCode(), otherOffsets.hashCode());
        assertNotEquals((Object) gates, "2 and gates over 3 inputs");
    }

    @Test
    void gatesTellTheirShape() {
        Gates gates = Gates.of(4, GateFunction.AND, new int[] {0, 2, 3, 6}, new int[] {0, 1, 2, 0, 1, 3});
        assertEquals(3, gates.maxFanIn());
        assertEquals(1, gates.minFanIn());
        assertArrayEquals(new int[] {0, 2, 3, 6}, gates.offsets());
        assertEquals("3 and gates over 4 inputs", gates.toString());
        assertRefused("which is not in 0..3", 4, new int[] {0, 1}, new int[] {4});
    }
}
