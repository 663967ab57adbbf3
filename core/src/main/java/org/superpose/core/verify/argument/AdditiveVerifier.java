package org.superpose.core.verify.argument;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * Proves networks of one layer right whose biases keep every pre-activation at 0 or above: nothing is cut, so the
 * decoded sum of output i on an input is a base plus one score S[i][j] per active feature j, and its extremes over all
 * inputs that agree on what the gate reads are reached with the other features of the most extreme scores (theory,
 * section 7, exactness).
 *
 * <p>This takes any gate: it decides by the features A of those it reads that are active. Output i is right on every
 * input with u to v active features iff, for each such set A of at most v, its scores with the lowest others that may
 * be active reach tau_i where the gate is on, and with the highest do not where it is off. An output that copies one
 * input has two such sets. Cost: m m' k and the sets instead of C(m, v) n; gates with more than {@value #MOST_SETS}
 * sets are left to others. A refutation holds such an extreme input.
 *
 * <p>Layered maps are left to others, since an output may depend on many inputs through them, and grouped domains, in
 * which the extreme features may not be allowed together.
 */
@Reference(value = "Verification: exactness", standing = Standing.OURS)
public final class AdditiveVerifier implements Verifier {
    private static final String ID = "additive";

    /** The most sets of active features that are looked at for one gate. */
    private static final int MOST_SETS = 1 << 16;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "exact argument over single features, for one layer in which no ReLU cuts";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        if (instance.isLayered()) {
            return Acceptance.rejected("the instance has " + instance.layers().size() + " layers of gates, not one");
        }
        int fanIn = instance.gates().maxFanIn();
        if (sets(fanIn, instance.maxActive()) > MOST_SETS) {
            return Acceptance.rejected(
                    "a gate reads " + fanIn + " inputs, of which more than " + MOST_SETS + " sets may be active");
        }
        if (instance.domain().isGrouped()) {
            return Acceptance.rejected("the domain is grouped, so that extreme scores may not be allowed together");
        }
        Optional<String> departure = network.departure();
        if (departure.isPresent()) {
            return Acceptance.rejected(departure.get() + ", but the argument is about sums over codes behind ReLU");
        }
        if (network.layers().size() != 1 || network.layers().get(0).weights() instanceof DiagonalMatrix) {
            return Acceptance.rejected(
                    "the network has " + network.layers().size() + " layers, not one with a full matrix");
        }
        if (network.decoder().kind() != Decoder.Kind.SUM) {
            return Acceptance.rejected("the decoder looks at every row by itself, not at their sum");
        }
        if (!Exactness.of(network, instance.maxActive()).isExact()) {
            return Acceptance.rejected("float32 is not exact on the network");
        }
        return Acceptance.accepted();
    }

    /** The subsets of at most {@code most} of {@code fanIn} inputs, or some number above {@link #MOST_SETS}. */
    private static long sets(int fanIn, int most) {
        long all = 0;
        long ofSize = 1;
        for (int size = 0; size <= Math.min(fanIn, most) && all <= MOST_SETS; size++) {
            all += ofSize;
            ofSize = ofSize * (fanIn - size) / (size + 1);
        }
        return all;
    }

    @Override
    public double cost(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        if (!accepts(built).isAccepted()) {
            return Double.POSITIVE_INFINITY;
        }
        Gates gates = built.instance().gates();
        double scores = ((double) network.outputs() + network.layers().get(0).rows())
                * network.inputs()
                * network.inputCodes().maxWeight();
        return gates.maxFanIn() <= 1
                ? scores
                : scores
                        + (double) gates.outputs()
                                * sets(gates.maxFanIn(), built.instance().maxActive())
                                * built.instance().maxActive();
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        BigInteger size = instance.domain().size();
        Deadline deadline = budget.deadline();
        Scores scores =
                new Scores(Exactness.of(network, instance.maxActive()).inWholeNumbers(network), instance.domain());
        int cut = scores.firstRowThatCuts();
        if (cut >= 0) {
            return undecided("the ReLU of row " + cut + " cuts on some input, so scores do not add up", size);
        }
        Gates gates = instance.gates();
        for (int i = 0; i < gates.outputs(); i++) {
            if (deadline.isOver()) {
                return undecided(budget.outOfTime(), size);
            }
            Optional<FeatureSet> wrong = scores.wrongInput(i, gates);
            if (wrong.isPresent()) {
                return new Verdict.Refuted(ID, Counterexample.confirmed(built, wrong.get()), BigInteger.ONE, size);
            }
            if (i % 64 == 63) {
                budget.progress().reached((double) i / gates.outputs());
            }
        }
        return new Verdict.Verified(ID, size);
    }

    private static Verdict undecided(String reason, BigInteger size) {
        return Verdict.Undecided.unsampled(ID, reason, BigInteger.ZERO, size);
    }

    /** What single features add to rows and to decoded sums, in whole numbers; one row or output at a time. */
    private static final class Scores {
        private final Codes inputCodes;
        private final Decoder decoder;
        private final InputDomain domain;
        private final int[][] weights;
        private final int[] bias;
        private final int[] scores;

        private Scores(SuperposedNetwork network, InputDomain domain) {
            this.inputCodes = network.inputCodes();
            this.decoder = network.decoder();
            this.domain = domain;
            Layer layer = network.layers().get(0);
            this.weights = new int[layer.rows()][layer.columns()];
            this.bias = new int[layer.rows()];
            for (int f = 0; f < weights.length; f++) {
                bias[f] = (int) layer.bias(f);
                for (int c = 0; c < weights[f].length; c++) {
                    weights[f][c] = (int) layer.weights().get(f, c);
                }
            }
            this.scores = new int[inputCodes.features()];
        }

        /** The first row whose pre-activation is negative on some input, or -1. */
        private int firstRowThatCuts() {
            for (int f = 0; f < weights.length; f++) {
                sum(weights[f]);
                if (bias[f] + new Others(new int[0], false).total(0) < 0) {
                    return f;
                }
            }
            return -1;
        }

        /** An extreme input on which an output is wrong, if there is one. */
        private Optional<FeatureSet> wrongInput(int output, Gates gates) {
            int[] row = new int[inputCodes.neurons()];
            int base = 0;
            for (int u = 0; u < decoder.codes().weight(output); u++) {
                int neuron = decoder.codes().neuron(output, u);
                base += bias[neuron];
                for (int c = 0; c < row.length; c++) {
                    row[c] += weights[neuron][c];
                }
            }
            sum(row);
            int[] reads = gates.reads(output);
            return new Reads(gates, output, reads, base, new Others(reads, true), new Others(reads, false))
                    .wrongInput(new int[Math.min(reads.length, domain.maxActive())], 0, 0, 0, 0);
        }

        /** What one gate reads, set by set: the decoded sum is a base, the scores of the set and those of others. */
        private final class Reads {
            private final Gates gates;
            private final int output;
            private final int[] reads;
            private final int base;
            private final Others raising;
            private final Others lowering;

            private Reads(Gates gates, int output, int[] reads, int base, Others raising, Others lowering) {
                this.gates = gates;
                this.output = output;
                this.reads = reads;
                this.base = base;
                this.raising = raising;
                this.lowering = lowering;
            }

            /**
             * Looks at a set of active reads, and at all that extend it by later ones.
             *
             * @param active the set in the first {@code count} entries
             * @param from the first read that may be added
             * @param sum what the gate's function adds up
             * @param score the scores of the set
             */
            private Optional<FeatureSet> wrongInput(int[] active, int count, int from, int sum, int score) {
                boolean on = gates.isOn(output, sum);
                Others others = on ? lowering : raising;
                if (others.reach(count)) {
                    boolean reached = base + score + others.total(count) >= decoder.threshold(output);
                    if (reached != on) {
                        return Optional.of(others.with(active, count));
                    }
                }
                for (int t = from; t < reads.length && count < active.length; t++) {
                    active[count] = reads[t];
                    Optional<FeatureSet> wrong = wrongInput(
                            active,
                            count + 1,
                            t + 1,
                            sum + gates.function(output).step(t),
                            score + scores[reads[t]]);
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                }
                return Optional.empty();
            }
        }

        /** The features outside a set with the most extreme scores, as many of them as make the sum most extreme. */
        private final class Others {
            private final int[] features;
            private final boolean highest;
            private final int available;

            /** @param leftOut features that are not among them, ascending */
            private Others(int[] leftOut, boolean highest) {
                this.features = extremes(leftOut, domain.maxActive(), highest);
                this.highest = highest;
                this.available = scores.length - leftOut.length;
            }

            /** Whether there are enough of them to make an input of the domain with so many features of the set. */
            private boolean reach(int count) {
                return count <= domain.maxActive() && count + available >= domain.minActive();
            }

            /**
             * How many there are beside {@code count} features of the set: all that gain, and as many as there must be.
             */
            private int size(int count) {
                int size = 0;
                while (size < Math.min(features.length, domain.maxActive() - count)
                        && (count + size < domain.minActive() || gainOf(features[size], highest) > 0)) {
                    size++;
                }
                return size;
            }

            private int total(int count) {
                int total = 0;
                for (int t = size(count) - 1; t >= 0; t--) {
                    total += scores[features[t]];
                }
                return total;
            }

            private FeatureSet with(int[] active, int count) {
                return FeatureSet.of(
                        IntStream.concat(Arrays.stream(active, 0, count), Arrays.stream(features, 0, size(count)))
                                .toArray());
            }
        }

        /** Fills in what each feature alone adds through a row of weights. */
        private void sum(int[] row) {
            for (int j = 0; j < scores.length; j++) {
                int sum = 0;
                for (int t = 0; t < inputCodes.weight(j); t++) {
                    sum += row[inputCodes.neuron(j, t)];
                }
                scores[j] = sum;
            }
        }

        /**
         * The features whose scores are the highest, or the lowest, most extreme first. Where the domain has no lower
         * bound, only those whose scores are above 0, or below.
         *
         * @param leftOut features that are not among them, ascending
         * @param count how many there are at most
         */
        private int[] extremes(int[] leftOut, int count, boolean highest) {
            int[] found = new int[count];
            int size = 0;
            boolean gaining = domain.minActive() == 0;
            int skipped = 0;
            for (int j = 0; j < scores.length; j++) {
                if (skipped < leftOut.length && leftOut[skipped] == j) {
                    skipped++;
                    continue;
                }
                int gain = highest ? scores[j] : -scores[j];
                if (gaining && gain <= 0) {
                    continue;
                }
                int at = size < count ? size : count - 1;
                if (size == count && gain <= gainOf(found[at], highest)) {
                    continue;
                }
                while (at > 0 && gainOf(found[at - 1], highest) < gain) {
                    found[at] = found[at - 1];
                    at--;
                }
                found[at] = j;
                size = Math.min(count, size + 1);
            }
            return Arrays.copyOf(found, size);
        }

        private int gainOf(int feature, boolean highest) {
            return highest ? scores[feature] : -scores[feature];
        }
    }
}
