package org.superpose.interop.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.PythonScript;
import org.superpose.interop.TinyNetworks;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;

/** Every score beside the same one computed by NumPy from the definition. */
class ScoresTest {
    /** Writes safetensors, and the scores by their definitions. */
    private static final String NUMPY = """
            import json, struct
            import numpy as np

            def save(name, **tensors):
                header, data = {}, b""
                for key, value in tensors.items():
                    value = np.ascontiguousarray(value, np.float32)
                    header[key] = {"dtype": "F32", "shape": list(value.shape),
                                   "data_offsets": [len(data), len(data) + value.nbytes]}
                    data += value.tobytes()
                text = json.dumps(header).encode()
                text += b" " * (-len(text) % 8)
                open(name, "wb").write(struct.pack("<Q", len(text)) + text + data)

            truth, part, net = (np.load(f"data/{n}.npz") for n in ("truth", "part-00000", "network"))

            def on(level):
                starts, members = truth[f"features.{level}.offsets"], truth[f"features.{level}.members"]
                dense = np.zeros((len(starts) - 1, len(truth[f"turning.{level}.offsets"]) - 1), bool)
                for i in range(len(dense)):
                    dense[i, members[starts[i]:starts[i + 1]]] = True
                return dense

            def cosines(a, b):
                return abs((a / np.linalg.norm(a, axis=1, keepdims=True))
                           @ (b / np.linalg.norm(b, axis=1, keepdims=True)).T)

            def assign(gain):  # the Hungarian method with potentials, rows <= columns
                n, m = gain.shape
                u, v, p, way = np.zeros(n + 1), np.zeros(m + 1), np.zeros(m + 1, int), np.zeros(m + 1, int)
                for i in range(1, n + 1):
                    p[0], j0 = i, 0
                    minv, used = np.full(m + 1, np.inf), np.zeros(m + 1, bool)
                    while True:
                        used[j0] = True
                        i0, delta, j1 = p[j0], np.inf, 0
                        for j in range(1, m + 1):
                            if not used[j]:
                                cur = -gain[i0 - 1, j - 1] - u[i0] - v[j]
                                if cur < minv[j]:
                                    minv[j], way[j] = cur, j0
                                if minv[j] < delta:
                                    delta, j1 = minv[j], j
                        for j in range(m + 1):
                            if used[j]:
                                u[p[j]] += delta
                                v[j] -= delta
                            else:
                                minv[j] -= delta
                        j0 = j1
                        if p[j0] == 0:
                            break
                    while j0:
                        p[j0] = p[way[j0]]
                        j0 = way[j0]
                return {p[j] - 1: j - 1 for j in range(1, m + 1) if p[j]}

            def mcc(a, b):
                c = cosines(a, b)
                c = c if c.shape[0] <= c.shape[1] else c.T
                return np.mean([c[r, k] for r, k in assign(c).items()])

            def detection(fires, is_on):
                hits = (fires & is_on).sum(0)
                with np.errstate(invalid="ignore"):
                    f1 = np.nan_to_num(2 * hits / (fires.sum(0) + is_on.sum(0)))
                    return {"f1": f1.mean(), "precision": np.nan_to_num(hits / fires.sum(0)).mean(),
                            "recall": np.nan_to_num(hits / is_on.sum(0)).mean()}

            def dictionary(z, read, target, decoder, layer):
                features = on(truth["states.level"][layer])
                best = cosines(decoder, truth[f"directions.{layer}"]).argmax(1)
                variance = (target ** 2).sum(1).mean() - (target.mean(0) ** 2).sum()
                return {"explained_variance": 1 - ((target - read) ** 2).sum(1).mean() / variance,
                        "l0": (z > 0).sum(1).mean(), "true_l0": features.sum(1).mean(),
                        "mcc": mcc(decoder, truth[f"directions.{layer}"]),
                        "uniqueness": len(set(best)) / len(best), "dead": (z.max(0) <= 0).sum(),
                        **detection(z > 0, features[:, best])}

            def show(scores):
                for key, value in scores.items():
                    print(key, float(value))

            random = np.random.default_rng(7)
            """;

    @TempDir
    Path folder;

    private ScoredDataset data(BuiltNetwork built, int samples) {
        ActivationDataset.write(
                built,
                new PlainEvaluator(built.network()),
                new DatasetRequest(samples, new Seed(1)).withTruth(),
                folder.resolve("data"),
                Progress.NONE);
        return ScoredDataset.open(folder.resolve("data"));
    }

    private Map<String, Double> numpy(String script) throws Exception {
        String printed = PythonScript.run(folder, NUMPY + script);
        Map<String, Double> values = new HashMap<>();
        for (String line : printed.lines().toList()) {
            assertTrue(line.matches("\\w+ [-+.e0-9naif]+"), printed);
            values.put(line.split(" ")[0], Double.valueOf(line.split(" ")[1]));
        }
        assertTrue(values.size() >= 4, printed);
        return values;
    }

    private static void assertScores(Map<String, Double> expected, Map<String, Object> scores) {
        expected.forEach((name, value) ->
                assertEquals(value, ((Number) scores.get(name)).doubleValue(), 2e-4, name + " of " + scores));
    }

    private Map<String, Object> sae(ScoredDataset data, int layer) {
        int size = data.neurons(layer);
        DictionaryWeights weights = DictionaryWeights.read(folder.resolve("w.safetensors"), size, size);
        return DictionaryScores.autoencoder(data, weights, layer, Progress.NONE);
    }

    @Tag("slow")
    @Test
    void aRandomAutoencoderHasTheScoresThatNumPyGivesIt() throws Exception {
        ScoredDataset data = data(TinyNetworks.clippedTwoAnd(), 300);
        Map<String, Double> expected = numpy("""
                x = part["activations.1"]
                n, latents = x.shape[1], 50
                W_enc, W_dec = random.normal(size=(n, latents)), random.normal(size=(latents, n))
                b_enc, b_dec = random.normal(size=latents) - 1, random.normal(size=n) / 10
                save("w.safetensors", W_enc=W_enc, W_dec=W_dec, b_enc=b_enc, b_dec=b_dec)
                z = np.maximum((x - b_dec) @ W_enc + b_enc, 0)
                show(dictionary(z, z @ W_dec + b_dec, x, W_dec, 1))
                """);
        Map<String, Object> scores = sae(data, 1);
        assertScores(expected, scores);
        assertTrue((double) scores.get("mcc") < 0.4, "the expectation of random vectors: " + scores);
    }

    @Tag("slow")
    @Test
    void topKKeepsTheLargestLatents() throws Exception {
        ScoredDataset data = data(TinyNetworks.clippedTwoAnd(), 200);
        Map<String, Double> expected = numpy("""
                x = part["activations.0"]
                n, latents = x.shape[1], 20
                encoder, decoder = random.normal(size=(latents, n)), random.normal(size=(latents, n))
                save("w.safetensors", encoder=encoder, decoder=decoder, k=np.array([3]))
                z = np.maximum(x @ encoder.T, 0)
                z[z < np.sort(z, axis=1)[:, [-3]]] = 0
                show(dictionary(z, z @ decoder, x, decoder, 0))
                """);
        assertScores(expected, sae(data, 0));
    }

    @Tag("slow")
    @Test
    void anOracleScoresOne() throws Exception {
        ScoredDataset data = data(TinyNetworks.clippedTwoAnd(), 400);
        numpy("""
                save("w.safetensors", decoder=truth["directions.0"])
                show({"a": 1, "b": 1, "c": 1, "d": 1})
                """);
        Map<String, Object> scores = sae(data, 0);
        for (String name : new String[] {"mcc", "uniqueness", "f1", "explained_variance"}) {
            assertEquals(1, (double) scores.get(name), 1e-3, name + " of " + scores);
        }
        assertEquals(0, scores.get("dead"));
        assertEquals((double) scores.get("true_l0"), (double) scores.get("l0"), 1e-9);
    }

    /** A latent for each gate: its encoder asks for the codes of both inputs, its decoder is its direction. */
    @Tag("slow")
    @Test
    void aTranscoderOfTheTrueGatesRecallsEveryHop() throws Exception {
        ScoredDataset data = data(TinyNetworks.clippedTwoAnd(), 400);
        Map<String, Double> expected = numpy("""
                x, y = part["activations.0"], part["activations.2"]
                codes, reads = truth["directions.0"], net["gates.inputs"].reshape(-1, 2)
                encoder, decoder = codes[reads].sum(1), truth["directions.2"]
                weight = codes[0].sum()
                bias = np.full(len(encoder), 1 - 2 * weight)
                save("w.safetensors", encoder=encoder, encoder_bias=bias, decoder=decoder)
                z = np.maximum(x @ encoder.T + bias, 0)
                show({**dictionary(z, z @ decoder, y, decoder, 2), "hop_recall": 1, "true_hops": reads.size,
                      "skipped_hops": 0})
                """);
        DictionaryWeights weights =
                DictionaryWeights.read(folder.resolve("w.safetensors"), data.neurons(0), data.neurons(2));
        Map<String, Object> scores = DictionaryScores.transcoder(data, weights, 0, 2, Progress.NONE);
        assertScores(expected, scores);
        assertEquals(1, (double) scores.get("mcc"), 1e-6);
    }

    /** From the inputs straight to the second layer of gates: what lies between is skipped. */
    @Test
    void aTranscoderOverTwoLayersOfGatesSkipsThoseBetween() throws Exception {
        ScoredDataset data = data(TinyNetworks.layered(), 400);
        numpy("""
                encoder = np.zeros((2, 8))
                edges = [line.split(",") for line in open("data/edges.csv").read().split()[1:]]
                first = {}
                for source, _, target, layer in edges:
                    if layer == "1":
                        first.setdefault(target, []).append(int(source))
                for source, _, target, layer in edges:
                    if layer == "2":
                        encoder[int(target), first[source]] = 1
                save("w.safetensors", encoder=encoder, encoder_bias=np.full(2, -1.0), decoder=truth["directions.2"])
                show({"a": 1, "b": 1, "c": 1, "d": 1})
                """);
        DictionaryWeights weights =
                DictionaryWeights.read(folder.resolve("w.safetensors"), data.neurons(0), data.neurons(2));
        Map<String, Object> scores = DictionaryScores.transcoder(data, weights, 0, 2, Progress.NONE);
        assertEquals(1.0, scores.get("hop_recall"));
        assertEquals(10L, scores.get("two_step_paths"));
        assertTrue((double) scores.get("skipped_hops") > 0.5, scores.toString());
    }

    @Tag("slow")
    @Test
    void probesHaveTheScoresThatNumPyGivesThem() throws Exception {
        ScoredDataset data = data(TinyNetworks.clippedTwoAnd(), 300);
        Map<String, Double> expected = numpy("""
                x, features = part["activations.1"], on(1)
                weight = truth["directions.1"] + random.normal(size=truth["directions.1"].shape) / 2
                bias = np.full(len(weight), -2.0)
                save("w.safetensors", weight=weight, bias=bias)
                fires = x @ weight.T + bias > 0
                show({"accuracy": (fires == features).mean(), **detection(fires, features),
                      "cosine": np.diag(cosines(weight, truth["directions.1"])).mean()})
                """);
        assertScores(expected, ProbeScores.score(data, folder.resolve("w.safetensors"), 1, Progress.NONE));
    }

    @Test
    void decompositionsHaveTheScoresThatNumPyGivesThem() throws Exception {
        ScoredDataset data = data(TinyNetworks.clippedTwoAnd(), 5);
        Map<String, Double> expected = numpy("""
                codes, reads = truth["directions.0"], net["gates.inputs"].reshape(-1, 2)
                starts, rows = truth["channels.1.offsets"], truth["channels.1.rows"]
                n = codes.shape[1]
                U, V = np.zeros((30, n)), np.minimum(codes[reads].sum(1), 1)
                for gate in range(30):
                    U[gate, rows[starts[gate]:starts[gate + 1]]] = 1
                parts = np.einsum("ir,ic->irc", U, V).reshape(30, -1)
                U[5:] += random.normal(size=(25, n)) * 0.05  # five oracle components, the others worse and worse
                U[20:] = random.normal(size=(10, n))
                save("w.safetensors", **{"layers.0.U": U, "layers.0.V": V})
                c = cosines(np.einsum("ir,ic->irc", U, V).reshape(30, -1), parts)
                W = net["layers.0.weight"]
                pairs = assign(c)
                show({"faithfulness": 1 - ((W - U.T @ V) ** 2).sum() / (W ** 2).sum(), "mmcs": c.max(0).mean(),
                      "mcc": np.mean([c[r, k] for r, k in pairs.items()]),
                      "recovered_gates": sum(c[r, k] >= 0.9 for r, k in pairs.items())})
                """);
        Map<String, Object> scores = DecompositionScores.score(data, folder.resolve("w.safetensors"), 0);
        assertScores(expected, scores);
        assertTrue((int) scores.get("recovered_gates") >= 5);
    }

    @Test
    void weightsThatDoNotFitAreRefused() throws Exception {
        ScoredDataset data = data(TinyNetworks.clippedTwoAnd(), 5);
        numpy("""
                save("w.safetensors", decoder=np.ones((3, 4)))
                show({"a": 1, "b": 1, "c": 1, "d": 1})
                """);
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> sae(data, 0));
        assertTrue(fault.getMessage().endsWith("tensor decoder is float32 [3, 4], but must be [latents, 160]"));
        fault = assertThrows(InvalidInputException.class, () -> data.neurons(3));
        assertEquals("layer 3 is not there: the data set has the activations of 0 to 2", fault.getMessage());
        Path nowhere = folder.resolve("nowhere");
        assertTrue(assertThrows(InvalidInputException.class, () -> ScoredDataset.open(nowhere))
                .getMessage()
                .contains("holds no data set"));
    }
}
