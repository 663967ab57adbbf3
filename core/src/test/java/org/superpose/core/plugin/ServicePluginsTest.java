package org.superpose.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.parameter.Parameter;

/** Plugins that are found through service files: sound ones, and others that are broken in each possible way. */
class ServicePluginsTest {
    private static final String NOT_LOADED = "a widget plugin could not be loaded: ";

    @TempDir
    Path folder;

    /** The kind of plugin that is looked for. */
    public interface Widget extends Plugin {}

    /** Says of itself what a test wants. */
    public abstract static class Described implements Widget {
        private final String id;
        private final String title;
        private final List<Parameter<?>> parameters;

        Described(String id, String title, Parameter<?>... parameters) {
            this.id = id;
            this.title = title;
            this.parameters = List.of(parameters);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public List<Parameter<?>> parameters() {
            return parameters;
        }
    }

    /** Sound. */
    public static final class Good extends Described {
        public Good() {
            super("good-1", "a widget", Parameter.flag("on", ""), Parameter.flag("off", ""));
        }
    }

    /** Sound, and listed last. */
    public static final class Last extends Described {
        public Last() {
            super("last", "a widget");
        }
    }

    /** Has no id. */
    public static final class Nameless extends Described {
        public Nameless() {
            super(null, "a widget");
        }
    }

    /** Has an id that cannot be typed on a command line. */
    public static final class Shouting extends Described {
        public Shouting() {
            super("Good", "a widget");
        }
    }

    /** Has no title. */
    public static final class Untitled extends Described {
        public Untitled() {
            super("untitled", null);
        }
    }

    /** Has an empty title. */
    public static final class Blank extends Described {
        public Blank() {
            super("blank", " ");
        }
    }

    /** Has a title of two lines. */
    public static final class TwoLines extends Described {
        public TwoLines() {
            super("two-lines", "a\nb");
        }
    }

    /** Declares a parameter twice. */
    public static final class Twice extends Described {
        public Twice() {
            super("twice", "a widget", Parameter.flag("on", ""), Parameter.flag("on", ""));
        }
    }

    /** Throws when it is made. */
    public static final class Failing extends Described {
        public Failing() {
            super("failing", "a widget");
            throw new IllegalStateException("no licence");
        }
    }

    /** Throws without a message when it is asked for its id. */
    public static final class Silent extends Described {
        public Silent() {
            super("silent", "a widget");
        }

        @Override
        public String id() {
            throw new UnsupportedOperationException();
        }
    }

    /** Throws the same. */
    public static final class AlsoSilent extends Described {
        public AlsoSilent() {
            super("also-silent", "a widget");
        }

        @Override
        public String id() {
            throw new UnsupportedOperationException();
        }
    }

    private PluginSource.Found<Widget> found(String... classes) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(Widget.class.getName()), List.of(classes));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ServicePluginsTest.class.getClassLoader())) {
            return new ServicePlugins(loader).find("widget", Widget.class);
        }
    }

    private PluginSource.Found<Widget> found(Class<?>... classes) throws IOException {
        return found(Stream.of(classes).map(Class::getName).toArray(String[]::new));
    }

    private static List<String> ids(PluginSource.Found<Widget> found) {
        return found.plugins().stream().map(entry -> entry.plugin().id()).toList();
    }

    @Test
    void soundPluginsAreFoundWithTheFolderOfTheirClasses() throws IOException {
        PluginSource.Found<Widget> found = found(Good.class, Last.class);
        assertEquals(List.of("good-1", "last"), ids(found));
        assertEquals(List.of(), found.failures());
        Catalog.Entry<Widget> entry = found.plugins().get(0);
        assertTrue(
                Files.exists(Path.of(entry.origin(), Good.class.getName().replace('.', '/') + ".class")),
                entry.origin());
        assertEquals("", entry.version());
    }

    @Test
    void aPluginThatDescribesItselfBadlyIsLeftOutWithTheReason() throws IOException {
        PluginSource.Found<Widget> found = found(
                Nameless.class, Shouting.class, Untitled.class, Blank.class, TwoLines.class, Twice.class, Last.class);
        assertEquals(List.of("last"), ids(found));
        String name = NOT_LOADED + ServicePluginsTest.class.getName() + "$";
        assertEquals(
                List.of(
                        name + "Nameless has the id \"null\", which is not lower-case words and hyphens",
                        name + "Shouting has the id \"Good\", which is not lower-case words and hyphens",
                        name + "Untitled needs a title of one line",
                        name + "Blank needs a title of one line",
                        name + "TwoLines needs a title of one line",
                        name + "Twice declares the parameter on twice"),
                found.failures());
    }

    @Test
    void aPluginThatThrowsIsLeftOutWithTheCause() throws IOException {
        PluginSource.Found<Widget> found =
                found(Failing.class.getName(), "org.other.Absent", Silent.class.getName(), Last.class.getName());
        assertEquals(List.of("last"), ids(found));
        assertEquals(
                List.of(
                        NOT_LOADED + Widget.class.getName() + ": Provider " + Failing.class.getName()
                                + " could not be instantiated (java.lang.IllegalStateException: no licence)",
                        NOT_LOADED + Widget.class.getName() + ": Provider org.other.Absent not found",
                        NOT_LOADED + "java.lang.UnsupportedOperationException"),
                found.failures());
    }

    @Test
    void pluginsThatFailAlikeDoNotHideThoseBehindThem() throws IOException {
        PluginSource.Found<Widget> found = found(Silent.class, AlsoSilent.class, Last.class);
        assertEquals(List.of("last"), ids(found));
        assertEquals(List.of(NOT_LOADED + "java.lang.UnsupportedOperationException"), found.failures());
    }

    /** The error of a class in a jar without the jar that it needs. */
    @Test
    void pluginsThatLackTheSameClassDoNotHideThoseBehindThem() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(
                services.resolve(Widget.class.getName()),
                List.of(Good.class.getName(), Blank.class.getName(), Last.class.getName()));
        Set<String> withoutSuperclass = Set.of(Good.class.getName(), Blank.class.getName());
        ClassLoader tests = ServicePluginsTest.class.getClassLoader();
        try (URLClassLoader incomplete =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, tests) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        if (name.equals(Described.class.getName())) {
                            throw new ClassNotFoundException(name);
                        }
                        if (!withoutSuperclass.contains(name)) {
                            return super.loadClass(name, resolve);
                        }
                        try (InputStream in = tests.getResourceAsStream(name.replace('.', '/') + ".class")) {
                            byte[] code = in.readAllBytes();
                            return defineClass(name, code, 0, code.length);
                        } catch (IOException unreadable) {
                            throw new ClassNotFoundException(name, unreadable);
                        }
                    }
                }) {
            PluginSource.Found<Widget> found = new ServicePlugins(incomplete).find("widget", Widget.class);
            assertEquals(List.of("last"), ids(found));
            assertEquals(1, found.failures().size());
            String failure = found.failures().get(0);
            assertTrue(
                    failure.startsWith(NOT_LOADED + "java.lang.NoClassDefFoundError: "
                            + Described.class.getName().replace('.', '/')),
                    failure);
        }
    }

    @Test
    void aLookUpThatFailsForEverEnds() {
        ClassLoader broken = new ClassLoader(null) {
            @Override
            protected Enumeration<URL> findResources(String name) throws IOException {
                throw new IOException("the folder is gone");
            }
        };
        PluginSource.Found<Widget> found = new ServicePlugins(broken).find("widget", Widget.class);
        assertEquals(List.of(), found.plugins());
        assertEquals(
                List.of(NOT_LOADED + Widget.class.getName()
                        + ": Error locating configuration files (java.io.IOException: the folder is gone)"),
                found.failures());
    }

    @Test
    void aClassFromAJarHasTheNameAndVersionOfTheJar() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
        Path jar = folder.resolve("widgets.jar");
        String entry = Acceptance.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = Acceptance.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new ZipEntry(entry));
            in.transferTo(out);
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Class<?> type = loader.loadClass(Acceptance.class.getName());
            assertEquals("widgets.jar", PluginOrigin.of(type));
            assertEquals("1.2.3", PluginOrigin.versionOf(type));
        }
    }

    @Test
    void aClassOfTheJdkHasItsVersionAndNoPlace() {
        assertEquals("unknown", PluginOrigin.of(String.class));
        String version = PluginOrigin.versionOf(String.class);
        assertTrue(version.startsWith(String.valueOf(Runtime.version().feature())), version);
    }

    @Test
    void aClassFromElsewhereHasItsAddress() throws Exception {
        String address = "https://example.org/widgets.jar";
        CodeSource source = new CodeSource(new URI(address).toURL(), (Certificate[]) null);
        String name = Good.class.getName();
        try (InputStream in = Good.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            byte[] code = in.readAllBytes();
            ClassLoader remote = new ClassLoader(ServicePluginsTest.class.getClassLoader()) {
                @Override
                protected Class<?> loadClass(String asked, boolean resolve) throws ClassNotFoundException {
                    return asked.equals(name)
                            ? defineClass(name, code, 0, code.length, new ProtectionDomain(source, null))
                            : super.loadClass(asked, resolve);
                }
            };
            assertEquals(address, PluginOrigin.of(remote.loadClass(name)));
        }
    }

    @Test
    void aCatalogHoldsThePluginsOfAllSourcesAndTheirFailures() throws IOException {
        PluginSource.Found<Widget> loaded = found(Good.class, Twice.class);
        PluginSource fixed = new PluginSource() {
            @Override
            @SuppressWarnings("unchecked") // asked for widgets alone
            public <P extends Plugin> Found<P> find(String kind, Class<P> service) {
                return (Found<P>) loaded;
            }
        };
        Plugin other = new Plugin() {
            @Override
            public String id() {
                return "other";
            }

            @Override
            public String title() {
                return "of another kind";
            }
        };
        Last last = new Last();
        Catalog<Widget> catalog =
                Catalog.from("widget", Widget.class, List.of(fixed, new GivenPlugins(List.of(other, last))));
        assertEquals(
                "good-1 last",
                catalog.entries().stream().map(entry -> entry.plugin().id()).collect(Collectors.joining(" ")));
        assertEquals(loaded.failures(), catalog.failures());
        assertEquals(last, catalog.require("last"));
        Good better = new Good();
        Catalog<Widget> replaced = catalog.replacing(widget -> widget.id().equals("good-1") ? better : widget);
        assertEquals(List.of(better, last), replaced.plugins());
        assertEquals(loaded.failures(), replaced.failures());
        assertEquals(
                catalog.entries().get(0).origin(), replaced.entries().get(0).origin());
    }

    @Test
    void aCatalogLoadsThroughAClassLoader() throws IOException {
        found(Good.class, Last.class);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ServicePluginsTest.class.getClassLoader())) {
            assertEquals(
                    2, Catalog.load("widget", Widget.class, loader).plugins().size());
        }
    }

    @Test
    void anAcceptanceIsARefusalWhenItHasAReason() {
        assertTrue(Acceptance.accepted().isAccepted());
        assertEquals(false, Acceptance.rejected("width 3 is too small").isAccepted());
        assertEquals(
                "width 3 is too small",
                Acceptance.rejected("width 3 is too small").reason().orElseThrow());
    }
}
