package org.superpose.core.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.WeightMatrix;

/**
 * An array on its way into a file: its elements are produced one after another while they are written, so that no
 * second copy of a large matrix is ever made.
 *
 * @param name for example {@code layers.0.weight}
 * @param shape type and dimensions
 * @param elements writes all elements in C order; may be asked more than once and then writes the same
 */
public record NamedArray(String name, ArrayShape shape, Elements elements) {
    /** Writes the elements of one array. */
    @FunctionalInterface
    public interface Elements {
        /** Writes all of them, in C order. */
        void writeTo(LittleEndianOutput out) throws IOException;
    }

    /**
     * Writes the elements, without any header.
     *
     * @throws IllegalStateException if they are not as many bytes as the shape says
     */
    public void writeElements(OutputStream out) throws IOException {
        LittleEndianOutput buffered = new LittleEndianOutput(out, shape.bytes());
        elements.writeTo(buffered);
        buffered.flush();
        if (buffered.written() != shape.bytes()) {
            throw new IllegalStateException(
                    "array " + name + " wrote " + buffered.written() + " bytes instead of " + shape.bytes());
        }
    }

    /** A float32 vector. */
    public static NamedArray floats(String name, float[] values) {
        return new NamedArray(name, ArrayShape.of(ElementType.FLOAT32, values.length), out -> {
            for (float value : values) {
                out.putFloat(value);
            }
        });
    }

    /** An int32 vector. */
    public static NamedArray ints(String name, int[] values) {
        return ints(name, values, values.length);
    }

    /** An int32 array of the given dimensions. */
    public static NamedArray ints(String name, int[] values, int... dimensions) {
        return new NamedArray(name, ArrayShape.of(ElementType.INT32, dimensions), out -> {
            for (int value : values) {
                out.putInt(value);
            }
        });
    }

    /** A uint8 vector. */
    public static NamedArray bytes(String name, byte[] values) {
        return new NamedArray(name, ArrayShape.of(ElementType.UINT8, values.length), out -> {
            for (byte value : values) {
                out.putByte(value);
            }
        });
    }

    /** An int32 scalar. */
    public static NamedArray scalar(String name, int value) {
        return new NamedArray(name, ArrayShape.of(ElementType.INT32), out -> out.putInt(value));
    }

    /** A text scalar, which {@code str(array)} turns into a Python string. */
    public static NamedArray text(String name, String text) {
        return texts(name, List.of(text), ArrayShape.of(ElementType.text(codePoints(text))));
    }

    /** A vector of texts. */
    public static NamedArray texts(String name, List<String> texts) {
        int longest = texts.stream().mapToInt(NamedArray::codePoints).max().orElse(1);
        return texts(name, texts, ArrayShape.of(ElementType.text(longest), texts.size()));
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static NamedArray texts(String name, List<String> texts, ArrayShape shape) {
        return new NamedArray(name, shape, out -> {
            int length = shape.type().bytes() / Integer.BYTES;
            for (String text : texts) {
                int[] codePoints = text.codePoints().toArray();
                for (int t = 0; t < length; t++) {
                    out.putInt(t < codePoints.length ? codePoints[t] : 0);
                }
            }
        });
    }

    /** Any weight matrix as a float32 [rows, columns] array. */
    public static NamedArray dense(String name, WeightMatrix matrix) {
        return new NamedArray(name, ArrayShape.of(ElementType.FLOAT32, matrix.rows(), matrix.columns()), out -> {
            float[] row = new float[matrix.columns()];
            for (int r = 0; r < matrix.rows(); r++) {
                matrix.copyRow(r, row);
                for (float value : row) {
                    out.putFloat(value);
                }
            }
        });
    }

    /** A diagonal matrix as a float32 [n] array. */
    public static NamedArray diagonal(String name, DiagonalMatrix matrix) {
        return floats(name, matrix.diagonal());
    }

    /** An integer matrix as an int16 [rows, columns] array. */
    public static NamedArray integers(String name, IntegerMatrix matrix) {
        return new NamedArray(name, ArrayShape.of(ElementType.INT16, matrix.rows(), matrix.columns()), out -> {
            for (int r = 0; r < matrix.rows(); r++) {
                for (int c = 0; c < matrix.columns(); c++) {
                    out.putShort((int) matrix.get(r, c));
                }
            }
        });
    }

    /**
     * The bits of a matrix, eight columns in a byte, the first in its highest bit: what {@code numpy.unpackbits}
     * expects.
     */
    public static NamedArray packedBits(String name, BitMatrix matrix) {
        int bytesPerRow = (matrix.columns() + 7) / 8;
        return new NamedArray(name, ArrayShape.of(ElementType.UINT8, matrix.rows(), bytesPerRow), out -> {
            for (int r = 0; r < matrix.rows(); r++) {
                for (int b = 0; b < bytesPerRow; b++) {
                    int lowestFirst = (int) (matrix.word(r, b / 8) >>> 8 * (b % 8)) & 0xff;
                    out.putByte(Integer.reverse(lowestFirst) >>> 24);
                }
            }
        });
    }
}
