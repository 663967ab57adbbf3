package org.superpose.interop.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.NamedArray;

/**
 * Names as arrays. NumPy's text arrays give every text the room of the longest, four bytes for each character, and lose
 * zeros at the end: one long name among thousands would fill a disk. Where that room is out of proportion, or a name
 * would be lost, the names are the bytes of all in UTF-8 one after another, and where each begins.
 */
public final class NameArrays {
    private static final String UTF_8 = ".utf8";
    private static final String OFFSETS = ".offsets";

    /** Bytes up to which a text array is always taken. */
    private static final long SMALL = 1 << 16;

    /** How many times the room of UTF-8 a text array may take: it takes four times as much for equal lengths. */
    private static final int MAX_BLOAT = 16;

    private NameArrays() {}

    /** Whether an array holds names or a part of them. */
    public static boolean isPart(String array, String name) {
        return array.equals(name) || array.equals(name + UTF_8) || array.equals(name + OFFSETS);
    }

    /** The arrays that hold names under a name. */
    public static List<NamedArray> of(String name, List<String> names) {
        long longest = 0;
        long bytes = 0;
        boolean zeros = false;
        for (String each : names) {
            longest = Math.max(longest, each.codePointCount(0, each.length()));
            bytes += each.getBytes(StandardCharsets.UTF_8).length;
            zeros |= each.indexOf(0) >= 0;
        }
        long padded = Integer.BYTES * longest * names.size();
        if (!zeros && padded <= Math.max(SMALL, MAX_BLOAT * bytes)) {
            return List.of(NamedArray.texts(name, names));
        }
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(bytes));
        int[] offsets = new int[names.size() + 1];
        for (int j = 0; j < names.size(); j++) {
            all.put(names.get(j).getBytes(StandardCharsets.UTF_8));
            offsets[j + 1] = all.position();
        }
        return List.of(NamedArray.bytes(name + UTF_8, all.array()), NamedArray.ints(name + OFFSETS, offsets));
    }

    /** Opens arrays by name. */
    interface Source {
        boolean has(String name);

        ArrayInput open(String name) throws IOException;
    }

    static boolean isCompact(Source source, String name) throws FileFormatException {
        boolean compact = source.has(name + UTF_8);
        if (compact != source.has(name + OFFSETS) || (compact && source.has(name))) {
            throw new FileFormatException(
                    "must have either " + name + ", or both " + name + UTF_8 + " and " + name + OFFSETS);
        }
        return compact;
    }

    /** The names of the compact form. */
    static List<String> read(Source source, String name) throws IOException {
        byte[] bytes;
        int[] offsets;
        try (ArrayInput utf8 = source.open(name + UTF_8)) {
            requireType(utf8, ElementType.UINT8);
            bytes = utf8.bytes();
        }
        try (ArrayInput begins = source.open(name + OFFSETS)) {
            requireType(begins, ElementType.INT32);
            offsets = begins.ints();
        }
        if (offsets.length < 1 || offsets[0] != 0 || offsets[offsets.length - 1] != bytes.length) {
            throw new FileFormatException("array " + name + OFFSETS + " must run from 0 to " + bytes.length);
        }
        List<String> names = new ArrayList<>();
        for (int j = 0; j + 1 < offsets.length; j++) {
            if (offsets[j + 1] < offsets[j] || offsets[j + 1] > bytes.length) {
                throw new FileFormatException("array " + name + OFFSETS + " does not ascend at entry " + (j + 1));
            }
            ByteBuffer part = ByteBuffer.wrap(bytes, offsets[j], offsets[j + 1] - offsets[j]);
            try {
                names.add(StandardCharsets.UTF_8.newDecoder().decode(part).toString());
            } catch (CharacterCodingException broken) {
                throw new FileFormatException("array " + name + UTF_8 + ": name " + j + " is not valid UTF-8", broken);
            }
        }
        return names;
    }

    private static void requireType(ArrayInput array, ElementType type) throws FileFormatException {
        ArrayShape shape = array.shape();
        if (!shape.type().equals(type) || shape.rank() != 1) {
            throw new FileFormatException(
                    "array " + array.name() + " is " + shape + ", but must be " + type + " of one dimension");
        }
    }
}
