package org.superpose.constructions.clipped.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.clipped.SmallInstances;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

class PlaneChannelsTest {
    private static final int INPUTS = 20;
    private static final int WEIGHT = 3;

    @Test
    void anyTwoInputsMeetInTheRowsOfTheirOwnChannelOnly() {
        Gates gates = SmallInstances.complete(INPUTS).gates();
        int rows = WEIGHT * PlaneChannels.lines(INPUTS);
        Codes single = new LowOverlapCodes(2, 4, "code-weight").draw(INPUTS, 2 * INPUTS, new Seed(1).generator());
        Codes outputs = new LowOverlapCodes(3, 4, "code-weight").draw(gates.outputs(), 60, new Seed(2).generator());
        ChannelWiring wiring = new ChannelWiring(gates, single, outputs, rows, WEIGHT);

        PlaneChannels.place(wiring, new Seed(3).generator());

        for (int i = 0; i < gates.outputs(); i++) {
            Set<Integer> common = new HashSet<>();
            for (int row = 0; row < rows; row++) {
                boolean first = false;
                boolean second = false;
                for (int t = 0; t < wiring.outputCount(row); t++) {
                    int output = wiring.output(row, t);
                    for (int u = 0; u < 2; u++) {
                        first |= gates.read(output, u) == gates.read(i, 0);
                        second |= gates.read(output, u) == gates.read(i, 1);
                    }
                }
                if (first && second) {
                    common.add(row);
                }
            }
            assertEquals(WEIGHT, common.size());
            for (int slot = 0; slot < WEIGHT; slot++) {
                assertTrue(common.contains(wiring.row(i, slot)));
            }
        }
    }

    @Test
    void planesServeWhereAtLeastHalfOfAllPairsAreWanted() {
        assertTrue(PlaneChannels.serve(91, 4095, 2, 2));
        assertTrue(PlaneChannels.serve(91, 2048, 2, 2));
        assertFalse(PlaneChannels.serve(91, 2047, 2, 2));
        assertFalse(PlaneChannels.serve(91, 4095, 2, 3));
        assertFalse(PlaneChannels.serve(91, 4095, 3, 3));
    }
}
