package org.superpose.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The version of Superpose that is running. */
public final class ToolVersion {
    private static final String CLASSES = "org/superpose/core/";

    private ToolVersion() {}

    /** For example {@code 0.1.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = ToolVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return properties.getProperty("version");
    }

    /**
     * A hash of the classes of core that are running, where they can be read: two builds of one version differ in it if
     * their code does.
     *
     * @return SHA-256 in lower-case hexadecimal digits, or the version where the classes are neither in a jar nor in a
     *     folder
     */
    public static String build() {
        return Build.HASH;
    }

    /** Computed once, when it is first needed. */
    private static final class Build {
        private static final String HASH = hash();

        private static String hash() {
            CodeSource source = ToolVersion.class.getProtectionDomain().getCodeSource();
            if (source == null || !source.getLocation().getProtocol().equals("file")) {
                return current();
            }
            try {
                Path place = Path.of(source.getLocation().toURI());
                return Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
            } catch (URISyntaxException | IOException unreadable) {
                throw new IllegalStateException("the classes of Superpose cannot be read", unreadable);
            }
        }

        private static String ofFolder(Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(folder.resolve(CLASSES))) {
                Map<String, byte[]> classes = new TreeMap<>();
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    add(classes, folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
                return hash(classes);
            }
        }

        private static String ofJar(Path jar) throws IOException {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                Map<String, byte[]> classes = new TreeMap<>();
                for (ZipEntry entry : zip.stream().toList()) {
                    add(classes, entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
                return hash(classes);
            }
        }

        private static void add(Map<String, byte[]> classes, String name, byte[] bytes) {
            if (name.startsWith(CLASSES) && name.endsWith(".class")) {
                classes.put(name, bytes);
            }
        }

        private static String hash(Map<String, byte[]> classes) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                classes.forEach((name, bytes) -> {
                    digest.update((name + '\n' + bytes.length + '\n').getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                });
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
