package org.superpose.runner.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Evaluator;
import org.superpose.core.random.Seed;

/**
 * Looks for the channels of one output after another. Sets of inputs grow one by one, those with the largest
 * <em>effect</em> first: sum over the hidden rows of w[r] (ReLU(b[r] + C[r][A]) - ReLU(b[r])), a number of the weights
 * alone. A set is a channel if the network, run on it, switches the output, and on none of its parts. Where sets are
 * smaller than inputs of the domain may be, they have to do so whatever else is active. Belongs to one thread.
 */
final class ChannelSearch {
    /** Sets of each size that are extended. */
    private static final int BEAM = 32;

    /** Inputs that a set may be extended by: those with the largest pull by themselves. */
    private static final int CANDIDATES = 48;

    /** What counts of the pull on rows that do not fire yet. */
    private static final double PROMISE = 0.1;

    /** Inputs of the domain on which a set that is too small to be one is tried. */
    private static final int COMPLETIONS = 16;

    private final HiddenPaths paths;
    private final Evaluator evaluator;
    private final InputDomain domain;
    private final FeatureSet onAtRest;
    private final int most;

    /** @param most channels of an output that are looked for */
    ChannelSearch(HiddenPaths paths, Evaluator evaluator, InputDomain domain, int most) {
        this.paths = paths;
        this.evaluator = evaluator;
        this.domain = domain;
        this.onAtRest = evaluator.evaluate(FeatureSet.EMPTY);
        this.most = most;
    }

    /** A set of inputs that grows. */
    private record Grown(int[] features, double[] sums, double effect, double key) {}

    /** Whether channels turn the output off, since it is on while nothing is active. */
    boolean turnsOff(int output) {
        return onAtRest.contains(output);
    }

    /** The channels of an output, largest effect first; one that is not confirmed if none is. */
    List<Channel> channels(int output) {
        double[] weights = towards(output, paths.weights(output));
        List<Channel> found = new ArrayList<>();
        Set<FeatureSet> known = new HashSet<>();
        Grown best = null;
        int[] candidates = candidates(weights);
        List<Grown> beam = List.of(start());
        for (int size = 1; size <= domain.maxActive() && found.size() < most; size++) {
            beam = extended(beam, candidates, weights);
            List<Grown> open = new ArrayList<>();
            for (Grown each : beam) {
                FeatureSet set = FeatureSet.of(each.features());
                if (found.stream().anyMatch(channel -> holds(set, channel.features()))) {
                    continue;
                }
                if (!switches(output, set)) {
                    open.add(each);
                    continue;
                }
                FeatureSet least = least(output, set);
                if (known.add(least) && found.size() < most) {
                    found.add(channel(output, least, true, weights));
                }
            }
            best = open.isEmpty() ? best : open.get(0);
            beam = open;
        }
        if (found.isEmpty() && best != null) {
            found.add(channel(output, FeatureSet.of(best.features()), false, weights));
        }
        found.sort(Comparator.comparingDouble(Channel::effect).reversed());
        return found;
    }

    /** The set of some size with the largest effect that is found where an output hears the rows in a random order. */
    Channel baseline(int output, int size, RandomGenerator random) {
        double[] weights = towards(output, paths.weights(output));
        for (int r = weights.length - 1; r > 0; r--) {
            int other = random.nextInt(r + 1);
            double swapped = weights[r];
            weights[r] = weights[other];
            weights[other] = swapped;
        }
        int[] candidates = candidates(weights);
        List<Grown> beam = List.of(start());
        for (int each = 0; each < size; each++) {
            beam = extended(beam, candidates, weights);
        }
        return channel(output, FeatureSet.of(beam.get(0).features()), false, weights);
    }

    private double[] towards(int output, double[] weights) {
        return turnsOff(output) ? Arrays.stream(weights).map(w -> -w).toArray() : weights;
    }

    private Grown start() {
        return new Grown(
                new int[0],
                IntStream.range(0, paths.rows()).mapToDouble(paths::rest).toArray(),
                0,
                0);
    }

    private int[] candidates(double[] weights) {
        double[] pulls = IntStream.range(0, paths.features())
                .mapToDouble(j -> pull(weights, paths.responses(j)))
                .toArray();
        return IntStream.range(0, pulls.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -pulls[j]))
                .limit(CANDIDATES)
                .mapToInt(j -> j)
                .toArray();
    }

    private static double pull(double[] weights, double[] responses) {
        double sum = 0;
        for (int r = 0; r < weights.length; r++) {
            sum += weights[r] * responses[r];
        }
        return sum;
    }

    private List<Grown> extended(List<Grown> beam, int[] candidates, double[] weights) {
        List<Grown> grown = new ArrayList<>();
        Set<FeatureSet> known = new HashSet<>();
        for (Grown each : beam) {
            for (int feature : candidates) {
                if (IntStream.of(each.features()).allMatch(own -> own != feature && domain.allowsTogether(own, feature))
                        && known.add(FeatureSet.of(with(each.features(), feature)))) {
                    grown.add(extended(each, feature, weights));
                }
            }
        }
        grown.sort(Comparator.comparingDouble(Grown::key).reversed());
        return grown.subList(0, Math.min(BEAM, grown.size()));
    }

    private static int[] with(int[] features, int one) {
        int[] more = Arrays.copyOf(features, features.length + 1);
        more[features.length] = one;
        return more;
    }

    private Grown extended(Grown set, int feature, double[] weights) {
        double[] sums = set.sums().clone();
        double[] responses = paths.responses(feature);
        double effect = 0;
        double pull = 0;
        for (int r = 0; r < sums.length; r++) {
            sums[r] += responses[r];
            effect += weights[r] * (Math.max(0, sums[r]) - Math.max(0, paths.rest(r)));
            pull += weights[r] * (sums[r] - paths.rest(r));
        }
        return new Grown(with(set.features(), feature), sums, effect, effect + PROMISE * pull);
    }

    private Channel channel(int output, FeatureSet set, boolean isConfirmed, double[] weights) {
        Grown grown = start();
        for (int feature : set.toArray()) {
            grown = extended(grown, feature, weights);
        }
        List<Channel.Witness> witnesses = new ArrayList<>();
        for (int r = 0; r < weights.length; r++) {
            int row = r;
            boolean isRaised = IntStream.of(set.toArray()).allMatch(j -> paths.responses(j)[row] > 0);
            boolean isLowered = IntStream.of(set.toArray()).allMatch(j -> paths.responses(j)[row] < 0);
            double pull = weights[r] * (grown.sums()[r] - paths.rest(r));
            if (weights[r] > 0 && isRaised && grown.sums()[r] > 0) {
                witnesses.add(new Channel.Witness(r, true, weights[r], pull));
            } else if (weights[r] < 0 && isLowered) {
                witnesses.add(new Channel.Witness(r, false, weights[r], pull));
            }
        }
        witnesses.sort(Comparator.comparingDouble(Channel.Witness::pull).reversed());
        return new Channel(output, set, isConfirmed, grown.effect(), witnesses);
    }

    private static boolean holds(FeatureSet set, FeatureSet part) {
        return IntStream.of(part.toArray()).allMatch(set::contains);
    }

    /** A part of the set that switches the output, and that has no smaller one. */
    private FeatureSet least(int output, FeatureSet set) {
        FeatureSet least = set;
        for (int feature : set.toArray()) {
            FeatureSet without = FeatureSet.of(
                    IntStream.of(least.toArray()).filter(j -> j != feature).toArray());
            if (!without.isEmpty() && switches(output, without)) {
                least = without;
            }
        }
        return least;
    }

    private boolean switches(int output, FeatureSet set) {
        if (set.size() >= domain.minActive()) {
            return domain.contains(set) && evaluator.evaluate(set).contains(output) != turnsOff(output);
        }
        RandomGenerator random = new Seed(set.hashCode()).child(output).generator();
        for (int t = 0; t < COMPLETIONS; t++) {
            FeatureSet input = completed(set, random);
            if (domain.contains(input) && evaluator.evaluate(input).contains(output) == turnsOff(output)) {
                return false;
            }
        }
        return true;
    }

    private FeatureSet completed(FeatureSet set, RandomGenerator random) {
        int[] features = set.toArray();
        while (features.length < domain.minActive()) {
            int next = random.nextInt(domain.features());
            if (IntStream.of(features).noneMatch(own -> own == next)) {
                features = with(features, next);
            }
        }
        return FeatureSet.of(features);
    }
}
