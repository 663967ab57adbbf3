package org.superpose.interop;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.superpose.core.ToolVersion;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.NetworkDescription;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;

/**
 * The ONNX graph of one network. Codes become Gather over lists of neurons, not matrices of mostly zeros: a network
 * with 65536 features stays a small file.
 */
final class OnnxModel {
    /** The version of the file format that came with operator set 17. */
    private static final int IR_VERSION = 8;

    /** The name of the input of a model with encoder and decoder. */
    static final String FEATURES = "features";

    /** What an array in the metadata begins with; a TensorProto in base64 follows. */
    static final String ARRAY = "tensor:";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BATCH = "batch";

    private final BuiltNetwork built;
    private final SuperposedNetwork network;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("superpose");

    OnnxModel(BuiltNetwork built) {
        this.built = built;
        this.network = built.network();
    }

    ModelProto model(boolean withCodec) {
        String last = "y" + network.layers().size();
        if (withCodec) {
            addInput(FEATURES, network.inputs());
            addEncoder();
            addLayers();
            addDecoder(last);
            addOutput("outputs", network.outputs());
            if (network.decoder().isTwoSided()) {
                addOutput("between", network.outputs());
            }
        } else {
            addInput("y0", network.inputCodes().neurons());
            addLayers();
            addOutput(last, network.decoder().codes().neurons());
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("superpose")
                .setProducerVersion(ToolVersion.current())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxExporter.OPERATOR_SET))
                .addMetadataProps(StringStringEntryProto.newBuilder()
                        .setKey(ExportedArrays.METADATA)
                        .setValue(NetworkDescription.toJson(built)))
                .setGraph(graph);
        addArrays(model);
        return model.build();
    }

    /** What is not in the graph: so that the network and what it computes can be read again. */
    private void addArrays(ModelProto.Builder model) {
        for (NamedArray array : ExportedArrays.of(built)) {
            if (!ExportedArrays.isOfLayer(array.name())) {
                byte[] tensor = tensor(array).clearName().build().toByteArray();
                addMetadata(model, array.name(), ARRAY + Base64.getEncoder().encodeToString(tensor));
            }
        }
        addNames(model, ExportedArrays.INPUT_NAMES, built.instance().inputNames());
        addNames(model, ExportedArrays.OUTPUT_NAMES, built.instance().outputNames());
    }

    private static void addNames(ModelProto.Builder model, String key, FeatureNames names) {
        if (!names.isEmpty()) {
            try {
                addMetadata(model, key, JSON.writeValueAsString(names.names()));
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    private static void addMetadata(ModelProto.Builder model, String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }

    /** The bytes that the codec's lists take. */
    static double codecBytes(SuperposedNetwork network) {
        int load = Arrays.stream(network.inputCodes().loads()).max().orElse(0);
        return Integer.BYTES
                * ((double) load * network.inputCodes().neurons()
                        + (network.decoder().codes().maxWeight() + 1.0) * network.outputs());
    }

    private void addLayers() {
        for (int t = 0; t < network.layers().size(); t++) {
            Layer layer = network.layers().get(t);
            String before = "y" + t;
            String bias = ExportedArrays.bias(t);
            String after = "y" + (t + 1);
            String sum = layer.hasRelu() ? "z" + (t + 1) : after;
            String affine = layer.skip().isPresent() ? sum + ".affine" : sum;
            if (layer.weights() instanceof DiagonalMatrix diagonal) {
                addConstant(NamedArray.diagonal(ExportedArrays.diagonal(t), diagonal));
                addNode("Mul", List.of(before, ExportedArrays.diagonal(t)), sum + ".product");
                addConstant(NamedArray.floats(bias, layer.bias()));
                addNode("Add", List.of(sum + ".product", bias), affine);
            } else {
                addConstant(NamedArray.dense(ExportedArrays.weight(t), layer.weights()));
                addConstant(NamedArray.floats(bias, layer.bias()));
                addNode("Gemm", List.of(before, ExportedArrays.weight(t), bias), affine, attribute("transB", 1));
            }
            if (layer.skip().isPresent()) {
                addNode("Add", List.of(affine, "y" + layer.skip().getAsInt()), sum);
            }
            if (layer.hasRelu()) {
                addNode("Relu", List.of(sum), after);
            }
        }
    }

    /**
     * y_0 = E x: for each neuron the sum over the features whose code has it; lists are filled up with a feature that
     * is always 0.
     */
    private void addEncoder() {
        Codes codes = network.inputCodes();
        Codes.Inverse inverse = codes.inverse();
        int load = Arrays.stream(codes.loads()).max().orElse(0);
        int[] features = new int[codes.neurons() * load];
        Arrays.fill(features, codes.features());
        for (int e = 0; e < codes.neurons(); e++) {
            for (int t = 0; t < inverse.load(e); t++) {
                features[e * load + t] = inverse.feature(e, t);
            }
        }
        addPadding("features", "features.padded");
        addConstant(NamedArray.ints("encoder.features", features, codes.neurons(), load));
        addNode("Gather", List.of("features.padded", "encoder.features"), "encoder.terms", attribute("axis", 1));
        addSum("encoder.terms", "y0");
    }

    private void addDecoder(String last) {
        Decoder decoder = network.decoder();
        String decisive = decoder.isReadout() ? last : combinedRows(last);
        addConstant(NamedArray.floats(ExportedArrays.DECODER_THRESHOLD, decoder.thresholds()));
        addNode("GreaterOrEqual", List.of(decisive, ExportedArrays.DECODER_THRESHOLD), "decoder.on");
        addCast("decoder.on", "outputs");
        if (decoder.isTwoSided()) {
            addConstant(NamedArray.floats(ExportedArrays.DECODER_OFF_THRESHOLD, decoder.offThresholds()));
            addNode("Greater", List.of(decisive, ExportedArrays.DECODER_OFF_THRESHOLD), "decoder.not_off");
            addNode("Not", List.of("decoder.on"), "decoder.not_on");
            addNode("And", List.of("decoder.not_off", "decoder.not_on"), "decoder.between");
            addCast("decoder.between", "between");
        }
    }

    private void addCast(String flags, String to) {
        addNode("Cast", List.of(flags), to, attribute("to", TensorProto.DataType.FLOAT.getNumber()));
    }

    /** The sum or the minimum over the rows of each code; returns its name. */
    private String combinedRows(String last) {
        Decoder decoder = network.decoder();
        Codes codes = decoder.codes();
        String combined = "decoder.combined";
        int[] shape = {codes.features(), codes.maxWeight()};
        if (decoder.kind() == Decoder.Kind.SUM) {
            int[] rows = ExportedArrays.padded(codes, codes.neurons());
            addPadding(last, last + ".padded");
            addConstant(NamedArray.ints(ExportedArrays.DECODER_CODES, rows, shape));
            addNode(
                    "Gather",
                    List.of(last + ".padded", ExportedArrays.DECODER_CODES),
                    "decoder.rows",
                    attribute("axis", 1));
            addSum("decoder.rows", combined);
        } else {
            addConstant(NamedArray.ints(ExportedArrays.DECODER_CODES, filledWithFirst(codes), shape));
            addNode("Gather", List.of(last, ExportedArrays.DECODER_CODES), "decoder.rows", attribute("axis", 1));
            addNode("ReduceMin", List.of("decoder.rows"), combined, attribute("keepdims", 0), axes(2));
        }
        return combined;
    }

    /** A repeated row changes no minimum. */
    private static int[] filledWithFirst(Codes codes) {
        int[] rows = ExportedArrays.padded(codes, ExportedArrays.PADDING);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = rows[i] == ExportedArrays.PADDING ? rows[i - 1] : rows[i];
        }
        return rows;
    }

    /** One more column of zeros at the end. */
    private void addPadding(String from, String to) {
        NamedArray pads = new NamedArray(to + ".pads", ArrayShape.of(ElementType.INT64, 4), out -> {
            for (long pad : new long[] {0, 0, 0, 1}) {
                out.putLong(pad);
            }
        });
        addConstant(pads);
        addNode("Pad", List.of(from, pads.name()), to);
    }

    private void addSum(String from, String to) {
        NamedArray axis = new NamedArray(to + ".axis", ArrayShape.of(ElementType.INT64, 1), out -> out.putLong(2));
        addConstant(axis);
        addNode("ReduceSum", List.of(from, axis.name()), to, attribute("keepdims", 0));
    }

    private void addNode(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName("make " + output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
    }

    private static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto axes(long axis) {
        return AttributeProto.newBuilder()
                .setName("axes")
                .setType(AttributeProto.AttributeType.INTS)
                .addInts(axis)
                .build();
    }

    private void addConstant(NamedArray array) {
        graph.addInitializer(tensor(array));
    }

    private static TensorProto.Builder tensor(NamedArray array) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(array.name())
                .setDataType(dataType(array.shape().type()).getNumber())
                .setRawData(rawData(array));
        array.shape().dimensions().forEach(tensor::addDims);
        return tensor;
    }

    private static TensorProto.DataType dataType(ElementType type) {
        if (type.equals(ElementType.FLOAT32)) {
            return TensorProto.DataType.FLOAT;
        }
        return type.equals(ElementType.INT64) ? TensorProto.DataType.INT64 : TensorProto.DataType.INT32;
    }

    private static ByteString rawData(NamedArray array) {
        try {
            ByteString.Output out =
                    ByteString.newOutput(Math.toIntExact(array.shape().bytes()));
            array.writeElements(out);
            return out.toByteString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void addInput(String name, int columns) {
        graph.addInput(value(name, columns));
    }

    private void addOutput(String name, int columns) {
        graph.addOutput(value(name, columns));
    }

    private static ValueInfoProto value(String name, int columns) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
                .build();
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
