package org.superpose.core.plugin;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a class came from, and in which version. */
final class PluginOrigin {
    /** The modules of Superpose that hold plugins, and their packages. */
    private static final Pattern OWN =
            Pattern.compile("org\\.superpose\\.(core|problems|constructions|bounds|interop|runner|spark)\\b");

    private PluginOrigin() {}

    /** The name of its jar, the folder of its classes, or "unknown". */
    static String of(Class<?> type) {
        Optional<URL> location = location(type);
        return jarOf(type)
                .or(() -> location.flatMap(PluginOrigin::path).map(Path::toString))
                .or(() -> location.map(URL::toString))
                .orElse("unknown");
    }

    /** The name of its jar, or empty if it does not come from one. */
    static Optional<String> jarOf(Class<?> type) {
        return location(type)
                .flatMap(PluginOrigin::path)
                .filter(path -> !Files.isDirectory(path))
                .map(path -> path.getFileName().toString());
    }

    /** What is recorded of it: nothing of Superpose's own, else its jar, or the class itself where there is none. */
    static PluginFiles filesOf(Class<?> type) {
        if (isOwn(type)) {
            return PluginFiles.NONE;
        }
        return location(type)
                .flatMap(PluginOrigin::path)
                .filter(Files::isRegularFile)
                .map(JarFiles::of)
                .orElseGet(() -> JarFiles.of(type));
    }

    private static Optional<URL> location(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(CodeSource::getLocation);
    }

    private static Optional<Path> path(URL location) {
        try {
            return Optional.of(Path.of(location.toURI()));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notAFile) {
            return Optional.empty();
        }
    }

    /** Whether a class or package is in a package that only Superpose has. */
    static boolean isReserved(String name) {
        return OWN.matcher(name).lookingAt();
    }

    /**
     * Whether a class is one of Superpose's own. Class loaders of plugin folders take classes of these packages from
     * Superpose alone; whoever can put others before them on the class path can replace Superpose itself.
     */
    static boolean isOwn(Class<?> type) {
        Module module = type.getModule();
        return module.isNamed()
                ? OWN.matcher(module.getName()).matches()
                : type.getClassLoader() == PluginOrigin.class.getClassLoader() && isReserved(type.getPackageName());
    }

    /** The version of its module or in the manifest of its jar, or "" if there is none. */
    static String versionOf(Class<?> type) {
        if (type.getModule().isNamed()) {
            return type.getModule().getDescriptor().rawVersion().orElse("");
        }
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }
}
