package org.superpose.constructions.clipped.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.clipped.SmallInstances;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

class HubRowsTest {
    /** Inputs 0 and 1 are in twenty pairs each, all others in one. */
    private static Gates twoHubs() {
        int[] reads = new int[80];
        for (int i = 0; i < 40; i++) {
            reads[2 * i] = i / 20;
            reads[2 * i + 1] = 2 + i;
        }
        return Gates.conjunctions(42, 2, reads);
    }

    @Test
    void aRowHasTheHubsOfTheOutputsThatAreInItAndNoOthers() {
        HubRows rows = new HubRows(twoHubs(), 3);
        assertEquals(0, rows.in(1));

        rows.add(1, 5);
        rows.add(1, 6);
        rows.add(1, 25);
        assertEquals(2, Long.bitCount(rows.in(1)));
        assertEquals(rows.readBy(5) | rows.readBy(25), rows.in(1));
        assertEquals(0, rows.in(0));

        rows.remove(1, 5);
        assertEquals(2, Long.bitCount(rows.in(1)));
        rows.remove(1, 6);
        assertEquals(rows.readBy(25), rows.in(1));
    }

    @Test
    void inputsOfUsualInfluenceAreNoHubs() {
        Gates regular = SmallInstances.regular(40, 60, 2, 2, 1).gates();
        HubRows rows = new HubRows(regular, 2);

        for (int i = 0; i < 60; i++) {
            assertEquals(0, rows.readBy(i));
            rows.add(0, i);
        }
        assertEquals(0, rows.in(0));
    }

    @Test
    void hubsKeepToRowsOfTheirOwnWhereCrowdingIsDear() {
        int cheap = pairsOfHubsInRows(0);
        int dear = pairsOfHubsInRows(12);

        assertTrue(dear < 0.9 * cheap, dear + " where that is dear, " + cheap + " where it is not");
    }

    private static int pairsOfHubsInRows(double crowding) {
        Gates gates = SmallInstances.zipf(1024, 2048, 1).gates();
        RandomGenerator random = new Seed(1).generator();
        ChannelWiring wiring = new ChannelWiring(
                gates,
                new LowOverlapCodes(5, 4, "k").draw(gates.inputs(), 350, random),
                new LowOverlapCodes(3, 4, "k").draw(gates.outputs(), 350, random),
                350,
                4);
        new ChannelAllocation(wiring, new RowPrices.Costs(6, 0.7, 4, 3, crowding), 350, 256, 1)
                .placeAll(random, Deadline.NEVER);
        int pairs = 0;
        for (int row = 0; row < 350; row++) {
            int hubs = Long.bitCount(wiring.hubRows().in(row));
            pairs += hubs * (hubs - 1) / 2;
        }
        return pairs;
    }
}
