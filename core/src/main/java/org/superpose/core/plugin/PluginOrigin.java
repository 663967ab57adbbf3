package org.superpose.core.plugin;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where a class came from, and in which version. */
final class PluginOrigin {
    private PluginOrigin() {}

    /** The name of its jar, the folder of its classes, or "unknown". */
    static String of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            return "unknown";
        }
        try {
            Path path = Path.of(location.toURI());
            return Files.isDirectory(path)
                    ? path.toString()
                    : path.getFileName().toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notAFile) {
            return location.toString();
        }
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
