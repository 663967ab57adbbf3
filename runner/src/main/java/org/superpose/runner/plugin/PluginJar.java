package org.superpose.runner.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.superpose.core.ToolVersion;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginSource;
import org.superpose.core.plugin.ServicePlugins;

/**
 * What one jar has to offer.
 *
 * @param plugins those that were loaded
 * @param failures one sentence for everything that was skipped; it begins with the name of the jar
 */
record PluginJar(List<Plugin> plugins, List<String> failures) {
    /** The manifest attribute that names the version of Superpose that a plugin was built against. */
    static final String BUILT_AGAINST = "Superpose-Version";

    private static final String SERVICES = "META-INF/services/";

    static PluginJar load(Path jar, ClassLoader parent) {
        String name = jar.getFileName().toString();
        try (JarFile content = new JarFile(jar.toFile())) {
            String builtAgainst = attribute(content.getManifest(), BUILT_AGAINST);
            if (builtAgainst != null
                    && ReleaseNumber.of(builtAgainst).isNewerThan(ReleaseNumber.of(ToolVersion.current()))) {
                return skipped(name + " was built against Superpose " + builtAgainst
                        + ", which is newer than this one (" + ToolVersion.current() + ")");
            }
            List<String> services = content.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.startsWith(PluginClassLoader.OWN_SERVICES))
                    .map(entry -> entry.substring(SERVICES.length()))
                    .sorted()
                    .toList();
            if (services.isEmpty()) {
                return skipped(name + " holds no plugin: it has no file " + PluginClassLoader.OWN_SERVICES + "...");
            }
            return load(name, services, new PluginClassLoader(name, url(jar), parent));
        } catch (IOException corrupt) {
            return skipped(name + " is not a readable jar: " + corrupt.getMessage());
        }
    }

    private static PluginJar load(String name, List<String> services, ClassLoader loader) {
        List<Plugin> plugins = new ArrayList<>();
        Set<String> failures = new LinkedHashSet<>();
        for (String service : services) {
            try {
                Class<?> type = Class.forName(service, false, loader);
                if (type.isInterface() && Plugin.class.isAssignableFrom(type)) {
                    PluginSource.Found<? extends Plugin> found =
                            new ServicePlugins(loader).find(lastWord(service), type.asSubclass(Plugin.class));
                    found.plugins().stream().map(Catalog.Entry::plugin).forEach(plugins::add);
                    found.failures().forEach(failure -> failures.add(name + ": " + failure));
                } else {
                    failures.add(name + " offers " + service + ", which is no kind of plugin");
                }
            } catch (ClassNotFoundException | LinkageError unknown) {
                failures.add(name + " offers " + service + ", a kind of plugin that Superpose " + ToolVersion.current()
                        + " does not know");
            }
        }
        return new PluginJar(plugins, List.copyOf(failures));
    }

    private static String lastWord(String service) {
        return service.substring(service.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static PluginJar skipped(String reason) {
        return new PluginJar(List.of(), List.of(reason));
    }

    private static String attribute(Manifest manifest, String name) {
        return manifest == null ? null : manifest.getMainAttributes().getValue(name);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
