package org.superpose.core.plugin;

import java.util.List;

/** A place where plugins are found: the class path, a folder of jars, an injector. */
public interface PluginSource {
    /**
     * The plugins of one kind. A plugin that fails while it is loaded is left out and reported; the rest is found.
     *
     * @param kind what they are called in messages: "problem"
     * @param service the interface that they implement
     */
    <P extends Plugin> Found<P> find(String kind, Class<P> service);

    /**
     * What a source has of one kind.
     *
     * @param plugins those that were loaded, with their origins
     * @param failures one sentence for each plugin that could not be loaded
     */
    record Found<P extends Plugin>(List<Catalog.Entry<P>> plugins, List<String> failures) {
        /** Copies both lists. */
        public Found {
            plugins = List.copyOf(plugins);
            failures = List.copyOf(failures);
        }
    }
}
