package org.superpose.runner.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interfaces that a stranger implements document everything: each parameter, each result. */
class PluginDocumentationTest {
    private static final List<String> IMPLEMENTED_BY_PLUGINS = List.of(
            "core/src/main/java/org/superpose/core/plugin/Plugin.java",
            "core/src/main/java/org/superpose/core/plugin/PluginSource.java",
            "core/src/main/java/org/superpose/core/plugin/Acceptance.java",
            "core/src/main/java/org/superpose/core/problem/Problem.java",
            "core/src/main/java/org/superpose/core/construction/Construction.java",
            "core/src/main/java/org/superpose/core/verify/Verifier.java",
            "core/src/main/java/org/superpose/core/network/Evaluator.java",
            "runner/src/main/java/org/superpose/runner/experiment/Experiment.java",
            "runner/src/main/java/org/superpose/runner/experiment/WorkUnit.java");

    @Tag("slow")
    @Test
    void doclintFindsNothingMissingInTheInterfacesOfPlugins(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    IMPLEMENTED_BY_PLUGINS.stream().map(Path.of("..")::resolve).toList();
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-Xdoclint:all/protected");
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        List<String> gaps = found.getDiagnostics().stream()
                .map(gap -> Path.of(gap.getSource().toUri()).getFileName() + ":" + gap.getLineNumber() + ": "
                        + gap.getMessage(Locale.ROOT))
                .toList();
        assertEquals(List.of(), gaps);
    }
}
