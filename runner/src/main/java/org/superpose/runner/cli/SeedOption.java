package org.superpose.runner.cli;

import org.superpose.core.random.Seed;
import picocli.CommandLine.Option;

/** {@code --seed N}. */
final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Source of all randomness, a 64-bit number (default: ${DEFAULT-VALUE}).")
    private long seed;

    Seed seed() {
        return new Seed(seed);
    }
}
