package org.superpose.runner.experiment.builtin;

import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;

/** Declarations of the parameters that several experiments share. */
final class SweepParameters {
    private SweepParameters() {}

    /** The width of the networks. */
    static Parameter<Integer> width(String help, int defaultWidth) {
        return ConstructionParameters.WIDTH.withHelp(help).withDefault(defaultWidth);
    }

    /** The number of networks at each point of a sweep. */
    static Parameter<Integer> tries(int defaultTries) {
        return Parameter.whole("tries", 1, 1000, "networks, each with a seed of its own, at each point")
                .withDefault(defaultTries);
    }

    /** The number of random inputs for the statistics. */
    static Parameter<Integer> samples(int defaultSamples) {
        return Parameter.whole("samples", 10, 10_000_000, "random inputs for the statistics of each network")
                .withDefault(defaultSamples);
    }

    /** How close a search for the smallest width goes. */
    static Parameter<Double> resolution(double defaultResolution) {
        return Parameter.real("resolution", 0, 1, "how close a width search goes, as a fraction of the width")
                .withDefault(defaultResolution);
    }
}
