package org.superpose.runner.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;
import org.superpose.runner.store.StoredResults;

/** The programs of docs/embedding.md, compiled and run in a separate JVM, as a stranger would. */
@Tag("slow")
class EmbeddingTest {
    @TempDir
    Path folder;

    private void compile(String program, String... path) throws IOException {
        compile(Path.of("../examples/embedding/" + program + ".java"), path);
    }

    private void compile(Path program, String... path) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter mistakes = new StringWriter();
        List<String> options =
                new ArrayList<>(List.of("-d", folder.toString(), "-proc:none", "-Xlint:all,-classfile", "-Werror"));
        options.addAll(List.of(path));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var source = files.getJavaFileObjects(program);
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

    @Tag("jdk")
    @Test
    void aProgramWithThreeModulesRunsWithoutAnyFlagAndWarnsOnce() throws Exception {
        compile("EmbeddedNetwork", "-cp", JavaRun.libraries());
        JavaRun run = java("-cp", JavaRun.libraries() + File.pathSeparator + folder, "EmbeddedNetwork");
        assertWorked(run, "scalar");
        assertEquals(
                1, run.err().lines().filter(line -> line.contains("WARNING")).count(), run.err());
        assertTrue(run.err().contains("--add-modules jdk.incubator.vector"), run.err());
    }

    @Tag("jdk")
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

    @Tag("jdk")
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

    @Tag("jdk")
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
        String everything = JavaRun.pathOfAnEmbeddingProgram();
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
        String shown = block("docs/embedding.md", "java", "theorem-3-2");
        shown.lines().forEach(line -> assertTrue(program.contains(line.strip()), line));
        assertTrue(shown.lines().count() <= 10);
    }

    /** The first block of a page in a language that has some words. */
    private static String block(String page, String language, String words) throws IOException {
        Matcher shown = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../" + page)));
        while (shown.find()) {
            if (shown.group(1).contains(words)) {
                return shown.group(1);
            }
        }
        throw new AssertionError(page + " has no block of " + language + " with " + words);
    }

    @Test
    void theProgramOfTheReadmeDefinesAMapAndFindsTheWidthsThatWork() throws Exception {
        String program = block("README.md", "java", "class Ring");
        assertTrue(program.lines().filter(line -> !line.isBlank()).count() < 20, program);
        Path source = Files.writeString(folder.resolve("Ring.java"), program);
        String everything = JavaRun.pathOfAnEmbeddingProgram();
        compile(source, "-cp", everything);
        Path out = folder.resolve("out");
        JavaRun run = java(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                everything + File.pathSeparator + folder,
                "Ring",
                out.toString());
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("Refuted[") && lines.get(0).contains("counterexample"), lines.get(0));
        assertEquals(Collections.nCopies(3, "48 VERIFIED"), lines.subList(lines.size() - 3, lines.size()), run.out());
        assertEquals(1 + 4 * 3, lines.size(), run.out());
        assertTrue(Files.readString(out.resolve("figures/success.svg")).contains("trained-gates"));
        try (StoredResults stored = StoredResults.open(out)) {
            assertEquals(
                    lines.subList(1, lines.size()),
                    stored.rows().stream()
                            .map(row -> row.measurement().text("width") + " "
                                    + row.measurement().text("verdict"))
                            .toList());
        }
    }

    @Tag("jdk")
    @Test
    void theSessionOfTheDocumentationRunsInJShell() throws IOException {
        String session = block("docs/embedding.md", "jshell", "majority");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Map<String, String> values = new LinkedHashMap<>();
        PrintStream before = System.out;
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            shell.addToClasspath(System.getProperty("java.class.path"));
            SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
            String typed = "";
            for (String line : session.lines().toList()) {
                typed += line + "\n";
                SourceCodeAnalysis.CompletionInfo entered = analysis.analyzeCompletion(typed);
                if (!entered.completeness().isComplete()) {
                    continue; // the next line goes on with it
                }
                typed = "";
                for (SnippetEvent event : shell.eval(entered.source())) {
                    String problems = shell.diagnostics(event.snippet())
                            .map(problem -> problem.getMessage(Locale.ROOT))
                            .toList()
                            .toString();
                    assertEquals(
                            Snippet.Status.VALID,
                            event.status(),
                            event.snippet().source() + problems);
                    assertEquals(null, event.exception(), event.snippet().source());
                    values.put(event.snippet().source().strip(), String.valueOf(event.value()));
                }
            }
            assertEquals("", typed, "the session ends in the middle");
        } finally {
            System.setOut(before);
        }
        assertTrue(values.get("superpose.verify(network)").startsWith("Verified["), values.toString());
        List<String> rows = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(4, rows.size(), rows.toString());
        assertTrue(rows.get(0).matches("20 (VERIFIED|REFUTED|TOO SMALL)"), rows.toString());
        assertEquals("28 VERIFIED", rows.get(3));
    }

    @Test
    void aProgramSearchesWithAnEngineOfItsOwn() throws Exception {
        String everything = JavaRun.pathOfAnEmbeddingProgram();
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
        String everything = JavaRun.pathOfAnEmbeddingProgram();
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
