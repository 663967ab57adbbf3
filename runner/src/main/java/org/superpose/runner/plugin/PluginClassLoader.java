package org.superpose.runner.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/**
 * The classes of one plugin jar. Superpose's own classes come from the parent; the lists of plugins do not, so that
 * what the class path offers is not found once more in every jar.
 */
final class PluginClassLoader extends URLClassLoader {
    /** Where a jar lists its plugins. */
    static final String OWN_SERVICES = "META-INF/services/org.superpose.";

    PluginClassLoader(String name, URL jar, ClassLoader parent) {
        super(name, new URL[] {jar}, parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(OWN_SERVICES) ? findResources(name) : super.getResources(name);
    }
}
