package org.superpose.core.plugin;

import java.util.List;

/** A place where plugins are found: the class path, a folder of jars, an injector. */
public interface PluginSource {
    /**
     * The plugins of one kind. A plugin that fails while it is loaded is left out and reported; the rest is found.
     *
     * @param <P> the interface that they implement
     * @param kind what they are called in messages: "problem"
     * @param service the interface that they implement
     * @return what was found, and what could not be loaded
     */
    <P extends Plugin> Found<P> find(String kind, Class<P> service);

    /**
     * What a source has of one kind.
     *
     * @param <P> the interface that they implement
     * @param plugins those that were loaded, with their origins
     * @param failures one sentence for each plugin that could not be loaded
     */
    record Found<P extends Plugin>(List<Catalog.Entry<P>> plugins, List<String> failures) {
        /**
         * Copies both lists.
         *
         * @param plugins those that were loaded
         * @param failures one sentence each
         */
        public Found {
            plugins = List.copyOf(plugins);
            failures = List.copyOf(failures);
        }
    }
}
