package org.superpose.interop.foreign;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.superpose.core.file.FileFormatException;

/**
 * The input of a graph: the features, [batch, m].
 *
 * @param proto what the graph says of it
 */
record OnnxInput(ValueInfoProto proto) {
    /**
     * The one input of a graph; initialisers may be listed as inputs too.
     *
     * @throws FileFormatException if it has none or several
     */
    static OnnxInput of(GraphProto graph, OnnxConstants constants) throws FileFormatException {
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !constants.isInitialiser(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new FileFormatException("has " + inputs.size() + " inputs"
                    + inputs.stream().map(ValueInfoProto::getName).collect(Collectors.joining(", ", " (", ")"))
                    + ", but must have one: the features, [batch, m]");
        }
        return new OnnxInput(inputs.get(0));
    }

    String name() {
        return proto.getName();
    }

    /** The number of dimensions, the batch among them, if it is said. */
    OptionalInt rank() {
        return proto.getType().getTensorType().hasShape()
                ? OptionalInt.of(proto.getType().getTensorType().getShape().getDimCount())
                : OptionalInt.empty();
    }

    /** m as the input's shape says it, if it does. */
    OptionalInt width() {
        if (rank().orElse(0) < 2) {
            return OptionalInt.empty();
        }
        List<TensorShapeProto.Dimension> dimensions =
                proto.getType().getTensorType().getShape().getDimList();
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

    /**
     * Insists that the shape says nothing else than the weights.
     *
     * @param columns what the first weights take
     */
    void requireWidth(int columns) throws FileFormatException {
        OptionalInt rank = rank();
        if (rank.isPresent() && rank.getAsInt() < 2) {
            throw new FileFormatException(
                    "has the input " + name() + " of " + rank.getAsInt() + " dimensions, but must have [batch, m]");
        }
        OptionalInt width = width();
        if (width.isPresent() && width.getAsInt() != columns) {
            throw new FileFormatException("has the input " + name() + " of " + width.getAsInt()
                    + " features, but its first weights take " + columns);
        }
    }
}
