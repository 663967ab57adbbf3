package org.superpose.runner.cli.option;

import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How much work a verification may do. */
public final class BudgetOptions {
    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(
            names = "--max-seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description =
                    "Seconds, or a duration such as 90s or 1h, after which a verification, and before it building, gives up (default: no limit).")
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

    /**
     * The budget.
     *
     * @param seed of the command; random inputs are drawn from a child of it
     * @throws InvalidInputException if a number is out of its range
     */
    public VerificationBudget budget(Seed seed) {
        require("--threads", threads.number(), threads.isInRange(), "a whole number from 1 to 4096");
        require("--max-seconds", maxSeconds, maxSeconds > 0, "a positive number");
        require("--max-inputs", maxInputs, maxInputs >= 1, "a positive whole number");
        require("--samples", samples, samples >= 1, "a positive whole number");
        return VerificationBudget.unlimited()
                .withThreads(threads.number())
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
