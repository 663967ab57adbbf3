package org.superpose.runner.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.superpose.core.plugin.Guest;

/**
 * What a jar holds, before any of its classes is loaded.
 *
 * @param version what its manifest says that its version is, or ""
 * @param builtAgainst the version of Superpose that its manifest names, or empty
 * @param providers the classes that it lists as plugins, by service
 * @param reserved the packages that only Superpose has and that it holds classes of all the same
 */
record JarContent(
        String version,
        Optional<String> builtAgainst,
        SortedMap<String, List<String>> providers,
        SortedSet<String> reserved) {
    private static final String SERVICES = "META-INF/services/";
    private static final String VERSIONS = "META-INF/versions/\\d+/";

    /** @throws IOException if it is no readable jar */
    static JarContent of(Path jar) throws IOException {
        SortedMap<String, List<String>> providers = new TreeMap<>();
        SortedSet<String> reserved = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName().replaceFirst("^" + VERSIONS, "");
                if (name.startsWith(PluginClassLoader.OWN_SERVICES)) {
                    providers.put(name.substring(SERVICES.length()), lines(file, entry));
                } else if (name.endsWith(".class") && Guest.isReserved(name.replace('/', '.'))) {
                    reserved.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.'));
                }
            }
            return new JarContent(
                    attribute(file, Attributes.Name.IMPLEMENTATION_VERSION.toString())
                            .orElse(""),
                    attribute(file, PluginJar.BUILT_AGAINST),
                    providers,
                    reserved);
        }
    }

    private static List<String> lines(JarFile file, JarEntry entry) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream in = file.getInputStream(entry);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static Optional<String> attribute(JarFile file, String name) throws IOException {
        return Optional.ofNullable(file.getManifest())
                .map(Manifest::getMainAttributes)
                .map(attributes -> attributes.getValue(name));
    }

    /** Whether it lists plugins, Superpose's own ones included. */
    boolean listsPlugins() {
        return !providers.isEmpty();
    }

    /** Whether it lists a plugin that is not Superpose's own. */
    boolean listsPluginsOfItsOwn() {
        return providers.values().stream().flatMap(List::stream).anyMatch(name -> !Guest.isReserved(name));
    }

    /** Whether a text names a class that it lists though it is Superpose's own. */
    boolean isAboutReservedProvider(String text) {
        return providers.values().stream()
                .flatMap(List::stream)
                .filter(Guest::isReserved)
                .anyMatch(text::contains);
    }
}
