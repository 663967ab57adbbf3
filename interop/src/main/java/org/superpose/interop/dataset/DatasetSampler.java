package org.superpose.interop.dataset;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Draws the inputs of a data set. Sample i depends on the seed and i alone. */
final class DatasetSampler implements InputSource {
    /** The number of draws after which an input stays smaller than intended. */
    private static final int MAX_TRIES = 1000;

    private final InputDomain domain;
    private final Gates gates;
    private final Seed seed;
    private final double nearGates;

    DatasetSampler(ProblemInstance instance, DatasetRequest request) {
        this.domain = instance.domain();
        this.gates = instance.layers().get(0);
        this.seed = request.seed().child("samples");
        this.nearGates = request.nearGates();
    }

    @Override
    public Sample sample(int number) {
        RandomGenerator random = seed.child(number).generator();
        boolean near = random.nextDouble() < nearGates;
        int gate = random.nextInt(gates.outputs());
        FeatureSet reads = FeatureSet.of(gates.reads(gate));
        if (near && domain.contains(reads)) {
            return new Sample(extended(reads, random), gate);
        }
        return new Sample(domain.sample(random.nextInt(domain.maxActive() + 1), random), -1);
    }

    private FeatureSet extended(FeatureSet start, RandomGenerator random) {
        int[] active = Arrays.copyOf(start.toArray(), domain.maxActive());
        int count = start.size();
        int wanted = count + random.nextInt(domain.maxActive() - count + 1);
        for (int tries = 0; count < wanted && tries < MAX_TRIES; tries++) {
            int candidate = random.nextInt(domain.features());
            if (domain.fits(active, count, candidate)) {
                active[count++] = candidate;
            }
        }
        return FeatureSet.of(Arrays.copyOf(active, count));
    }
}
