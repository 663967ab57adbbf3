package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.TextArchive;

/** {@code prove}, and {@code verify --proof}; the independent checkers run in {@code .ci/proofs}. */
@Tag("jdk")
class ProveCommandTest {
    private static final String PAIRS =
            "--problem two-and --construction clipped-and --set inputs=24 --set outputs=24 --set width=40";
    private static final String TRIPLES = "--problem k-and --construction clipped-and --set inputs=10 --set outputs=8"
            + " --set fan-in=3 --set max-active=3 --set width=40";

    @TempDir
    Path folder;

    private Path build(String name, String recipe, Object... more) {
        Path file = folder.resolve(name + ".superpose.zip");
        Printed built = superpose("build", recipe.split(" "), more, "-o", file);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        return file;
    }

    private Path prove(Path network, String verifier) {
        Path proof = folder.resolve(network.getFileName() + "." + verifier + ".proof.zip");
        Printed printed = superpose("prove", network, "--verifier", verifier, "-o", proof);
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        return proof;
    }

    private static List<String> lines(Path proof) throws IOException {
        return new String(TextArchive.read(proof, "proof.txt", 1 << 20), StandardCharsets.US_ASCII)
                .lines()
                .toList();
    }

    @Test
    void theTheoremIsPrintedWithTheDigestAndAnEntryToCite() throws IOException {
        Path network = build("net", PAIRS);
        Path proof = folder.resolve("net.proof.zip");
        Printed printed = superpose("prove", network, "--verifier", "pairwise", "-o", proof);
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        String digest = lines(proof).get(1).substring("network ".length());
        assertTrue(
                printed.out()
                        .startsWith("Theorem. For every input with at most 2 of these 24 features active (301"
                                + " inputs), the network with digest " + digest),
                printed.out());
        assertTrue(printed.out().contains("each gate is and of 2 features"), printed.out());
        assertTrue(printed.out().contains("@misc{superpose-" + digest.substring(0, 12)), printed.out());
        assertTrue(Files.size(proof) < 10_000);
    }

    @Test
    void theRangesAddUpToTheDomainExactly() throws IOException {
        for (Path proof : List.of(prove(build("net", PAIRS), "pairwise"), prove(build("k", TRIPLES), "exhaustive"))) {
            BigInteger sum = BigInteger.ZERO;
            BigInteger inputs = BigInteger.ZERO;
            int next = 0;
            for (String line : lines(proof)) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "inputs" -> inputs = new BigInteger(words[1]);
                    case "empty" -> sum = sum.add(new BigInteger(words[1]));
                    case "range" -> {
                        assertEquals(next, Integer.parseInt(words[1]));
                        next = Integer.parseInt(words[2]) + 1;
                        sum = sum.add(new BigInteger(words[3]));
                    }
                    default -> {}
                }
            }
            assertEquals(inputs, sum);
        }
    }

    @Test
    void twoMethodsCountTheSameInputsAndTheSameChanges() throws IOException {
        Path network = build("net", PAIRS);
        List<String> pairs = lines(prove(network, "pairwise"));
        List<String> inputs = lines(prove(network, "exhaustive"));
        assertTrue(pairs.contains("method pairwise") && inputs.contains("method enumeration"));
        assertEquals(firstFive(pairs), firstFive(inputs));
    }

    private static List<String> firstFive(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("range "))
                .map(line -> String.join(" ", List.of(line.split(" ")).subList(0, 6)))
                .toList();
    }

    @Test
    void gatesInTurnAreProvedNeuronByNeuron() throws IOException {
        Path network = build(
                "turn", "--problem two-and --construction sequential --set inputs=24 --set outputs=24 --set width=36");
        Path proof = prove(network, "monotone");
        List<String> lines = lines(proof);
        assertTrue(lines.contains("method disjunct"), lines.get(7));
        for (String range :
                lines.stream().filter(line -> line.startsWith("range ")).toList()) {
            // nothing, either read alone, both: and inputs are not counted
            assertTrue(range.matches("range (\\d+) \\1 0 0 [0-9a-f]{16} 4 0 0 0{16}"), range);
        }
        assertEquals(
                ExitStatus.DONE, superpose("verify", network, "--proof", proof).status());
        assertTrue(lines(prove(network, "exhaustive")).contains("method enumeration"));
        Path other = build(
                "other",
                "--problem two-and --construction sequential --set inputs=24 --set outputs=24 --set width=36 --seed 2");
        assertEquals(
                ExitStatus.BAD_INPUT,
                superpose("verify", other, "--proof", proof).status());
    }

    @Test
    void aProofHoldsForItsNetworkAndForNoOther() {
        Path network = build("net", PAIRS);
        Path other = build("other", PAIRS, "--seed", 2);
        Path proof = prove(network, "pairwise");
        assertEquals(
                ExitStatus.DONE, superpose("verify", network, "--proof", proof).status());
        Printed refused = superpose("verify", other, "--proof", proof);
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("the proof is not one of this network: its digest is"), refused.err());
    }

    @Tag("slow")
    @Test
    void aProofThatSaysSomethingElseIsRefused() throws IOException {
        Path network = build("net", TRIPLES);
        List<String> lines = lines(prove(network, "branch-and-bound"));
        Path changed = folder.resolve("changed.proof.zip");
        for (int at = 0; at < lines.size(); at++) {
            String[] words = lines.get(at).split(" ");
            if (words.length == 1 || words[0].equals("verifier")) {
                continue;
            }
            String last = words[words.length - 1];
            words[words.length - 1] = (last.charAt(0) == '1' ? "2" : "1") + last.substring(1);
            String text = String.join("\n", lines.subList(0, at)) + "\n" + String.join(" ", words) + "\n"
                    + String.join("\n", lines.subList(at + 1, lines.size())) + "\n";
            Map<String, String> texts = new LinkedHashMap<>(Map.of("proof.txt", text));
            AtomicFile.write(changed, out -> TextArchive.write(texts, out));
            Printed refused = superpose("verify", network, "--proof", changed);
            assertEquals(ExitStatus.BAD_INPUT, refused.status(), lines.get(at));
            assertTrue(refused.err().contains("proof"), refused.err());
        }
    }

    @Test
    void nothingIsWrittenForAWrongNetwork() {
        Path network = folder.resolve("net.superpose.zip");
        String[] recipe = (PAIRS.replace("width=40", "width=14") + " --set resampling-rounds=0").split(" ");
        superpose("build", recipe, "-o", network);
        Path proof = folder.resolve("net.proof.zip");
        Printed printed = superpose("prove", network, "-o", proof);
        assertEquals(ExitStatus.REFUTED, printed.status(), printed.err());
        assertFalse(Files.exists(proof));
    }

    @Test
    void aProofSaysWhatWasTakenFromAResumeFile() throws IOException {
        Path network = build("net", PAIRS);
        Path kept = folder.resolve("kept.json");
        assertEquals(
                ExitStatus.DONE,
                superpose("verify", network, "--verifier", "pairwise", "--resume", kept)
                        .status());
        Path proof = folder.resolve("net.proof.zip");
        Printed printed = superpose("prove", network, "--verifier", "pairwise", "--resume", kept, "-o", proof);
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        assertTrue(lines(proof).stream().anyMatch(line -> line.startsWith("resumed 0 23 ")), printed.out());
        assertTrue(printed.out().contains("taken from a resume file"), printed.out());
    }
}
