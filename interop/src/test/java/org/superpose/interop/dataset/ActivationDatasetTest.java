package org.superpose.interop.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.Npz;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.Reading;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.NetworkImporter;
import org.superpose.interop.TinyNetworks;

class ActivationDatasetTest {
    @TempDir
    Path folder;

    private Path written(String name, BuiltNetwork built, DatasetRequest request) {
        Path target = folder.resolve(name);
        ActivationDataset.write(built, new PlainEvaluator(built.network()), request, target, Progress.NONE);
        return target;
    }

    @Tag("slow")
    @Test
    void everySampleIsAnInputOfTheDomainWithItsTrueOutputsAndActivations() throws IOException {
        BuiltNetwork built = TinyNetworks.bigrams();
        PlainEvaluator plain = new PlainEvaluator(built.network());
        int samples = 300;
        Path target = written("a", built, new DatasetRequest(samples, new Seed(1)));
        try (Npz part = Npz.open(target.resolve("part-00000.npz"))) {
            int[] features = part.open("features").ints();
            int[] gate = part.open("gate").ints();
            int[] outputOffsets = part.open("outputs.offsets").ints();
            int[] outputs = part.open("outputs.features").ints();
            int[] decodedOffsets = part.open("decoded.offsets").ints();
            int[] decoded = part.open("decoded.features").ints();
            List<float[]> activations = new ArrayList<>();
            for (int t = 0; t <= 2; t++) {
                activations.add(part.open("activations." + t).floats());
            }
            for (int i = 0; i < samples; i++) {
                FeatureSet active = FeatureSet.of(Arrays.stream(features, 2 * i, 2 * i + 2)
                        .filter(feature -> feature >= 0)
                        .toArray());
                assertTrue(built.instance().domain().contains(active), active.toString());
                assertArrayEquals(
                        built.instance().evaluate(active).toArray(),
                        Arrays.copyOfRange(outputs, outputOffsets[i], outputOffsets[i + 1]));
                assertArrayEquals(
                        plain.evaluate(active).toArray(),
                        Arrays.copyOfRange(decoded, decodedOffsets[i], decodedOffsets[i + 1]));
                if (gate[i] >= 0) {
                    for (int read : built.instance().gates().reads(gate[i])) {
                        assertTrue(active.contains(read));
                    }
                }
                float[][] states = plain.activations(active);
                for (int t = 0; t < states.length; t++) {
                    assertArrayEquals(
                            states[t],
                            Arrays.copyOfRange(activations.get(t), i * states[t].length, (i + 1) * states[t].length));
                }
            }
            long near = Arrays.stream(gate).filter(number -> number >= 0).count();
            assertTrue(near > samples / 3 && near < 2 * samples / 3, near + " samples near gates");
            assertTrue(outputs.length >= near);
        }
    }

    @Test
    void theDescriptionNamesEverythingThatIsNeededToMakeItAgain() throws IOException {
        BuiltNetwork built = TinyNetworks.saturatedTwoAnd();
        Path target = written("a", built, new DatasetRequest(10, new Seed(5), 0.25));
        JsonNode json = new JsonMapper().readTree(Files.readAllBytes(target.resolve("dataset.json")));
        assertEquals(NetworkDigest.of(built), json.get("network_digest").textValue());
        assertEquals(5, json.get("seed").longValue());
        assertEquals(0.25, json.get("near_gates").doubleValue());
        assertEquals(10, json.get("samples").intValue());
        assertEquals("[90,90,90,90]", json.get("neurons").toString());
        assertEquals("part-00000.npz", json.get("parts").get(0).get("file").textValue());
        assertEquals(built, NetworkImporter.read(target.resolve("network.npz")));
    }

    @Test
    void theSameRequestGivesTheSameBytesAndAnotherSeedDoesNot() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        Path first = written("a", built, new DatasetRequest(50, new Seed(1)));
        Path again = written("b", built, new DatasetRequest(50, new Seed(1)));
        Path other = written("c", built, new DatasetRequest(50, new Seed(2)));
        for (String name : List.of("part-00000.npz", "dataset.json", "network.npz")) {
            assertEquals(-1, Files.mismatch(first.resolve(name), again.resolve(name)), name);
        }
        assertNotEquals(-1, Files.mismatch(first.resolve("part-00000.npz"), other.resolve("part-00000.npz")));
    }

    @Test
    void samplesDoNotDependOnHowManyThereAre() {
        BuiltNetwork built = TinyNetworks.large();
        DatasetSampler few = new DatasetSampler(built.instance(), new DatasetRequest(5, new Seed(1)));
        DatasetSampler many = new DatasetSampler(built.instance(), new DatasetRequest(5_000_000, new Seed(1)));
        IntStream.range(0, 5).forEach(i -> assertEquals(few.sample(i), many.sample(i)));
    }

    @Test
    void samplesStayInTheDomainAndHaveEveryNumberOfActiveFeatures() {
        BuiltNetwork built = TinyNetworks.layered();
        DatasetSampler sampler = new DatasetSampler(built.instance(), new DatasetRequest(2000, new Seed(4)));
        Set<Integer> near = new TreeSet<>();
        Set<Integer> anywhere = new TreeSet<>();
        for (int i = 0; i < 2000; i++) {
            Sample sample = sampler.sample(i);
            assertTrue(built.instance().domain().contains(sample.active()));
            (sample.gate() < 0 ? anywhere : near).add(sample.active().size());
        }
        assertEquals(Set.of(2, 3, 4), near);
        assertEquals(Set.of(0, 1, 2, 3, 4), anywhere);
    }

    @Tag("slow")
    @Test
    void manySamplesAreSpreadOverPartsThatStayBelowTheMemoryForOne() throws IOException {
        BuiltNetwork built = TinyNetworks.large(); // 1320 numbers a sample: 12710 samples in a part
        Path target = folder.resolve("parts");
        DatasetRequest request = new DatasetRequest(12_719, new Seed(1));
        List<Double> progress = new ArrayList<>();
        // activations that cost nothing: this test is about the division into parts
        var idle = new Evaluator() {
            @Override
            public float[][] activations(FeatureSet active) {
                return new float[][] {new float[440], new float[440], new float[440]};
            }

            @Override
            public Reading read(FeatureSet active) {
                return new Reading(FeatureSet.EMPTY, FeatureSet.EMPTY);
            }
        };
        ActivationDataset.write(built, idle, request, target, progress::add);
        DatasetSampler sampler = new DatasetSampler(built.instance(), request);
        try (Npz second = Npz.open(target.resolve("part-00001.npz"))) {
            assertArrayEquals(
                    IntStream.range(12_710, 12_719)
                            .map(i -> sampler.sample(i).gate())
                            .toArray(),
                    second.open("gate").ints());
        }
        assertEquals(2, progress.size());
        assertEquals(1.0, progress.get(1));
    }

    @Test
    void aFolderThatHoldsADataSetIsNotTouched() {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        Path target = written("a", built, new DatasetRequest(5, new Seed(1)));
        InvalidInputException fault = assertThrows(
                InvalidInputException.class, () -> written("a", built, new DatasetRequest(5, new Seed(2))));
        assertTrue(fault.getMessage().startsWith(target + ": already holds a data set"), fault.getMessage());
        assertFalse(Files.exists(target.resolve("part-00001.npz")));
    }

    @Test
    void requestsOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> new DatasetRequest(0, new Seed(1)));
        assertThrows(InvalidInputException.class, () -> new DatasetRequest(1, new Seed(1), 1.5));
        assertThrows(InvalidInputException.class, () -> new DatasetRequest(1, new Seed(1), Double.NaN));
    }
}
