package org.superpose.interop.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.PythonScript;
import org.superpose.interop.TinyNetworks;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;
import org.superpose.interop.score.DecompositionScores;
import org.superpose.interop.score.ScoredDataset;

class SyntheticModelFilesTest {
    @TempDir
    Path folder;

    /** What {@code SyntheticModelConfig.from_dict} and {@code SyntheticModel.load} ask of the files, word by word. */
    private static final String LOAD = """
            import json, struct
            import numpy as np
            cfg = json.load(open("synthetic_model_config.json"))
            data = open("synthetic_model.safetensors", "rb").read()
            length = struct.unpack("<Q", data[:8])[0]
            weights = {name: np.frombuffer(data[8 + length:][slice(*entry["data_offsets"])], "<f4")
                       .reshape(entry["shape"]) for name, entry in json.loads(data[8:8 + length]).items()}
            assert set(weights) == {"feature_vectors", "bias", "firing_probabilities"}
            assert set(cfg) == {"num_features", "hidden_dim", "firing_probability", "hierarchy", "orthogonalization",
                                "correlation", "std_firing_magnitudes", "mean_firing_magnitudes", "bias", "dtype", "seed"}
            firing = dict(cfg["firing_probability"])
            assert firing.pop("generator_name") == "constant" and set(firing) == {"probability"}
            assert cfg["hierarchy"] is cfg["correlation"] is cfg["orthogonalization"] is cfg["seed"] is None
            assert weights["feature_vectors"].shape == (cfg["num_features"], cfg["hidden_dim"])
            assert weights["bias"].shape == (cfg["hidden_dim"],)
            assert (0 < weights["firing_probabilities"]).all() and (weights["firing_probabilities"] <= 1).all()
            assert (cfg["bias"] is False) == (weights["bias"] == 0).all()
            """;

    @Tag("slow")
    @Test
    void theFilesHaveTheDocumentedLayout() throws Exception {
        for (int state = 0; state <= 3; state++) {
            SyntheticModelFiles.write(NetworkTruth.of(TinyNetworks.saturatedTwoAnd()), state, folder);
            assertEquals(
                    (state == 0 ? 20 : 25) + " 90\n",
                    PythonScript.run(folder, LOAD + "print(cfg['num_features'], cfg['hidden_dim'])\n"));
        }
    }

    /** In an additive state the model's samples, features times vectors and the bias, are the network's activations. */
    @Test
    void featuresTimesVectorsAndTheBiasAreTheActivations() throws Exception {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        ActivationDataset.write(
                built,
                new PlainEvaluator(built.network()),
                new DatasetRequest(100, new Seed(1)).withTruth(),
                folder.resolve("data"),
                Progress.NONE);
        SyntheticModelFiles.write(NetworkTruth.of(built), 0, folder);
        String printed = PythonScript.run(folder, LOAD + """
                truth, part = np.load("data/truth.npz"), np.load("data/part-00000.npz")
                on = np.zeros((100, cfg["num_features"]))
                starts, members = truth["features.0.offsets"], truth["features.0.members"]
                for i in range(100):
                    on[i, members[starts[i]:starts[i + 1]]] = 1
                print((on @ weights["feature_vectors"] + weights["bias"] == part["activations.0"]).all())
                """);
        assertEquals("True\n", printed);
    }

    /** The targets are the decomposition that recovers every gate. */
    @Test
    void theTargetsOfEachMatrixRecoverEveryGate() {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        Path data = folder.resolve("data");
        ActivationDataset.write(
                built,
                new PlainEvaluator(built.network()),
                new DatasetRequest(5, new Seed(1)).withTruth(),
                data,
                Progress.NONE);
        for (int layer : List.of(0, 1)) {
            var scores = DecompositionScores.score(ScoredDataset.open(data), data.resolve(TruthFiles.TARGETS), layer);
            assertEquals(1.0, scores.get("recovered"));
            assertTrue((double) scores.get("faithfulness") > 0);
        }
    }
}
