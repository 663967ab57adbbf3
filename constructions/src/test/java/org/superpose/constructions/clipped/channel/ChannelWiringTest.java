package org.superpose.constructions.clipped.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.clipped.SmallInstances;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

class ChannelWiringTest {
    private final ProblemInstance instance = SmallInstances.regular(30, 40, 2, 2, 1);
    private final Codes inputCodes = new LowOverlapCodes(4, 1, "k").draw(30, 50, new Seed(1).generator());
    private final Codes outputCodes = new LowOverlapCodes(3, 1, "k").draw(40, 70, new Seed(2).generator());

    @Test
    void anEntryIsOneExactlyWhereSomeChannelWantsItAfterAnyPlacementsAndRemovals() {
        ChannelWiring wiring = new ChannelWiring(instance.gates(), inputCodes, outputCodes, 65, 3);
        RandomGenerator random = new Seed(3).generator();
        for (int t = 0; t < 2000; t++) {
            int output = random.nextInt(40);
            int slot = random.nextInt(3);
            int row = random.nextInt(65);
            if (wiring.row(output, slot) != ChannelWiring.UNPLACED) {
                wiring.remove(output, slot);
            } else if (wiring.slotOf(output, row) < 0) {
                wiring.place(output, slot, row);
            }
        }

        Set<List<Integer>> first = new HashSet<>();
        Set<List<Integer>> second = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            for (int slot = 0; slot < 3; slot++) {
                int row = wiring.row(i, slot);
                if (row != ChannelWiring.UNPLACED) {
                    for (int input : instance.gates().reads(i)) {
                        for (int column : inputCodes.code(input)) {
                            first.add(List.of(row, column));
                        }
                    }
                    for (int neuron : outputCodes.code(i)) {
                        second.add(List.of(neuron, row));
                    }
                }
            }
        }
        assertTrue(first.size() > 100);
        assertEquals(first, ones(wiring.firstMatrix()));
        assertEquals(second, ones(wiring.secondMatrix()));
        for (int row = 0; row < 65; row++) {
            assertEquals(wiring.firstMatrix().rowCount(row), wiring.firstRowSize(row));
        }
    }

    @Test
    void restoringPutsEveryChannelBackToWhereItWas() {
        ChannelWiring wiring = new ChannelWiring(instance.gates(), inputCodes, outputCodes, 65, 3);
        ChannelAllocation allocation = new ChannelAllocation(wiring);
        allocation.placeAll(new Seed(4).generator(), Deadline.NEVER);
        int[] channels = wiring.channels();
        BitMatrix first = wiring.firstMatrix();
        BitMatrix second = wiring.secondMatrix();
        allocation.placeAll(new Seed(5).generator(), Deadline.NEVER);
        assertNotEquals(first, wiring.firstMatrix());

        wiring.restore(channels);

        assertArrayEquals(channels, wiring.channels());
        assertEquals(first, wiring.firstMatrix());
        assertEquals(second, wiring.secondMatrix());
    }

    private static Set<List<Integer>> ones(BitMatrix matrix) {
        Set<List<Integer>> ones = new HashSet<>();
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                if (matrix.isSet(row, column)) {
                    ones.add(List.of(row, column));
                }
            }
        }
        return ones;
    }

    @Test
    void moreChannelsThanAnEntryCanCountAreRefused() {
        Gates gates = Gates.conjunctions(1, 1, new int[70_000]);
        Codes input = new LowOverlapCodes(1, 1, "k").draw(1, 48, new Seed(1).generator());
        Codes outputs = new LowOverlapCodes(6, 1, "k").draw(70_000, 48, new Seed(2).generator());
        ChannelWiring wiring = new ChannelWiring(gates, input, outputs, 48, 1);

        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> {
            for (int i = 0; i < gates.outputs(); i++) {
                wiring.place(i, 0, 7);
            }
        });

        assertEquals(
                "width 48 is too small for 70000 outputs: more than 65535 channels want one entry",
                refusal.getMessage());
    }
}
