package org.superpose.runner.experiment.statistics;

import java.util.Map;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.random.Seed;

/** Something that can be measured on any built network of some kind. Implementations are stateless. */
@FunctionalInterface
public interface NetworkStatistic {
    /**
     * Measures.
     *
     * @param built a network with its instance
     * @param seed of the random inputs, where not all are looked at
     * @return values by snake_case name, in the order in which they are shown; a value is null where it does not apply
     */
    Map<String, Object> measure(BuiltNetwork built, Seed seed);
}
