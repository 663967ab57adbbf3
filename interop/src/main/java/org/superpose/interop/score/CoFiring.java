package org.superpose.interop.score;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.superpose.interop.score.ScoredDataset.OnFeatures;

/** Counts how often each latent fires together with each feature of the levels between two. Safe for threads. */
final class CoFiring {
    /** Counts that are kept at most. */
    private static final long MOST = 1L << 27;

    private static final double REPRESENTED = 0.5;

    private final int samples;
    private final int latents;
    private final int features;
    private final OnFeatures on;
    private final AtomicIntegerArray counts;

    private CoFiring(int samples, int latents, int features, OnFeatures on) {
        this.samples = samples;
        this.latents = latents;
        this.features = features;
        this.on = on;
        this.counts = new AtomicIntegerArray(latents * features);
    }

    /** Counters for the level between two that are two apart, or empty if they are not, or too many would be needed. */
    static Optional<CoFiring> between(ScoredDataset data, int latents, int low, int high) {
        if (high != low + 2) {
            return Optional.empty();
        }
        int features = data.network().instance().layers().get(low).outputs();
        return (long) latents * features > MOST
                ? Optional.empty()
                : Optional.of(new CoFiring(data.samples(), latents, features, data.features(low + 1)));
    }

    void add(int sample, int[] firing, int from, int to) {
        for (int t = from; t < to; t++) {
            for (int s = on.offsets()[sample]; s < on.offsets()[sample + 1]; s++) {
                counts.incrementAndGet(firing[t] * features + on.members()[s]);
            }
        }
    }

    /** For each feature between whether some latent tells when it is on, with an F1 of at least one half. */
    boolean[] represented(long[] fired) {
        long[] onCounts = on.counts(features, samples);
        boolean[] represented = new boolean[features];
        for (int k = 0; k < latents; k++) {
            for (int f = 0; f < features; f++) {
                represented[f] |=
                        new Detection(counts.get(k * features + f), fired[k], onCounts[f]).f1() >= REPRESENTED;
            }
        }
        return represented;
    }
}
