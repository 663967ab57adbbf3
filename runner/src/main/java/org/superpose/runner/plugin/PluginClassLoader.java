package org.superpose.runner.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.superpose.core.plugin.Guest;

/**
 * The classes of one plugin jar. The JDK comes first, then what the jar has itself, its own version of a library for
 * example, and last what Superpose has. Classes of Superpose's own packages come from Superpose alone, whatever the jar
 * holds of those names; and its lists of plugins do not, so that what the class path offers is not found once more in
 * every jar.
 */
final class PluginClassLoader extends URLClassLoader {
    /** Where a jar lists its plugins. */
    static final String OWN_SERVICES = "META-INF/services/org.superpose.";

    private static final String SERVICES = "META-INF/services/";

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String name, URL jar, ClassLoader parent) {
        super(name, new URL[] {jar}, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (Guest.isReserved(name)) {
            return getParent().loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = findFirst(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private Class<?> findFirst(String name) throws ClassNotFoundException {
        try {
            return getPlatformClassLoader().loadClass(name);
        } catch (ClassNotFoundException notOfTheJdk) {
            try {
                return findClass(name);
            } catch (ClassNotFoundException notInTheJar) {
                return getParent().loadClass(name);
            }
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = Guest.isReserved(name.replace('/', '.')) ? null : findResource(name);
        return own == null ? getParent().getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (name.startsWith(OWN_SERVICES) || isServiceOfTheJar(name)) {
            return findResources(name);
        }
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    /** Whether a list is of services whose interface the jar has itself: what others offer is of another interface. */
    private boolean isServiceOfTheJar(String name) {
        return name.startsWith(SERVICES)
                && findResource(name.substring(SERVICES.length()).replace('.', '/') + ".class") != null;
    }
}
