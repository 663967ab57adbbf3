package org.superpose.runner.experiment;

import java.util.List;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.random.Seed;

/**
 * A named series of measurements, found by {@link java.util.ServiceLoader}. Implementations are stateless.
 *
 * <p>The plan is a pure function of parameters and seed, so that a unit is known by its number: any process, on any
 * machine, can plan again and run the units that are missing.
 */
public interface Experiment extends Plugin {
    /** {@return how long the default takes, in words: "under a minute on two cores"} */
    String expectedDuration();

    /** {@return the columns of the table that the run prints, as measurement fields} */
    List<String> columns();

    /** {@return the plots of its report, in order} Empty means all that its rows allow. */
    default List<ReportPlot> plots() {
        return List.of();
    }

    /**
     * The units of work, in a fixed order.
     *
     * @param parameters values of the declared parameters
     * @param seed the source of all randomness
     * @return at least one unit; the same ones for the same parameters and seed
     */
    List<WorkUnit> plan(ParameterValues parameters, Seed seed);
}
