package org.superpose.runner.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.plugin.PluginSource;

/**
 * The plugins in the jars of a folder, each jar in a class loader of its own. What cannot be loaded is reported by the
 * name of its jar and skipped; the rest works.
 */
public final class PluginFolder implements PluginSource, Closeable {
    /** A folder without plugins. */
    public static final PluginFolder NONE =
            new PluginFolder(Optional.empty(), List.of(), List.of(), List.of(), List.of());

    private final Optional<Path> location;
    private final List<Loaded> plugins;
    private final List<String> failures;
    private final List<String> warnings;
    private final List<URLClassLoader> loaders;

    private PluginFolder(
            Optional<Path> location,
            List<Loaded> plugins,
            List<String> failures,
            List<String> warnings,
            List<URLClassLoader> loaders) {
        this.location = location;
        this.plugins = List.copyOf(plugins);
        this.failures = List.copyOf(failures);
        this.warnings = List.copyOf(warnings);
        this.loaders = List.copyOf(loaders);
    }

    /**
     * A plugin.
     *
     * @param files what is recorded of it, as it was before it was loaded
     */
    private record Loaded(Plugin plugin, PluginFiles files) {}

    /**
     * Loads every {@code *.jar} that lies in a folder, in whatever case its name is written, by ascending name.
     * Sub-folders are not looked into: libraries of a plugin that its jar names in its {@code Class-Path} belong there.
     *
     * @param folder the folder
     * @param parent the class loader that has Superpose; plugins see its classes, but not each other's
     * @throws InvalidInputException if there is no such folder, or it cannot be read
     */
    public static PluginFolder open(Path folder, ClassLoader parent) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("the plugin folder " + folder + " does not exist or is not a folder");
        }
        List<PluginJar> jars =
                jars(folder).stream().map(jar -> PluginJar.load(jar, parent)).toList();
        Clashes clashes = Clashes.among(jars, parent);
        List<Loaded> plugins = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (PluginJar jar : jars) {
            clashes.remaining(jar).forEach(offer -> plugins.add(new Loaded(offer.plugin(), jar.files())));
            failures.addAll(jar.failures());
            warnings.addAll(jar.warnings());
        }
        failures.addAll(clashes.failures());
        List<URLClassLoader> loaders =
                jars.stream().flatMap(jar -> jar.loader().stream()).toList();
        return new PluginFolder(Optional.of(folder), plugins, failures, warnings, loaders);
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".jar"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (IOException unreadable) {
            throw new InvalidInputException(
                    "the plugin folder " + folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Lets go of the jars: classes that the plugins have not used yet cannot be loaded any more. */
    @Override
    public void close() {
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException stillOpen) {
                throw new UncheckedIOException("the jar of " + loader.getName() + " cannot be closed", stillOpen);
            }
        }
    }

    /** The folder, or empty if there is none. */
    public Optional<Path> location() {
        return location;
    }

    /** One sentence for each jar or plugin that was skipped; it names the jar. */
    public List<String> failures() {
        return failures;
    }

    /** One sentence for each jar that is used, but not all that is in it; it names the jar. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The plugins of a kind; what was skipped is in {@link #failures()}, because a jar that cannot be opened is of no
     * kind.
     */
    @Override
    public <P extends Plugin> Found<P> find(String kind, Class<P> service) {
        return new Found<>(
                plugins.stream()
                        .filter(loaded -> service.isInstance(loaded.plugin()))
                        .map(loaded -> Catalog.Entry.of(service.cast(loaded.plugin()), loaded.files()))
                        .toList(),
                List.of());
    }
}
