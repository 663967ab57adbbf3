package org.superpose.interop.truth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.PythonScript;
import org.superpose.interop.TinyNetworks;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;

class NetworkTruthTest {
    @TempDir
    Path folder;

    static List<BuiltNetwork> networks() {
        return List.of(
                TinyNetworks.clippedTwoAnd(),
                TinyNetworks.saturatedTwoAnd(),
                TinyNetworks.summedTwoAnd(),
                TinyNetworks.layered(),
                TinyNetworks.linearPermutation(),
                TinyNetworks.mixedGates(),
                TinyNetworks.residual());
    }

    /** Any real y_0 is run as the plain evaluator would. */
    @ParameterizedTest
    @MethodSource("networks")
    void statesAndReadingsAreThoseOfThePlainEvaluator(BuiltNetwork built) {
        StateRun run = new StateRun(built.network());
        PlainEvaluator plain = new PlainEvaluator(built.network());
        var random = new Seed(1).generator();
        for (int i = 0; i < 50; i++) {
            FeatureSet input = built.instance().domain().sample(random);
            float[][] expected = plain.activations(input);
            float[][] states = run.states(input);
            for (int t = 0; t < expected.length; t++) {
                assertArrayEquals(expected[t], states[t], "state " + t);
            }
            assertEquals(plain.read(input), run.read(states[states.length - 1]));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aDirectionIsTheResponseToAnInputThatTurnsTheFeature(BuiltNetwork built) {
        NetworkTruth truth = NetworkTruth.of(built);
        PlainEvaluator plain = new PlainEvaluator(built.network());
        float[][] rest = plain.activations(FeatureSet.EMPTY);
        for (int t = 0; t < truth.states(); t++) {
            int level = truth.levels().level(t);
            for (int f = 0; f < truth.features(level); f++) {
                FeatureSet input = truth.turningInput(level, f).orElseThrow();
                boolean before = NetworkTruth.levelsOf(built.instance(), FeatureSet.EMPTY)[level].contains(f);
                boolean after = NetworkTruth.levelsOf(built.instance(), input)[level].contains(f);
                assertTrue(before != after, "feature " + f + " of level " + level + " is turned by " + input);
                float[] state = plain.activations(input)[t];
                float[] direction = truth.direction(t, f);
                for (int r = 0; r < state.length; r++) {
                    assertEquals((after ? 1 : -1) * (state[r] - rest[t][r]), direction[r]);
                }
            }
        }
    }

    @Test
    void everyStateBelongsToTheLayerOfGatesWhoseBlockItIsIn() {
        assertEquals("[0 code, 1 hidden, 1 code]", levels(TinyNetworks.clippedTwoAnd()));
        assertEquals("[0 code, 1 hidden, 1 hidden, 1 code]", levels(TinyNetworks.saturatedTwoAnd()));
        assertEquals("[0 code, 1 code]", levels(TinyNetworks.linearPermutation()));
        assertEquals(1, NetworkTruth.of(TinyNetworks.saturatedTwoAnd()).polarity(1));
        assertEquals(-1, NetworkTruth.of(TinyNetworks.saturatedTwoAnd()).polarity(2));
        BuiltNetwork layered = TinyNetworks.layered();
        StateLevels levels = StateLevels.of(layered);
        assertTrue(levels.isEven());
        assertEquals(
                layered.instance().layers().size(), levels.level(levels.states().size() - 1));
    }

    private static String levels(BuiltNetwork built) {
        return StateLevels.of(built).states().stream()
                .map(state -> state.level() + (state.isHidden() ? " hidden" : " code"))
                .toList()
                .toString();
    }

    /** NumPy finds the weights of a clipped network from the channels and the codes alone. */
    @Tag("slow")
    @Test
    void theUnionOfChannelsTimesCodesIsTheFirstMatrix() throws Exception {
        BuiltNetwork built = TinyNetworks.large();
        write(built, new DatasetRequest(20, new Seed(1)).withTruth());
        String printed = PythonScript.run(folder, """
                import numpy as np
                net, truth = np.load("data/network.npz"), np.load("data/truth.npz")
                weight, union = net["layers.0.weight"], np.zeros_like(net["layers.0.weight"])
                starts, rows = truth["channels.1.offsets"], truth["channels.1.rows"]
                for gate, (a, b) in enumerate(net["gates.inputs"].reshape(-1, 2)):
                    for row in rows[starts[gate]:starts[gate + 1]]:
                        union[row, net["encoder.codes"][[a, b]]] = 1
                print((union == weight).all(), weight.sum() > 1000)
                """);
        assertEquals("True True\n", printed);
        JsonNode granularity = new JsonMapper()
                .readTree(Files.readString(folder.resolve("data").resolve(TruthFiles.GRANULARITY)));
        assertEquals("union", granularity.get("matrices").get(0).get("is").textValue());
        assertEquals("union", granularity.get("matrices").get(1).get("is").textValue());
        assertTrue(granularity.get("states").get(0).get("additive").booleanValue());
    }

    @Test
    void matricesAreToldApartByWhatTheyAreMadeOf() {
        assertEquals("[sum, sum]", compositions(TinyNetworks.layered()));
        assertEquals("[union, union]", compositions(TinyNetworks.clippedTwoAnd()));
        assertEquals("[neither]", compositions(TinyNetworks.linearPermutation()));
    }

    private static String compositions(BuiltNetwork built) {
        List<?> matrices =
                (List<?>) Granularity.of(NetworkTruth.of(built)).document().get("matrices");
        return matrices.stream()
                .map(matrix -> ((Map<?, ?>) matrix).get("is"))
                .toList()
                .toString();
    }

    private void write(BuiltNetwork built, DatasetRequest request) {
        ActivationDataset.write(
                built, new PlainEvaluator(built.network()), request, folder.resolve("data"), Progress.NONE);
    }

    /** The features of every level and the edges: NumPy follows ANDs and then ORs along the edges. */
    @Test
    void theFilesSayWhatTheGatesSay() throws Exception {
        BuiltNetwork built = TinyNetworks.layered();
        write(built, new DatasetRequest(200, new Seed(3)).withTruth());
        List<String> expected = new ArrayList<>();
        expected.add("source,gate,target,layer");
        for (int g = 0; g < built.instance().layers().size(); g++) {
            Gates gates = built.instance().layers().get(g);
            int layer = g + 1;
            IntStream.range(0, gates.outputs())
                    .forEach(i -> Arrays.stream(gates.reads(i))
                            .forEach(j -> expected.add(j + "," + i + "," + i + "," + layer)));
        }
        assertEquals(expected, Files.readAllLines(folder.resolve("data").resolve(TruthFiles.EDGES)));
        String printed = PythonScript.run(folder, """
                import csv
                import numpy as np
                truth, part = np.load("data/truth.npz"), np.load("data/part-00000.npz")
                edges = list(csv.DictReader(open("data/edges.csv")))
                reads = [{}, {}]
                for edge in edges:
                    reads[int(edge["layer"]) - 1].setdefault(int(edge["target"]), set()).add(int(edge["source"]))
                def on(level, sample):
                    starts = truth[f"features.{level}.offsets"]
                    return set(truth[f"features.{level}.members"][starts[sample]:starts[sample + 1]].tolist())
                some = 0
                for sample in range(200):
                    active = set(part["features"][sample][part["features"][sample] >= 0].tolist())
                    assert on(0, sample) == active
                    for level in 1, 2:
                        active = {gate for gate, read in reads[level - 1].items()
                                  if (read <= active if level == 1 else read & active)}
                        assert on(level, sample) == active, (level, sample)
                        some += len(active)
                print(some > 50, truth["samples.right"].all(), truth["samples.in_domain"].all())
                """);
        assertEquals("True True True\n", printed);
    }

    @Test
    void theSameRequestGivesTheSameTruth() throws IOException {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        write(built, new DatasetRequest(50, new Seed(1)).withTruth());
        Path again = folder.resolve("again");
        ActivationDataset.write(
                built,
                new PlainEvaluator(built.network()),
                new DatasetRequest(50, new Seed(1)).withTruth(),
                again,
                Progress.NONE);
        for (String name : List.of(TruthFiles.TRUTH, TruthFiles.EDGES, TruthFiles.GRANULARITY)) {
            assertEquals(-1, Files.mismatch(folder.resolve("data").resolve(name), again.resolve(name)), name);
        }
    }
}
