package org.superpose.runner.cli.option;

import picocli.CommandLine.Option;

/** {@code --threads N}. */
public final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use (default: one per processor). The results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** The number as given. */
    public int number() {
        return threads;
    }

    public boolean isInRange() {
        return threads >= 1 && threads <= 4096;
    }
}
