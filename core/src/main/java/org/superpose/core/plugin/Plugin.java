package org.superpose.core.plugin;

import java.util.List;
import org.superpose.core.parameter.Parameter;

/**
 * What every service that {@link java.util.ServiceLoader} finds has in common: a name to ask for it by, and its knobs.
 */
public interface Plugin {
    /**
     * {@return the name on the command line and in results: lower-case words joined by hyphens, unique among its kind}
     */
    String id();

    /** {@return one line that says what it is, for {@code superpose list}} */
    String title();

    /** {@return every parameter that it reads, each declared once} Nothing else may be read. */
    default List<Parameter<?>> parameters() {
        return List.of();
    }
}
