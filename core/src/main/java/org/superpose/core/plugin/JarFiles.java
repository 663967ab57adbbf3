package org.superpose.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Reads what is recorded of jars: their versions and digests, and those of the libraries that they name. */
final class JarFiles {
    /** Every plugin of a jar asks for the digest of the jar and of its libraries; each is read once. */
    private static final Map<State, String> DIGESTS = new ConcurrentHashMap<>();

    private JarFiles() {}

    /** A file as it was at some time. */
    private record State(Path file, long bytes, FileTime modified) {}

    /** A jar with the jars that its manifest names in its Class-Path, and those that they name. */
    static PluginFiles of(Path jar) {
        Map<Path, PluginFile> found = new LinkedHashMap<>();
        collect(jar, jar.getFileName().toString(), found);
        return new PluginFiles(List.copyOf(found.values()));
    }

    private static void collect(Path jar, String name, Map<Path, PluginFile> found) {
        Path real = jar.toAbsolutePath().normalize();
        if (found.containsKey(real) || !Files.isRegularFile(real)) {
            return;
        }
        Optional<Attributes> manifest = manifest(real);
        found.put(
                real,
                new PluginFile(
                        name,
                        manifest.map(each -> each.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                                .orElse(""),
                        sha256(real)));
        String libraries =
                manifest.map(each -> each.getValue(Attributes.Name.CLASS_PATH)).orElse("");
        for (String library : libraries.strip().split("\\s+")) {
            try {
                if (!library.isEmpty()) {
                    collect(real.resolveSibling(library), library, found);
                }
            } catch (InvalidPathException notAFile) {
                // an address of something else, which no class loader finds as a file either
            }
        }
    }

    private static Optional<Attributes> manifest(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest()).map(Manifest::getMainAttributes);
        } catch (IOException | SecurityException unreadable) {
            return Optional.empty();
        }
    }

    private static String sha256(Path file) {
        try {
            State state = new State(file, Files.size(file), Files.getLastModifiedTime(file));
            String known = DIGESTS.get(state);
            if (known == null) {
                known = sha256(Files.newInputStream(file));
                DIGESTS.put(state, known);
            }
            return known;
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The digest of a class where it does not come from a jar. */
    static PluginFiles of(Class<?> type) {
        String resource = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        String sha256;
        try {
            InputStream in = type.getResourceAsStream(resource);
            sha256 = in == null ? "" : sha256(in);
        } catch (IOException unreadable) {
            sha256 = "";
        }
        return new PluginFiles(List.of(new PluginFile(type.getName(), "", sha256)));
    }

    private static String sha256(InputStream in) throws IOException {
        try (in) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
