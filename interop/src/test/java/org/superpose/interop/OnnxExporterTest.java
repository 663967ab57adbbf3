package org.superpose.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.Reading;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Every kind of network, evaluated by ONNX Runtime and by our own evaluators. */
class OnnxExporterTest {
    private static final int BATCH = 512;
    private static final ParameterValues WITH_CODEC = ParameterValues.NONE.with(OnnxExporter.WITH_CODEC, true);

    @TempDir
    Path folder;

    static List<BuiltNetwork> networks() {
        return TinyNetworks.all();
    }

    private Path exported(BuiltNetwork built, ParameterValues options) {
        Path file = folder.resolve("net.onnx");
        new OnnxExporter().export(built, options, file);
        return file;
    }

    private static OrtSession session(Path file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // strict shape inference turns any structure that the schema does not allow into an error
            options.addConfigEntry("session.strict_shape_type_inference", "1");
            options.setIntraOpNumThreads(1);
            return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
        }
    }

    private static float[][] run(OrtSession session, float[][] inputs) throws OrtException {
        return runAll(session, inputs).get(0);
    }

    /** Every output of the model. */
    private static List<float[][]> runAll(OrtSession session, float[][] inputs) throws OrtException {
        int columns = inputs[0].length;
        FloatBuffer flat = FloatBuffer.allocate(inputs.length * columns);
        for (float[] input : inputs) {
            flat.put(input);
        }
        String name = session.getInputNames().iterator().next();
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(), flat.flip(), new long[] {inputs.length, columns});
                OrtSession.Result result = session.run(Map.of(name, tensor))) {
            List<float[][]> values = new ArrayList<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                values.add((float[][]) output.getValue().getValue());
            }
            return values;
        }
    }

    private static float[] indicator(FeatureSet active, int features) {
        float[] x = new float[features];
        for (int j : active.toArray()) {
            x[j] = 1;
        }
        return x;
    }

    /** Runs both files on the inputs and compares with the plain evaluator. */
    private void assertSameAsPlain(BuiltNetwork built, List<FeatureSet> inputs) throws OrtException {
        SuperposedNetwork network = built.network();
        PlainEvaluator plain = new PlainEvaluator(network);
        boolean exact = Exactness.of(network, network.domain().maxActive()).isExact();
        try (OrtSession raw = session(exported(built, ParameterValues.NONE));
                OrtSession complete = session(exported(built, WITH_CODEC))) {
            for (int from = 0; from < inputs.size(); from += BATCH) {
                List<FeatureSet> batch = inputs.subList(from, Math.min(inputs.size(), from + BATCH));
                float[][][] states = batch.stream().map(plain::activations).toArray(float[][][]::new);
                float[][] y0 = new float[batch.size()][];
                float[][] x = new float[batch.size()][];
                for (int b = 0; b < y0.length; b++) {
                    y0[b] = states[b][0];
                    x[b] = indicator(batch.get(b), network.inputs());
                }
                float[][] last = run(raw, y0);
                List<float[][]> read = runAll(complete, x);
                for (int b = 0; b < y0.length; b++) {
                    float[] expected = states[b][states[b].length - 1];
                    if (exact) {
                        assertArrayEquals(expected, last[b]);
                    } else {
                        assertArrayEquals(expected, last[b], 1e-4f);
                    }
                    Reading reading = plain.read(batch.get(b));
                    String which = batch.get(b) + " of " + built.instance();
                    assertArrayEquals(indicator(reading.on(), network.outputs()), read.get(0)[b], which);
                    assertEquals(network.decoder().isTwoSided() ? 2 : 1, read.size());
                    if (network.decoder().isTwoSided()) {
                        assertArrayEquals(indicator(reading.between(), network.outputs()), read.get(1)[b], which);
                    }
                }
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeGivesTheSameValuesAndOutputsOnTheWholeDomain(BuiltNetwork built) throws OrtException {
        List<FeatureSet> domain = new ArrayList<>();
        built.instance().domain().forEach(domain::add);
        assertSameAsPlain(built, domain);
    }

    @Test
    void theSampleNetworksTurnOutputsOnAndOffAndTheOverloadedOneIsWrongSomewhere() {
        BuiltNetwork right = TinyNetworks.clippedTwoAnd();
        PlainEvaluator evaluator = new PlainEvaluator(right.network());
        right.instance()
                .domain()
                .forEach(active -> assertEquals(right.instance().evaluate(active), evaluator.evaluate(active)));
        BuiltNetwork wrong = TinyNetworks.overloadedTwoAnd();
        PlainEvaluator overloaded = new PlainEvaluator(wrong.network());
        Set<Boolean> verdicts = new HashSet<>();
        wrong.instance()
                .domain()
                .forEach(
                        active -> verdicts.add(wrong.instance().evaluate(active).equals(overloaded.evaluate(active))));
        assertEquals(Set.of(true, false), verdicts);
    }

    @Tag("slow")
    @Test
    void onnxRuntimeGivesTheSameValuesOnSampledInputsOfALargerNetwork() throws OrtException {
        BuiltNetwork built = TinyNetworks.large();
        RandomGenerator random = new Seed(9).generator();
        InputDomain domain = built.instance().domain();
        List<FeatureSet> inputs = new ArrayList<>();
        for (int gate = 0; gate < 50; gate++) {
            inputs.add(FeatureSet.of(built.instance().gates().reads(gate)));
            inputs.add(domain.sample(random.nextInt(domain.maxActive() + 1), random));
        }
        assertSameAsPlain(built, inputs);
    }

    /**
     * More than 100,000 inputs at the speed of ONNX Runtime: on every one, the decoded outputs are those of the gates.
     */
    @Tag("slow")
    @Test
    void onnxRuntimeVerifiesALargerNetworkOnItsWholeDomain() throws OrtException {
        BuiltNetwork built = TinyNetworks.large();
        assertTrue(built.network().width() < built.network().outputs());
        List<FeatureSet> domain = new ArrayList<>();
        built.instance().domain().forEach(domain::add);
        assertEquals(101_476, domain.size());
        int wrong = 0;
        try (OrtSession complete = session(exported(built, WITH_CODEC))) {
            for (int from = 0; from < domain.size(); from += BATCH) {
                List<FeatureSet> batch = domain.subList(from, Math.min(domain.size(), from + BATCH));
                float[][] x = batch.stream()
                        .map(active -> indicator(active, built.network().inputs()))
                        .toArray(float[][]::new);
                float[][] outputs = run(complete, x);
                for (int b = 0; b < x.length; b++) {
                    float[] expected = indicator(
                            built.instance().evaluate(batch.get(b)),
                            built.network().outputs());
                    wrong += Arrays.equals(expected, outputs[b]) ? 0 : 1;
                }
            }
        }
        assertEquals(0, wrong);
    }

    @Tag("slow")
    @Test
    void inputsAndOutputsHaveADynamicBatchAndTheStatedNames() throws OrtException {
        BuiltNetwork built = TinyNetworks.linearPermutation();
        try (OrtSession raw = session(exported(built, ParameterValues.NONE));
                OrtSession complete = session(exported(built, WITH_CODEC))) {
            assertShape(raw.getInputInfo(), "y0", 200);
            assertShape(raw.getOutputInfo(), "y1", 200);
            assertShape(complete.getInputInfo(), "features", 60);
            assertShape(complete.getOutputInfo(), "outputs", 60);
        }
    }

    private static void assertShape(Map<String, NodeInfo> info, String name, long columns) {
        assertEquals(Set.of(name), info.keySet());
        assertArrayEquals(new long[] {-1, columns}, ((TensorInfo) info.get(name).getInfo()).getShape());
    }

    /**
     * The rules of the ONNX checker that need no operator schemas; ONNX Runtime checks the others when it loads the
     * file.
     */
    @ParameterizedTest
    @MethodSource("networks")
    void theGraphIsInSingleAssignmentFormAndSorted(BuiltNetwork built) throws Exception {
        for (ParameterValues options : List.of(ParameterValues.NONE, WITH_CODEC)) {
            ModelProto model;
            try (InputStream in = Files.newInputStream(exported(built, options))) {
                model = ModelProto.parseFrom(in);
            }
            assertEquals(8, model.getIrVersion());
            assertEquals(1, model.getOpsetImportCount());
            assertEquals(OnnxExporter.OPERATOR_SET, model.getOpsetImport(0).getVersion());
            Set<String> known = new HashSet<>();
            model.getGraph().getInputList().forEach(input -> assertTrue(known.add(input.getName())));
            model.getGraph().getInitializerList().forEach(constant -> assertTrue(known.add(constant.getName())));
            for (NodeProto node : model.getGraph().getNodeList()) {
                assertTrue(known.containsAll(node.getInputList()), node.getName());
                node.getOutputList().forEach(output -> assertTrue(known.add(output), output));
                assertFalse(node.getOpType().isEmpty());
            }
            model.getGraph().getOutputList().forEach(output -> assertTrue(known.contains(output.getName())));
            assertEquals("metadata", model.getMetadataProps(0).getKey());
        }
    }

    @Test
    void aNetworkBeyondTheLimitOfProtobufIsRefusedBeforeItIsBuilt() {
        int n = 32_768;
        BitMatrix bits = BitMatrix.ofBits(n, n, new long[n * (n / 64)]);
        Gates gates = Gates.conjunctions(1, 1, new int[] {0});
        ProblemInstance instance = ProblemInstance.of(
                "permutation", ParameterValues.NONE, 0, gates, InputDomain.sparse(1, 1), FunctionClass.permutations(1));
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.ofWeight(n, 1, new int[] {0}),
                List.of(Layer.withBias(bits, 0), Layer.withBias(DiagonalMatrix.ofValue(n, 1), 0)),
                Decoder.withThreshold(Codes.ofWeight(n, 1, new int[] {0}), Decoder.Kind.SUM, 1),
                InputDomain.sparse(1, 1),
                false,
                new Provenance("tiny", Map.of(), 0, Map.of()));
        Path file = folder.resolve("large.onnx");
        InvalidInputException fault = assertThrows(
                InvalidInputException.class,
                () -> new OnnxExporter().export(new BuiltNetwork(instance, network), ParameterValues.NONE, file));
        assertTrue(fault.getMessage().contains("at most 2 GiB, but this network needs 4096 MiB"), fault.getMessage());
        assertFalse(Files.exists(file));
    }

    @Test
    void exportingTwiceGivesTheSameBytes() throws Exception {
        BuiltNetwork built = TinyNetworks.saturatedTwoAnd();
        byte[] first = Files.readAllBytes(exported(built, WITH_CODEC));
        assertArrayEquals(first, Files.readAllBytes(exported(built, WITH_CODEC)));
    }
}
