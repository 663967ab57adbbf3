package org.superpose.runner.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same networks and the same verdicts on 1, 2 and 8 threads, with scalar and with SIMD kernels, on the class path
 * and on the module path, in other languages, and on every JDK: the digests are recorded here, and the build runs on
 * JDK 17 and on 25.
 */
class DeterminismTest {
    private static final Path RECORDED = Path.of("src/test/resources/org/superpose/runner/determinism/digests.txt");

    /** One class of each library that the program needs. */
    private static final List<String> LIBRARIES = List.of(
            "org.superpose.core.plugin.Plugin",
            "org.superpose.problems.TwoAndProblem",
            "org.superpose.constructions.dedicated.Dedicated",
            "org.apache.commons.math3.distribution.BetaDistribution",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "de.siegmar.fastcsv.reader.CsvReader");

    @TempDir
    Path folder;

    @Test
    void networksAndVerdictsAreTheSameHoweverTheyAreMade() throws Exception {
        String libraries =
                LIBRARIES.stream().map(DeterminismTest::placeOf).collect(Collectors.joining(File.pathSeparator));
        String program = placeOf(DigestProgram.class.getName());
        String both = libraries + File.pathSeparator + program;
        String modules = "org.superpose.problems,org.superpose.constructions,jdk.incubator.vector";
        String vector = run("vector", "--add-modules", "jdk.incubator.vector", "-cp", both);
        assertEquals(vector, run("scalar", "-Duser.language=tr", "-Duser.country=TR", "-cp", both));
        assertEquals(vector, run("vector", "-p", libraries, "--add-modules", modules, "-cp", program));

        for (String verdicts : vector.split("(?m)^(?=\\S)")) {
            List<String> opinions = verdicts.lines().skip(1).toList();
            for (int t = 0; t < opinions.size(); t += 3) {
                String one = opinions.get(t).replace("with 1 threads", "");
                assertEquals(one, opinions.get(t + 1).replace("with 2 threads", ""));
                assertEquals(one, opinions.get(t + 2).replace("with 8 threads", ""));
            }
        }
        // Clipped networks come out of a search that is being improved: they are compared between runs only.
        String digests = vector.lines()
                .filter(line -> !line.startsWith(" ") && !line.startsWith("clipped"))
                .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("superpose.digests.record")) {
            Files.writeString(RECORDED, digests);
        }
        assertEquals(
                Files.readString(RECORDED),
                digests,
                "a network has changed; if that is meant, run this test with -Dsuperpose.digests.record=true");
    }

    private static String placeOf(String className) {
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

    private String run(String kernel, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add(DigestProgram.class.getName());
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        int status = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        String errors = Files.readString(err, StandardCharsets.UTF_8);
        assertEquals(0, status, errors);
        assertTrue(Stream.of(errors.split("\\R")).anyMatch(line -> line.equals("kernel " + kernel)), errors);
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
