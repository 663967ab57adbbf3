package org.superpose.constructions.clipped.conflict;

import java.util.random.RandomGenerator;
import org.superpose.constructions.clipped.SmallInstances;
import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/** Wirings of random gates of two inputs, all channels placed. */
final class PlacedWirings {
    private PlacedWirings() {}

    /** Of some hundred features and about a hundred rows of each kind. */
    static ChannelWiring random(long seed) {
        RandomGenerator random = new Seed(seed).child("shape").generator();
        int features = 200 + random.nextInt(600);
        int width = 60 + random.nextInt(80);
        ProblemInstance instance = SmallInstances.regular(features, features, 2, 2, seed);
        Codes inputs = new LowOverlapCodes(3, 2, "k")
                .draw(features, width, new Seed(seed).child("in").generator());
        Codes outputs = new LowOverlapCodes(3, 2, "k")
                .draw(features, width, new Seed(seed).child("out").generator());
        ChannelWiring wiring = new ChannelWiring(instance.gates(), inputs, outputs, width, 4);
        new ChannelAllocation(wiring).placeAll(new Seed(seed).generator(), Deadline.NEVER);
        return wiring;
    }
}
