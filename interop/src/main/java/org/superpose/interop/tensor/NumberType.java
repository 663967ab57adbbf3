package org.superpose.interop.tensor;

import java.util.Locale;
import java.util.Optional;
import org.superpose.core.file.ElementType;

/** The kinds of numbers that files of other tools hold and that are converted to float32. */
public enum NumberType {
    /** Real numbers of 16 bits of IEEE 754: 5 bits of exponent. */
    FLOAT16(2),
    /** The upper half of float32: 8 bits of exponent, 7 of fraction. */
    BFLOAT16(2),
    /** Real numbers of 32 bits, which the weights of networks are. */
    FLOAT32(4),
    /** Real numbers of 64 bits. */
    FLOAT64(8),
    /** Signed whole numbers. */
    INT8(1),
    /** Signed whole numbers. */
    INT16(2),
    /** Signed whole numbers. */
    INT32(4),
    /** Signed whole numbers. */
    INT64(8),
    /** Unsigned whole numbers. */
    UINT8(1),
    /** Unsigned whole numbers. */
    UINT16(2),
    /** Unsigned whole numbers. */
    UINT32(4),
    /** Unsigned whole numbers. */
    UINT64(8),
    /** 0 or 1 in a byte. */
    BOOL(1);

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /** The bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** The type of this kind letter and size in NumPy, if it is one of numbers. */
    static Optional<NumberType> of(ElementType type) {
        for (NumberType candidate : values()) {
            if (candidate.toString().equals(type.toString()) && candidate.bytes == type.bytes()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** NumPy's name, for example {@code float64}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
