package org.superpose.core.verify;

import org.superpose.core.random.Seed;

/**
 * How much work a verifier may do.
 *
 * @param maxSeconds wall-clock seconds after which it gives up, positive, possibly infinite
 * @param maxInputs inputs that an enumerating verifier may look at, at least 1
 * @param threads threads it may use, at least 1; the verdict does not depend on it
 * @param samples random inputs that a sampling verifier tries, at least 1
 * @param confidence of the error bound of a sampling verifier, between 0 and 1
 * @param seed source of a sampling verifier's randomness
 * @param progress is told how far the work is
 * @param cancellation ends the work before the seconds do
 */
public record VerificationBudget(
        double maxSeconds,
        long maxInputs,
        int threads,
        long samples,
        double confidence,
        Seed seed,
        Progress progress,
        Cancellation cancellation) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public VerificationBudget {
        if (!(maxSeconds > 0) || maxInputs < 1 || threads < 1 || samples < 1 || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("budget out of range: " + maxSeconds + " s, " + maxInputs + " inputs, "
                    + threads + " threads, " + samples + " samples, confidence " + confidence);
        }
    }

    /** A budget of work that nobody cancels. */
    public VerificationBudget(
            double maxSeconds,
            long maxInputs,
            int threads,
            long samples,
            double confidence,
            Seed seed,
            Progress progress) {
        this(maxSeconds, maxInputs, threads, samples, confidence, seed, progress, Cancellation.NONE);
    }

    /** No limit, one thread, 100,000 samples at 99 % confidence. */
    public static VerificationBudget unlimited() {
        return new VerificationBudget(
                Double.POSITIVE_INFINITY, Long.MAX_VALUE, 1, 100_000, 0.99, new Seed(0), Progress.NONE);
    }

    /** The moment at which the time has run out if work begins now; over at once when it is cancelled. */
    public Deadline deadline() {
        return Deadline.in(maxSeconds, cancellation);
    }

    /** The reason of a verdict that is undecided because the seconds ran out, or the work was cancelled. */
    public String outOfTime() {
        return Deadline.reason(maxSeconds, cancellation);
    }

    /** The reason of a verdict that is undecided because the inputs ran out. */
    public String outOfInputs() {
        return "the budget of " + maxInputs + " inputs ran out";
    }

    /** The same budget with another limit on time. */
    public VerificationBudget withMaxSeconds(double newMaxSeconds) {
        return new VerificationBudget(
                newMaxSeconds, maxInputs, threads, samples, confidence, seed, progress, cancellation);
    }

    /** The same budget with another limit on inputs. */
    public VerificationBudget withMaxInputs(long newMaxInputs) {
        return new VerificationBudget(
                maxSeconds, newMaxInputs, threads, samples, confidence, seed, progress, cancellation);
    }

    /** The same budget with another number of threads. */
    public VerificationBudget withThreads(int newThreads) {
        return new VerificationBudget(
                maxSeconds, maxInputs, newThreads, samples, confidence, seed, progress, cancellation);
    }

    /** The same budget with another number of samples. */
    public VerificationBudget withSamples(long newSamples) {
        return new VerificationBudget(
                maxSeconds, maxInputs, threads, newSamples, confidence, seed, progress, cancellation);
    }

    /** The same budget with another seed of the samples. */
    public VerificationBudget withSeed(Seed newSeed) {
        return new VerificationBudget(
                maxSeconds, maxInputs, threads, samples, confidence, newSeed, progress, cancellation);
    }

    /** The same budget with another listener. */
    public VerificationBudget withProgress(Progress newProgress) {
        return new VerificationBudget(
                maxSeconds, maxInputs, threads, samples, confidence, seed, newProgress, cancellation);
    }

    /** The same budget with another cancellation. */
    public VerificationBudget withCancellation(Cancellation newCancellation) {
        return new VerificationBudget(
                maxSeconds, maxInputs, threads, samples, confidence, seed, progress, newCancellation);
    }

    /**
     * Is told how far a verification is; called from any thread, as often as the verifier likes. The first call tells
     * what was done before, for the estimate of the time that is left.
     */
    @FunctionalInterface
    public interface Progress {
        /** A listener that does nothing. */
        Progress NONE = fraction -> {};

        /** @param fraction of the work that is done, 0..1, not necessarily ascending when several threads report */
        void reached(double fraction);
    }
}
