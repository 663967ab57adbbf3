package org.superpose.core.plugin;

import java.util.Collection;
import java.util.List;

/**
 * Plugins that somebody already has in hand, of any kind.
 *
 * @param plugins the plugins
 */
public record GivenPlugins(Collection<? extends Plugin> plugins) implements PluginSource {
    /** Copies the collection. */
    public GivenPlugins {
        plugins = List.copyOf(plugins);
    }

    @Override
    public <P extends Plugin> Found<P> find(String kind, Class<P> service) {
        return new Found<>(
                plugins.stream()
                        .filter(service::isInstance)
                        .map(service::cast)
                        .map(Catalog.Entry::of)
                        .toList(),
                List.of());
    }
}
