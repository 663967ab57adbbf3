package org.superpose.runner.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes plugin jars from source texts, as a stranger's build would. */
public final class PluginJars {
    private final Path folder;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();

    /** @param folder gets a folder "plugins" with the jars */
    public PluginJars(Path folder) {
        this.folder = folder;
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** A problem whose body may contain anything; {@code extra} goes into the class. */
    public PluginJars problem(String className, String id, String extra) {
        int dot = className.lastIndexOf('.');
        sources.put(className.replace('.', '/'), """
                %s
                import org.superpose.core.parameter.*;
                import org.superpose.core.problem.*;
                import org.superpose.core.random.*;
                import org.superpose.core.feature.*;
                import java.util.*;

                public class %s implements Problem {
                    %s

                    public String id() {
                        return "%s";
                    }

                    public String title() {
                        return "a test";
                    }

                    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
                        return ProblemInstance.of(
                                id(), parameters, seed.value(), Gates.conjunctions(3, 2, new int[] {0, 1, 1, 2}),
                                InputDomain.sparse(3, 2), FunctionClass.distinctSubsets(3, 2, 2));
                    }
                }
                """.formatted(
                        dot < 0 ? "" : "package " + className.substring(0, dot) + ";",
                        className.substring(dot + 1),
                        extra,
                        id));
        return service("org.superpose.core.problem.Problem", className);
    }

    /** A verifier that accepts everything, costs nothing, and does what a method body says. */
    public PluginJars verifier(String className, String id, String body) {
        return source(className, """
                        import java.math.BigInteger;
                        import org.superpose.core.feature.*;
                        import org.superpose.core.network.*;
                        import org.superpose.core.plugin.*;
                        import org.superpose.core.verify.*;

                        public class %s implements Verifier {
                            public String id() {
                                return "%s";
                            }

                            public String title() {
                                return "a test";
                            }

                            public Acceptance accepts(BuiltNetwork built) {
                                return Acceptance.accepted();
                            }

                            public double cost(BuiltNetwork built) {
                                return 0;
                            }

                            public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
                                BigInteger size = built.instance().domain().size();
                                %s
                            }
                        }
                        """.formatted(className, id, body))
                .service("org.superpose.core.verify.Verifier", className);
    }

    /** A construction of any width that does what a method body says. */
    public PluginJars construction(String className, String id, String body) {
        return source(className, """
                        import java.util.*;
                        import org.superpose.core.construction.*;
                        import org.superpose.core.network.*;
                        import org.superpose.core.parameter.*;
                        import org.superpose.core.plugin.*;
                        import org.superpose.core.problem.*;
                        import org.superpose.core.random.*;

                        public class %s implements Construction {
                            public String id() {
                                return "%s";
                            }

                            public String title() {
                                return "a test";
                            }

                            public List<Parameter<?>> parameters() {
                                return List.of(ConstructionParameters.WIDTH.withDefault(24));
                            }

                            public Acceptance accepts(ProblemInstance instance) {
                                return Acceptance.accepted();
                            }

                            public SuperposedNetwork build(
                                    ProblemInstance instance, ParameterValues parameters, Seed seed) {
                                %s
                            }
                        }
                        """.formatted(className, id, body))
                .service("org.superpose.core.construction.Construction", className);
    }

    /** One more class. */
    public PluginJars source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** One more line of a service file. */
    public PluginJars service(String service, String className) {
        entries.merge("META-INF/services/" + service, className + "\n", String::concat);
        return this;
    }

    public PluginJars attribute(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    /** Writes the jar; the classes whose names are given are left out of it. */
    public Path write(String name, String... leftOut) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        compile(classes);
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Path jar = plugins.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String entry = classes.relativize(file).toString().replace('\\', '/');
                if (!List.of(leftOut).contains(entry.replace(".class", ""))) {
                    zip.putNextEntry(new JarEntry(entry));
                    Files.copy(file, zip);
                }
            }
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new JarEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        boolean compiled = sources.isEmpty()
                || compiler.getTask(
                                problems,
                                null,
                                null,
                                List.of(
                                        "-d",
                                        classes.toString(),
                                        "-proc:none",
                                        "-cp",
                                        System.getProperty("java.class.path")),
                                null,
                                sources.entrySet().stream()
                                        .map(source -> new Text(source.getKey(), source.getValue()))
                                        .toList())
                        .call();
        if (!compiled) {
            throw new IllegalArgumentException(problems.toString());
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String className, String text) {
            super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
