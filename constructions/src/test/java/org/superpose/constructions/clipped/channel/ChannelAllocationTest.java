package org.superpose.constructions.clipped.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.superpose.constructions.clipped.SmallInstances;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

class ChannelAllocationTest {
    @Tag("slow")
    @Property(tries = 60)
    void channelsAreThoseOfPricingEveryCandidateInFull(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).child("shape").generator();
        int inputs = 20 + random.nextInt(60);
        int outputs = Math.min(30 + random.nextInt(200), inputs * (inputs - 1) / 4); // no more than half of all pairs
        Gates gates = (random.nextBoolean()
                        ? SmallInstances.zipf(inputs, Math.min(outputs, 2 * inputs), seed)
                        : SmallInstances.regular(inputs, outputs, 2 + random.nextInt(2), 4, seed))
                .gates();
        int width = 40 + random.nextInt(260);
        int channelWeight = 1 + random.nextInt(9);
        Codes inputCodes = new LowOverlapCodes(3 + random.nextInt(4), 2, "k")
                .draw(gates.inputs(), width, new Seed(seed).child("in").generator());
        Codes outputCodes = new LowOverlapCodes(3 + random.nextInt(3), 2, "k")
                .draw(gates.outputs(), width, new Seed(seed).child("out").generator());
        int candidates = random.nextBoolean() ? width : 20 + random.nextInt(width);
        int sharing = random.nextBoolean() ? 1000 : 1 + random.nextInt(12);
        int batch = random.nextBoolean() ? 1 : 1 + random.nextInt(60);

        ChannelWiring quickly = new ChannelWiring(gates, inputCodes, outputCodes, width, channelWeight);
        ChannelWiring plainly = new ChannelWiring(gates, inputCodes, outputCodes, width, channelWeight);
        var quick = new ChannelAllocation(quickly, RowPrices.Costs.USUAL, candidates, sharing, batch);
        var plain = new PlainAllocation(plainly, RowPrices.Costs.USUAL, candidates, sharing, batch);
        for (int pass = 0; pass < 2; pass++) {
            quick.placeAll(new Seed(pass).generator(), Deadline.NEVER);
            plain.placeAll(new Seed(pass).generator());
            assertArrayEquals(plainly.channels(), quickly.channels());
        }
        for (int t = 0; t < 20; t++) {
            int output = random.nextInt(gates.outputs());
            int slot = random.nextInt(channelWeight);
            int forbidden = quickly.row(output, slot);
            quickly.remove(output, slot);
            plainly.remove(output, slot);
            int[] rows = new int[3];
            int[] expected = new int[3];
            quick.cheapestRows(output, forbidden, new Seed(t).generator(), rows);
            plain.cheapestRows(output, forbidden, new Seed(t).generator(), expected);
            assertArrayEquals(expected, rows);
            quickly.place(output, slot, rows[2]);
            plainly.place(output, slot, rows[2]);
        }
    }
}
