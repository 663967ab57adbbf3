package org.superpose.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.PluginApi;

/**
 * Guards what plugins compile against. There is no release yet to compare with, so the signatures are kept in a file: a
 * change of a signature is a change of that file, and reviewers see it.
 */
class PluginApiTest {
    private static final Path LIST = Path.of("src/test/resources/plugin-api.txt");

    /** Rewrites the list: {@code mvn -pl core test -Dtest=PluginApiTest -Dsuperpose.api.update=true}. */
    private static final String UPDATE = "superpose.api.update";

    @Test
    void theSignaturesThatPluginsUseAreThoseOfTheList() throws IOException {
        List<String> now = signatures();
        if (Boolean.getBoolean(UPDATE)) {
            Files.write(LIST, now);
        }
        Set<String> gone = new TreeSet<>(Files.readAllLines(LIST));
        gone.removeAll(now);
        assertTrue(
                gone.isEmpty(),
                () -> "plugins that use these would break:\n" + String.join("\n", gone) + "\n" + howToUpdate());
        Set<String> added = new TreeSet<>(now);
        added.removeAll(Files.readAllLines(LIST));
        assertTrue(
                added.isEmpty(),
                () -> "the interface for plugins has grown; what is in it has to stay:\n" + String.join("\n", added)
                        + "\n" + howToUpdate());
    }

    private static String howToUpdate() {
        return "If that is meant, run: mvn -pl core test -Dtest=PluginApiTest -D" + UPDATE + "=true";
    }

    @Test
    void theMarkedPackagesAreExactlyThoseOfTheInterface() throws IOException {
        assertEquals(
                Set.of(
                        "org.superpose.core",
                        "org.superpose.core.construction",
                        "org.superpose.core.feature",
                        "org.superpose.core.network",
                        "org.superpose.core.parameter",
                        "org.superpose.core.plugin",
                        "org.superpose.core.problem",
                        "org.superpose.core.random",
                        "org.superpose.core.verify"),
                publicTypes().stream().map(Class::getPackageName).collect(Collectors.toSet()));
    }

    @Tag("slow")
    @Test
    void everythingThatPluginsUseIsDocumented(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String packages =
                publicTypes().stream().map(Class::getPackageName).distinct().collect(Collectors.joining(","));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(Path.of("src/main/java/org"))) {
            List<Path> all = sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("simd"))
                    .toList();
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-Xmaxwarns",
                    "10000",
                    "-Xdoclint:all/protected",
                    "-Xdoclint/package:" + packages);
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
        }
        List<String> gaps = new ArrayList<>();
        for (Diagnostic<?> diagnostic : found.getDiagnostics()) {
            String message = diagnostic.getMessage(Locale.ROOT);
            // A sentence that says everything needs no tags that repeat it.
            if (!message.matches("no @(param|return|throws).*|no main description|use of default constructor.*")) {
                gaps.add(source(diagnostic) + ": " + message);
            }
        }
        assertEquals(List.of(), gaps, () -> gaps.size() + " gaps in the documentation");
    }

    private static String source(Diagnostic<?> diagnostic) {
        Object source = diagnostic.getSource();
        return source instanceof JavaFileObject file
                ? Path.of(file.toUri()).getFileName() + ":" + diagnostic.getLineNumber()
                : "";
    }

    private static List<String> signatures() throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        for (Class<?> type : publicTypes()) {
            lines.add(Modifier.toString(type.getModifiers())
                    + (type.isSealed() ? " sealed " : " ")
                    + type.getName()
                    + Arrays.toString(type.getTypeParameters())
                    + supertypes(type));
            for (Field field : type.getDeclaredFields()) {
                add(lines, field, field.toGenericString());
            }
            for (Executable constructor : type.getDeclaredConstructors()) {
                add(lines, constructor, constructor.toGenericString());
            }
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isBridge()) {
                    add(lines, method, method.toGenericString());
                }
            }
        }
        return List.copyOf(lines);
    }

    private static void add(Set<String> lines, Member member, String signature) {
        if ((Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
                && !member.isSynthetic()) {
            lines.add(signature);
        }
    }

    private static String supertypes(Class<?> type) {
        List<Type> above = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            above.add(0, type.getGenericSuperclass());
        }
        return above.stream().map(Type::getTypeName).collect(Collectors.joining(", ", " : ", ""));
    }

    /** The public types of the marked packages, nested ones included. */
    private static List<Class<?>> publicTypes() throws IOException {
        Path classes = classes();
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                String className = name.substring(0, name.length() - ".class".length());
                if (className.endsWith("-info") || className.contains(".simd.")) {
                    continue;
                }
                Class<?> type = load(className);
                if (isVisible(type) && type.getPackage().isAnnotationPresent(PluginApi.class)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private static boolean isVisible(Class<?> type) {
        int modifiers = type.getModifiers();
        return (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static Class<?> load(String className) {
        try {
            return Class.forName(className, false, PluginApiTest.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path classes() {
        try {
            URI location = Plugin.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(location);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
