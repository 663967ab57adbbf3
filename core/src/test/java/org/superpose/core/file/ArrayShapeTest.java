package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayShapeTest {
    @ParameterizedTest
    @CsvSource({
        "<f4, f, 4, float32",
        "<f8, f, 8, float64",
        "<i8, i, 8, int64",
        "|i1, i, 1, int8",
        "<u2, u, 2, uint16",
        "|b1, b, 1, bool",
        "<U1, U, 4, text",
        "<U10, U, 40, text"
    })
    void aTypeHasOneDescriptorAndOneName(String descriptor, char kind, int bytes, String name) {
        ElementType type = new ElementType(kind, bytes);
        assertEquals(Optional.of(type), ElementType.ofDescriptor(descriptor));
        assertEquals(descriptor, type.descriptor());
        assertEquals(name, type.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"|f4", "<u1", "|U1", ">i4", "<i0", "<c8", "<f4 ", "<f123456789", ""})
    void otherDescriptorsAreUnknown(String descriptor) {
        assertEquals(Optional.empty(), ElementType.ofDescriptor(descriptor));
    }

    @Test
    void anArrayMayHaveTwoDimensionsAndTwoToThe62Bytes() {
        ArrayShape largest = ArrayShape.of(ElementType.FLOAT32, 1 << 30, 1 << 30);
        assertEquals(1L << 60, largest.elements());
        assertEquals(1L << 62, largest.bytes());
        assertThrows(IllegalArgumentException.class, () -> ArrayShape.of(ElementType.FLOAT32, 1 << 30, (1 << 30) + 1));
        assertThrows(IllegalArgumentException.class, () -> ArrayShape.of(ElementType.UINT8, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> ArrayShape.of(ElementType.UINT8, 1, -1));
        assertEquals(0, ArrayShape.of(ElementType.UINT8, 0, 5).bytes());
        assertEquals(1, new ArrayShape(ElementType.UINT8, List.of()).elements());
        assertEquals("uint8 []", ArrayShape.of(ElementType.UINT8).toString());
    }

    @Test
    void thereAreNoElementsOfNoBytesOrOfUnknownKind() {
        assertThrows(IllegalArgumentException.class, () -> new ElementType('i', 0));
        assertThrows(IllegalArgumentException.class, () -> new ElementType('c', 8));
        assertEquals(4, ElementType.text(0).bytes());
    }
}
