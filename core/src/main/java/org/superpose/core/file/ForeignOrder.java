package org.superpose.core.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The elements of an array that is big-endian or in Fortran order, as if they were little-endian and row by row. They
 * are taken into memory when the first one is asked for, which an array that nobody needs never is.
 */
final class ForeignOrder extends InputStream {
    private final String name;
    private final ArrayShape shape;
    private final InputStream in;
    private final boolean bigEndian;
    private final boolean byColumns;
    private InputStream elements;

    /**
     * @param name for messages
     * @param in positioned at the first element
     * @param bigEndian whether the bytes of an element, or of a character of a text, come highest first
     * @param byColumns whether the first dimension varies fastest
     */
    ForeignOrder(String name, ArrayShape shape, InputStream in, boolean bigEndian, boolean byColumns) {
        this.name = name;
        this.shape = shape;
        this.in = in;
        this.bigEndian = bigEndian;
        this.byColumns = byColumns && shape.rank() > 1;
    }

    @Override
    public int read() throws IOException {
        return elements().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return elements().read(bytes, offset, length);
    }

    private InputStream elements() throws IOException {
        if (elements == null) {
            elements = new ByteArrayInputStream(reordered());
        }
        return elements;
    }

    private byte[] reordered() throws IOException {
        if (shape.bytes() > Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4)) {
            throw new FileFormatException("array " + name + " is " + shape + ", which takes " + (shape.bytes() >> 20)
                    + " MiB: too many to bring into little-endian C order in memory (raise it with -Xmx, or save"
                    + " numpy.ascontiguousarray(array).astype(array.dtype.newbyteorder('<')))");
        }
        byte[] given = in.readNBytes((int) shape.bytes());
        if (given.length < shape.bytes()) {
            throw new FileFormatException("array " + name + " ends before its last element");
        }
        if (in.read() >= 0) {
            throw new FileFormatException("array " + name + " goes on after its last element");
        }
        byte[] ordered = byColumns ? byRows(given) : given;
        if (bigEndian) {
            reverseEach(
                    ordered,
                    shape.type().isText() ? Integer.BYTES : shape.type().bytes());
        }
        return ordered;
    }

    private byte[] byRows(byte[] byColumns) {
        int rows = shape.dimension(0);
        int columns = shape.dimension(1);
        int size = shape.type().bytes();
        byte[] byRows = new byte[byColumns.length];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                System.arraycopy(byColumns, (c * rows + r) * size, byRows, (r * columns + c) * size, size);
            }
        }
        return byRows;
    }

    private static void reverseEach(byte[] bytes, int size) {
        for (int start = 0; start < bytes.length; start += size) {
            for (int low = start, high = start + size - 1; low < high; low++, high--) {
                byte kept = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = kept;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
