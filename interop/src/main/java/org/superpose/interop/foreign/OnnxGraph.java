package org.superpose.interop.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.interop.foreign.OnnxSignal.State;
import org.superpose.interop.tensor.NumberType;
import org.superpose.interop.tensor.OnnxTensors;
import org.superpose.interop.tensor.RecognisedMatrix;
import org.superpose.interop.tensor.Rounding;
import org.superpose.interop.tensor.Tensor;
import org.superpose.interop.tensor.TensorShape;

/**
 * A graph of ONNX as layers: affine maps, ReLU, and additions of earlier values, from one input [batch, features] to
 * one output.
 *
 * <p>The operators are those of the default operator set from version {@value #OLDEST} to {@value #NEWEST}, between
 * which their meaning did not change (docs/Operators.md and docs/Changelog.md of the ONNX project: Gemm-13, MatMul-13,
 * Add-13 and -14, Relu-13 and -14, Identity, Transpose, Flatten and Constant from 13 on).
 */
final class OnnxGraph {
    /** The oldest version of the default operator set that is read. */
    static final int OLDEST = 13;

    /** The newest one, which is the newest that ONNX Runtime in our build runs. */
    static final int NEWEST = 26;

    /** The most entries of layers that no weights of the file account for: a width is easily claimed. */
    private static final int MOST_COPIED = 1 << 24;

    private static final String SUPPORTED = "Gemm, MatMul, Add, Relu, Identity, Transpose, Flatten and Constant";

    private final GraphProto graph;
    private final OnnxTensors tensors;
    private final Rounding rounding;
    private final Map<String, TensorProto> initialisers = new LinkedHashMap<>();
    private final Map<String, Constant> constants = new HashMap<>();
    private final Map<String, OnnxSignal> signals = new HashMap<>();
    /** How many nodes read a value, under its own name and under those of its copies. */
    private final Map<String, Integer> readers = new HashMap<>();

    private final Map<String, String> originals = new HashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private long copied;
    private Optional<NumberType> otherType = Optional.empty();

    /** A value that is the same for every input. */
    private record Constant(String name, float[] numbers, TensorShape shape) {
        Constant transposed() {
            if (shape.rank() < 2) {
                return this;
            }
            return new Constant(
                    name,
                    Transposed.of(shape.dimension(0), shape.dimension(1), numbers),
                    new TensorShape(shape.type(), List.of(shape.dimension(1), shape.dimension(0))));
        }
    }

    private OnnxGraph(GraphProto graph, OnnxTensors tensors, Rounding rounding) {
        this.graph = graph;
        this.tensors = tensors;
        this.rounding = rounding;
    }

    /**
     * The network of a model.
     *
     * @throws FileFormatException if it has another form; the message names the node and what is supported
     */
    static ForeignNetwork read(ModelProto model, OnnxTensors tensors, Rounding rounding) throws IOException {
        requireVersion(model);
        return new OnnxGraph(model.getGraph(), tensors, rounding).read();
    }

    private static void requireVersion(ModelProto model) throws FileFormatException {
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (isDefault(set.getDomain())) {
                if (set.getVersion() < OLDEST || set.getVersion() > NEWEST) {
                    throw new FileFormatException("asks for version " + set.getVersion()
                            + " of the ONNX operator set, but only " + OLDEST + " to " + NEWEST + " are read");
                }
                return;
            }
        }
        throw new FileFormatException("does not say which version of the ONNX operator set it asks for");
    }

    private static boolean isDefault(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private ForeignNetwork read() throws IOException {
        for (TensorProto initialiser : graph.getInitializerList()) {
            if (initialisers.put(initialiser.getName(), initialiser) != null) {
                throw new FileFormatException("has two initialisers called " + initialiser.getName());
            }
        }
        ValueInfoProto input = input();
        String output = output();
        List<NodeProto> needed = needed(output);
        countReaders(needed, output);
        signals.put(
                input.getName(),
                new OnnxSignal(
                        State.features(input.getName(), 0), true, rank(input).orElse(2) == 2));
        State features = signals.get(input.getName()).state();
        for (NodeProto node : needed) {
            apply(node, input);
        }
        OnnxSignal result = signals.get(output);
        if (result == null) {
            throw new FileFormatException(
                    "has the output " + output + ", which does not depend on the input " + input.getName());
        }
        List<Layer> layers = layers(result.state(), features);
        otherType.ifPresent(
                type -> notes.add("the graph computes in " + type + ", the network with the same numbers in float32"));
        requireStatedWidth(input, layers.get(0).columns());
        return new ForeignNetwork(
                "onnx",
                "ONNX graph from " + input.getName() + " to " + output + ": " + described(layers),
                layers,
                Thresholds.ZERO,
                ignored(needed),
                notes);
    }

    private static String described(List<Layer> layers) {
        StringBuilder text = new StringBuilder().append(layers.get(0).columns());
        for (Layer layer : layers) {
            text.append(layer.hasRelu() ? " -ReLU-> " : " -> ").append(layer.rows());
            layer.skip()
                    .ifPresent(state -> text.append(" (+ state ").append(state).append(')'));
        }
        return text.append(", an output is ").append(Thresholds.ZERO).toString();
    }

    private ValueInfoProto input() throws FileFormatException {
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !initialisers.containsKey(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new FileFormatException("has " + inputs.size() + " inputs"
                    + inputs.stream().map(ValueInfoProto::getName).collect(Collectors.joining(", ", " (", ")"))
                    + ", but must have one: the features, [batch, m]");
        }
        return inputs.get(0);
    }

    private String output() throws FileFormatException {
        if (graph.getOutputCount() != 1) {
            throw new FileFormatException("has " + graph.getOutputCount() + " outputs"
                    + graph.getOutputList().stream()
                            .map(ValueInfoProto::getName)
                            .collect(Collectors.joining(", ", " (", ")"))
                    + ", but must have one: the logits, [batch, m']");
        }
        return graph.getOutput(0).getName();
    }

    /** The nodes that the output depends on, in their order. */
    private List<NodeProto> needed(String output) throws FileFormatException {
        Map<String, NodeProto> makers = new HashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            for (String made : node.getOutputList()) {
                if (!made.isEmpty() && (makers.put(made, node) != null || initialisers.containsKey(made))) {
                    throw new FileFormatException("has two nodes or initialisers that give " + made);
                }
            }
        }
        Map<NodeProto, Boolean> reached = new IdentityHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(output));
        while (!open.isEmpty()) {
            NodeProto maker = makers.get(open.pop());
            if (maker != null && reached.put(maker, true) == null) {
                open.addAll(maker.getInputList());
            }
        }
        return graph.getNodeList().stream().filter(reached::containsKey).toList();
    }

    /** A value that one node reads may be changed in its place; a copy of a value is the value. */
    private void countReaders(List<NodeProto> needed, String output) {
        for (NodeProto node : needed) {
            boolean copies = List.of("Identity", "Transpose", "Flatten").contains(node.getOpType());
            if (copies && node.getInputCount() > 0 && node.getOutputCount() > 0) {
                originals.put(node.getOutput(0), original(node.getInput(0)));
            } else {
                node.getInputList().forEach(input -> readers.merge(original(input), 1, Integer::sum));
            }
        }
        readers.merge(original(output), 1, Integer::sum);
    }

    private String original(String name) {
        return originals.getOrDefault(name, name);
    }

    private boolean isReadOnce(String name) {
        return readers.getOrDefault(original(name), 0) <= 1;
    }

    private void apply(NodeProto node, ValueInfoProto input) throws IOException {
        if (!isDefault(node.getDomain())) {
            throw unsupported(node);
        }
        switch (node.getOpType()) {
            case "Constant" -> constants.put(only(node, 0), constant(node));
            case "Identity" -> {
                Optional<OnnxSignal> signal = signal(node, 0, 1);
                if (signal.isPresent()) {
                    signals.put(only(node, 1), signal.get());
                } else {
                    constants.put(only(node, 1), constant(node, 0));
                }
            }
            case "Transpose" -> transpose(node);
            case "Flatten" -> flatten(node, input);
            case "Relu" -> {
                OnnxSignal signal = signal(node, 0, 1).orElseThrow(() -> ofConstants(node));
                requireFlat(node, signal);
                signals.put(only(node, 1), signal.with(relu(node, signal.state())));
            }
            case "MatMul" -> signals.put(only(node, 2), product(node, false, false, 1));
            case "Gemm" -> signals.put(only(node, 3), gemm(node));
            case "Add" -> signals.put(only(node, 2), add(node, 0, 1));
            default -> throw unsupported(node);
        }
    }

    private static FileFormatException unsupported(NodeProto node) {
        String operator = isDefault(node.getDomain()) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
        return new FileFormatException("has " + title(node) + " with the operator " + operator
                + ", which is not supported: only " + SUPPORTED + " are");
    }

    private static FileFormatException fault(NodeProto node, String what) {
        return new FileFormatException("has " + title(node) + " (" + node.getOpType() + "), " + what);
    }

    private static FileFormatException ofConstants(NodeProto node) {
        return fault(node, "whose inputs are all constant: fold it into one constant before");
    }

    private static String title(NodeProto node) {
        return "the node \""
                + (node.getName().isEmpty() ? "-> " + String.join(", ", node.getOutputList()) : node.getName()) + "\"";
    }

    /** The one output of a node that has at most so many inputs. */
    private static String only(NodeProto node, int mostInputs) throws FileFormatException {
        if (node.getOutputCount() != 1 || node.getOutput(0).isEmpty() || node.getInputCount() > mostInputs) {
            throw fault(
                    node,
                    "which has " + node.getInputCount() + " inputs and " + node.getOutputCount()
                            + " outputs, but must have at most " + mostInputs + " and one");
        }
        return node.getOutput(0);
    }

    /** An input that depends on the features; empty if it is a constant. */
    private Optional<OnnxSignal> signal(NodeProto node, int index, int inputs) throws FileFormatException {
        if (node.getInputCount() < inputs || node.getInput(index).isEmpty()) {
            throw fault(node, "which has too few inputs: " + inputs + " are needed");
        }
        String name = node.getInput(index);
        if (!signals.containsKey(name) && !constants.containsKey(name) && !initialisers.containsKey(name)) {
            throw fault(node, "which reads \"" + name + "\", but nothing before it gives that");
        }
        return Optional.ofNullable(signals.get(name));
    }

    private Constant constant(NodeProto node, int index) throws IOException {
        String name = node.getInput(index);
        if (!constants.containsKey(name)) {
            constants.put(name, constant(name, initialisers.get(name)));
        }
        used.add(name);
        return constants.get(name);
    }

    private Constant constant(String name, TensorProto proto) throws IOException {
        Tensor tensor = tensors.read(name, proto);
        NumberType type = tensor.shape().type();
        if (type != NumberType.FLOAT32 && type.name().contains("FLOAT")) {
            otherType = Optional.of(type);
        }
        return new Constant(name, tensor.floats(rounding, notes::add), tensor.shape());
    }

    private Constant constant(NodeProto node) throws IOException {
        if (node.getAttributeCount() != 1) {
            throw fault(node, "which must have one attribute, its value");
        }
        AttributeProto value = node.getAttribute(0);
        String name = only(node, 0);
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
            default -> throw fault(node, "whose value is a " + value.getName() + ", but must be of numbers in full");
        };
    }

    private Constant constant(String name, float[] numbers, List<Integer> dimensions) throws FileFormatException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        Tensor tensor = new Tensor(name, new TensorShape(NumberType.FLOAT32, dimensions), bytes);
        return new Constant(name, tensor.floats(rounding, notes::add), tensor.shape());
    }

    private Constant constant(String name, long[] numbers, List<Integer> dimensions) throws FileFormatException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        Tensor tensor = new Tensor(name, new TensorShape(NumberType.INT64, dimensions), bytes);
        return new Constant(name, tensor.floats(rounding, notes::add), tensor.shape());
    }

    private static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    private void transpose(NodeProto node) throws IOException {
        Optional<OnnxSignal> signal = signal(node, 0, 1);
        List<Long> order = attribute(node, "perm")
                .map(AttributeProto::getIntsList)
                .filter(given -> !given.isEmpty())
                .orElse(null);
        boolean stays = List.of(0L, 1L).equals(order);
        if (signal.isEmpty()) {
            Constant constant = constant(node, 0);
            if (constant.shape().rank() == 2 && !stays) {
                requireExchange(node, order);
                constant = constant.transposed();
            }
            constants.put(only(node, 1), constant);
            return;
        }
        if (!stays) {
            requireExchange(node, order);
        }
        requireFlat(node, signal.get());
        signals.put(only(node, 1), stays ? signal.get() : signal.get().transposed());
    }

    private static void requireExchange(NodeProto node, List<Long> order) throws FileFormatException {
        if (order != null && !order.equals(List.of(1L, 0L))) {
            throw fault(node, "whose perm is " + order + ", which is none of two dimensions");
        }
    }

    private void flatten(NodeProto node, ValueInfoProto input) throws IOException {
        long axis = attribute(node, "axis").map(AttributeProto::getI).orElse(1L);
        Optional<OnnxSignal> signal = signal(node, 0, 1);
        if (signal.isEmpty()) {
            Constant constant = constant(node, 0);
            if (constant.shape().rank() != 2 || (axis != 1 && axis != -1)) {
                throw fault(node, "which flattens a constant that is not a matrix");
            }
            constants.put(only(node, 1), constant);
            return;
        }
        int rank = signal.get().isFlat() ? 2 : rank(input).orElse(2);
        if (axis != 1 && axis != 1 - rank) {
            throw fault(node, "whose axis is " + axis + ", but must be 1: the batch stays apart");
        }
        signals.put(only(node, 1), signal.get().flattened());
    }

    private static OptionalInt rank(ValueInfoProto input) {
        return input.getType().getTensorType().hasShape()
                ? OptionalInt.of(input.getType().getTensorType().getShape().getDimCount())
                : OptionalInt.empty();
    }

    /** Insists that features of several dimensions have been flattened before they are used. */
    private static void requireFlat(NodeProto node, OnnxSignal signal) throws FileFormatException {
        if (!signal.isFlat()) {
            throw fault(
                    node,
                    "which reads the input " + signal.state().name()
                            + " as it is, but that is not [batch, m]: flatten it first");
        }
    }

    private OnnxSignal gemm(NodeProto node) throws IOException {
        boolean transA = attribute(node, "transA").map(AttributeProto::getI).orElse(0L) != 0;
        boolean transB = attribute(node, "transB").map(AttributeProto::getI).orElse(0L) != 0;
        float alpha = attribute(node, "alpha").map(AttributeProto::getF).orElse(1f);
        float beta = attribute(node, "beta").map(AttributeProto::getF).orElse(1f);
        OnnxSignal product = product(node, transA, transB, alpha);
        if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
            return product;
        }
        Optional<OnnxSignal> added = signal(node, 2, 3);
        if (added.isEmpty()) {
            Constant offset = constant(node, 2);
            return plus(node, product, true, scaled(node, offset, beta));
        }
        if (beta != 1) {
            throw fault(node, "whose beta is " + beta + ", but must be 1 where C depends on the features");
        }
        return plus(node, product, true, added.get(), isReadOnce(node.getInput(2)));
    }

    /** A' B' of which one is a constant. */
    private OnnxSignal product(NodeProto node, boolean transA, boolean transB, float alpha) throws IOException {
        Optional<OnnxSignal> a = signal(node, 0, 2);
        Optional<OnnxSignal> b = signal(node, 1, 2);
        if (a.isPresent() && b.isPresent()) {
            throw fault(
                    node,
                    "which multiplies two values that depend on the features: only constant weights are"
                            + " supported");
        }
        if (a.isEmpty() && b.isEmpty()) {
            throw ofConstants(node);
        }
        boolean left = a.isPresent();
        OnnxSignal signal = left ? a.get() : b.get();
        requireFlat(node, signal);
        Constant weights = scaled(node, constant(node, left ? 1 : 0), alpha);
        if (weights.shape().rank() != 2) {
            throw fault(node, "whose weights " + weights.name() + " are " + weights.shape() + ", but must be a matrix");
        }
        boolean standsRight = left ? signal.batchFirst() != transA : signal.batchFirst() == transB;
        if (!standsRight) {
            throw fault(node, "which multiplies along the batch: the features of an input must stay together");
        }
        // out x in: the left factor as it is, the right one exchanged
        boolean exchanged = left ? !transB : transA;
        Constant matrix = exchanged ? weights.transposed() : weights;
        int rows = matrix.shape().dimension(0);
        int columns = matrix.shape().dimension(1);
        if (rows == 0 || columns == 0) {
            throw fault(node, "whose weights " + weights.name() + " are empty");
        }
        State source = signal.state();
        if (!source.isFeatures() && source.width() != columns) {
            throw fault(
                    node,
                    "whose weights " + weights.name() + " " + weights.shape().size() + " take " + columns
                            + " numbers, but " + node.getInput(left ? 0 : 1) + " has " + source.width());
        }
        State product = State.affine(
                node.getOutput(0), source, RecognisedMatrix.of(rows, columns, matrix.numbers()), new float[rows]);
        return new OnnxSignal(product, left, true);
    }

    private Constant scaled(NodeProto node, Constant constant, float factor) throws FileFormatException {
        if (factor == 1) {
            return constant;
        }
        if (!Float.isFinite(factor)) {
            throw fault(node, "which has the factor " + factor + ", but it must be finite");
        }
        ByteBuffer products =
                ByteBuffer.allocate(Double.BYTES * constant.numbers().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : constant.numbers()) {
            products.putDouble((double) number * factor); // exact: 24 bits times 24 bits are at most 48
        }
        String name = constant.name() + " times " + factor;
        Tensor tensor = new Tensor(
                name, new TensorShape(NumberType.FLOAT64, constant.shape().dimensions()), products.flip());
        return new Constant(name, tensor.floats(rounding, notes::add), constant.shape());
    }

    private State relu(NodeProto node, State state) throws FileFormatException {
        if (state.hasRelu()) {
            return state;
        }
        boolean free = !state.isFeatures() && isReadOnce(node.getInput(0));
        return (free ? state : copy(node, state)).withRelu(node.getOutput(0));
    }

    /** A layer that gives what it takes. */
    private State copy(NodeProto node, State state) throws FileFormatException {
        int width = state.isFeatures() ? statedWidth(node, state) : state.width();
        copied += width;
        if (copied > MOST_COPIED) {
            throw fault(node, "which would make layers that pass on more than " + MOST_COPIED + " numbers as they are");
        }
        return State.affine(node.getOutput(0), state, DiagonalMatrix.ofValue(width, 1), new float[width]);
    }

    private int statedWidth(NodeProto node, State features) throws FileFormatException {
        for (ValueInfoProto input : graph.getInputList()) {
            if (input.getName().equals(features.name())) {
                OptionalInt width = width(input);
                if (width.isPresent() && width.getAsInt() > 0) {
                    return width.getAsInt();
                }
            }
        }
        throw fault(
                node,
                "which reads the input " + features.name() + " as it is, but the model does not say how many"
                        + " features that has");
    }

    /** m as the input's shape says it, if it does. */
    private static OptionalInt width(ValueInfoProto input) {
        if (rank(input).orElse(0) < 2) {
            return OptionalInt.empty();
        }
        List<TensorShapeProto.Dimension> dimensions =
                input.getType().getTensorType().getShape().getDimList();
        long width = 1;
        for (TensorShapeProto.Dimension dimension : dimensions.subList(1, dimensions.size())) {
            if (!dimension.hasDimValue()
                    || dimension.getDimValue() < 0
                    || dimension.getDimValue() > Integer.MAX_VALUE) {
                return OptionalInt.empty();
            }
            width = Math.min(Integer.MAX_VALUE + 1L, width * dimension.getDimValue());
        }
        return width > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) width);
    }

    private static void requireStatedWidth(ValueInfoProto input, int columns) throws FileFormatException {
        OptionalInt rank = rank(input);
        if (rank.isPresent() && rank.getAsInt() < 2) {
            throw new FileFormatException("has the input " + input.getName() + " of " + rank.getAsInt()
                    + " dimensions, but must have [batch, m]");
        }
        OptionalInt width = width(input);
        if (width.isPresent() && width.getAsInt() != columns) {
            throw new FileFormatException("has the input " + input.getName() + " of " + width.getAsInt()
                    + " features, but its first weights take " + columns);
        }
    }

    private OnnxSignal add(NodeProto node, int first, int second) throws IOException {
        Optional<OnnxSignal> a = signal(node, first, 2);
        Optional<OnnxSignal> b = signal(node, second, 2);
        if (a.isEmpty() && b.isEmpty()) {
            throw ofConstants(node);
        }
        if (a.isPresent() && b.isPresent()) {
            boolean firstIsFree = isReadOnce(node.getInput(first));
            boolean secondIsFree = isReadOnce(node.getInput(second));
            return plus(node, a.get(), firstIsFree, b.get(), secondIsFree);
        }
        OnnxSignal signal = a.isPresent() ? a.get() : b.get();
        String name = node.getInput(a.isPresent() ? first : second);
        return plus(node, signal, isReadOnce(name), constant(node, a.isPresent() ? second : first));
    }

    /** @param free whether nobody else reads the signal, so that it may be changed in its place */
    private OnnxSignal plus(NodeProto node, OnnxSignal signal, boolean free, Constant constant)
            throws FileFormatException {
        requireFlat(node, signal);
        State state = signal.state();
        int width = state.isFeatures() ? statedWidth(node, state) : state.width();
        float[] offset = broadcast(node, constant, width, signal.batchFirst());
        if (free && !state.isFeatures() && !state.hasRelu()) {
            Optional<float[]> sum = exactSum(state.bias(), offset);
            if (sum.isPresent()) {
                return signal.with(state.withBias(node.getOutput(0), sum.get()));
            }
        }
        return signal.with(copy(node, state).withBias(node.getOutput(0), offset));
    }

    /** NumPy's broadcasting over the batch alone. */
    private static float[] broadcast(NodeProto node, Constant constant, int width, boolean batchFirst)
            throws FileFormatException {
        List<Integer> dimensions = constant.shape().dimensions();
        List<Integer> row = List.of(1, width);
        List<Integer> column = List.of(width, 1);
        boolean one = constant.shape().elements() == 1;
        boolean fits = one
                || (batchFirst
                        ? dimensions.equals(List.of(width)) || dimensions.equals(row)
                        : dimensions.equals(column));
        if (!fits) {
            throw fault(
                    node,
                    "which adds " + constant.name() + " " + constant.shape().size() + " to "
                            + (batchFirst ? "[batch, " + width + "]" : "[" + width + ", batch]")
                            + ": it must have one number for each of the " + width + ", or one for all");
        }
        float[] offset = new float[width];
        for (int i = 0; i < width; i++) {
            offset[i] = constant.numbers()[one ? 0 : i];
        }
        return offset;
    }

    /** The sums, if float32 holds every one of them. */
    private static Optional<float[]> exactSum(float[] one, float[] other) {
        float[] sums = new float[one.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = one[i] + other[i];
            // of two float32 the sum in float64 is exact, or the rounding of an inexact one that float32 cannot hold
            if (!Float.isFinite(sums[i])
                    || sums[i] != (double) one[i] + other[i]
                    || sums[i] - one[i] != other[i]
                    || sums[i] - other[i] != one[i]) {
                return Optional.empty();
            }
        }
        return Optional.of(sums);
    }

    private OnnxSignal plus(NodeProto node, OnnxSignal a, boolean aIsFree, OnnxSignal b, boolean bIsFree)
            throws FileFormatException {
        requireFlat(node, a);
        requireFlat(node, b);
        if (a.batchFirst() != b.batchFirst()) {
            throw fault(node, "which adds values of which one has the batch first and the other last");
        }
        State result;
        if (canTake(a.state(), aIsFree, b.state())) {
            result = a.state().withSkip(node.getOutput(0), b.state());
        } else if (canTake(b.state(), bIsFree, a.state())) {
            result = b.state().withSkip(node.getOutput(0), a.state());
        } else if (a.state().follows(b.state())) {
            result = copy(node, a.state()).withSkip(node.getOutput(0), b.state());
        } else if (b.state().follows(a.state())) {
            result = copy(node, b.state()).withSkip(node.getOutput(0), a.state());
        } else {
            throw fault(
                    node,
                    "which adds " + String.join(" and ", node.getInputList())
                            + ", neither of which is computed from the other: only a chain of layers with skips is supported");
        }
        int width = result.skip().isFeatures()
                ? statedWidth(node, result.skip())
                : result.skip().width();
        if (width != result.width()) {
            throw fault(node, "which adds " + width + " numbers to " + result.width());
        }
        return a.with(result);
    }

    private static boolean canTake(State state, boolean free, State added) {
        return free
                && !state.isFeatures()
                && !state.hasRelu()
                && !state.hasSkip()
                && state != added
                && state.follows(added);
    }

    private static List<Layer> layers(State last, State features) throws FileFormatException {
        Deque<State> states = new ArrayDeque<>();
        for (State state = last; state != features; state = state.source()) {
            states.push(state);
        }
        if (states.isEmpty()) {
            throw new FileFormatException("gives its input " + features.name() + " back as it is: it has no weights");
        }
        Map<State, Integer> indices = new IdentityHashMap<>();
        indices.put(features, 0);
        List<Layer> layers = new ArrayList<>();
        for (State state : states) {
            OptionalInt skip = state.hasSkip() ? OptionalInt.of(indices.get(state.skip())) : OptionalInt.empty();
            layers.add(new Layer(state.weights(), state.bias(), state.activation(), skip));
            indices.put(state, layers.size());
        }
        return layers;
    }

    private List<String> ignored(List<NodeProto> needed) {
        Map<NodeProto, Boolean> read = new IdentityHashMap<>();
        needed.forEach(node -> read.put(node, true));
        Set<String> ignored = new LinkedHashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (!read.containsKey(node)) {
                ignored.add(node.getName().isEmpty() ? String.join(", ", node.getOutputList()) : node.getName());
            }
        }
        initialisers.keySet().stream().filter(name -> !used.contains(name)).forEach(ignored::add);
        graph.getSparseInitializerList()
                .forEach(sparse -> ignored.add(sparse.getValues().getName()));
        return List.copyOf(ignored);
    }
}
