package org.superpose.runner.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;

/** The programs of docs/embedding.md, compiled and run in a separate JVM, as a stranger would. */
class EmbeddingTest {
    @TempDir
    Path folder;

    private void compile(String program, String... path) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter mistakes = new StringWriter();
        List<String> options =
                new ArrayList<>(List.of("-d", folder.toString(), "-proc:none", "-Xlint:all,-classfile", "-Werror"));
        options.addAll(List.of(path));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var source = files.getJavaFileObjects(Path.of("../examples/embedding/" + program + ".java"));
            assertTrue(
                    compiler.getTask(mistakes, files, null, options, null, source)
                            .call(),
                    mistakes.toString());
        }
    }

    private JavaRun java(String... arguments) throws IOException, InterruptedException {
        return JavaRun.of(folder, arguments);
    }

    private static void assertWorked(JavaRun run, String kernel) {
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("verdict VERIFIED on " + (1 + 128 + 128 * 127 / 2) + " inputs", lines.get(0), run.err());
        assertTrue(lines.get(1).startsWith("112 neurons for 128 outputs; {"), lines.get(1));
        assertTrue(lines.get(1).contains("turns on {0"), lines.get(1));
        assertEquals("kernel " + kernel, lines.get(2));
        assertEquals(3, lines.size(), "nothing but the program itself may write to standard output");
    }

    @Test
    void aProgramWithThreeModulesRunsWithoutAnyFlagAndWarnsOnce() throws Exception {
        compile("EmbeddedNetwork", "-cp", JavaRun.libraries());
        JavaRun run = java("-cp", JavaRun.libraries() + File.pathSeparator + folder, "EmbeddedNetwork");
        assertWorked(run, "scalar");
        assertEquals(
                1, run.err().lines().filter(line -> line.contains("WARNING")).count(), run.err());
        assertTrue(run.err().contains("--add-modules jdk.incubator.vector"), run.err());
    }

    @Test
    void withTheFlagItGetsSimd() throws Exception {
        compile("EmbeddedNetwork", "-cp", JavaRun.libraries());
        JavaRun run = java(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                JavaRun.libraries() + File.pathSeparator + folder,
                "EmbeddedNetwork");
        assertWorked(run, "vector");
        assertFalse(run.err().contains("scalar"), run.err());
    }

    @Test
    void itRunsOnTheModulePathToo() throws Exception {
        String modules = JavaRun.libraries();
        compile("EmbeddedNetwork", "-p", modules, "--add-modules", "org.superpose.core");
        for (String kernel : List.of("scalar", "vector")) {
            String added = "org.superpose.problems,org.superpose.constructions"
                    + (kernel.equals("vector") ? ",jdk.incubator.vector" : "");
            assertWorked(
                    java("-p", modules, "--add-modules", added, "-cp", folder.toString(), "EmbeddedNetwork"), kernel);
        }
    }

    @Test
    void internalPackagesAreOutOfReachOnTheModulePath() throws Exception {
        JavaRun described = java("-p", JavaRun.libraries(), "--describe-module", "org.superpose.core");
        assertEquals(0, described.status(), described.err());
        assertTrue(described.out().contains("exports org.superpose.core.plugin"), described.out());
        assertTrue(described.out().contains("contains org.superpose.core.kernel.simd"), described.out());
        assertFalse(described.out().contains("jdk.incubator"), described.out());
    }

    @Test
    void theTenLinesOfTheReadmeRunAnExperimentAndReportOnIt() throws Exception {
        String everything = System.getProperty("java.class.path");
        compile("EmbeddedExperiment", "-cp", everything);
        Path out = folder.resolve("out");
        JavaRun run = java(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                everything + File.pathSeparator + folder,
                "EmbeddedExperiment",
                out.toString());
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("DONE, 8 measurements", lines.get(0), run.err());
        assertTrue(lines.get(1).matches("\\[\\[clipped-and, \\d+], .*, \\[linear-two-and, \\d+]]"), lines.get(1));
        assertTrue(Files.readString(out.resolve("report.html")).contains("theorem-3-2"));

        String program = Files.readString(Path.of("../examples/embedding/EmbeddedExperiment.java"));
        Matcher shown = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../README.md")));
        assertTrue(shown.find());
        shown.group(1).lines().forEach(line -> assertTrue(program.contains(line.strip()), line));
        assertTrue(shown.group(1).lines().count() <= 10);
    }

    @Test
    void aProgramSearchesWithAnEngineOfItsOwn() throws Exception {
        String everything = System.getProperty("java.class.path");
        compile("EmbeddedEngine", "-cp", everything);
        JavaRun run = java(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                everything + File.pathSeparator + folder,
                "EmbeddedEngine");
        assertEquals(0, run.status(), run.err());
        assertEquals("VERIFIED", run.out().strip());
    }

    @Test
    void anApplicationWithGuiceInstallsTheModuleAndBindsItsOwnConstruction() throws Exception {
        String everything = System.getProperty("java.class.path");
        compile("GuiceEmbedding", "-cp", everything);
        JavaRun run = java(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                everything + File.pathSeparator + folder,
                "GuiceEmbedding");
        assertEquals(0, run.status(), run.err());
        assertEquals("house VERIFIED", run.out().strip());
    }
}
