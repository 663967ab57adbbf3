package org.superpose.constructions.trained.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;

/**
 * Draws inputs of a domain to train on: any ones, most of them with as many active features as there may be, and such
 * on which a gate has its reads active. Mutable: draws follow one another in one stream.
 */
final class InputDraws {
    /** The part of the inputs that have v active features. */
    private static final double FULL = 0.75;
    /** The part of the draws for a gate in which all of its reads are active. */
    private static final double ALL_READS = 0.75;
    /** Draws after which an input stays smaller than was wanted, because groups leave no room. */
    private static final int LOOKS = 100;

    private final InputDomain domain;
    private final Optional<Gates> gates;
    private final RandomGenerator random;

    /** @param gates the outputs as functions of the inputs, where each depends on few */
    InputDraws(InputDomain domain, Optional<Gates> gates, RandomGenerator random) {
        this.domain = domain;
        this.gates = gates;
        this.random = random;
    }

    private int drawSize() {
        return random.nextDouble() < FULL
                ? domain.maxActive()
                : random.nextInt(domain.minActive(), domain.maxActive() + 1);
    }

    /** Any input. */
    int[] any() {
        return domain.sample(drawSize(), random).toArray();
    }

    /** An input on which all or some reads of a random gate are active. */
    int[] ofGate() {
        if (gates.isEmpty()) {
            return any();
        }
        int output = random.nextInt(gates.get().outputs());
        int[] reads = gates.get().reads(output);
        boolean isAll = random.nextDouble() < ALL_READS;
        int[] active = new int[domain.maxActive()];
        int count = 0;
        // Where not all reads fit, which of them are active is left to chance.
        for (int t = reads.length - 1; t >= 0 && count < active.length; t--) {
            int other = random.nextInt(t + 1);
            int read = reads[other];
            reads[other] = reads[t];
            if ((isAll || random.nextBoolean()) && domain.fits(active, count, read)) {
                active[count++] = read;
            }
        }
        int size = Math.max(count, drawSize());
        for (int look = 0; count < size && look < LOOKS; look++) {
            int feature = random.nextInt(domain.features());
            if (domain.fits(active, count, feature)) {
                active[count++] = feature;
            }
        }
        return count < domain.minActive()
                ? any()
                : FeatureSet.of(Arrays.copyOf(active, count)).toArray();
    }
}
