package org.superpose.interop.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.file.FileFormatException;

/** The nodes of a graph that its output depends on, and who reads what. */
final class OnnxNodes {
    private final GraphProto graph;
    private final List<NodeProto> needed;
    /** How many nodes read a value, under its own name and under those of its copies. */
    private final Map<String, Integer> readers = new HashMap<>();

    private final Map<String, String> originals = new HashMap<>();

    /** @throws FileFormatException if a value is given twice */
    OnnxNodes(GraphProto graph, OnnxConstants constants, String output) throws FileFormatException {
        this.graph = graph;
        this.needed = needed(graph, constants, output);
        countReaders(output);
    }

    /** In their order. */
    List<NodeProto> needed() {
        return needed;
    }

    /** The names of the nodes that the output does not depend on. */
    List<String> others() {
        Map<NodeProto, Boolean> read = new IdentityHashMap<>();
        needed.forEach(node -> read.put(node, true));
        List<String> others = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            if (!read.containsKey(node)) {
                others.add(node.getName().isEmpty() ? String.join(", ", node.getOutputList()) : node.getName());
            }
        }
        return others;
    }

    /** The nodes that the output depends on, in their order. */
    private static List<NodeProto> needed(GraphProto graph, OnnxConstants constants, String output)
            throws FileFormatException {
        Map<String, NodeProto> makers = new HashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            for (String made : node.getOutputList()) {
                if (!made.isEmpty() && (makers.put(made, node) != null || constants.isInitialiser(made))) {
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
    private void countReaders(String output) {
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

    /** Whether only one node, or the graph itself, has a use for a value. */
    boolean isReadOnce(String name) {
        return readers.getOrDefault(original(name), 0) <= 1;
    }

    /** What is wrong with a node of another operator. */
    static FileFormatException unsupported(NodeProto node) {
        String operator =
                OnnxGraph.isDefault(node.getDomain()) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
        return new FileFormatException("has " + title(node) + " with the operator " + operator
                + ", which is not supported: only " + OnnxGraph.SUPPORTED + " are");
    }

    /** What is wrong with a node: {@code which reads ...}. */
    static FileFormatException fault(NodeProto node, String what) {
        return new FileFormatException("has " + title(node) + " (" + node.getOpType() + "), " + what);
    }

    /** What is wrong with a node that does not depend on the features. */
    static FileFormatException ofConstants(NodeProto node) {
        return fault(node, "whose inputs are all constant: fold it into one constant before");
    }

    private static String title(NodeProto node) {
        return "the node \""
                + (node.getName().isEmpty() ? "-> " + String.join(", ", node.getOutputList()) : node.getName()) + "\"";
    }

    /** The one output of a node that has at most so many inputs. */
    static String output(NodeProto node, int mostInputs) throws FileFormatException {
        if (node.getOutputCount() != 1 || node.getOutput(0).isEmpty() || node.getInputCount() > mostInputs) {
            throw fault(
                    node,
                    "which has " + node.getInputCount() + " inputs and " + node.getOutputCount()
                            + " outputs, but must have at most " + mostInputs + " and one");
        }
        return node.getOutput(0);
    }

    /** An attribute of a node, if it has it. */
    static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
