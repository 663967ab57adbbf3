package org.superpose.runner.cli.option;

import org.superpose.core.random.Seed;
import picocli.CommandLine.Option;

/** {@code --seed N}. */
public final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Source of all randomness, a 64-bit number (default: ${DEFAULT-VALUE}).")
    private long seed;

    public Seed seed() {
        return new Seed(seed);
    }
}
