package org.superpose.runner.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.superpose.core.ToolVersion;
import org.superpose.interop.NetworkImporter;

/**
 * A hash of the code that decides verdicts: two builds of one version differ in it if their code does. It is computed
 * from the classes themselves, in jars or in folders, so that the same classes have the same hash in either.
 */
public final class CodeHash {
    /**
     * One class of each module that has a part in a verdict: what is verified, what reads it, what keeps the result.
     */
    private static final List<Class<?>> MODULES = List.of(ToolVersion.class, NetworkImporter.class, Workbench.class);

    private static final String CLASSES = "org/superpose/";

    private CodeHash() {}

    /**
     * The hash of the code that is running; computed once, when it is first needed.
     *
     * @return SHA-256 in lower-case hexadecimal digits, or the version where classes are neither in a jar nor in a
     *     folder
     */
    public static String ofThisBuild() {
        return Running.HASH;
    }

    private static final class Running {
        private static final String HASH = hash();

        private static String hash() {
            TreeSet<Path> places = new TreeSet<>();
            for (Class<?> type : MODULES) {
                CodeSource source = type.getProtectionDomain().getCodeSource();
                if (source == null || !source.getLocation().getProtocol().equals("file")) {
                    return ToolVersion.current();
                }
                places.add(Path.of(uri(source)));
            }
            return of(places);
        }

        private static URI uri(CodeSource source) {
            try {
                return source.getLocation().toURI();
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /**
     * The hash of the classes of Superpose in some places.
     *
     * @param places jars or folders; their order does not count
     */
    static String of(Collection<Path> places) {
        Map<String, byte[]> classes = new TreeMap<>();
        try {
            for (Path place : places) {
                if (Files.isDirectory(place)) {
                    addFolder(place, classes);
                } else {
                    addJar(place, classes);
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("the classes of Superpose cannot be read", unreadable);
        }
        MessageDigest all = sha256();
        classes.forEach((name, digest) -> {
            all.update((name + '\n').getBytes(StandardCharsets.UTF_8));
            all.update(digest);
        });
        return HexFormat.of().formatHex(all.digest());
    }

    private static void addFolder(Path folder, Map<String, byte[]> classes) throws IOException {
        Path own = folder.resolve(CLASSES);
        if (!Files.isDirectory(own)) {
            return;
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(own)) {
            files.filter(Files::isRegularFile).forEach(found::add);
        }
        for (Path file : found) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (IS_CODE.test(name)) {
                classes.put(name, sha256().digest(Files.readAllBytes(file)));
            }
        }
    }

    private static void addJar(Path jar, Map<String, byte[]> classes) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(each -> IS_CODE.test(each.getName())).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    classes.put(entry.getName(), sha256().digest(in.readAllBytes()));
                }
            }
        }
    }

    private static final Predicate<String> IS_CODE = name -> name.startsWith(CLASSES) && name.endsWith(".class");

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
