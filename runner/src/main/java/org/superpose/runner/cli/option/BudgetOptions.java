package org.superpose.runner.cli.option;

import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import picocli.CommandLine.Option;

/** How much work a verification may do. */
public final class BudgetOptions extends TimeOptions {
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
        VerificationBudget time = time();
        require("--max-inputs", maxInputs, maxInputs >= 1, "a positive whole number");
        require("--samples", samples, samples >= 1, "a positive whole number");
        return time.withMaxInputs(maxInputs).withSamples(samples).withSeed(seed.child("samples"));
    }
}
