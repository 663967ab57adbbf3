package org.superpose.core.verify.argument;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.superpose.core.Reference;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * Proves networks of one layer right whose biases keep every pre-activation at 0 or above, for outputs that copy one
 * input each: nothing is cut, so the decoded sum of output i on an input is a base plus one score S[i][j] per active
 * feature j, and its extremes over the whole domain are reached with the features of the most extreme scores (theory,
 * section 7, exactness).
 *
 * <p>With at most v active, output i is right on every input iff its own score with the v - 1 lowest negative others
 * reaches tau_i, and the v highest positive others alone do not. Cost: m m' k instead of C(m, v) n. A refutation holds
 * such an extreme input.
 */
@Reference("Section 7, exactness")
public final class AdditiveVerifier implements Verifier {
    private static final String ID = "additive";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "exact argument over single features, for one layer in which no ReLU cuts, "
                + "of outputs that copy one input";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        if (instance.isLayered()
                || !instance.gates().areAll(GateFunction.AND)
                || instance.gates().maxFanIn() > 1) {
            return Acceptance.rejected("the outputs are not copies of one input each");
        }
        if (instance.domain().minActive() > 0) {
            return Acceptance.rejected("the domain has a lower bound on the number of active features");
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

    @Override
    public double cost(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        if (!accepts(built).isAccepted()) {
            return Double.POSITIVE_INFINITY;
        }
        return ((double) network.outputs() + network.layers().get(0).rows())
                * network.inputs()
                * network.inputCodes().maxWeight();
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        BigInteger size = instance.domain().size();
        Deadline deadline = Deadline.in(budget.maxSeconds());
        int maxActive = instance.maxActive();
        Scores scores = new Scores(Exactness.of(network, maxActive).inWholeNumbers(network), maxActive);
        int cut = scores.firstRowThatCuts();
        if (cut >= 0) {
            return undecided("the ReLU of row " + cut + " cuts on some input, so scores do not add up", size);
        }
        Gates gates = instance.gates();
        for (int i = 0; i < gates.outputs(); i++) {
            if (deadline.isOver()) {
                return undecided(budget.outOfTime(), size);
            }
            Optional<FeatureSet> wrong = scores.wrongInput(i, gates.read(i, 0));
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
        private final int maxActive;
        private final int[][] weights;
        private final int[] bias;
        private final int[] scores;

        private Scores(SuperposedNetwork network, int maxActive) {
            this.inputCodes = network.inputCodes();
            this.decoder = network.decoder();
            this.maxActive = maxActive;
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
                if (bias[f] + total(extremes(-1, maxActive, false)) < 0) {
                    return f;
                }
            }
            return -1;
        }

        /** An extreme input on which an output is wrong, if there is one. */
        private Optional<FeatureSet> wrongInput(int output, int target) {
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
            float threshold = decoder.threshold(output);
            int[] raising = extremes(target, maxActive, true);
            if (base + total(raising) >= threshold) {
                return Optional.of(FeatureSet.of(raising));
            }
            int[] lowering = extremes(target, maxActive - 1, false);
            if (base + scores[target] + total(lowering) < threshold) {
                int[] input = Arrays.copyOf(lowering, lowering.length + 1);
                input[lowering.length] = target;
                return Optional.of(FeatureSet.of(input));
            }
            return Optional.empty();
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

        private int total(int[] features) {
            int total = 0;
            for (int feature : features) {
                total += scores[feature];
            }
            return total;
        }

        /**
         * The features whose scores are the highest above 0, or the lowest below.
         *
         * @param leftOut a feature that is not among them
         * @param count how many there are at most
         */
        private int[] extremes(int leftOut, int count, boolean highest) {
            int[] found = new int[count];
            int size = 0;
            for (int j = 0; j < scores.length && count > 0; j++) {
                int gain = highest ? scores[j] : -scores[j];
                if (gain <= 0 || j == leftOut) {
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
