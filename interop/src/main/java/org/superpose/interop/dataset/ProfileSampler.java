package org.superpose.interop.dataset;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Draws the inputs of a data set as a profile says. May be used by any number of threads. */
final class ProfileSampler implements InputSource {
    /** The draws for one gate or feature, after which an input stays smaller than intended. */
    private static final int MAX_TRIES = 100;

    private static final int NO_PARENT = -1;

    private final InputDomain domain;
    private final Gates gates;
    private final SampleProfile profile;
    private final Seed seed;
    private final WeightedDraw gateDraw;
    private final WeightedDraw featureDraw;
    private final int[] parents;

    ProfileSampler(ProblemInstance instance, SampleProfile profile, Seed seed) {
        this.domain = instance.domain();
        this.gates = instance.layers().get(0);
        this.profile = profile;
        this.seed = seed.child("samples");
        this.gateDraw = new WeightedDraw(
                "gates", gates.outputs(), profile.gateFrequencies(), profile.correlation(), seed.child("gates"));
        this.featureDraw = new WeightedDraw(
                "features",
                domain.features(),
                profile.featureFrequencies(),
                profile.correlation(),
                seed.child("features"));
        this.parents = parents(seed.child("hierarchy"));
    }

    /** The parent of each feature. */
    private int[] parents(Seed own) {
        int[] found = new int[domain.features()];
        Arrays.fill(found, NO_PARENT);
        profile.hierarchy().ifPresent(hierarchy -> {
            int[] order = WeightedDraw.shuffled(found.length, own.generator());
            long size = 0;
            long level = 1;
            for (int d = 0; d < hierarchy.depth() && size < found.length; d++) {
                size += level;
                level *= hierarchy.branching();
            }
            for (int place = 0; place < found.length; place++) {
                long inTree = place % size;
                if (inTree > 0) {
                    long parent = place - inTree + (inTree - 1) / hierarchy.branching();
                    found[order[place]] = order[(int) parent];
                }
            }
        });
        return found;
    }

    @Override
    public Sample sample(int number) {
        RandomGenerator random = seed.child(number).generator();
        double[] gateFactors = gateDraw.factors(random);
        double[] featureFactors = featureDraw.factors(random);
        TreeSet<Integer> active = new TreeSet<>();
        int first = -1;
        int wanted = drawn(profile.gates(), random);
        for (int count = 0; count < wanted; count++) {
            int gate = gate(active, gateFactors, random);
            first = first < 0 ? gate : first;
        }
        int more = drawn(profile.features(), random);
        for (int count = 0; count < more; count++) {
            addFeature(active, featureFactors, random);
        }
        for (int tries = 0; active.size() < domain.minActive() && tries < MAX_TRIES * domain.minActive(); tries++) {
            add(active, new int[] {random.nextInt(domain.features())}, false);
        }
        FeatureSet set = FeatureSet.of(active.stream().mapToInt(j -> j).toArray());
        return new Sample(set, first, magnitudes(set.size(), random));
    }

    private static int drawn(SampleProfile.Range range, RandomGenerator random) {
        return range.min() + random.nextInt(range.max() - range.min() + 1);
    }

    private int gate(TreeSet<Integer> active, double[] factors, RandomGenerator random) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            int gate = gateDraw.draw(factors, random);
            if (add(active, gates.reads(gate), false)) {
                return gate;
            }
        }
        return -1;
    }

    private void addFeature(TreeSet<Integer> active, double[] factors, RandomGenerator random) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            int feature = featureDraw.draw(factors, random);
            boolean exclusive = profile.hierarchy()
                    .map(SampleProfile.Hierarchy::isExclusive)
                    .orElse(false);
            if (!active.contains(feature) && add(active, new int[] {feature}, exclusive)) {
                return;
            }
        }
    }

    /** Adds features with all that they are active with, or nothing where that is not allowed. */
    private boolean add(TreeSet<Integer> active, int[] features, boolean exclusive) {
        TreeSet<Integer> together = new TreeSet<>(active);
        for (int feature : features) {
            for (int each = feature; each != NO_PARENT && together.add(each); each = parents[each]) {
                if (exclusive && hasActiveSibling(active, each)) {
                    return false;
                }
            }
        }
        if (!profile.isBeyondDomain() && !isAllowed(together)) {
            return false;
        }
        active.addAll(together);
        return true;
    }

    private boolean hasActiveSibling(TreeSet<Integer> active, int feature) {
        return parents[feature] != NO_PARENT
                && active.stream().anyMatch(other -> other != feature && parents[other] == parents[feature]);
    }

    /** Whether the features may be active together, be they too few. */
    private boolean isAllowed(TreeSet<Integer> features) {
        if (features.size() > domain.maxActive()) {
            return false;
        }
        return !domain.isGrouped()
                || features.stream().map(domain::groupOf).distinct().count() == features.size();
    }

    private float[] magnitudes(int count, RandomGenerator random) {
        if (profile.magnitudes().isEmpty()) {
            return null;
        }
        SampleProfile.Magnitudes magnitudes = profile.magnitudes().get();
        float[] values = new float[count];
        for (int s = 0; s < count; s++) {
            values[s] = (float) Math.max(0, magnitudes.mean() + magnitudes.deviation() * Gaussian.draw(random));
        }
        return values;
    }
}
