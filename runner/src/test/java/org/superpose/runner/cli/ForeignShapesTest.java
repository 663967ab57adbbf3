package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** What the commands say of a network with a dense encoder, a residual stream and a read-out with two thresholds. */
class ForeignShapesTest {
    @TempDir
    Path folder;

    private Path file;

    /** Four features, their stream x itself, three gates, each a neuron whose value is added to the stream. */
    private static BuiltNetwork built(float off) {
        float[] stream = new float[16];
        float[] neurons = new float[12];
        float[] written = new float[12];
        float[] readout = new float[12];
        int[] reads = {0, 1, 1, 2, 2, 3};
        for (int j = 0; j < 4; j++) {
            stream[5 * j] = 1;
        }
        for (int i = 0; i < 3; i++) {
            neurons[4 * i + reads[2 * i]] = 1;
            neurons[4 * i + reads[2 * i + 1]] = 1;
            written[3 * i + i] = 4;
            readout[4 * i + i] = 1;
        }
        InputDomain domain = InputDomain.sparse(4, 2);
        ProblemInstance instance = ProblemInstance.of(
                "two-and",
                ParameterValues.NONE,
                1,
                Gates.conjunctions(4, 2, reads),
                domain,
                FunctionClass.distinctSubsets(4, 2, 3));
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.identity(4),
                List.of(
                        Layer.linear(new DenseMatrix(4, 4, stream), new float[4]),
                        new Layer(new DenseMatrix(3, 4, neurons), new float[] {-1, -1, -1}),
                        new Layer(new DenseMatrix(4, 3, written), new float[4], Activation.NONE, OptionalInt.of(1)),
                        Layer.linear(new DenseMatrix(3, 4, readout), new float[3])),
                Decoder.readout(new float[] {4, 4, 4}, new float[] {off, off, off}),
                domain,
                false,
                new Provenance("by-hand", Map.of(), 0, Map.of()));
        return new BuiltNetwork(instance, network);
    }

    @BeforeEach
    void write() {
        file = folder.resolve("net.superpose.zip");
        NetworkFile.write(file, built(1));
    }

    @Test
    void itIsVerifiedInTheAutomaticWay() throws IOException {
        Printed verified = superpose("verify", file, "--json");
        assertEquals(ExitStatus.DONE, verified.status(), verified.err());
        assertEquals("exhaustive", verified.json().get("method").textValue());
    }

    @Test
    void anOutputBetweenItsThresholdsIsToldInWordsAndAsNullInJson() throws IOException {
        Path wrong = folder.resolve("wrong.superpose.zip");
        NetworkFile.write(wrong, built(0.5f));
        Printed refuted = superpose("verify", wrong);
        assertEquals(ExitStatus.REFUTED, refuted.status(), refuted.err());
        assertTrue(
                refuted.out().contains("input {0}, output 0 expected off, got between its thresholds"), refuted.out());
        JsonNode counterexample = superpose("verify", wrong, "--json").json().get("counterexample");
        assertTrue(counterexample.get("got").isNull(), counterexample.toString());
        assertFalse(counterexample.get("expected").booleanValue());
    }

    @Test
    void itsHiddenAndEmbeddingWidthsAreApartAndItsLimitSaysWhatItCounts() throws IOException {
        Printed inspected = superpose("inspect", file, "--json");
        assertEquals(ExitStatus.DONE, inspected.status(), inspected.err());
        JsonNode json = inspected.json();
        assertEquals(3, json.get("width").intValue());
        assertEquals(4, json.get("embedding_width").intValue());
        assertEquals(4, json.get("layers").intValue());
        assertEquals(1, json.get("superposition_ratio").doubleValue());
        assertEquals(
                "encoder, hidden layers, read-out",
                json.get("width_limit_counts").textValue());
        assertEquals("none", json.get("weights").get(2).get("activation").textValue());
        assertEquals(1, json.get("weights").get(2).get("skip").intValue());
        assertTrue(json.get("weights").get(1).get("skip").isNull());
        assertTrue(superpose("inspect", file).out().contains("+ y1, none"));
    }

    @Test
    void aLayerWithoutReluHasNoNeuronsThatFire() {
        Printed fires = superpose("inspect", file, "--neuron", "1", "--layer", "2");
        assertEquals(ExitStatus.DONE, fires.status(), fires.err());
        assertEquals("neuron 1 of layer 2 fires for 1 outputs: 1", fires.out().strip());
        Printed refused = superpose("inspect", file, "--neuron", "1", "--layer", "3");
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("--layer 3 has no ReLU"), refused.err());
        Printed plot = superpose("inspect", file, "--plot", folder.resolve("net.svg"));
        assertEquals(ExitStatus.BAD_INPUT, plot.status());
        assertTrue(plot.err().contains("--plot draws which hidden neurons"), plot.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors", "onnx"})
    void anExportComesBackToTheSameDigest(String format) throws IOException {
        Path exported = folder.resolve("net." + format);
        assertEquals(
                ExitStatus.DONE,
                superpose("export", file, "--format", format, "-o", exported).status());
        Path back = folder.resolve("back.superpose.zip");
        Printed imported = superpose("import", exported, "-o", back);
        assertEquals(ExitStatus.DONE, imported.status(), imported.err());
        assertTrue((imported.out() + imported.err()).contains("n = 3, embedding 4, digest "), imported.err());
        assertEquals(built(1), NetworkFile.read(back));
    }
}
