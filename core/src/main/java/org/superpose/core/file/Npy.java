package org.superpose.core.file;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's NPY format: a header with the element type and the shape, then the elements. At most two dimensions. Written
 * in version 1.0, little-endian and in C order; read in versions 1.0, 2.0 and 3.0, and, where others may have written
 * it, in either order of bytes and of elements.
 */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /**
     * The length of headers that are written: a multiple of 64, as the format asks for, with room for every type and
     * two dimensions.
     */
    private static final int HEADER_BYTES = 128;
    /** The longest header that is read; those of real arrays have about a hundred bytes. */
    private static final int MAX_HEADER_BYTES = 1 << 16;

    /** One of the dictionary's three entries, with a value that Python reads in one way only. */
    private static final Pattern ENTRY = Pattern.compile("(?<quote>['\"])(?:"
            + "descr\\k<quote> *: *(?<mark>['\"])(?<type>[ -~&&[^'\"\\\\]]*)\\k<mark>"
            + "|fortran_order\\k<quote> *: *(?<order>True|False)"
            + "|shape\\k<quote> *: *\\((?<shape> *|(?: *(?:0|[1-9][0-9]*) *,)+(?: *(?:0|[1-9][0-9]*))? *)\\)"
            + ")");

    private static final Pattern START = Pattern.compile("\\{ *");
    private static final Pattern BETWEEN = Pattern.compile(" *, *");
    private static final Pattern END = Pattern.compile(" *,? *\\} *\\n?");

    /** What a header seems to say, for messages about those that are not in the grammar. */
    private static final List<Part> PARTS = List.of(
            new Part("element type", Pattern.compile("'descr'\\s*:\\s*'[^']*'")),
            new Part("element order", Pattern.compile("'fortran_order'\\s*:\\s*(True|False)")),
            new Part("shape of whole numbers", Pattern.compile("'shape'\\s*:\\s*\\([0-9,\\s]*\\)")));

    private record Part(String name, Pattern pattern) {}

    /** Who may have written an array. */
    enum Writer {
        /** This program: little-endian, C order. */
        OURS,
        /** Any: the order of bytes and of elements is converted. */
        ANY
    }

    private Npy() {}

    /** The bytes that an array takes, header included. */
    static long size(NamedArray array) {
        return HEADER_BYTES + array.shape().bytes();
    }

    static void write(NamedArray array, OutputStream out) throws IOException {
        out.write(header(array.shape()));
        array.writeElements(out);
    }

    private static byte[] header(ArrayShape shape) {
        String dimensions = shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '" + shape.type().descriptor() + "', 'fortran_order': False, 'shape': ("
                + dimensions + (shape.rank() == 1 ? ",), }" : "), }");
        int prefix = MAGIC.length + 4;
        byte[] header = new byte[HEADER_BYTES];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[MAGIC.length] = 1;
        header[MAGIC.length + 1] = 0;
        header[MAGIC.length + 2] = (byte) (HEADER_BYTES - prefix);
        header[MAGIC.length + 3] = 0;
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, prefix, text.length);
        header[HEADER_BYTES - 1] = '\n';
        return header;
    }

    /**
     * Reads a header and leaves the stream at the first element.
     *
     * @param name the array's name, for messages
     * @param size the bytes of header and elements together
     * @param proven whether {@code size} is known to be there, not only claimed
     * @param writer who may have written it
     * @throws FileFormatException if it is no header of a supported array, or its shape does not make {@code size}
     *     bytes
     */
    static ArrayInput open(String name, InputStream in, long size, boolean proven, Writer writer) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            byte[] magic = new byte[MAGIC.length];
            data.readFully(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new FileFormatException("array " + name + " is not in NumPy's NPY format");
            }
            int version = data.readUnsignedByte();
            int minor = data.readUnsignedByte();
            if (version < 1 || version > 3 || minor != 0) {
                throw new FileFormatException("array " + name + " is of NPY version " + version + "." + minor
                        + ", only 1.0, 2.0 and 3.0 can be read");
            }
            int prefix = MAGIC.length + (version == 1 ? 4 : 6);
            int length =
                    version == 1 ? Short.reverseBytes(data.readShort()) & 0xffff : Integer.reverseBytes(data.readInt());
            if (length < 0 || length > MAX_HEADER_BYTES || prefix + length > size) {
                throw new FileFormatException(
                        "array " + name + " claims a header of " + Integer.toUnsignedString(length)
                                + " bytes, which is more than is there or than any header needs");
            }
            byte[] header = new byte[length];
            data.readFully(header);
            Header parsed = Header.read(name, new String(header, StandardCharsets.ISO_8859_1));
            ArrayShape shape = parsed.shape(name, writer);
            if (shape.bytes() != size - prefix - length) {
                throw new FileFormatException("array " + name + " is " + shape + ", which takes " + shape.bytes()
                        + " bytes, but has " + (size - prefix - length));
            }
            boolean reordered = parsed.bigEndian() || (parsed.fortran() && shape.rank() > 1);
            return new ArrayInput(
                    name,
                    shape,
                    reordered ? new ForeignOrder(name, shape, in, parsed.bigEndian(), parsed.fortran()) : in,
                    proven);
        } catch (EOFException truncated) {
            throw new FileFormatException("array " + name + " ends within its header", truncated);
        }
    }

    /**
     * A header as NumPy writes it: a dictionary with the three keys, each once, in any order. NumPy itself evaluates a
     * Python literal, in which a key may come twice and comments may hide one, so anything else is refused.
     */
    private record Header(String type, boolean fortran, String shape) {
        static Header read(String name, String header) throws FileFormatException {
            return parse(header).orElseThrow(() -> new FileFormatException(fault(name, header)));
        }

        boolean bigEndian() {
            return type.startsWith(">");
        }

        ArrayShape shape(String name, Writer writer) throws FileFormatException {
            boolean converted = bigEndian() && writer == Writer.ANY;
            ElementType element = ElementType.ofDescriptor(converted ? "<" + type.substring(1) : type)
                    .orElseThrow(() -> new FileFormatException("array " + name + " has elements of type '" + type
                            + "', which cannot be read: only " + (writer == Writer.ANY ? "" : "little-endian ")
                            + "numbers and text can"));
            try {
                List<Integer> dimensions = Arrays.stream(shape.split(","))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Integer::valueOf)
                        .toList();
                if (fortran && dimensions.size() > 1 && writer == Writer.OURS) {
                    throw new FileFormatException("array " + name
                            + " is in Fortran order, which cannot be read (save numpy.ascontiguousarray(array))");
                }
                return new ArrayShape(element, dimensions);
            } catch (IllegalArgumentException outOfRange) {
                throw new FileFormatException(
                        "array " + name + " has the shape (" + shape
                                + "), which cannot be read: at most two dimensions and 2^62 bytes can",
                        outOfRange);
            }
        }

        static Optional<Header> parse(String text) {
            Matcher matcher = START.matcher(text);
            String type = null;
            String order = null;
            String shape = null;
            boolean sound = matcher.lookingAt();
            for (int entry = 0; sound && entry < 3; entry++) {
                sound = entry == 0 || next(matcher, BETWEEN);
                sound = sound && next(matcher, ENTRY);
                if (sound) {
                    type = matcher.group("type") == null ? type : matcher.group("type");
                    order = matcher.group("order") == null ? order : matcher.group("order");
                    shape = matcher.group("shape") == null ? shape : matcher.group("shape");
                }
            }
            sound = sound && next(matcher, END) && matcher.end() == text.length();
            return sound && type != null && order != null && shape != null
                    ? Optional.of(new Header(type, order.equals("True"), shape))
                    : Optional.empty();
        }

        /** Goes on behind the last match. */
        private static boolean next(Matcher matcher, Pattern pattern) {
            int end = matcher.end();
            return matcher.usePattern(pattern).region(end, matcher.regionEnd()).lookingAt();
        }
    }

    private static String fault(String name, String header) {
        for (Part part : PARTS) {
            if (!part.pattern().matcher(header).find()) {
                return "array " + name + " has no " + part.name() + " in its header that can be read";
            }
        }
        return "array " + name + " has a header that not every program reads alike: it must be like {'descr': '<f4',"
                + " 'fortran_order': False, 'shape': (2, 3), } with each key once and nothing else";
    }
}
