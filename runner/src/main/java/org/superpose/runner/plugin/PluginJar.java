package org.superpose.runner.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.ToolVersion;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.plugin.PluginSource;
import org.superpose.core.plugin.ServicePlugins;

/**
 * What one jar has to offer.
 *
 * @param name of its file
 * @param version what its manifest says that its version is, or ""
 * @param files what is recorded of it, as it was before it was loaded
 * @param offers the plugins that were loaded
 * @param failures one sentence for everything that was skipped; it begins with the name of the jar
 * @param warnings one sentence for everything in it that is ignored; it begins with the name of the jar
 * @param loader of its classes, or empty if none was loaded
 */
record PluginJar(
        String name,
        String version,
        PluginFiles files,
        List<Offer> offers,
        List<String> failures,
        List<String> warnings,
        Optional<URLClassLoader> loader) {
    /** The manifest attribute that names the version of Superpose that a plugin was built against. */
    static final String BUILT_AGAINST = "Superpose-Version";

    /**
     * A plugin of a jar.
     *
     * @param kind what plugins of its kind are called: "problem"
     * @param service the interface that it implements
     * @param id as it said when it was loaded
     * @param plugin the plugin
     */
    record Offer(String kind, Class<? extends Plugin> service, String id, Plugin plugin) {
        /** The class that it is of. */
        String className() {
            return plugin.getClass().getName();
        }
    }

    static PluginJar load(Path jar, ClassLoader parent) {
        String name = jar.getFileName().toString();
        try {
            return load(jar, name, JarContent.of(jar), parent);
        } catch (IOException | IllegalArgumentException | SecurityException corrupt) {
            return skipped(name, name + " is not a readable jar: " + corrupt.getMessage());
        }
    }

    private static PluginJar load(Path jar, String name, JarContent content, ClassLoader parent) {
        String tool = ToolVersion.current();
        String builtAgainst = content.builtAgainst().orElse(tool);
        if (ReleaseNumber.of(builtAgainst).isNewerThan(ReleaseNumber.of(tool))) {
            return skipped(
                    name,
                    name + " was built against Superpose " + builtAgainst + ", which is newer than this one (" + tool
                            + ")");
        }
        if (!content.listsPlugins()) {
            return skipped(name, name + " holds no plugin: it has no file " + PluginClassLoader.OWN_SERVICES + "...");
        }
        if (!content.listsPluginsOfItsOwn()) {
            return skipped(name, name + " holds no plugin but those of Superpose itself, which are there already");
        }
        List<Offer> offers = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        PluginFiles files = PluginFiles.ofJar(jar);
        PluginClassLoader loader = new PluginClassLoader(name, url(jar), parent);
        load(name, content, loader, offers, failures);
        return new PluginJar(
                name,
                content.version(),
                files,
                List.copyOf(offers),
                List.copyOf(failures),
                warnings(name, content),
                Optional.of(loader));
    }

    private static void load(
            String name, JarContent content, ClassLoader loader, List<Offer> offers, List<String> failures) {
        Set<String> broken = new LinkedHashSet<>();
        for (String service : content.providers().keySet()) {
            try {
                Class<?> type = Class.forName(service, false, loader);
                if (type.isInterface() && Plugin.class.isAssignableFrom(type)) {
                    load(service, type.asSubclass(Plugin.class), loader, offers, broken);
                } else {
                    failures.add(name + " offers " + service + ", which is no kind of plugin");
                }
            } catch (ClassNotFoundException | LinkageError unknown) {
                failures.add(name + " offers " + service + ", a kind of plugin that Superpose " + ToolVersion.current()
                        + " does not know");
            }
        }
        broken.stream()
                .filter(failure -> !content.isAboutReservedProvider(failure))
                .forEach(failure -> failures.add(name + ": " + failure));
    }

    private static void load(
            String service, Class<? extends Plugin> type, ClassLoader loader, List<Offer> offers, Set<String> broken) {
        String kind = lastWord(service);
        PluginSource.Found<? extends Plugin> found = new ServicePlugins(loader).find(kind, type);
        for (Catalog.Entry<? extends Plugin> entry : found.plugins()) {
            Plugin plugin = entry.plugin();
            if (plugin.getClass().getClassLoader() == loader) { // else it is listed, but Superpose's own
                offers.add(new Offer(kind, type, plugin.id(), plugin));
            }
        }
        broken.addAll(found.failures());
    }

    private static List<String> warnings(String name, JarContent content) {
        if (content.reserved().isEmpty()) {
            return List.of();
        }
        int others = content.reserved().size() - 1;
        return List.of(name + " holds classes of Superpose itself ("
                + content.reserved().first()
                + (others == 0 ? "" : " and " + others + (others == 1 ? " other package" : " other packages"))
                + "), which are ignored; leave them out of it (Maven: scope provided)");
    }

    private static String lastWord(String service) {
        return service.substring(service.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static PluginJar skipped(String name, String reason) {
        return new PluginJar(name, "", PluginFiles.NONE, List.of(), List.of(reason), List.of(), Optional.empty());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
