package org.superpose.core.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an array's elements: NumPy's kind letter and a size. Always little-endian.
 *
 * @param kind f (real), i (signed), u (unsigned), b (Boolean), U (text of a fixed length)
 * @param bytes the bytes of one element, at least 1
 */
public record ElementType(char kind, int bytes) {
    /** Real numbers of 32 bits. */
    public static final ElementType FLOAT32 = new ElementType('f', 4);
    /** Signed whole numbers of 64 bits. */
    public static final ElementType INT64 = new ElementType('i', 8);
    /** Signed whole numbers of 32 bits. */
    public static final ElementType INT32 = new ElementType('i', 4);
    /** Signed whole numbers of 16 bits. */
    public static final ElementType INT16 = new ElementType('i', 2);
    /** Signed whole numbers of 8 bits. */
    public static final ElementType INT8 = new ElementType('i', 1);
    /** Unsigned whole numbers of 8 bits. */
    public static final ElementType UINT8 = new ElementType('u', 1);

    private static final int BYTES_PER_CHARACTER = 4;
    private static final Pattern DESCRIPTOR = Pattern.compile("([<|])([fiubU])([1-9][0-9]{0,7})");

    /** @throws IllegalArgumentException if the kind is unknown or the size not positive */
    public ElementType {
        if ("fiubU".indexOf(kind) < 0 || bytes < 1) {
            throw new IllegalArgumentException("there are no elements of kind " + kind + " and " + bytes + " bytes");
        }
    }

    /** Text of at most the given number of code points, as NumPy keeps it: four bytes for each, padded with zeros. */
    static ElementType text(int characters) {
        return new ElementType('U', Math.multiplyExact(BYTES_PER_CHARACTER, Math.max(1, characters)));
    }

    /** The type of a NumPy descriptor such as {@code <f4}, or empty if it is none that is known here. */
    static Optional<ElementType> ofDescriptor(String descriptor) {
        Matcher matcher = DESCRIPTOR.matcher(descriptor);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        char kind = matcher.group(2).charAt(0);
        int size = Integer.parseInt(matcher.group(3));
        boolean oneByte = kind != 'U' && size == 1;
        if (oneByte != matcher.group(1).equals("|")) {
            return Optional.empty();
        }
        return Optional.of(new ElementType(kind, kind == 'U' ? size * BYTES_PER_CHARACTER : size));
    }

    /** NumPy's descriptor, for example {@code <f4}. */
    String descriptor() {
        return bytes == 1 ? "|" + kind + 1 : "<" + kind + (isText() ? bytes / BYTES_PER_CHARACTER : bytes);
    }

    /** Whether the elements are texts. */
    boolean isText() {
        return kind == 'U';
    }

    /** The name for people, for example {@code float32}. */
    @Override
    public String toString() {
        return switch (kind) {
            case 'f' -> "float" + 8 * bytes;
            case 'i' -> "int" + 8 * bytes;
            case 'u' -> "uint" + 8 * bytes;
            case 'b' -> "bool";
            default -> "text";
        };
    }
}
