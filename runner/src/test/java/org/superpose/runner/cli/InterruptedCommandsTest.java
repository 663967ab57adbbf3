package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;

/** Commands in processes of their own that are told to end. */
@Tag("slow")
class InterruptedCommandsTest {
    private static final String[] SEARCH = {
        "search",
        "--problem",
        "permutation",
        "--construction",
        "clipped-permutation",
        "--set",
        "inputs=512",
        "--instances",
        "400"
    };

    @TempDir
    Path folder;

    @BeforeEach
    void requireSignals() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: no signals on this system");
    }

    /** What a command says on both streams if it is told to end when it says something for the first time. */
    private List<String> toldToEndAt(String word, String[] command, String... more)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                JavaRun.java(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(command));
        words.addAll(List.of(more));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        boolean told = false;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (!told && line.contains(word)) {
                    told = process.toHandle().destroy(); // does what Ctrl-C does
                }
            }
        }
        assertEquals(128 + 15, process.waitFor(), said.toString());
        return said;
    }

    private static String last(List<String> said) {
        return said.get(said.size() - 1);
    }

    @Test
    void aReplaySaysHowFarItGotAndThatItKeepsNothing() throws Exception {
        String file = "../docs/frontier/k-and-3-v3.json";
        List<String> said = toldToEndAt("VERIFIED by", new String[] {"replay", file, file, file, file});
        long rows = said.stream().filter(line -> line.contains("VERIFIED by")).count();
        assertTrue(
                last(said).startsWith("interrupted: " + rows + " of 20 certificates were replayed"), said.toString());
    }

    @Test
    void aSearchWithoutAFolderSaysThatNothingIsKeptAndHowItWouldBe() throws Exception {
        List<String> said = toldToEndAt(", instance", SEARCH);
        assertTrue(last(said).startsWith("interrupted; nothing is kept. With --out DIR"), said.toString());
    }

    @Test
    void aSearchWithAFolderSaysThatTheTrialsAreKeptAndHowToGoOn() throws Exception {
        Path out = folder.resolve("out");
        List<String> said = toldToEndAt(", instance", SEARCH, "--out", out.toString());
        assertTrue(last(said).startsWith("interrupted; what is done is kept. To resume: superpose search"), last(said));
        assertTrue(last(said).endsWith("--out " + out + " --resume"), last(said));
    }

    /** A network of ten million inputs. */
    private Path network() {
        Path net = folder.resolve("net.superpose.zip");
        String[] recipe = ("--problem two-and --construction dedicated --set inputs=400 --set outputs=400"
                        + " --set max-active=3")
                .split(" ");
        assertEquals(
                ExitStatus.DONE, Printed.superpose("build", recipe, "-o", net).status());
        return net;
    }

    @Test
    void anAuditKeepsWhatItFound() throws Exception {
        Path kept = folder.resolve("audit.json");
        String[] audit = {"audit", network().toString(), "--threads", "1", "--resume", kept.toString()};
        List<String> said = toldToEndAt("auditing: 25 %", audit);
        assertTrue(last(said).startsWith("interrupted; what was found is kept in " + kept), said.toString());
        assertTrue(Files.exists(kept));
    }

    @Test
    void aVerificationWithoutAFileSaysThatNothingIsKeptAndHowItWouldBe() throws Exception {
        String[] verify = {"verify", network().toString(), "--verifier", "exhaustive", "--threads", "1"};
        List<String> said = toldToEndAt("verifying: 25 %", verify);
        assertTrue(said.stream().anyMatch(line -> line.startsWith("UNDECIDED by exhaustive")), said.toString());
        assertTrue(last(said).startsWith("interrupted; nothing is kept. With --resume FILE"), said.toString());
    }
}
