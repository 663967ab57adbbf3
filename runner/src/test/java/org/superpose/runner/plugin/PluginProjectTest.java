package org.superpose.runner.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;

/** The project that a plugin author starts from. That Maven builds it is checked outside of this build. */
class PluginProjectTest {
    @TempDir
    Path folder;

    @Test
    void theTemplateHasEveryFileOfTheExample() throws IOException {
        Path example = Path.of("../examples/majority-plugin");
        try (Stream<Path> files = Files.walk(example)) {
            List<String> all = files.filter(Files::isRegularFile)
                    .map(file -> example.relativize(file).toString())
                    .filter(file -> !file.startsWith("target") && !file.equals(".gitignore"))
                    .sorted()
                    .toList();
            assertEquals(all, PluginProject.FILES.stream().sorted().toList());
        }
    }

    @Tag("slow")
    @Test
    void whatIsWrittenCompilesAndHasNothingOfTheExampleInItsNames() throws IOException {
        Path project = folder.resolve("mine");
        List<Path> files = new PluginProject("my-problem", "com.example.mine").write(project);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter mistakes = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            mistakes,
                            manager,
                            null,
                            List.of(
                                    "-d",
                                    Files.createDirectory(folder.resolve("classes"))
                                            .toString(),
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            manager.getJavaFileObjectsFromPaths(files.stream()
                                    .filter(file -> file.toString().endsWith(".java"))
                                    .toList()))
                    .call();
            assertTrue(compiled, mistakes.toString());
        }
        assertTrue(Files.isRegularFile(project.resolve("src/main/java/com/example/mine/MyProblem.java")));
        for (Path file : files) {
            String text = Files.readString(file);
            assertFalse(text.contains("Majority"), file.toString());
            assertFalse(text.contains("org.superpose.examples"), file.toString());
            assertFalse(text.matches("(?s).*[\"`]majority[\"`-].*"), file.toString());
        }
        assertTrue(Files.readString(project.resolve("pom.xml"))
                .contains("<superpose.version>" + ToolVersion.current() + "<"));
        assertTrue(Files.readString(project.resolve("README.md")).contains("superpose run my-problem-widths"));
    }

    @Test
    void aFolderInUseIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThrows(InvalidInputException.class, () -> new PluginProject("x", "com.example").write(folder));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "My Problem,com.example,--id",
        "x,com..example,--package",
        "x,com.class,--package",
        "x,Com.Example,--package"
    })
    void namesThatAreNoneAreRefused(String id, String packageName, String option) {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> new PluginProject(id, packageName));
        assertTrue(refused.getMessage().startsWith(option), refused.getMessage());
    }
}
