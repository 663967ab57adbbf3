package org.superpose.runner.cli.option;

import org.superpose.core.InvalidInputException;
import org.superpose.core.verify.VerificationBudget;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many threads may work, and for how long. */
public class TimeOptions {
    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(
            names = "--max-seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description =
                    "Seconds, or a duration such as 90s or 1h, after which a verification, and before it building, gives up (default: no limit).")
    private double maxSeconds = Double.POSITIVE_INFINITY;

    /**
     * The budget.
     *
     * @throws InvalidInputException if a number is out of its range
     */
    public final VerificationBudget time() {
        require("--threads", threads.number(), threads.isInRange(), "a whole number from 1 to 4096");
        require("--max-seconds", maxSeconds, maxSeconds > 0, "a positive number");
        return VerificationBudget.unlimited().withThreads(threads.number()).withMaxSeconds(maxSeconds);
    }

    static void require(String name, Object value, boolean allowed, String range) {
        if (!allowed) {
            throw new InvalidInputException(name + " " + value + " must be " + range);
        }
    }
}
