package org.superpose.core.plugin;

import java.util.HashSet;
import java.util.Set;
import org.superpose.core.parameter.Parameter;

/** What a plugin says about itself, looked at once when it is loaded, so that nothing fails on it later. */
final class PluginDescription {
    private PluginDescription() {}

    /**
     * @throws IllegalArgumentException if the id, the title or a parameter is missing or malformed; whatever the plugin
     *     throws itself
     */
    static void require(Plugin plugin) {
        String name = plugin.getClass().getName();
        String id = plugin.id();
        if (id == null || !id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    name + " has the id \"" + id + "\", which is not lower-case words and hyphens");
        }
        String title = plugin.title();
        if (title == null || title.isBlank() || title.contains("\n")) {
            throw new IllegalArgumentException(name + " needs a title of one line");
        }
        Set<String> names = new HashSet<>();
        for (Parameter<?> parameter : plugin.parameters()) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(name + " declares the parameter " + parameter.name() + " twice");
            }
        }
    }
}
