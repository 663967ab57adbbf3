package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;

/** {@code verify --resume}: a verification that a budget cut short goes on later. */
class ResumedVerificationTest {
    private static final int DOMAIN = 1 + 40 + 40 * 39 / 2;

    @TempDir
    Path folder;

    private Path network;
    private Path kept;

    private static int covered(Printed printed) throws IOException {
        return printed.json().get("inputs_covered").intValue();
    }

    private Path build(String name, int seed) {
        Path file = folder.resolve(name);
        String[] network = ("--problem two-and --construction clipped-and --set inputs=40 --set outputs=40"
                        + " --set width=90")
                .split(" ");
        Printed built = superpose("build", network, "--seed", seed, "-o", file);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        return file;
    }

    private Printed verify(Path file, String... more) {
        return superpose("verify", file, "--json", "--threads", "1", "--resume", kept, more);
    }

    @BeforeEach
    void build() {
        network = build("net.superpose.zip", 1);
        kept = folder.resolve("kept.json");
    }

    @Test
    void aRunThatIsCutOffGoesOnUntilThereIsAVerdict() throws IOException {
        Printed first = verify(network, "--verifier", "exhaustive", "--max-inputs", "300");
        assertEquals(ExitStatus.UNDECIDED, first.status(), first.err());
        assertEquals(300, covered(first));
        assertTrue(Files.exists(kept));
        Printed second = verify(network, "--max-inputs", "300");
        assertEquals(ExitStatus.UNDECIDED, second.status(), second.err());
        assertEquals(600, covered(second));
        Printed last = verify(network);
        assertEquals(ExitStatus.DONE, last.status(), last.err());
        assertEquals(DOMAIN, covered(last));
        assertTrue(Files.exists(kept), "the file says what the verdict rests on");
        assertEquals(
                600 - 1, last.json().at("/taken_from_resume_file/inputs").intValue(), "the empty one is not in it");
        Printed again = verify(network, "--no-trust-resume");
        assertEquals(ExitStatus.DONE, again.status(), again.err());
        assertFalse(again.json().has("taken_from_resume_file"));
    }

    @Test
    void aBudgetOfOneInputMakesProgress() throws IOException {
        for (int run = 1; run <= 4; run++) {
            assertEquals(run, covered(verify(network, "--verifier", "exhaustive", "--max-inputs", "1")));
        }
    }

    @Test
    void anEditedFileThatHidesAFaultShowsInTheVerdictAndNotWhereItIsNotTrusted() throws IOException {
        String[] atFour = {"--max-active", "4", "--verifier", "exhaustive"};
        assertEquals(ExitStatus.REFUTED, superpose("verify", network, atFour).status());
        Printed cut = superpose("verify", network, atFour, "--resume", kept, "--max-inputs", "1");
        assertEquals(ExitStatus.UNDECIDED, cut.status(), cut.err());
        String content = Files.readString(kept);
        String forged = content.replace(
                        "\"proved\" : [ ]",
                        "\"proved\" : [ {\n    \"from\" : 0,\n    \"to\" : 39,\n    \"inputs\" : \"102090\"\n  } ]")
                .replaceFirst("(?s)\"parts\" : \\[.*\\} \\]", "\"parts\" : [ ]");
        Files.writeString(kept, forged);
        assertRefused("its digest is not that of what it says", superpose("verify", network, atFour, "--resume", kept));
        Files.writeString(kept, withNewDigest(forged));
        Printed text = superpose("verify", network, atFour, "--resume", kept);
        assertTrue(
                text.out().contains("102,090 of the inputs were not looked at in this run"), text.out() + text.err());
        assertTrue(text.out().contains("lowest feature 0-39"), text.out());
        assertEquals(
                ExitStatus.REFUTED,
                superpose("verify", network, atFour, "--resume", kept, "--no-trust-resume")
                        .status());
    }

    /** What a person can do: the digest is over the file as it is with null in its place. */
    private static String withNewDigest(String content) {
        String without = content.replaceFirst("\"digest\" : \"[0-9a-f]{64}\"", "\"digest\" : null");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(without.getBytes(StandardCharsets.UTF_8));
            return without.replace(
                    "\"digest\" : null", "\"digest\" : \"" + HexFormat.of().formatHex(digest) + "\"");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void aRangeWithAnotherNumberOfInputsIsRefused() throws IOException {
        verify(network, "--verifier", "exhaustive", "--max-inputs", "300");
        String content = Files.readString(kept);
        String forged = content.replaceFirst("\"inputs\" : \"", "\"inputs\" : \"1");
        assertFalse(forged.equals(content));
        Files.writeString(kept, withNewDigest(forged));
        assertRefused("inputs, not ", verify(network));
    }

    @Test
    void theFileHoldsForOneNetworkOneDomainAndOneVerifier() throws IOException {
        verify(network, "--verifier", "exhaustive", "--max-inputs", "300");
        String content = Files.readString(kept);
        assertRefused("its network is", verify(build("other.superpose.zip", 2), "--verifier", "exhaustive"));
        assertRefused("its network is", verify(network, "--verifier", "exhaustive", "--max-active", "3"));
        assertRefused("its verifier is exhaustive, not pairwise", verify(network, "--verifier", "pairwise"));
        assertEquals(content, Files.readString(kept), "a refused run leaves the file as it was");
    }

    private static void assertRefused(String reason, Printed printed) {
        assertEquals(ExitStatus.BAD_INPUT, printed.status(), printed.err());
        assertTrue(printed.err().contains(reason), printed.err());
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        verify(network, "--verifier", "exhaustive", "--max-inputs", "300");
        String content = Files.readString(kept);
        Files.writeString(kept, content.replace("\"next\" : [ ", "\"next\" : [ 40, "));
        assertRefused("damaged", verify(network));
        Files.writeString(kept, content.substring(0, content.length() / 2));
        assertRefused("is no resume file", verify(network));
        Files.writeString(kept, content.replace("\"build\" : \"", "\"build\" : \"0."));
        assertRefused("its build is", verify(network));
    }

    @Test
    void aVerifierThatCannotBeResumedSaysSo() {
        assertRefused(
                "verifier sampled cannot be resumed; those that can are",
                verify(network, "--verifier", "sampled", "--samples", "10"));
    }

    @Test
    void theTimeLeftIsEstimatedFromWhatThisRunDid() {
        assertEquals(", about 30 s left", ProgressDisplay.estimate(0.25, 0.75, 10));
        assertEquals("", ProgressDisplay.estimate(0, 1, 10));
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        try (ProgressDisplay display = ProgressDisplay.on(console, "verifying")) {
            display.reached(0.1);
            display.reached(0.3);
            display.reached(0.35);
        }
        assertEquals(1, err.toString().lines().count());
        assertTrue(err.toString().startsWith("verifying: 25 %, about "), err.toString());
    }

    @Tag("slow")
    @Test
    void aProcessThatIsToldToEndKeepsWhatIsCovered() throws IOException, InterruptedException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: no signals on this system");
        Path large = folder.resolve("large.superpose.zip");
        String[] recipe = ("--problem two-and --construction dedicated --set inputs=400 --set outputs=400"
                        + " --set max-active=3")
                .split(" ");
        assertEquals(ExitStatus.DONE, superpose("build", recipe, "-o", large).status());
        Process process = new ProcessBuilder(
                        JavaRun.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "verify",
                        large.toString(),
                        "--verifier",
                        "exhaustive",
                        "--json",
                        "--threads",
                        "1",
                        "--resume",
                        kept.toString())
                .redirectOutput(folder.resolve("out.json").toFile())
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader err = process.errorReader()) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                said.append(line).append('\n');
                if (line.contains("verifying: 25 %")) {
                    process.toHandle().destroy(); // does what Ctrl-C does, for processes whose parent ignores that
                }
            }
        }
        assertEquals(128 + 15, process.waitFor(), said.toString());
        assertTrue(said.toString().contains("interrupted; what is covered is kept in " + kept), said.toString());
        JsonNode verdict =
                new ObjectMapper().readTree(folder.resolve("out.json").toFile());
        assertEquals("it was interrupted", verdict.get("reason").textValue());
        Printed next = verify(large, "--max-inputs", "1");
        assertEquals(
                verdict.get("inputs_covered").intValue() + 1, covered(next), "it goes on where the other one ended");
    }
}
