package org.superpose.runner.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.runner.channel.ChannelReport.OutputChannels;

/**
 * Reads the feature channels of a network out of its weights: for each output the sets of inputs that switch it, and
 * the hidden rows that they share, after Adler, Alistarh and Shavit, Towards Combinatorial Interpretability of Neural
 * Computation (arXiv 2504.08842): the columns of a channel's inputs have the sign of the row's outgoing weight on each
 * of its rows, which are witnesses for where that is positive, and against where it is negative.
 *
 * @param most channels of an output that are looked for
 * @param seed of the random baseline
 */
public record ChannelReader(int most, Seed seed) {
    /** Random orders of the rows in the baseline of each output. */
    private static final int SHUFFLES = 4;

    /** Channels that the network is run on with single rows patched. */
    private static final int MOST_PATCHED = 256;

    /**
     * Reads a network.
     *
     * @param domain the inputs on which it is meant to be right
     * @param outputs those to look at
     * @param truth what it should compute, if that is known
     * @throws InvalidInputException if no layer has ReLU
     */
    public ChannelReport read(
            SuperposedNetwork network, InputDomain domain, int[] outputs, Optional<ProblemInstance> truth) {
        HiddenPaths paths = HiddenPaths.of(network);
        Evaluator evaluator = new KernelEvaluator(network);
        ChannelSearch search = new ChannelSearch(paths, evaluator, domain, most);
        RandomGenerator random = seed.generator();
        Comparison comparison = truth.map(map -> new Comparison(
                        new SwitchingSets(map), new PatchedRows(network, evaluator, paths.layerNumber())))
                .orElse(null);
        List<OutputChannels> found = new ArrayList<>();
        List<Double> effects = new ArrayList<>();
        for (int output : outputs) {
            List<Channel> channels = search.channels(output);
            int size = channels.isEmpty() ? 1 : channels.get(0).features().size();
            List<Channel> shuffled = IntStream.range(0, SHUFFLES)
                    .mapToObj(t -> search.baseline(output, size, random))
                    .toList();
            shuffled.forEach(each -> effects.add(Math.max(0, each.effect())));
            OutputChannels each = new OutputChannels(output, search.turnsOff(output), channels);
            found.add(each);
            if (comparison != null) {
                comparison.add(each, shuffled);
            }
        }
        return new ChannelReport(
                paths.layerNumber(),
                paths.rows(),
                found,
                effects.stream().mapToDouble(each -> each).average().orElse(0),
                Optional.ofNullable(comparison).map(Comparison::score));
    }

    /** Counts what is right. */
    private static final class Comparison {
        private final SwitchingSets truth;
        private final PatchedRows patched;
        private int outputs;
        private int truths;
        private int found;
        private int exact;
        private final Share features = new Share();
        private final Share baseline = new Share();
        private int baselines;
        private int baselineExact;
        private int rowSets;
        private final Share rows = new Share();

        Comparison(SwitchingSets truth, PatchedRows patched) {
            this.truth = truth;
            this.patched = patched;
        }

        void add(OutputChannels each, List<Channel> shuffled) {
            Set<FeatureSet> sets = truth.of(each.output()).orElse(null);
            if (sets == null) {
                return;
            }
            outputs++;
            truths += sets.size();
            int[] wanted = union(sets.stream().toList());
            List<FeatureSet> own =
                    each.channels().stream().map(Channel::features).toList();
            features.add(union(own), wanted);
            for (Channel channel : each.channels()) {
                found++;
                if (sets.contains(channel.features())) {
                    exact++;
                    if (rowSets++ < MOST_PATCHED) {
                        rows.add(channel.rows(true), patched.rows(each.output(), each.turnsOff(), channel.features()));
                    }
                }
            }
            for (Channel channel : shuffled) {
                baselines++;
                baselineExact += sets.contains(channel.features()) ? 1 : 0;
                baseline.add(channel.features().toArray(), wanted);
            }
        }

        private static int[] union(List<FeatureSet> sets) {
            return sets.stream()
                    .flatMapToInt(set -> Arrays.stream(set.toArray()))
                    .sorted()
                    .distinct()
                    .toArray();
        }

        ChannelScore score() {
            return new ChannelScore(
                    outputs,
                    truths,
                    found,
                    exact,
                    features.precision(),
                    features.recall(),
                    baseline.precision(),
                    baselineExact / (double) baselines,
                    rows.precision(),
                    rows.recall());
        }
    }

    /** How much two kinds of sets have in common. */
    private static final class Share {
        private long both;
        private long found;
        private long wanted;

        void add(int[] own, int[] right) {
            both += Arrays.stream(own)
                    .filter(each -> Arrays.stream(right).anyMatch(other -> other == each))
                    .count();
            found += own.length;
            wanted += right.length;
        }

        double precision() {
            return both / (double) found;
        }

        double recall() {
            return both / (double) wanted;
        }
    }
}
