package org.superpose.runner.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.NetworkImporter;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Workbench;

class SuiteTest {
    private static final SuiteSize TINY = new SuiteSize(200, 200, 20);

    @TempDir
    Path folder;

    private Path made(String id, String name) {
        SuiteNetwork network = SuiteNetwork.ALL.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        Path target = folder.resolve(name);
        new SuiteEntry(network, TINY, target, new Seed(1)).make(Bench.workbench(), VerificationBudget.unlimited());
        return target;
    }

    private static Map<String, byte[]> content(Path root) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    @Tag("slow")
    @Test
    void theSameNetworkHasTheSameBytesAndAllThatBelongsToIt() throws IOException {
        Path first = made("two-and-small", "first");
        Map<String, byte[]> content = content(first);
        for (String name : List.of(
                "README.md",
                "certificate.json",
                "model.safetensors",
                "network.superpose.zip",
                "network.proof.zip",
                "scores.json",
                "data/truth.npz",
                "data/edges.csv")) {
            assertTrue(content.containsKey(name), name);
        }
        Map<String, byte[]> again = content(made("two-and-small", "again"));
        assertEquals(content.keySet(), again.keySet());
        for (String name : content.keySet()) {
            assertEquals(-1, Arrays.mismatch(content.get(name), again.get(name)), name);
        }
        assertTrue(
                new String(content.get("README.md"), StandardCharsets.UTF_8).startsWith("---\nlicense: apache-2.0\n"));
        JsonNode certificate = new JsonMapper().readTree(content.get("certificate.json"));
        assertEquals(
                NetworkDigest.of(NetworkFile.read(first.resolve("network.superpose.zip"))),
                certificate.get("digest").textValue());
        assertEquals(
                NetworkFile.read(first.resolve("network.superpose.zip")),
                NetworkImporter.read(first.resolve("model.safetensors")));
        assertEquals(3, new JsonMapper().readTree(content.get("scores.json")).size());
    }

    @Test
    void everyNetworkOfTheSuiteHasAProblemAndAConstructionThatTakeItsSettings() {
        Workbench workbench = Bench.workbench();
        for (SuiteNetwork network : SuiteNetwork.ALL) {
            workbench.instance(network.recipes(new Seed(1)).get(0));
        }
        assertEquals(
                SuiteNetwork.ALL.size(),
                SuiteNetwork.ALL.stream().map(SuiteNetwork::id).distinct().count());
        assertTrue(SuiteNetwork.of(true).size() >= 3);
    }

    @Test
    void aFolderThatHoldsSomethingIsNotTouched() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        InvalidInputException fault = assertThrows(
                InvalidInputException.class,
                () -> Suite.make(
                        Bench.workbench(), folder, true, VerificationBudget.unlimited(), Progress.NONE, line -> {}));
        assertTrue(fault.getMessage().endsWith("is not empty; choose another folder for the suite"));
    }
}
