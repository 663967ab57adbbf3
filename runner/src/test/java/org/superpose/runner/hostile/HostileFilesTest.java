package org.superpose.runner.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.interop.NetworkExporter;
import org.superpose.interop.NetworkImporter;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.definition.ExperimentFiles;
import org.superpose.runner.hostile.FileMutations.Mutation;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Workbench;

/**
 * Every reader against damaged files: it reads or refuses in one sentence, and allocates no more than the file accounts for. The number
 * of files per way of damaging is the system property {@code superpose.fuzz.inputs}; file i is the same on every machine.
 */
class HostileFilesTest {
    private static final int INPUTS = Integer.getInteger("superpose.fuzz.inputs", 120);
    /** Parsers, class loading and messages; measured: below 3 MiB once warm. */
    private static final long CONSTANT_BYTES = 16L << 20;

    private static final Injector INJECTOR = Guice.createInjector(new SuperposeModule());
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final String EXPERIMENT = """
            experiment: sizes
            problem: permutation
            construction: [linear-permutation, dedicated]
            seeds: 2
            cases:
              - {inputs: 64}
              - inputs: 2^7
                max-active: 2
            parameters:
              width: [300, 400]
            budget: {max-seconds: 60}
            columns: [outputs, width]
            """;

    private static BuiltNetwork network;

    @TempDir
    Path folder;

    /** Reads a file that nobody vouches for. */
    private interface Reader {
        void read(Path file) throws IOException;
    }

    @BeforeAll
    static void build(@TempDir Path data) throws IOException {
        StringBuilder pairs = new StringBuilder("first,second\n");
        for (int t = 0; t < 24; t++) {
            pairs.append("left").append(t % 7).append(",right").append(t % 11).append('\n');
        }
        Path file = Files.writeString(data.resolve("pairs.csv"), pairs);
        network = INJECTOR.getInstance(Workbench.class)
                .build(
                        "pairs-file",
                        "clipped-and",
                        Assignments.parse(List.of("file=" + file, "width=80")),
                        new Seed(1),
                        new Seed(1));
    }

    private void attack(String name, byte[] sound, Reader reader, Mutation mutation) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, sound);
        reader.read(file);
        Seed seed = new Seed(3).child(name);
        int refused = 0;
        for (int number = 0; number < INPUTS; number++) {
            RandomGenerator random = seed.child(number).generator();
            byte[] hostile = mutation.of(sound, random);
            Files.write(file, hostile);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                reader.read(file);
            } catch (InvalidInputException refusal) {
                refused++;
                assertFalse(refusal.getMessage().isBlank());
            } catch (RuntimeException | Error crash) {
                throw new AssertionError(name + " number " + number + " makes its reader crash", crash);
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(
                    allocated < CONSTANT_BYTES + 8L * Math.max(sound.length, hostile.length),
                    name + " number " + number + " has " + hostile.length + " bytes, but " + allocated
                            + " were allocated");
        }
        assertTrue(refused > 0, "no file was refused");
    }

    private byte[] export(String format) throws IOException {
        Path file = folder.resolve("sound." + format);
        NetworkExporter.catalog().require(format).export(network, ParameterValues.NONE, file);
        return Files.readAllBytes(file);
    }

    private byte[] networkFile() throws IOException {
        Path file = folder.resolve("sound.superpose.zip");
        NetworkFile.write(file, network);
        return Files.readAllBytes(file);
    }

    @Test
    void aDamagedNetworkFileIsRefused() throws IOException {
        attack("bytes.superpose.zip", networkFile(), NetworkFile::read, FileMutations::bytes);
        attack("entry.superpose.zip", networkFile(), NetworkFile::read, FileMutations::zipEntry);
    }

    @Test
    void aDamagedNpzFileIsReadOrRefused() throws IOException {
        attack("bytes.npz", export("npz"), NetworkImporter::read, FileMutations::bytes);
        attack("entry.npz", export("npz"), NetworkImporter::read, FileMutations::zipEntry);
    }

    @Test
    void aDamagedSafetensorsFileIsReadOrRefused() throws IOException {
        attack("bytes.safetensors", export("safetensors"), NetworkImporter::read, FileMutations::bytes);
        attack("header.safetensors", export("safetensors"), NetworkImporter::read, FileMutations::safetensorsHeader);
    }

    @Test
    void aDamagedPairsFileIsReadOrRefused() throws IOException {
        Reader reader = file -> INJECTOR.getInstance(Workbench.class)
                .instance("pairs-file", new Assignments(Map.of("file", file.toString())), new Seed(1));
        byte[] sound = "first,second\nan,apple\n\"a, \"\"b\"\"\",pear\nthe,\"pe\nar\"\nä,ö\nthe,apple\n"
                .getBytes(StandardCharsets.UTF_8);
        attack("pairs.csv", sound, reader, FileMutations::bytes);
    }

    @Test
    void aDamagedExperimentFileIsReadOrRefused() throws IOException {
        ExperimentFiles files = INJECTOR.getInstance(ExperimentFiles.class);
        Reader reader = file -> files.read(file.getFileName().toString(), files.text(file));
        byte[] yaml = EXPERIMENT.getBytes(StandardCharsets.UTF_8);
        byte[] json =
                "{\"experiment\": \"sizes\", \"problem\": \"permutation\", \"construction\": \"dedicated\", \"seeds\": [1, 2],"
                        .concat(" \"parameters\": {\"inputs\": [64, 128]}, \"budget\": {\"samples\": 10}}")
                        .getBytes(StandardCharsets.UTF_8);
        attack("bytes.yaml", yaml, reader, FileMutations::bytes);
        attack("numbers.yaml", yaml, reader, FileMutations::numbers);
        attack("bytes.json", json, reader, FileMutations::bytes);
        attack("numbers.json", json, reader, FileMutations::numbers);
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
        ExperimentFiles files = INJECTOR.getInstance(ExperimentFiles.class);
        String text = EXPERIMENT.replaceFirst("columns:.*\n", "").replaceFirst("budget:.*\n", "") + lines;
        InvalidInputException refused = assertThrows(
                InvalidInputException.class, () -> files.read("e.yaml", text.replace("experiment: *a", "x: *a")));
        assertTrue(refused.getMessage().contains("not allowed"), refused.getMessage());
    }

    @Test
    void deepNestingIsRefusedWithoutAStackOverflow() {
        ExperimentFiles files = INJECTOR.getInstance(ExperimentFiles.class);
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
                        networkFile(),
                        "manifest.json",
                        manifest -> manifest.replaceAll(
                                "(\"features\" *: *)\\d+,(\\s*\"max_active\" *: *)2", "$19999,$22000")));
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> NetworkFile.read(file));
        assertTrue(refused.getMessage().contains("max_active is 2000"), refused.getMessage());
    }
}
