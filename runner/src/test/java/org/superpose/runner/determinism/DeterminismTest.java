package org.superpose.runner.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;

/**
 * The same networks and the same verdicts on 1, 2 and 8 threads, with scalar and with SIMD kernels, on the class path
 * and on the module path, in another locale, and on every JDK: the digests are recorded, and the build runs on JDK 17
 * and on 25.
 */
@Tag("slow")
@Tag("jdk")
class DeterminismTest {
    private static final Path RECORDED = Path.of("src/test/resources/org/superpose/runner/determinism/digests.txt");

    @TempDir
    Path folder;

    @Test
    void networksAndVerdictsAreTheSameHoweverTheyAreMade() throws Exception {
        String libraries = JavaRun.libraries();
        String program = JavaRun.placeOf(DigestProgram.class.getName());
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

    private String run(String kernel, String... options) throws IOException, InterruptedException {
        String[] arguments = Arrays.copyOf(options, options.length + 1);
        arguments[options.length] = DigestProgram.class.getName();
        JavaRun run = JavaRun.of(folder, arguments);
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().lines().anyMatch(("kernel " + kernel)::equals), run.err());
        return run.out();
    }
}
