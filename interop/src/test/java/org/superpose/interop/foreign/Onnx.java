package org.superpose.interop.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A graph put together message by message, as other tools may write it. */
final class Onnx {
    final GraphProto.Builder graph = GraphProto.newBuilder().setName("made elsewhere");
    int operatorSet = 17;

    Onnx input(String name, Object... dimensions) {
        graph.addInput(value(name, dimensions));
        return this;
    }

    Onnx output(String name, Object... dimensions) {
        graph.addOutput(value(name, dimensions));
        return this;
    }

    private static ValueInfoProto value(String name, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder each = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(
                    dimension instanceof Integer size
                            ? each.setDimValue(size)
                            : each.setDimParam(dimension.toString()));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    Onnx node(String operator, String output, String inputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName("/" + output + "/" + operator)
                .addOutput(output);
        for (String input : inputs.split(",", -1)) {
            if (!inputs.isEmpty()) {
                node.addInput(input);
            }
        }
        for (AttributeProto attribute : attributes) {
            node.addAttribute(attribute);
        }
        graph.addNode(node);
        return this;
    }

    Onnx initialiser(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    Onnx weights(String name, int rows, int columns, float... values) {
        return initialiser(listed(name, values, rows, columns));
    }

    Onnx vector(String name, float... values) {
        return initialiser(raw(name, values, values.length));
    }

    static TensorProto listed(String name, float[] values, long... dimensions) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    static TensorProto raw(String name, float[] values, long... dimensions) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor.setRawData(ByteString.copyFrom(bytes)).build();
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, TensorProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    static AttributeProto attribute(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("somebody else")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(operatorSet))
                .setGraph(graph)
                .build();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, model().toByteArray());
    }

    /** What ONNX Runtime gives for each input. */
    static float[][] run(Path file, float[][] inputs, long... shape) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR); // not that something is unused
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options)) {
                FloatBuffer flat = FloatBuffer.allocate(inputs.length * inputs[0].length);
                for (float[] input : inputs) {
                    flat.put(input);
                }
                long[] dimensions = shape.length > 0 ? shape : new long[] {inputs.length, inputs[0].length};
                String name = session.getInputNames().iterator().next();
                try (OnnxTensor tensor =
                                OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), flat.flip(), dimensions);
                        OrtSession.Result result = session.run(Map.of(name, tensor))) {
                    return (float[][]) result.get(0).getValue();
                }
            }
        }
    }
}
