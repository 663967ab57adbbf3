package org.superpose.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.Reading;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;

/** Runs the Python code of docs/python.md exactly as it stands there. */
@Tag("slow")
class PythonGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "python.md");
    private static final Pattern CODE = Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static List<String> code() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = CODE.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    /** The output of a script; skips the test where python3 or a module that it imports is missing. */
    private String python(String script) throws InterruptedException, IOException {
        return PythonScript.run(folder, script);
    }

    private void export(NetworkExporter exporter, BuiltNetwork built) {
        exporter.export(built, ParameterValues.NONE, folder.resolve("net" + exporter.extension()));
    }

    static List<BuiltNetwork> correctConjunctions() {
        return List.of(TinyNetworks.clippedTwoAnd(), TinyNetworks.bigrams(), TinyNetworks.linearPermutation());
    }

    static List<BuiltNetwork> correctNetworks() {
        List<BuiltNetwork> networks = new ArrayList<>(correctConjunctions());
        networks.add(TinyNetworks.layered());
        networks.add(TinyNetworks.mixedGates());
        return networks;
    }

    @ParameterizedTest
    @MethodSource("correctNetworks")
    void theNumPyExampleFindsNoInputWrong(BuiltNetwork built) throws Exception {
        export(new NpzExporter(), built);
        String output = python(code().get(0));
        assertTrue(output.matches("0 of 1000 inputs wrong, [1-9]\\d* outputs on\\n"), output);
    }

    @Test
    void theNumPyExampleNoticesANetworkThatIsWrong() throws Exception {
        export(new NpzExporter(), TinyNetworks.overloadedTwoAnd());
        String output = python(code().get(0));
        assertTrue(output.matches("[1-9]\\d* of 1000 inputs wrong, [1-9]\\d* outputs on\\n"), output);
    }

    /** A gate of each function in turn computes something else than the network does. */
    @Test
    void theNumPyExampleNoticesEveryFunctionThatIsAnother() throws Exception {
        BuiltNetwork built = TinyNetworks.mixedGates();
        export(new NpzExporter(), built);
        String output = python(code().get(0) + """

                starts, data = net["gates.function_offsets"], net["gates.function_data"]
                for start, end in zip(starts, starts[1:]):
                    kind = data[start]
                    place = start if kind < 2 else end - 1 if kind > 4 else start + 1
                    before = data[place]
                    data[place] = 1 - kind if kind < 2 else before ^ 8 if kind == 7 else -before if kind > 4 else 3
                    x = sample(net, 1000, np.random.default_rng(1))
                    on, off = decode(net, run(net, encode(net, x))[-1])
                    print(kind, np.where(truth(net, x), on, off).all(axis=0).tolist().count(False))
                    data[place] = before
                """);
        assertEquals(
                "0 1\n1 1\n2 1\n3 1\n4 1\n5 1\n6 1\n7 1\n",
                output.substring(output.indexOf('\n') + 1)
                        .lines()
                        .sorted()
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    /** Linear layers, skips and two thresholds: NumPy and the evaluators agree on every output of every input. */
    @Test
    void numPyReadsResidualStreamsAndTwoThresholdsAsTheEvaluatorsDo() throws Exception {
        BuiltNetwork built = TinyNetworks.residual();
        export(new NpzExporter(), built);
        String output = python(code().get(0) + """

                import itertools

                m, v = len(net["encoder.codes"]), int(net["domain.max_active"])
                sets = [s for size in range(v + 1) for s in itertools.combinations(range(m), size)]
                x = np.zeros((len(sets), m), bool)
                for row, active in zip(x, sets):
                    row[list(active)] = True
                on, off = decode(net, run(net, encode(net, x))[-1])
                right = np.where(truth(net, x), on, off).all(axis=1)
                for active, on_here, off_here, is_right in zip(sets, on, off, right):
                    between = np.flatnonzero(~on_here & ~off_here).tolist()
                    print(list(active), np.flatnonzero(on_here).tolist(), between, "right" if is_right else "wrong")
                """);
        List<String> lines = output.lines().skip(1).toList();
        List<String> expected = new ArrayList<>();
        for (Evaluator evaluator : List.of(new PlainEvaluator(built.network()), new KernelEvaluator(built.network()))) {
            expected.clear();
            for (FeatureSet input : built.instance().domain()) {
                Reading reading = evaluator.read(input);
                expected.add(listed(input) + " " + listed(reading.on()) + " " + listed(reading.between()) + " "
                        + (Counterexample.of(built, input).isEmpty() ? "right" : "wrong"));
            }
            assertEquals(
                    expected.stream().sorted().toList(), lines.stream().sorted().toList());
        }
        for (String some : List.of(".*\\[[^]]+] (right|wrong)", ".*\\[] (right|wrong)")) {
            assertTrue(lines.stream().anyMatch(line -> line.matches(some)), some);
        }
    }

    private static String listed(FeatureSet features) {
        return Arrays.toString(features.toArray());
    }

    static List<BuiltNetwork> networksOfManyKinds() {
        return List.of(TinyNetworks.saturatedTwoAnd(), TinyNetworks.layered(), TinyNetworks.mixedGates());
    }

    @ParameterizedTest
    @MethodSource("networksOfManyKinds")
    void theActivationsOfEveryLayerAreThoseOfThePlainEvaluator(BuiltNetwork built) throws Exception {
        ActivationDataset.write(
                built,
                new PlainEvaluator(built.network()),
                new DatasetRequest(200, new Seed(3)),
                folder.resolve("data"),
                Progress.NONE);
        export(new NpzExporter(), built);
        String output = python(code().get(0) + """

                part = np.load("data/part-00000.npz")
                x = np.zeros((200, len(net["encoder.codes"])), bool)
                for row, features in zip(x, part["features"]):
                    row[features[features >= 0]] = True
                for t, y in enumerate(run(net, encode(net, x))):
                    assert (part[f"activations.{t}"] == y).all(), t
                for name, outputs in ("outputs", truth(net, x)), ("decoded", decode(net, y)[0]):
                    offsets, features = part[f"{name}.offsets"], part[f"{name}.features"]
                    for i in range(200):
                        assert features[offsets[i]:offsets[i + 1]].tolist() == np.flatnonzero(outputs[i]).tolist()
                print("equal")
                """);
        assertTrue(output.endsWith("equal\n"), output);
    }

    @Test
    void aNetworkThatNumPyChangedIsImported() throws Exception {
        BuiltNetwork built = TinyNetworks.bigrams();
        export(new NpzExporter(), built);
        assertEquals("", python("import numpy as np\n" + code().get(2)));
        BuiltNetwork imported = NetworkImporter.read(folder.resolve("changed.npz"));
        assertEquals(built.instance(), imported.instance());
        assertNotEquals(
                built.network().layers().get(0), imported.network().layers().get(0));
        assertEquals("bit", imported.network().layers().get(0).weights().kind());
        assertEquals("imported", imported.network().provenance().construction());
        assertEquals("", python("import numpy as np\nnp.savez_compressed('same.npz', **np.load('net.npz'))\n"));
        assertEquals(built, NetworkImporter.read(folder.resolve("same.npz")));
    }

    @Test
    void theNetworkFileItselfOpensInNumPy() throws Exception {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        export(new NpzExporter(), built);
        NetworkFile.write(folder.resolve("net.superpose.zip"), built);
        String output = python("import json\nimport numpy as np\n" + code().get(3) + """
                net = np.load("net.npz")
                assert (weight == net["layers.0.weight"]).all() and weight.sum() > 100
                assert (archive["encoder.codes"] == net["encoder.codes"]).all()
                print(manifest["digest"])
                """);
        assertEquals(NetworkDigest.of(built) + "\n", output);
    }

    @ParameterizedTest
    @MethodSource("correctConjunctions")
    void thePyTorchExampleTurnsOnEveryOutput(BuiltNetwork built) throws Exception {
        export(new SafetensorsExporter(), built);
        int outputs = built.instance().outputs();
        assertEquals(outputs + " of " + outputs + " outputs on for the features they read\n", python(code().get(1)));
    }
}
