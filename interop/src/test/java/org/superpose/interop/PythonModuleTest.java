package org.superpose.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;

/** {@code python/superpose.py} against the evaluators of Java, and the notebooks beside it from top to bottom. */
@Tag("slow")
class PythonModuleTest {
    private static final Path PYTHON = Path.of("..", "python");

    @TempDir
    Path folder;

    @BeforeEach
    void copyTheModule() throws Exception {
        Files.copy(PYTHON.resolve("superpose.py"), folder.resolve("superpose.py"));
    }

    private void write(BuiltNetwork built, int samples) {
        ActivationDataset.write(
                built,
                new PlainEvaluator(built.network()),
                new DatasetRequest(samples, new Seed(3)).withTruth(),
                folder.resolve("data"),
                Progress.NONE);
    }

    static List<BuiltNetwork> networks() {
        return List.of(
                TinyNetworks.saturatedTwoAnd(),
                TinyNetworks.bigrams(),
                TinyNetworks.layered(),
                TinyNetworks.mixedGates(),
                TinyNetworks.residual());
    }

    /** States, outputs and the features of every level are those that Java wrote; both formats are read alike. */
    @ParameterizedTest
    @MethodSource("networks")
    void itRunsNetworksAsJavaDoes(BuiltNetwork built) throws Exception {
        write(built, 200);
        new SafetensorsExporter().export(built, ParameterValues.NONE, folder.resolve("net.safetensors"));
        String printed = PythonScript.run(folder, """
                import numpy as np
                import superpose
                data = superpose.load_dataset("data")
                other = superpose.load("net.safetensors")
                x = data.features(0)
                for net in data.network, other:
                    states, outputs = superpose.run_with_cache(net, x)
                    off = superpose.decode_off(net, states[-1])
                    for t, state in enumerate(states):
                        assert np.allclose(state, data.activations(t), atol=1e-5), t
                    for level, on in enumerate(superpose.truth(net, x)):
                        assert (on == data.features(level)).all(), level
                    right = np.where(data.features(len(net.gates)), outputs, off).all(axis=1)
                    assert (right == data.truth["samples.right"]).all()
                print(outputs.any())
                """);
        assertEquals("True\n", printed);
    }

    @Test
    void samplesStayInTheDomainAndTestManyGates() throws Exception {
        write(TinyNetworks.bigrams(), 1);
        String printed = PythonScript.run(folder, """
                import numpy as np
                import superpose
                net = superpose.load_dataset("data").network
                x = superpose.sample(net, 1000, np.random.default_rng(0))
                assert x.sum(axis=1).max() <= net.max_active
                for group in set(net.groups.tolist()):
                    assert x[:, net.groups == group].sum(axis=1).max() <= 1
                on = superpose.truth(net, x)[-1]
                print(on.any(axis=1).mean() > 0.3, on.any(axis=0).all(), (~on.any(axis=1)).mean() > 0.3)
                """);
        assertEquals("True True True\n", printed);
    }

    @Test
    void hooksReplaceAndAblationsClearWhatLaterLayersRead() throws Exception {
        write(TinyNetworks.clippedTwoAnd(), 1);
        String printed = PythonScript.run(folder, """
                import numpy as np
                import superpose
                data = superpose.load_dataset("data")
                net = data.network
                x = np.zeros((net.outputs, net.inputs), bool)
                for gate in range(net.outputs):
                    x[gate, net.gates[0].reads(gate)] = True
                on = superpose.run_with_cache(net, x)[1]
                assert on.diagonal().all()
                offsets, rows = data.truth["channels.1.offsets"], data.truth["channels.1.rows"]
                for gate in range(net.outputs):
                    cut = superpose.ablate(net, x[[gate]], 1, rows[offsets[gate]:offsets[gate + 1]])
                    assert not cut[0, gate]
                states, same = superpose.run_with_cache(net, x, {1: lambda y: 2 * y})
                assert (states[1] == 2 * superpose.run_with_cache(net, x)[0][1]).all()
                print((superpose.ablate(net, x, 1, [], 0) == on).all())
                """);
        assertEquals("True\n", printed);
    }

    @Test
    void itIsShortEnoughToCopy() throws Exception {
        assertTrue(Files.readAllLines(PYTHON.resolve("superpose.py")).size() < 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"find_features.ipynb", "train_autoencoder.ipynb"})
    void notebooksRunFromTopToBottom(String name) throws Exception {
        write(name.startsWith("find") ? TinyNetworks.large() : TinyNetworks.clippedTwoAnd(), 1500);
        JsonNode notebook = new JsonMapper().readTree(Files.readString(PYTHON.resolve(name)));
        assertEquals(4, notebook.get("nbformat").intValue());
        StringBuilder script = new StringBuilder();
        for (JsonNode cell : notebook.get("cells")) {
            if (cell.get("cell_type").textValue().equals("code")) {
                cell.get("source").forEach(line -> script.append(line.textValue()));
                script.append("\n\n");
            }
        }
        String printed = PythonScript.run(folder, script + "print('the end')\n");
        assertTrue(printed.endsWith("the end\n"), printed);
    }
}
