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
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.OutputReads;
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
 * input has two such sets. Cost: m m' k and the sets instead of C(m, v) n; outputs with more than 65536 sets are left
 * to others. A refutation holds such an extreme input.
 *
 * <p>The same holds of a linear read-out D behind that layer: then S[i][j] is entry (i, j) of D W E, at a cost of m m'
 * n more.
 *
 * <p>Of a map of several layers, what an output reads are the inputs that it depends on through all of them, of which
 * there may be many. Grouped domains are left to others: in them the extreme features may not be allowed together.
 */
@Reference(value = "Verification: exactness", standing = Standing.OURS)
public final class AdditiveVerifier implements Verifier {
    private static final String ID = "additive";

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
        return AdditiveForm.accepts(built);
    }

    @Override
    public double cost(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        if (!accepts(built).isAccepted()) {
            return Double.POSITIVE_INFINITY;
        }
        ProblemInstance instance = built.instance();
        int reads = new OutputReads(instance).most();
        double scores = ((double) network.outputs() + network.layers().get(0).rows())
                * network.inputs()
                * network.inputCodes().maxWeight();
        if (network.decoder().isReadout()) {
            scores += (double) network.outputs()
                    * network.layers().get(0).rows()
                    * network.inputCodes().neurons();
        }
        return reads <= 1
                ? scores
                : scores
                        + (double) instance.outputs()
                                * AdditiveForm.sets(reads, instance.maxActive())
                                * instance.maxActive();
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        BigInteger size = instance.domain().size();
        Deadline deadline = budget.deadline();
        AdditiveScores scores = new AdditiveScores(built);
        int cut = scores.firstRowThatCuts();
        if (cut >= 0) {
            return undecided("the ReLU of row " + cut + " cuts on some input, so scores do not add up", size);
        }
        OutputReads reads = new OutputReads(instance);
        for (int i = 0; i < instance.outputs(); i++) {
            if (deadline.isOver()) {
                return undecided(budget.outOfTime(), size);
            }
            Optional<FeatureSet> wrong = new Output(scores, i, instance, reads).wrongInput();
            if (wrong.isPresent()) {
                return new Verdict.Refuted(ID, Counterexample.confirmed(built, wrong.get()), BigInteger.ONE, size);
            }
            if (i % 64 == 63) {
                budget.progress().reached((double) i / instance.outputs());
            }
        }
        return new Verdict.Verified(ID, size);
    }

    private static Verdict undecided(String reason, BigInteger size) {
        return Verdict.Undecided.unsampled(ID, reason, BigInteger.ZERO, size);
    }

    /** One output, whose decoded sum is a base and what single features add to it, in whole numbers. */
    private static final class Output {
        private final InputDomain domain;
        private final OutputReads map;
        private final int output;
        private final int base;
        private final int threshold;
        private final int[] scores;

        private Output(AdditiveScores source, int output, ProblemInstance instance, OutputReads map) {
            this.domain = instance.domain();
            this.map = map;
            this.output = output;
            this.base = source.base(output);
            this.threshold = source.threshold(output);
            this.scores = source.of(output);
        }

        /** An extreme input on which it is wrong, if there is one. */
        private Optional<FeatureSet> wrongInput() {
            int[] reads = map.of(output);
            return new Reads(reads, new Others(reads, true), new Others(reads, false))
                    .wrongInput(new int[Math.min(reads.length, domain.maxActive())], 0, 0, 0, 0);
        }

        /** What it depends on, set by set: the decoded sum is a base, the scores of the set and those of others. */
        private final class Reads {
            private final int[] reads;
            private final Others raising;
            private final Others lowering;

            private Reads(int[] reads, Others raising, Others lowering) {
                this.reads = reads;
                this.raising = raising;
                this.lowering = lowering;
            }

            /**
             * Looks at a set of active reads, and at all that extend it by later ones.
             *
             * @param active the set in the first {@code count} entries
             * @param from the first read that may be added
             * @param sum what {@link OutputReads#step} adds up to
             * @param score the scores of the set
             */
            private Optional<FeatureSet> wrongInput(int[] active, int count, int from, int sum, int score) {
                boolean on = map.isOn(output, active, count, sum);
                Others others = on ? lowering : raising;
                if (others.reach(count)) {
                    boolean reached = base + score + others.total(count) >= threshold;
                    if (reached != on) {
                        return Optional.of(others.with(active, count));
                    }
                }
                for (int t = from; t < reads.length && count < active.length; t++) {
                    active[count] = reads[t];
                    Optional<FeatureSet> wrong =
                            wrongInput(active, count + 1, t + 1, sum + map.step(output, t), score + scores[reads[t]]);
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
