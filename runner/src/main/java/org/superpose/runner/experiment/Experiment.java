package org.superpose.runner.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superpose.core.Reference;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.NetworkRecipe;

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

    /** {@return what the experiment finds out, as one question} Its report opens with it. */
    default String question() {
        return title();
    }

    /**
     * {@return the results that it belongs to, for example {@code Theorem 4.1}} The names in the {@link Reference}
     * annotations of its class unless it says otherwise.
     */
    default List<String> results() {
        return Arrays.stream(getClass().getAnnotationsByType(Reference.class))
                .flatMap(reference -> Arrays.stream(reference.value()))
                .toList();
    }

    /**
     * {@return a network of it that is worth a look; {@code run} writes a page on which it runs}
     *
     * @param seed the source of all randomness of the run
     */
    default Optional<NetworkRecipe> showpiece(Seed seed) {
        return Optional.empty();
    }

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
