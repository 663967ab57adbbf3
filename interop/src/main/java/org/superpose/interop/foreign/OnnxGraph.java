package org.superpose.interop.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.interop.foreign.OnnxSignal.State;
import org.superpose.interop.tensor.OnnxTensors;
import org.superpose.interop.tensor.RecognisedMatrix;
import org.superpose.interop.tensor.Rounding;

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

    /** The operators that are read. */
    static final String SUPPORTED = "Gemm, MatMul, Add, Relu, Identity, Transpose, Flatten and Constant";

    private final OnnxConstants constants;
    private final OnnxInput input;
    private final String output;
    private final OnnxNodes nodes;
    private final Map<String, OnnxSignal> signals = new HashMap<>();
    private long copied;

    private OnnxGraph(GraphProto graph, OnnxTensors tensors, Rounding rounding) throws FileFormatException {
        this.constants = new OnnxConstants(graph, tensors, rounding);
        this.input = OnnxInput.of(graph, constants);
        this.output = output(graph);
        this.nodes = new OnnxNodes(graph, constants, output);
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

    /** Whether a domain is that of the operators of ONNX itself. */
    static boolean isDefault(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private ForeignNetwork read() throws IOException {
        State features = State.features(input.name(), 0);
        signals.put(input.name(), new OnnxSignal(features, true, input.rank().orElse(2) == 2));
        for (NodeProto node : nodes.needed()) {
            apply(node);
        }
        OnnxSignal result = signals.get(output);
        if (result == null) {
            throw new FileFormatException(
                    "has the output " + output + ", which does not depend on the input " + input.name());
        }
        List<Layer> layers = layers(result.state(), features);
        input.requireWidth(layers.get(0).columns());
        List<String> ignored = new ArrayList<>(nodes.others());
        ignored.addAll(constants.unused());
        return new ForeignNetwork(
                "onnx",
                "ONNX graph from " + input.name() + " to " + output + ": " + described(layers),
                layers,
                Thresholds.ZERO,
                ignored,
                constants.notes());
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

    private static String output(GraphProto graph) throws FileFormatException {
        if (graph.getOutputCount() != 1) {
            throw new FileFormatException("has " + graph.getOutputCount() + " outputs"
                    + graph.getOutputList().stream()
                            .map(ValueInfoProto::getName)
                            .collect(Collectors.joining(", ", " (", ")"))
                    + ", but must have one: the logits, [batch, m']");
        }
        return graph.getOutput(0).getName();
    }

    private void apply(NodeProto node) throws IOException {
        if (!isDefault(node.getDomain())) {
            throw OnnxNodes.unsupported(node);
        }
        switch (node.getOpType()) {
            case "Constant" -> constants.put(OnnxNodes.output(node, 0), constants.ofNode(node));
            case "Identity" -> {
                Optional<OnnxSignal> signal = signal(node, 0, 1);
                if (signal.isPresent()) {
                    signals.put(OnnxNodes.output(node, 1), signal.get());
                } else {
                    constants.put(OnnxNodes.output(node, 1), constant(node, 0));
                }
            }
            case "Transpose" -> transpose(node);
            case "Flatten" -> flatten(node);
            case "Relu" -> {
                OnnxSignal signal = signal(node, 0, 1).orElseThrow(() -> OnnxNodes.ofConstants(node));
                requireFlat(node, signal);
                signals.put(OnnxNodes.output(node, 1), signal.with(relu(node, signal.state())));
            }
            case "MatMul" -> signals.put(OnnxNodes.output(node, 2), product(node, false, false, 1));
            case "Gemm" -> signals.put(OnnxNodes.output(node, 3), gemm(node));
            case "Add" -> signals.put(OnnxNodes.output(node, 2), add(node, 0, 1));
            default -> throw OnnxNodes.unsupported(node);
        }
    }

    /** An input that depends on the features; empty if it is a constant. */
    private Optional<OnnxSignal> signal(NodeProto node, int index, int inputs) throws FileFormatException {
        if (node.getInputCount() < inputs || node.getInput(index).isEmpty()) {
            throw OnnxNodes.fault(node, "which has too few inputs: " + inputs + " are needed");
        }
        String name = node.getInput(index);
        if (!signals.containsKey(name) && !constants.has(name)) {
            throw OnnxNodes.fault(node, "which reads \"" + name + "\", but nothing before it gives that");
        }
        return Optional.ofNullable(signals.get(name));
    }

    private OnnxConstant constant(NodeProto node, int index) throws IOException {
        return constants.get(node.getInput(index));
    }

    private void transpose(NodeProto node) throws IOException {
        Optional<OnnxSignal> signal = signal(node, 0, 1);
        List<Long> order = OnnxNodes.attribute(node, "perm")
                .map(AttributeProto::getIntsList)
                .filter(given -> !given.isEmpty())
                .orElse(null);
        boolean stays = List.of(0L, 1L).equals(order);
        if (signal.isEmpty()) {
            OnnxConstant constant = constant(node, 0);
            if (constant.shape().rank() == 2 && !stays) {
                requireExchange(node, order);
                constant = constant.transposed();
            }
            constants.put(OnnxNodes.output(node, 1), constant);
            return;
        }
        if (!stays) {
            requireExchange(node, order);
        }
        requireFlat(node, signal.get());
        signals.put(
                OnnxNodes.output(node, 1), stays ? signal.get() : signal.get().transposed());
    }

    private static void requireExchange(NodeProto node, List<Long> order) throws FileFormatException {
        if (order != null && !order.equals(List.of(1L, 0L))) {
            throw OnnxNodes.fault(node, "whose perm is " + order + ", which is none of two dimensions");
        }
    }

    private void flatten(NodeProto node) throws IOException {
        long axis = OnnxNodes.attribute(node, "axis").map(AttributeProto::getI).orElse(1L);
        Optional<OnnxSignal> signal = signal(node, 0, 1);
        if (signal.isEmpty()) {
            OnnxConstant constant = constant(node, 0);
            if (constant.shape().rank() != 2 || (axis != 1 && axis != -1)) {
                throw OnnxNodes.fault(node, "which flattens a constant that is not a matrix");
            }
            constants.put(OnnxNodes.output(node, 1), constant);
            return;
        }
        int rank = signal.get().isFlat() ? 2 : input.rank().orElse(2);
        if (axis != 1 && axis != 1 - rank) {
            throw OnnxNodes.fault(node, "whose axis is " + axis + ", but must be 1: the batch stays apart");
        }
        signals.put(OnnxNodes.output(node, 1), signal.get().flattened());
    }

    /** Insists that features of several dimensions have been flattened before they are used. */
    private static void requireFlat(NodeProto node, OnnxSignal signal) throws FileFormatException {
        if (!signal.isFlat()) {
            throw OnnxNodes.fault(
                    node,
                    "which reads the input " + signal.state().name()
                            + " as it is, but that is not [batch, m]: flatten it first");
        }
    }

    private OnnxSignal gemm(NodeProto node) throws IOException {
        boolean transA =
                OnnxNodes.attribute(node, "transA").map(AttributeProto::getI).orElse(0L) != 0;
        boolean transB =
                OnnxNodes.attribute(node, "transB").map(AttributeProto::getI).orElse(0L) != 0;
        float alpha =
                OnnxNodes.attribute(node, "alpha").map(AttributeProto::getF).orElse(1f);
        float beta = OnnxNodes.attribute(node, "beta").map(AttributeProto::getF).orElse(1f);
        OnnxSignal product = product(node, transA, transB, alpha);
        if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
            return product;
        }
        Optional<OnnxSignal> added = signal(node, 2, 3);
        if (added.isEmpty()) {
            OnnxConstant offset = constant(node, 2);
            return plus(node, product, true, constants.scaled(node, offset, beta));
        }
        if (beta != 1) {
            throw OnnxNodes.fault(node, "whose beta is " + beta + ", but must be 1 where C depends on the features");
        }
        return plus(node, product, true, added.get(), nodes.isReadOnce(node.getInput(2)));
    }

    /** A' B' of which one is a constant. */
    private OnnxSignal product(NodeProto node, boolean transA, boolean transB, float alpha) throws IOException {
        Optional<OnnxSignal> a = signal(node, 0, 2);
        Optional<OnnxSignal> b = signal(node, 1, 2);
        if (a.isPresent() && b.isPresent()) {
            throw OnnxNodes.fault(
                    node,
                    "which multiplies two values that depend on the features: only constant weights are"
                            + " supported");
        }
        if (a.isEmpty() && b.isEmpty()) {
            throw OnnxNodes.ofConstants(node);
        }
        boolean left = a.isPresent();
        OnnxSignal signal = left ? a.get() : b.get();
        requireFlat(node, signal);
        OnnxConstant weights = constants.scaled(node, constant(node, left ? 1 : 0), alpha);
        if (weights.shape().rank() != 2) {
            throw OnnxNodes.fault(
                    node, "whose weights " + weights.name() + " are " + weights.shape() + ", but must be a matrix");
        }
        boolean standsRight = left ? signal.batchFirst() != transA : signal.batchFirst() == transB;
        if (!standsRight) {
            throw OnnxNodes.fault(
                    node, "which multiplies along the batch: the features of an input must stay together");
        }
        // out x in: the left factor as it is, the right one exchanged
        boolean exchanged = left ? !transB : transA;
        OnnxConstant matrix = exchanged ? weights.transposed() : weights;
        int rows = matrix.shape().dimension(0);
        int columns = matrix.shape().dimension(1);
        if (rows == 0 || columns == 0) {
            throw OnnxNodes.fault(node, "whose weights " + weights.name() + " are empty");
        }
        State source = signal.state();
        if (!source.isFeatures() && source.width() != columns) {
            throw OnnxNodes.fault(
                    node,
                    "whose weights " + weights.name() + " " + weights.shape().size() + " take " + columns
                            + " numbers, but " + node.getInput(left ? 0 : 1) + " has " + source.width());
        }
        State product = State.affine(
                node.getOutput(0), source, RecognisedMatrix.of(rows, columns, matrix.numbers()), new float[rows]);
        return new OnnxSignal(product, left, true);
    }

    private State relu(NodeProto node, State state) throws FileFormatException {
        if (state.hasRelu()) {
            return state;
        }
        boolean free = !state.isFeatures() && nodes.isReadOnce(node.getInput(0));
        return (free ? state : copy(node, state)).withRelu(node.getOutput(0));
    }

    /** A layer that gives what it takes. */
    private State copy(NodeProto node, State state) throws FileFormatException {
        int width = state.isFeatures() ? statedWidth(node) : state.width();
        copied += width;
        if (copied > MOST_COPIED) {
            throw OnnxNodes.fault(
                    node, "which would make layers that pass on more than " + MOST_COPIED + " numbers as they are");
        }
        return State.affine(node.getOutput(0), state, DiagonalMatrix.ofValue(width, 1), new float[width]);
    }

    private int statedWidth(NodeProto node) throws FileFormatException {
        OptionalInt width = input.width();
        if (width.isEmpty() || width.getAsInt() == 0) {
            throw OnnxNodes.fault(
                    node,
                    "which reads the input " + input.name() + " as it is, but the model does not say how many features"
                            + " that has");
        }
        return width.getAsInt();
    }

    private OnnxSignal add(NodeProto node, int first, int second) throws IOException {
        Optional<OnnxSignal> a = signal(node, first, 2);
        Optional<OnnxSignal> b = signal(node, second, 2);
        if (a.isEmpty() && b.isEmpty()) {
            throw OnnxNodes.ofConstants(node);
        }
        if (a.isPresent() && b.isPresent()) {
            boolean firstIsFree = nodes.isReadOnce(node.getInput(first));
            boolean secondIsFree = nodes.isReadOnce(node.getInput(second));
            return plus(node, a.get(), firstIsFree, b.get(), secondIsFree);
        }
        OnnxSignal signal = a.isPresent() ? a.get() : b.get();
        String name = node.getInput(a.isPresent() ? first : second);
        return plus(node, signal, nodes.isReadOnce(name), constant(node, a.isPresent() ? second : first));
    }

    /** @param free whether nobody else reads the signal, so that it may be changed in its place */
    private OnnxSignal plus(NodeProto node, OnnxSignal signal, boolean free, OnnxConstant constant)
            throws FileFormatException {
        requireFlat(node, signal);
        State state = signal.state();
        int width = state.isFeatures() ? statedWidth(node) : state.width();
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
    private static float[] broadcast(NodeProto node, OnnxConstant constant, int width, boolean batchFirst)
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
            throw OnnxNodes.fault(
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
            throw OnnxNodes.fault(node, "which adds values of which one has the batch first and the other last");
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
            throw OnnxNodes.fault(
                    node,
                    "which adds " + String.join(" and ", node.getInputList())
                            + ", neither of which is computed from the other: only a chain of layers with skips is supported");
        }
        int width =
                result.skip().isFeatures() ? statedWidth(node) : result.skip().width();
        if (width != result.width()) {
            throw OnnxNodes.fault(node, "which adds " + width + " numbers to " + result.width());
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
}
