package org.superpose.interop.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.file.FileFormatException;
import org.superpose.interop.tensor.NumberType;
import org.superpose.interop.tensor.OnnxTensors;
import org.superpose.interop.tensor.Rounding;
import org.superpose.interop.tensor.Tensor;
import org.superpose.interop.tensor.TensorShape;

/** The constants of a graph: initialisers, which are read when they are needed, and what nodes make of them. */
final class OnnxConstants {
    private final OnnxTensors tensors;
    private final Rounding rounding;
    private final Map<String, TensorProto> initialisers = new LinkedHashMap<>();
    private final Map<String, OnnxConstant> known = new HashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<NumberType> otherType = Optional.empty();

    /** @throws FileFormatException if two initialisers have one name */
    OnnxConstants(GraphProto graph, OnnxTensors tensors, Rounding rounding) throws FileFormatException {
        this.tensors = tensors;
        this.rounding = rounding;
        for (TensorProto initialiser : graph.getInitializerList()) {
            if (initialisers.put(initialiser.getName(), initialiser) != null) {
                throw new FileFormatException("has two initialisers called " + initialiser.getName());
            }
        }
    }

    boolean isInitialiser(String name) {
        return initialisers.containsKey(name);
    }

    boolean has(String name) {
        return known.containsKey(name) || isInitialiser(name);
    }

    void put(String name, OnnxConstant constant) {
        known.put(name, constant);
    }

    /** A constant that there is. */
    OnnxConstant get(String name) throws IOException {
        if (!known.containsKey(name)) {
            known.put(name, constant(name, initialisers.get(name)));
        }
        used.add(name);
        return known.get(name);
    }

    /** The initialisers that nobody asked for. */
    List<String> unused() {
        return initialisers.keySet().stream()
                .filter(name -> !used.contains(name))
                .toList();
    }

    /** What a person should know of the numbers. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        otherType.ifPresent(
                type -> all.add("the graph computes in " + type + ", the network with the same numbers in float32"));
        return all;
    }

    private OnnxConstant constant(String name, TensorProto proto) throws IOException {
        Tensor tensor = tensors.read(name, proto);
        NumberType type = tensor.shape().type();
        if (type != NumberType.FLOAT32 && type.name().contains("FLOAT")) {
            otherType = Optional.of(type);
        }
        return new OnnxConstant(name, tensor.floats(rounding, notes::add), tensor.shape());
    }

    /** The value of a Constant node. */
    OnnxConstant ofNode(NodeProto node) throws IOException {
        if (node.getAttributeCount() != 1) {
            throw OnnxNodes.fault(node, "which must have one attribute, its value");
        }
        AttributeProto value = node.getAttribute(0);
        String name = OnnxNodes.output(node, 0);
        return switch (value.getName()) {
            case "value" -> constant(name, value.getT());
            case "value_float" -> constant(name, new float[] {value.getF()}, List.of());
            case "value_floats" -> {
                float[] numbers = new float[value.getFloatsCount()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = value.getFloats(i);
                }
                yield constant(name, numbers, List.of(numbers.length));
            }
            case "value_int" -> constant(name, new long[] {value.getI()}, List.of());
            case "value_ints" ->
                constant(
                        name,
                        value.getIntsList().stream().mapToLong(Long::longValue).toArray(),
                        List.of(value.getIntsCount()));
            default ->
                throw OnnxNodes.fault(node, "whose value is a " + value.getName() + ", but must be of numbers in full");
        };
    }

    private OnnxConstant constant(String name, float[] numbers, List<Integer> dimensions) throws FileFormatException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        Tensor tensor = new Tensor(name, new TensorShape(NumberType.FLOAT32, dimensions), bytes);
        return new OnnxConstant(name, tensor.floats(rounding, notes::add), tensor.shape());
    }

    private OnnxConstant constant(String name, long[] numbers, List<Integer> dimensions) throws FileFormatException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        Tensor tensor = new Tensor(name, new TensorShape(NumberType.INT64, dimensions), bytes);
        return new OnnxConstant(name, tensor.floats(rounding, notes::add), tensor.shape());
    }

    /** A constant times a factor, as float32 numbers that the rounding allows. */
    OnnxConstant scaled(NodeProto node, OnnxConstant constant, float factor) throws FileFormatException {
        if (factor == 1) {
            return constant;
        }
        if (!Float.isFinite(factor)) {
            throw OnnxNodes.fault(node, "which has the factor " + factor + ", but it must be finite");
        }
        ByteBuffer products =
                ByteBuffer.allocate(Double.BYTES * constant.numbers().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : constant.numbers()) {
            products.putDouble((double) number * factor); // exact: 24 bits times 24 bits are at most 48
        }
        String name = constant.name() + " times " + factor;
        Tensor tensor = new Tensor(
                name, new TensorShape(NumberType.FLOAT64, constant.shape().dimensions()), products.flip());
        return new OnnxConstant(name, tensor.floats(rounding, notes::add), constant.shape());
    }
}
