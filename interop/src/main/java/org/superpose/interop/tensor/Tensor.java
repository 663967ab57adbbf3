package org.superpose.interop.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.superpose.core.file.FileFormatException;

/** An array of numbers of a file of another tool, on its way to float32. */
public final class Tensor {
    private final String name;
    private final TensorShape shape;
    private final ByteBuffer elements;

    /**
     * Takes the bytes over.
     *
     * @param name for messages
     * @param elements little-endian, row by row, as many as the shape says
     * @throws IllegalArgumentException if they are not
     */
    public Tensor(String name, TensorShape shape, ByteBuffer elements) {
        if (elements.remaining() != shape.elements() * shape.type().bytes()) {
            throw new IllegalArgumentException(
                    "array " + name + " is " + shape + ", which is not " + elements.remaining() + " bytes");
        }
        this.name = name;
        this.shape = shape;
        this.elements = elements.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The name, for messages. */
    public String name() {
        return name;
    }

    /** Type and dimensions. */
    public TensorShape shape() {
        return shape;
    }

    /** A view of the bytes, little-endian, row by row. */
    public ByteBuffer elements() {
        return elements.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The numbers as float32, row by row.
     *
     * @param rounding what becomes of numbers that float32 cannot hold
     * @param notes is told how many numbers were rounded, and by how much at most
     * @throws FileFormatException naming the tensor and the place, if a number is not finite, is too large for float32,
     *     or is not exact in float32 and must be
     */
    public float[] floats(Rounding rounding, Consumer<String> notes) throws FileFormatException {
        int count = elements.remaining() / shape.type().bytes();
        float[] values = new float[count];
        int rounded = 0;
        int first = -1;
        double largest = 0;
        for (int i = 0; i < count; i++) {
            float value = value(i);
            values[i] = value;
            if (!isExact(i, value)) {
                rounded++;
                first = first < 0 ? i : first;
                largest = Math.max(largest, Math.abs(approximate(i) - value));
            }
        }
        if (rounded > 0 && rounding == Rounding.REFUSED) {
            throw new FileFormatException("array " + name + " is " + shape + " and has " + text(first) + " at "
                    + place(first) + ", which float32 cannot hold exactly (" + rounded + " of " + count
                    + " numbers): round them yourself, or let them be rounded with --round");
        }
        if (rounded > 0) {
            notes.accept("array " + name + ": " + rounded + " of " + count + " numbers were rounded from "
                    + shape.type() + " to float32, by at most " + (float) largest);
        }
        return values;
    }

    private float value(int i) throws FileFormatException {
        float value = switch (shape.type()) {
            case FLOAT16 -> halfToFloat(elements.getShort(2 * i));
            case BFLOAT16 -> Float.intBitsToFloat(elements.getShort(2 * i) << 16);
            case FLOAT32 -> elements.getFloat(4 * i);
            case FLOAT64 -> (float) elements.getDouble(8 * i);
            case UINT64 -> unsignedToFloat(whole(i));
            default -> (float) whole(i);
        };
        if (!Float.isFinite(value)) {
            boolean tooLarge = shape.type() == NumberType.FLOAT64 && Double.isFinite(elements.getDouble(8 * i));
            throw new FileFormatException("array " + name + " has " + text(i) + " at " + place(i)
                    + (tooLarge ? ", which is too large for float32" : ", but all numbers must be finite"));
        }
        return value;
    }

    /** A whole number as it is; of uint64 the bits. */
    private long whole(int i) {
        return switch (shape.type()) {
            case INT8 -> elements.get(i);
            case UINT8 -> elements.get(i) & 0xff;
            case BOOL -> elements.get(i) == 0 ? 0 : 1;
            case INT16 -> elements.getShort(2 * i);
            case UINT16 -> elements.getShort(2 * i) & 0xffff;
            case INT32 -> elements.getInt(4 * i);
            case UINT32 -> elements.getInt(4 * i) & 0xffff_ffffL;
            default -> elements.getLong(8 * i);
        };
    }

    private boolean isExact(int i, float value) {
        return switch (shape.type()) {
            case FLOAT64 -> value == elements.getDouble(8 * i);
            case INT32, UINT32, INT64 -> value != 0x1p63f && (long) value == whole(i);
            case UINT64 ->
                whole(i) >= 0
                        ? value != 0x1p63f && (long) value == whole(i)
                        : (whole(i) & 1) == 0 && value != 0x1p64f && (long) (value / 2) == whole(i) >>> 1;
            default -> true;
        };
    }

    private double approximate(int i) {
        return switch (shape.type()) {
            case FLOAT64 -> elements.getDouble(8 * i);
            case UINT64 -> (whole(i) >>> 1) * 2.0 + (whole(i) & 1);
            default -> whole(i);
        };
    }

    /** Halves keep a bit that is shifted out, so that rounding to the nearest is right. */
    private static float unsignedToFloat(long bits) {
        return bits >= 0 ? bits : 2 * (float) (bits >>> 1 | bits & 1);
    }

    private static float halfToFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | (exponent == 0x1f ? 0xff : exponent + 112) << 23 | fraction << 13);
    }

    private String text(int i) {
        return switch (shape.type()) {
            case FLOAT16 -> Float.toString(halfToFloat(elements.getShort(2 * i)));
            case BFLOAT16 -> Float.toString(Float.intBitsToFloat(elements.getShort(2 * i) << 16));
            case FLOAT32 -> Float.toString(elements.getFloat(4 * i));
            case FLOAT64 -> Double.toString(elements.getDouble(8 * i));
            case UINT64 -> Long.toUnsignedString(whole(i));
            default -> Long.toString(whole(i));
        };
    }

    /** An index as NumPy takes it. */
    private String place(int i) {
        return shape.rank() < 2 ? "[" + i + "]" : "[" + i / shape.dimension(1) + ", " + i % shape.dimension(1) + "]";
    }
}
