package org.superpose.runner.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;

/** The log of a program that embeds Superpose is that program's business. */
@Tag("slow")
class LogTest {
    private static final Pattern TAKES_THE_LOG = Pattern.compile(
            "(logback|log4j|logging|simplelogger|commons-logging|java\\.lang\\.System\\$LoggerFinder|org\\.slf4j|"
                    + "ch\\.qos\\.logback|org\\.apache\\.logging).*");

    @TempDir
    Path folder;

    @Test
    void noModuleBringsAConfigurationOfTheLogWhereLibrariesLookForOne() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) {
                for (String place : List.of("src/main/resources", "src/main/resources/META-INF/services")) {
                    if (Files.isDirectory(module.resolve(place))) {
                        try (Stream<Path> files = Files.list(module.resolve(place))) {
                            files.filter(file -> TAKES_THE_LOG
                                            .matcher(file.getFileName().toString())
                                            .matches())
                                    .forEach(file -> found.add(file.toString()));
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), found);
        assertTrue(Files.isDirectory(Path.of("../runner/src/main/resources")));
    }

    @Test
    void theLogOfAProgramStaysAsItWasSetUp() throws Exception {
        Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="HOST" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>HOST %level %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="HOST"/></root>
                </configuration>
                """);
        Path program = Files.writeString(folder.resolve("Host.java"), """
                import org.superpose.runner.Superpose;

                class Host {
                    public static void main(String[] arguments) {
                        Superpose.builder().build();
                        System.getLogger("host").log(System.Logger.Level.INFO, "hello");
                    }
                }
                """);
        String path = System.getProperty("java.class.path") + File.pathSeparator + folder;
        JavaRun run = JavaRun.of(folder, "--add-modules", "jdk.incubator.vector", "-cp", path, program.toString());
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("HOST INFO hello"), run.out() + run.err());
    }

    @Test
    void theCommandLineLogsToStandardErrorInItsOwnForm() throws Exception {
        JavaRun run = JavaRun.of(
                folder, "-cp", System.getProperty("java.class.path"), "org.superpose.runner.cli.Main", "doctor");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("WARN  Kernels: "), run.err());
    }
}
