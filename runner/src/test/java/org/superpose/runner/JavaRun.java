package org.superpose.runner;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a separate JVM printed to standard output and to standard error, and its exit status. */
public record JavaRun(int status, String out, String err) {
    /** One class of each module and library that a program without the runner has on its path, and nothing else. */
    private static final List<String> LIBRARIES = List.of(
            "org.superpose.core.plugin.Plugin",
            "org.superpose.problems.TwoAndProblem",
            "org.superpose.constructions.dedicated.Dedicated",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "de.siegmar.fastcsv.reader.CsvReader");

    /**
     * Runs {@code java} and waits for its end.
     *
     * @param folder for the files that the output goes to
     */
    public static JavaRun of(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        int status = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new JavaRun(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    /** The {@code java} program of this JVM. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of these tests without the log of the command line, which the runner does not bring along. */
    public static String pathOfAnEmbeddingProgram() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(logback-|slf4j-jdk-platform-logging-)[^/\\\\]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A path of {@code superpose-core}, {@code -problems} and {@code -constructions} with their libraries. */
    public static String libraries() {
        return LIBRARIES.stream().map(JavaRun::placeOf).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar or folder that a class was loaded from. */
    public static String placeOf(String className) {
        try {
            return Path.of(Class.forName(className)
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
