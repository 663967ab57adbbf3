package org.superpose.runner.cli.option;

import picocli.CommandLine.Option;

/** {@code --max-unit-seconds S}. */
public final class UnitLimitOption {
    @Option(
            names = "--max-unit-seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description =
                    "Seconds, or a duration such as 90s or 1h, after which a unit is given up as failed, whatever it does, and the others go on"
                            + " (default: no limit). Time limits of a verification are --max-seconds.")
    private double seconds = Double.POSITIVE_INFINITY;

    /** The number as given, possibly infinite. */
    public double seconds() {
        return seconds;
    }
}
