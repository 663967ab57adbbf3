package org.superpose.interop.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Activation;
import org.superpose.core.network.Layer;
import org.superpose.core.random.Seed;
import org.superpose.interop.tensor.Rounding;

/** Graphs of every supported form, evaluated by ONNX Runtime and as the network that was read. */
class OnnxGraphTest {
    private static final int BATCH = 17;

    @TempDir
    Path folder;

    private Path write(Onnx graph) throws IOException {
        return graph.write(folder.resolve("model.onnx"));
    }

    private static ForeignNetwork read(Path file) {
        return ForeignNetworkReader.read(file, ImportSettings.NONE);
    }

    /** The definition: y_t = f(W y_(t-1) + b + y_skip), in float64. */
    static double[] logits(ForeignNetwork network, float[] x) {
        List<double[]> states = new ArrayList<>();
        double[] first = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            first[j] = x[j];
        }
        states.add(first);
        for (Layer layer : network.layers()) {
            double[] before = states.get(states.size() - 1);
            double[] after = new double[layer.rows()];
            float[] row = new float[layer.columns()];
            for (int r = 0; r < after.length; r++) {
                layer.weights().copyRow(r, row);
                double sum = layer.bias(r);
                for (int c = 0; c < row.length; c++) {
                    sum += row[c] * before[c];
                }
                sum += layer.skip().isPresent() ? states.get(layer.skip().getAsInt())[r] : 0;
                after[r] = layer.activation() == Activation.RELU ? Math.max(0, sum) : sum;
            }
            states.add(after);
        }
        return states.get(states.size() - 1);
    }

    private static float[][] randomInputs(RandomGenerator random, int features) {
        float[][] inputs = new float[BATCH][features];
        for (float[] input : inputs) {
            for (int j = 0; j < features; j++) {
                input[j] = random.nextInt(2);
            }
        }
        return inputs;
    }

    private static void assertAgrees(Path file, float[][] inputs, double tolerance, long... shape) throws OrtException {
        ForeignNetwork network = read(file);
        float[][] expected = Onnx.run(file, inputs, shape);
        for (int b = 0; b < inputs.length; b++) {
            double[] logits = logits(network, inputs[b]);
            assertEquals(expected[b].length, logits.length);
            for (int i = 0; i < logits.length; i++) {
                assertEquals(expected[b][i], logits[i], tolerance, "input " + b + ", output " + i);
            }
        }
    }

    /** Small whole numbers, so that every sum is exact in float32 whatever the order. */
    private static float[] numbers(RandomGenerator random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(5) - 2;
        }
        return numbers;
    }

    /** A graph in the making that draws every form of every operator. */
    private static final class RandomGraph {
        private final Onnx onnx = new Onnx();
        private final RandomGenerator random;
        private final List<String> earlier = new ArrayList<>();
        private final List<Integer> widths = new ArrayList<>();
        private String value;
        private int width;
        private boolean batchFirst = true;
        private int count;

        RandomGraph(RandomGenerator random, int features, int operatorSet) {
            this.random = random;
            this.width = features;
            this.value = "x";
            onnx.operatorSet = operatorSet;
            onnx.input("x", "batch", features);
        }

        private void node(String operator, String inputs, AttributeProto... attributes) {
            value = "v" + count++;
            onnx.node(operator, value, inputs, attributes);
        }

        /** A constant in one of the ways that there are. */
        private String constant(float[] numbers, long... dimensions) {
            String name = "c" + count++;
            switch (random.nextInt(4)) {
                case 0 -> onnx.initialiser(Onnx.raw(name, numbers, dimensions));
                case 1 -> onnx.initialiser(Onnx.listed(name, numbers, dimensions));
                case 2 -> onnx.node("Constant", name, "", Onnx.attribute("value", Onnx.raw("", numbers, dimensions)));
                default -> {
                    onnx.initialiser(Onnx.raw(name + "i", numbers, dimensions));
                    onnx.node("Identity", name, name + "i");
                }
            }
            if (dimensions.length == 2 && random.nextInt(4) == 0) {
                String stored = name + "t";
                float[] transposed = Transposed.of((int) dimensions[0], (int) dimensions[1], numbers);
                onnx.initialiser(Onnx.raw(stored, transposed, dimensions[1], dimensions[0]));
                onnx.node("Transpose", name + "u", stored, Onnx.attribute("perm", 1L, 0L));
                return name + "u";
            }
            return name;
        }

        private void transpose() {
            if (random.nextBoolean()) {
                node("Transpose", value);
            } else {
                node("Transpose", value, Onnx.attribute("perm", 1L, 0L));
            }
            batchFirst = !batchFirst;
        }

        private void gemm() {
            int rows = 1 + random.nextInt(6);
            boolean other = random.nextBoolean();
            boolean left = random.nextBoolean();
            float alpha = List.of(1f, 2f, -1f).get(random.nextInt(3));
            float beta = List.of(1f, 2f, -1f).get(random.nextInt(3));
            // X: [batch, width] or its transpose; the weights stand on the other side, plain or transposed
            String inputs;
            long transX = left == batchFirst ? 0 : 1;
            String weights;
            if (left) {
                weights = other
                        ? constant(numbers(random, rows * width), rows, width)
                        : constant(numbers(random, rows * width), width, rows);
                inputs = value + "," + weights;
            } else {
                weights = other
                        ? constant(numbers(random, rows * width), width, rows)
                        : constant(numbers(random, rows * width), rows, width);
                inputs = weights + "," + value;
            }
            String offset = switch (random.nextInt(5)) {
                case 0 -> "";
                case 1 -> constant(numbers(random, 1));
                case 2 -> constant(numbers(random, 1), 1);
                case 3 -> left ? constant(numbers(random, rows), 1, rows) : constant(numbers(random, rows), rows, 1);
                default -> left ? constant(numbers(random, rows), rows) : "";
            };
            node(
                    "Gemm",
                    inputs + (offset.isEmpty() ? "" : "," + offset),
                    Onnx.attribute(left ? "transA" : "transB", transX),
                    Onnx.attribute(left ? "transB" : "transA", other ? 1L : 0L),
                    Onnx.attribute("alpha", alpha),
                    Onnx.attribute("beta", beta));
            batchFirst = left;
            width = rows;
        }

        private void matMul() {
            int rows = 1 + random.nextInt(6);
            if (batchFirst) {
                node("MatMul", value + "," + constant(numbers(random, rows * width), width, rows));
            } else {
                node("MatMul", constant(numbers(random, rows * width), rows, width) + "," + value);
            }
            width = rows;
        }

        private void addConstant() {
            String offset = switch (random.nextInt(3)) {
                case 0 -> constant(numbers(random, 1));
                case 1 ->
                    batchFirst
                            ? constant(numbers(random, width), 1, width)
                            : constant(numbers(random, width), width, 1);
                default -> batchFirst ? constant(numbers(random, width), width) : constant(numbers(random, 1), 1, 1);
            };
            node("Add", random.nextBoolean() ? value + "," + offset : offset + "," + value);
        }

        private void addEarlier() {
            List<Integer> fitting = new ArrayList<>();
            for (int t = 0; t < earlier.size(); t++) {
                if (widths.get(t) == width) {
                    fitting.add(t);
                }
            }
            if (!batchFirst) {
                transpose();
            }
            if (!fitting.isEmpty()) {
                String skip = earlier.get(fitting.get(random.nextInt(fitting.size())));
                node("Add", random.nextBoolean() ? value + "," + skip : skip + "," + value);
            }
        }

        void step() {
            if (batchFirst && random.nextInt(3) == 0) {
                earlier.add(value);
                widths.add(width);
            }
            switch (random.nextInt(9)) {
                case 0 -> transpose();
                case 1, 2 -> gemm();
                case 3 -> matMul();
                case 4 -> addConstant();
                case 5, 6 -> addEarlier();
                case 7 -> node(random.nextBoolean() ? "Relu" : "Identity", value);
                default -> {
                    if (batchFirst) {
                        node("Flatten", value, Onnx.attribute("axis", random.nextBoolean() ? 1L : -1L));
                    } else {
                        node("Relu", value);
                    }
                }
            }
        }

        Onnx finish() {
            gemm();
            if (!batchFirst) {
                transpose();
            }
            onnx.output(value, "batch", width);
            return onnx;
        }
    }

    /** All numbers are such that every sum is exact, so ONNX Runtime has to give exactly what the network gives. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {OnnxGraph.OLDEST, 14, 17, 19, 21, 23, 24, 25, OnnxGraph.NEWEST})
    void randomGraphsGiveWhatOnnxRuntimeGives(int operatorSet) throws Exception {
        RandomGenerator random = new Seed(operatorSet).generator();
        long skips = 0;
        for (int trial = 0; trial < 60; trial++) {
            int features = 1 + random.nextInt(7);
            RandomGraph graph = new RandomGraph(random, features, operatorSet);
            for (int step = random.nextInt(14); step > 0; step--) {
                graph.step();
            }
            Path file = write(graph.finish());
            assertAgrees(file, randomInputs(random, features), 0);
            skips += read(file).layers().stream()
                    .filter(layer -> layer.skip().isPresent())
                    .count();
        }
        assertTrue(skips > 5, "only " + skips + " skips were drawn");
    }

    /** onnx_helper.py, which wrote the file, lies beside it. */
    @Test
    void aModelThatAnotherLibraryBuiltGivesWhatOnnxRuntimeGives() throws Exception {
        Path file = Path.of("src", "test", "resources", "foreign", "residual.onnx");
        assertAgrees(file, randomInputs(new Seed(19).generator(), 40), 1e-3);
        List<Layer> layers = read(file).layers();
        assertEquals(4, layers.size());
        assertEquals(1, layers.get(2).skip().orElseThrow());
    }

    @Test
    void theNewestOperatorSetIsTheNewestThatOnnxRuntimeRuns() throws Exception {
        Onnx graph = new Onnx().input("x", "batch", 2).output("y", "batch", 2).weights("w", 2, 2, 1, 2, 3, 4);
        graph.node("MatMul", "y", "x,w").operatorSet = OnnxGraph.NEWEST;
        Path file = write(graph);
        assertDoesNotThrow(() -> Onnx.run(file, new float[][] {{1, 0}}));
        graph.operatorSet++;
        Path newer = write(graph);
        assertThrows(OrtException.class, () -> Onnx.run(newer, new float[][] {{1, 0}}));
        assertFault(graph, "asks for version 27 of the ONNX operator set, but only 13 to 26 are read");
        graph.operatorSet = 12;
        assertFault(graph, "asks for version 12");
    }

    private void assertFault(Onnx graph, String part) throws IOException {
        Path file = write(graph);
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> read(file));
        assertTrue(
                fault.getMessage().startsWith(file + ": ")
                        && fault.getMessage().lines().count() == 1,
                fault.getMessage());
        assertTrue(fault.getMessage().contains(part), fault.getMessage());
    }

    private static Onnx linear() {
        return new Onnx()
                .input("x", "batch", 2)
                .weights("w", 2, 3, 1, 2, 3, 4, 5, 6)
                .vector("b", 7, 8, 9);
    }

    @Test
    void anInputOfSeveralDimensionsIsFlattened() throws Exception {
        Onnx graph = new Onnx().input("x", "batch", 2, 3).output("y", "batch", 2);
        graph.node("Flatten", "f", "x").weights("w", 6, 2, numbers(new Seed(1).generator(), 12));
        Path file = write(graph.node("MatMul", "y", "f,w"));
        float[][] inputs = randomInputs(new Seed(2).generator(), 6);
        assertAgrees(file, inputs, 0, BATCH, 2, 3);
        assertEquals(6, read(file).features());
    }

    @Test
    void numbersMayBeInAFileBesideTheModelButNowhereElse() throws Exception {
        float[] numbers = {1, -2, 3, 4, 5, 6};
        ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(8);
        bytes.asFloatBuffer().put(numbers);
        Files.write(folder.resolve("model.onnx.data"), bytes.array());
        Onnx graph = external("model.onnx.data", "8", "24");
        assertAgrees(write(graph), randomInputs(new Seed(3).generator(), 2), 0);
        assertFault(external("model.onnx.data", "8", "20"), "array w takes 24 bytes, but has 20 at byte 8");
        assertFault(external("model.onnx.data", "20", "24"), "has 24 at byte 20 of \"model.onnx.data\", which has 40");
        assertFault(external("model.onnx.data", "-1", "24"), "has the offset \"-1\"");
        assertFault(external("missing.data", "0", "24"), "which is not beside the model");
        Path outside = Files.createTempFile("outside", ".data");
        try {
            Files.write(outside, bytes.array());
            assertFault(external(outside.toString(), "8", "24"), "which is not beside the model");
            Files.createSymbolicLink(folder.resolve("link.data"), outside);
            assertFault(external("link.data", "8", "24"), "which is not beside the model");
        } finally {
            Files.delete(outside);
        }
    }

    private static Onnx external(String location, String offset, String length) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(2)
                .addDims(3)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        String[] entries = {"location", location, "offset", offset, "length", length};
        for (int t = 0; t < entries.length; t += 2) {
            tensor.addExternalData(
                    StringStringEntryProto.newBuilder().setKey(entries[t]).setValue(entries[t + 1]));
        }
        Onnx graph = new Onnx().input("x", "batch", 2).output("y", "batch", 3).initialiser(tensor.build());
        return graph.node("MatMul", "y", "x,w");
    }

    /** Every number type that ONNX has for weights, each in the field that the format keeps for it. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT,false", "DOUBLE,false", "FLOAT16,false", "BFLOAT16,false", "INT8,false", "INT16,false", "INT32,false",
        "INT64,false", "UINT8,false", "UINT16,false", "UINT32,false", "UINT64,false", "BOOL,false", "FLOAT,true",
        "DOUBLE,true", "FLOAT16,true", "BFLOAT16,true", "INT8,true", "INT16,true", "INT32,true", "INT64,true",
        "UINT8,true", "UINT16,true", "UINT32,true", "UINT64,true", "BOOL,true"
    })
    void everyTypeOfNumbersIsConverted(TensorProto.DataType type, boolean raw) throws IOException {
        int[] numbers = type == TensorProto.DataType.BOOL ? new int[] {0, 1, 1, 0} : new int[] {1, 2, 100, 5};
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(type.getNumber())
                .addDims(2)
                .addDims(2);
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            int bits = Float.floatToIntBits(number);
            switch (type) {
                case FLOAT -> tensor.addFloatData(bytes.putFloat(number).getFloat(bytes.position() - 4));
                case DOUBLE -> tensor.addDoubleData(bytes.putDouble(number).getDouble(bytes.position() - 8));
                case INT64 -> tensor.addInt64Data(bytes.putLong(number).getLong(bytes.position() - 8));
                case UINT64 -> tensor.addUint64Data(bytes.putLong(number).getLong(bytes.position() - 8));
                case UINT32 -> tensor.addUint64Data(bytes.putInt(number).getInt(bytes.position() - 4));
                case INT32 -> tensor.addInt32Data(bytes.putInt(number).getInt(bytes.position() - 4));
                case INT16, UINT16 ->
                    tensor.addInt32Data(bytes.putShort((short) number).getShort(bytes.position() - 2));
                case BFLOAT16 ->
                    tensor.addInt32Data(bytes.putShort((short) (bits >>> 16)).getShort(bytes.position() - 2) & 0xffff);
                case FLOAT16 ->
                    tensor.addInt32Data(bytes.putShort((short) ((bits >>> 23) - 112 << 10 | bits >>> 13 & 1023))
                                    .getShort(bytes.position() - 2)
                            & 0xffff);
                default -> tensor.addInt32Data(bytes.put((byte) number).get(bytes.position() - 1));
            }
        }
        if (raw) {
            tensor.clearFloatData()
                    .clearDoubleData()
                    .clearInt32Data()
                    .clearInt64Data()
                    .clearUint64Data();
            tensor.setRawData(ByteString.copyFrom(bytes.flip()));
        }
        Onnx graph = new Onnx().input("x", "batch", 2).output("y", "batch", 2).initialiser(tensor.build());
        ForeignNetwork network = read(write(graph.node("MatMul", "y", "x,w")));
        float[] row = new float[2];
        for (int r = 0; r < 2; r++) {
            network.layers().get(0).weights().copyRow(r, row);
            assertArrayEquals(new float[] {numbers[r], numbers[2 + r]}, row);
        }
    }

    @Test
    void whatTheOutputDoesNotDependOnIsIgnoredAndNamed() throws IOException {
        Onnx graph = linear().output("y", "batch", 3).vector("unused", 1);
        graph.node("Sigmoid", "s", "x").node("MatMul", "y", "x,w");
        assertEquals(List.of("/s/Sigmoid", "b", "unused"), read(write(graph)).ignored());
    }

    @Test
    void unknownOperatorsAreNamedWithTheirNodeAndWhatIsSupported() throws IOException {
        assertFault(
                linear().output("y", "batch", 3).node("MatMul", "z", "x,w").node("Sigmoid", "y", "z"),
                "has the node \"/y/Sigmoid\" with the operator Sigmoid, which is not supported: only Gemm, MatMul, Add,"
                        + " Relu, Identity, Transpose, Flatten and Constant are");
        Onnx custom = linear().output("y", "batch", 3).node("MatMul", "y", "x,w");
        custom.graph.getNodeBuilder(0).setDomain("com.example").clearName();
        assertFault(custom, "the node \"-> y\" with the operator com.example.MatMul");
    }

    @Test
    void shapesThatDoNotChainNameTheNodeTheTensorAndTheSizes() throws IOException {
        Onnx graph = linear().output("y", "batch", 3).weights("v", 4, 3, new float[12]);
        assertFault(
                graph.node("MatMul", "z", "x,w").node("MatMul", "y", "z,v"),
                "(MatMul), whose weights v [4, 3] take 4 numbers, but z has 3");
        assertFault(
                linear().output("y", "batch", 3)
                        .vector("long", 1, 2)
                        .node("MatMul", "z", "x,w")
                        .node("Add", "y", "z,long"),
                "which adds long [2] to [batch, 3]");
        Onnx input = new Onnx().input("x", "batch", 5).output("y", "batch", 3).weights("w", 2, 3, new float[6]);
        assertFault(input.node("MatMul", "y", "x,w"), "has the input x of 5 features, but its first weights take 2");
        assertFault(
                linear().output("y", "batch", 3).node("MatMul", "z", "x,w").node("Add", "y", "z,x"),
                "which adds 2 numbers to 3");
    }

    @Test
    void graphsOfAnotherFormAreRefusedWithAReason() throws IOException {
        assertFault(linear().node("MatMul", "y", "x,w"), "has 0 outputs");
        assertFault(
                linear().input("z", "batch", 2).output("y", "batch", 3).node("MatMul", "y", "x,w"),
                "has 2 inputs (x, z)");
        assertFault(
                linear().output("y", "batch", 3).output("z", "batch", 3).node("MatMul", "y", "x,w"),
                "has 2 outputs (y, z), but must have one");
        assertFault(linear().output("y", "batch", 3).node("MatMul", "y", "x,v"), "reads \"v\", but nothing before it");
        assertFault(
                linear().output("y", "batch", 3).node("MatMul", "y", "x"), "which has too few inputs: 2 are needed");
        assertFault(linear().output("y", "batch", 3).node("MatMul", "y", "x,x"), "multiplies two values");
        assertFault(linear().output("y", "batch", 3).node("MatMul", "y", "w,x"), "multiplies along the batch");
        assertFault(linear().output("y", "batch", 3).node("MatMul", "y", "w,w"), "whose inputs are all constant");
        assertFault(linear().output("w", 2, 3).node("MatMul", "y", "x,w"), "does not depend on the input x");
        assertFault(linear().output("x", "batch", 2), "gives its input x back");
        assertFault(
                linear().output("y", "batch", 3)
                        .node("MatMul", "p", "x,w")
                        .node("MatMul", "q", "x,w")
                        .node("Add", "y", "p,q"),
                "which adds p and q, neither of which is computed from the other");
        assertFault(
                linear().output("y", "batch", 3)
                        .node("Flatten", "z", "x", Onnx.attribute("axis", 0))
                        .node("MatMul", "y", "z,w"),
                "whose axis is 0");
        Onnx twice = linear().output("y", "batch", 3).node("MatMul", "y", "x,w").node("MatMul", "y", "x,w");
        assertFault(twice, "has two nodes or initialisers that give y");
        Onnx infinite = new Onnx().input("x", "batch", 1).output("y", "batch", 2);
        infinite.weights("w", 1, 2, 1, Float.NaN).node("MatMul", "y", "x,w");
        assertFault(infinite, "array w has NaN at [0, 1], but all numbers must be finite");
        Onnx deep = new Onnx().input("x", "batch", 2, 1).output("y", "batch", 2).weights("w", 2, 1, 1, 1);
        assertFault(deep.node("MatMul", "y", "x,w"), "which reads the input x as it is, but that is not [batch, m]");
        Onnx noVersion = linear().output("y", "batch", 3).node("MatMul", "y", "x,w");
        Path file = Files.write(
                folder.resolve("model.onnx"),
                noVersion.model().toBuilder()
                        .clearOpsetImport()
                        .addOpsetImport(OperatorSetIdProto.newBuilder()
                                .setDomain("other")
                                .setVersion(1))
                        .build()
                        .toByteArray());
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> read(file));
        assertTrue(fault.getMessage().contains("does not say which version"), fault.getMessage());
    }

    @Test
    void aFactorThatFloat32CannotHoldIsRefusedOrRounded() throws IOException {
        Onnx graph = new Onnx().input("x", "batch", 1).output("y", "batch", 1).weights("w", 1, 1, 0.1f);
        Path file = write(graph.node("Gemm", "y", "x,w", Onnx.attribute("alpha", 0.1f)));
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> read(file));
        assertTrue(fault.getMessage().contains("array w times 0.1"), fault.getMessage());
        ForeignNetwork rounded = ForeignNetworkReader.read(file, ImportSettings.NONE.withRounding(Rounding.NEAREST));
        assertEquals(
                (float) ((double) 0.1f * 0.1f),
                rounded.layers().get(0).weights().get(0, 0));
        assertEquals(1, rounded.notes().size());
    }

    /** A file of a few bytes must not have gigabytes allocated by claiming that its input is wide. */
    @Test
    void aWidthThatIsOnlyClaimedIsNotAllocated() throws IOException {
        Onnx one = new Onnx().input("x", "batch", Integer.MAX_VALUE).output("y", "batch", 3);
        assertFault(one.node("Relu", "y", "x"), "pass on more than 16777216 numbers as they are");
        Onnx many =
                new Onnx().input("x", "batch", 1 << 20).output("y", "batch", 3).vector("c", -1);
        String value = "x";
        for (int t = 0; t < 40; t++) {
            many.node("Relu", "r" + t, value).node("Add", "a" + t, "r" + t + ",c");
            value = "a" + t;
        }
        assertFault(many.node("Relu", "y", value), "pass on more than 16777216 numbers as they are");
    }

    /** A bias and a further offset whose sum float32 cannot hold stay two numbers. */
    @Test
    void nothingIsRoundedByFoldingOffsets() throws Exception {
        Onnx graph = new Onnx().input("x", "batch", 1).output("y", "batch", 1).weights("w", 1, 1, 1);
        graph.vector("b", 1 << 24).vector("c", 1);
        Path file = write(graph.node("Gemm", "z", "x,w,b").node("Add", "y", "z,c"));
        assertEquals(2, read(file).layers().size());
        assertEquals((1 << 24) + 1.0, logits(read(file), new float[] {0})[0]);
    }

    @Tag("slow")
    @Test
    void aDamagedModelIsRefusedOrStillANetwork() throws IOException {
        byte[] sound = Files.readAllBytes(Path.of("src/test/resources/foreign/and-128-v2.onnx"));
        RandomGenerator random = new Seed(11).generator();
        Path file = folder.resolve("model.onnx");
        int refused = 0;
        for (int trial = 0; trial < 600; trial++) {
            byte[] bytes = sound.clone();
            if (trial % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(trial % 2 == 0 ? 600 : bytes.length));
            } else {
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    int place = random.nextInt(trial % 3 == 1 ? 600 : bytes.length);
                    bytes[place] ^= (byte) (1 << random.nextInt(8));
                }
            }
            Files.write(file, bytes);
            try {
                assertTrue(read(file).outputs() > 0);
            } catch (InvalidInputException fault) {
                refused++;
                assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
            }
        }
        assertTrue(refused > 200, "only " + refused + " of 600 were refused");
    }
}
