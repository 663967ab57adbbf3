package org.superpose.runner.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.file.ExperimentFiles;
import org.superpose.runner.hostile.FileMutations.Mutation;

/**
 * Every reader against damaged files: it reads or refuses in one sentence, and allocates no more than the file accounts
 * for. The number of files for each kind of damage is the system property {@code superpose.fuzz.inputs}; file i is the
 * same on every machine.
 */
class HostileFilesTest {
    private static final int INPUTS = Integer.getInteger("superpose.fuzz.inputs", 120);

    @TempDir
    Path folder;

    private void attack(HostileReader reader, String name, Mutation mutation) throws IOException {
        byte[] sound = reader.sound();
        Path file = reader.in(folder);
        assertFalse(reader.refuses(file, sound), "the file that is right was refused");
        Seed seed = new Seed(3).child(name);
        int refused = 0;
        for (int number = 0; number < INPUTS; number++) {
            byte[] hostile = mutation.of(sound, seed.child(number).generator());
            try {
                refused += reader.refuses(file, hostile) ? 1 : 0;
            } catch (AssertionError fault) {
                throw new AssertionError(name + " number " + number + ": " + fault.getMessage(), fault);
            }
        }
        assertTrue(refused > 0, "no file was refused");
    }

    @Tag("slow")
    @Test
    void aDamagedNetworkFileIsRefused() throws IOException {
        attack(HostileReader.NETWORK, "bytes.superpose.zip", FileMutations::bytes);
        attack(HostileReader.NETWORK, "entry.superpose.zip", FileMutations::zipEntry);
    }

    @Test
    void aDamagedNpzFileIsReadOrRefused() throws IOException {
        attack(HostileReader.NPZ, "bytes.npz", FileMutations::bytes);
        attack(HostileReader.NPZ, "entry.npz", FileMutations::zipEntry);
    }

    @Tag("slow")
    @Test
    void aDamagedSafetensorsFileIsReadOrRefused() throws IOException {
        attack(HostileReader.SAFETENSORS, "bytes.safetensors", FileMutations::bytes);
        attack(HostileReader.SAFETENSORS, "header.safetensors", FileMutations::safetensorsHeader);
    }

    @Tag("slow")
    @Test
    void aDamagedFileOfANetworkMadeElsewhereIsReadOrRefused() throws IOException {
        attack(HostileReader.ONNX, "bytes.onnx", FileMutations::bytes);
        attack(HostileReader.TENSORS, "bytes.tensors.npz", FileMutations::bytes);
        attack(HostileReader.TENSORS, "entry.tensors.npz", FileMutations::zipEntry);
        attack(HostileReader.MAP, "bytes.map.yaml", FileMutations::bytes);
        attack(HostileReader.MAP, "numbers.map.yaml", FileMutations::numbers);
    }

    @Test
    void aDamagedTruthTableIsReadOrRefused() throws IOException {
        attack(HostileReader.TRUTH, "bytes.truth.npz", FileMutations::bytes);
        attack(HostileReader.TRUTH, "entry.truth.npz", FileMutations::zipEntry);
    }

    @Test
    void aDamagedPairsFileIsReadOrRefused() throws IOException {
        attack(HostileReader.CSV, "pairs.csv", FileMutations::bytes);
    }

    @Tag("slow")
    @Test
    void aDamagedFileOfAMapIsReadOrRefused() throws IOException {
        attack(HostileReader.FORMULAS, "bytes.csv", FileMutations::bytes);
        attack(HostileReader.FORMULAS, "numbers.csv", FileMutations::numbers);
        attack(HostileReader.PLA, "bytes.pla", FileMutations::bytes);
        attack(HostileReader.PLA, "numbers.pla", FileMutations::numbers);
        attack(HostileReader.BLIF, "bytes.blif", FileMutations::bytes);
    }

    @Tag("slow")
    @Test
    void aDamagedExperimentFileIsReadOrRefused() throws IOException {
        attack(HostileReader.YAML, "bytes.yaml", FileMutations::bytes);
        attack(HostileReader.YAML, "numbers.yaml", FileMutations::numbers);
        attack(HostileReader.JSON, "bytes.json", FileMutations::bytes);
        attack(HostileReader.JSON, "numbers.json", FileMutations::numbers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title: !!java.net.URL [x]\n",
                "title: !mine x\n",
                "title: !!str x\n",
                "budget: !!map {samples: 1}\n",
                "title: &a x\nexperiment: *a\n",
                "columns: &c [width]\n"
            })
    void tagsAndAliasesAreRefused(String lines) {
        ExperimentFiles files = HostileReader.experiments();
        String text = HostileReader.EXPERIMENT.replaceFirst("columns:.*\n", "").replaceFirst("budget:.*\n", "") + lines;
        InvalidInputException refused = assertThrows(
                InvalidInputException.class, () -> files.read("e.yaml", text.replace("experiment: *a", "x: *a")));
        assertTrue(refused.getMessage().contains("not allowed"), refused.getMessage());
    }

    @Test
    void deepNestingIsRefusedWithoutAStackOverflow() {
        ExperimentFiles files = HostileReader.experiments();
        for (String open : List.of("[", "{a: ", "? ", "- ")) {
            assertThrows(
                    InvalidInputException.class,
                    () -> files.read("e.yaml", "title: x\ncases:\n  " + open.repeat(50_000)));
        }
        assertThrows(InvalidInputException.class, () -> files.read("e.json", "{\"a\":" + "[".repeat(100_000)));
    }

    @Test
    void aDomainWhoseSizeHasMillionsOfDigitsIsRefused() throws IOException {
        Path file = folder.resolve("domain.superpose.zip");
        Files.write(
                file,
                FileMutations.withEntry(
                        HostileReader.NETWORK.sound(),
                        "manifest.json",
                        manifest -> manifest.replaceAll(
                                "(\"features\" *: *)\\d+,(\\s*\"max_active\" *: *)2", "$19999,$22000")));
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> NetworkFile.read(file));
        assertTrue(refused.getMessage().contains("max_active is 2000"), refused.getMessage());
    }
}
