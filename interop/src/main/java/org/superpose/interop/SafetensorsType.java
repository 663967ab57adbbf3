package org.superpose.interop;

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

    static Optional<SafetensorsType> named(String name) {
        for (SafetensorsType candidate : values()) {
            if (candidate.name().equals(name)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
