package org.superpose.runner.cli;

import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import picocli.CommandLine.Option;

/** How much work a verification may do. */
final class BudgetOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use (default: one per processor). The results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--max-seconds",
            paramLabel = "S",
            description = "Seconds after which a verification gives up as UNDECIDED (default: no limit).")
    private double maxSeconds = Double.POSITIVE_INFINITY;

    @Option(
            names = "--max-inputs",
            paramLabel = "N",
            description = "Inputs after which an enumeration gives up as UNDECIDED (default: no limit).")
    private long maxInputs = Long.MAX_VALUE;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Random inputs that the sampled verifier tries (default: 100000).")
    private long samples = VerificationBudget.unlimited().samples();

    VerificationBudget budget(Seed seed) {
        require("--threads", threads, threads >= 1 && threads <= 4096, "a whole number from 1 to 4096");
        require("--max-seconds", maxSeconds, maxSeconds > 0, "a positive number");
        require("--max-inputs", maxInputs, maxInputs >= 1, "a positive whole number");
        require("--samples", samples, samples >= 1, "a positive whole number");
        return VerificationBudget.unlimited()
                .withThreads(threads)
                .withMaxSeconds(maxSeconds)
                .withMaxInputs(maxInputs)
                .withSamples(samples)
                .withSeed(seed.child("samples"));
    }

    private static void require(String name, Object value, boolean allowed, String range) {
        if (!allowed) {
            throw new InvalidInputException(name + " " + value + " must be " + range);
        }
    }
}
