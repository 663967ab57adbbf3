package org.superpose.interop;

import java.util.Map;
import java.util.Optional;
import org.superpose.core.file.ElementType;

/** The element types of safetensors that NumPy has too; the name of each constant is the format's. */
enum SafetensorsType {
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

    private final ElementType type;

    SafetensorsType(ElementType type) {
        this.type = type;
    }

    ElementType elementType() {
        return type;
    }

    static SafetensorsType of(ElementType type) {
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

    static Optional<SafetensorsType> named(String name) {
        for (SafetensorsType candidate : values()) {
            if (candidate.name().equals(name)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
