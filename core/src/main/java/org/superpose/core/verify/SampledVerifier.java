package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.run.OrderedUnits;

/**
 * Tries random inputs (theory, section 7.4). It can refute, but never verify: if all samples are right, the verdict is
 * Undecided with the one-sided Clopper-Pearson bounds on the error rate under the distribution of {@link InputSampler}
 * and, from the samples that are uniform, on the number of wrong inputs.
 *
 * <p>The samples depend on the budget's seed alone, not on the number of threads; a refuting verdict holds the first
 * wrong sample.
 */
@Reference(value = "Verification: sampled", standing = Standing.OURS)
public final class SampledVerifier implements Verifier {
    private static final String ID = "sampled";

    /** Samples of one unit of work. */
    private static final int CHUNK = 256;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "random inputs, half of them near true positives, with a Clopper-Pearson bound on the error rate";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        return Acceptance.accepted();
    }

    /** Infinite: it never verifies. */
    @Override
    public double cost(BuiltNetwork built) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        Deadline deadline = budget.deadline();
        Seed seed = budget.seed().child("sampled-verification");
        int chunks = (int) Math.min(Integer.MAX_VALUE, (budget.samples() + CHUNK - 1) / CHUNK);
        Tally tally = new Tally();
        OrderedUnits.run(chunks, budget.threads(), () -> {
            Evaluator evaluator = new KernelEvaluator(network);
            InputSampler sampler = new InputSampler(instance);
            return chunk -> {
                if (deadline.isOver()) {
                    return false;
                }
                int size = (int) Math.min(CHUNK, budget.samples() - (long) chunk * CHUNK);
                Wrong wrong = firstWrong(instance, evaluator, sampler, seed.child(chunk), size);
                tally.add(chunk, size, wrong);
                budget.progress().reached(Math.min(1, (double) tally.samples() / budget.samples()));
                return wrong == null;
            };
        });
        return verdict(built, budget, tally);
    }

    /** A wrong sample, and how many of its chunk came before it. */
    private record Wrong(FeatureSet input, int before) {}

    private static @Nullable Wrong firstWrong(
            ProblemInstance instance, Evaluator evaluator, InputSampler sampler, Seed seed, int size) {
        var random = seed.generator();
        for (int t = 0; t < size; t++) {
            FeatureSet input = sampler.sample(t, random);
            if (!evaluator.read(input).is(instance.evaluate(input))) {
                return new Wrong(input, t);
            }
        }
        return null;
    }

    private static Verdict verdict(BuiltNetwork built, VerificationBudget budget, Tally tally) {
        BigInteger size = built.instance().domain().size();
        if (tally.wrong() != null) {
            var found = Counterexample.of(built, tally.wrong());
            if (found.isPresent()) {
                OptionalLong samples = OptionalLong.of(tally.samplesUpToWrong());
                return new Verdict.Refuted(ID, found.get(), BigInteger.ONE, size, samples);
            }
            return Verdict.Undecided.unsampled(
                    ID,
                    "runtimes disagree on " + tally.wrong()
                            + ": the kernels are wrong on it, the plain evaluator is right, "
                            + "so its margin is within float32 rounding",
                    BigInteger.ZERO,
                    size);
        }
        if (tally.samples() == 0) {
            return Verdict.Undecided.unsampled(ID, budget.outOfTime(), BigInteger.ZERO, size);
        }
        return new Verdict.Undecided(
                ID,
                "only " + tally.samples() + " random inputs were tried, all of them right",
                BigInteger.ZERO,
                size,
                Optional.of(Sampling.right(tally.samples(), tally.uniformSamples(), budget.confidence())));
    }

    /** What all threads found: samples that were right, and the wrong one of the lowest chunk. */
    private static final class Tally {
        private long samples;
        private long uniformSamples;
        private int wrongChunk = Integer.MAX_VALUE;
        private @Nullable Wrong wrong;

        synchronized void add(int chunk, int size, @Nullable Wrong wrongInput) {
            if (wrongInput == null) {
                samples += size;
                uniformSamples += InputSampler.uniformAmong(size);
            } else if (chunk < wrongChunk) {
                wrongChunk = chunk;
                wrong = wrongInput;
            }
        }

        synchronized long samples() {
            return samples;
        }

        synchronized long uniformSamples() {
            return uniformSamples;
        }

        synchronized @Nullable FeatureSet wrong() {
            return wrong == null ? null : wrong.input();
        }

        /** All chunks before that of the wrong sample were right, and so was what came before it in its own. */
        synchronized long samplesUpToWrong() {
            return (long) wrongChunk * CHUNK + Objects.requireNonNull(wrong).before() + 1;
        }
    }
}
