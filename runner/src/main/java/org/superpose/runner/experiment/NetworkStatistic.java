package org.superpose.runner.experiment;

import java.util.Map;
import org.superpose.core.network.BuiltNetwork;

/**
 * Something that can be measured on any built network of some kind. One that looks at random inputs holds their seed,
 * so that it measures the same every time.
 */
@FunctionalInterface
public interface NetworkStatistic {
    /**
     * Measures.
     *
     * @param built a network with its instance
     * @return values by snake_case name, in the order in which they are shown; a value is null where it does not apply
     */
    Map<String, Object> measure(BuiltNetwork built);
}
