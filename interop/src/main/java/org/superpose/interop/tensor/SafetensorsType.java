package org.superpose.interop.tensor;

import java.util.Map;
import java.util.Optional;
import org.superpose.core.file.ElementType;

/** The element types of safetensors that NumPy has too; the name of each constant is the format's. */
public enum SafetensorsType {
    F64(new ElementType('f', 8)),
    F32(ElementType.FLOAT32),
    F16(new ElementType('f', 2)),
    I64(ElementType.INT64),
    I32(ElementType.INT32),
    I16(ElementType.INT16),
    I8(ElementType.INT8),
    U8(ElementType.UINT8),
    BOOL(new ElementType('b', 1));

    /** The bytes of an element of the types that NumPy lacks or no network has. */
    private static final Map<String, Integer> OTHERS =
            Map.of("BF16", 2, "U16", 2, "U32", 4, "U64", 8, "C64", 8, "F8_E5M2", 1, "F8_E4M3", 1, "F8_E8M0", 1);

    private static final Map<String, NumberType> NUMBERS = Map.ofEntries(
            Map.entry("F64", NumberType.FLOAT64),
            Map.entry("F32", NumberType.FLOAT32),
            Map.entry("F16", NumberType.FLOAT16),
            Map.entry("BF16", NumberType.BFLOAT16),
            Map.entry("I64", NumberType.INT64),
            Map.entry("I32", NumberType.INT32),
            Map.entry("I16", NumberType.INT16),
            Map.entry("I8", NumberType.INT8),
            Map.entry("U64", NumberType.UINT64),
            Map.entry("U32", NumberType.UINT32),
            Map.entry("U16", NumberType.UINT16),
            Map.entry("U8", NumberType.UINT8),
            Map.entry("BOOL", NumberType.BOOL));

    private final ElementType type;

    SafetensorsType(ElementType type) {
        this.type = type;
    }

    ElementType elementType() {
        return type;
    }

    /** The one of these elements. */
    public static SafetensorsType of(ElementType type) {
        for (SafetensorsType candidate : values()) {
            if (candidate.type.equals(type)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("safetensors has no elements of type " + type);
    }

    /** The bytes of an element, or -1 for a type that is not known. */
    static int bytes(String name) {
        return named(name).map(known -> known.type.bytes()).orElseGet(() -> OTHERS.getOrDefault(name, -1));
    }

    /** The kind of numbers that a type of the format stands for, if it is one that can be converted. */
    static Optional<NumberType> numbers(String name) {
        return Optional.ofNullable(NUMBERS.get(name));
    }

    static Optional<SafetensorsType> named(String name) {
        for (SafetensorsType candidate : values()) {
            if (candidate.name().equals(name)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
