package org.superpose.interop.foreign;

import java.util.List;
import org.superpose.interop.tensor.TensorShape;

/**
 * A value of a graph that is the same for every input.
 *
 * @param numbers row by row
 * @param shape of the tensor, whose type may be another than float32
 */
record OnnxConstant(String name, float[] numbers, TensorShape shape) {
    OnnxConstant transposed() {
        if (shape.rank() < 2) {
            return this;
        }
        return new OnnxConstant(
                name,
                Transposed.of(shape.dimension(0), shape.dimension(1), numbers),
                new TensorShape(shape.type(), List.of(shape.dimension(1), shape.dimension(0))));
    }
}
