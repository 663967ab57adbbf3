package org.superpose.core.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * An array being read: its shape is known, its elements are still in the stream, and can be taken once.
 *
 * <p>Where the number of bytes is proven (it was compared with the size of the file) the result is allocated at once;
 * where it is only claimed (a compressed entry) the result grows with the data that really arrives.
 */
public final class ArrayInput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private final String name;
    private final ArrayShape shape;
    private final InputStream in;
    private final boolean proven;
    private final ByteBuffer buffer;

    /**
     * @param name for messages
     * @param in positioned at the first element; ends after the last one
     * @param proven whether the bytes of the shape are known to be there
     */
    public ArrayInput(String name, ArrayShape shape, InputStream in, boolean proven) {
        this.name = name;
        this.shape = shape;
        this.in = in;
        this.proven = proven;
        int bufferBytes = (int) Math.min(BUFFER_BYTES, shape.bytes());
        this.buffer = ByteBuffer.allocate(bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Moves {@code count} elements from a chunk into an array. */
    @FunctionalInterface
    private interface Transfer<A> {
        void move(ByteBuffer chunk, A into, int from, int count);
    }

    /** The name, for messages. */
    public String name() {
        return name;
    }

    /** Type and dimensions. */
    public ArrayShape shape() {
        return shape;
    }

    /**
     * All elements of a float32 array, row by row.
     *
     * @throws FileFormatException if the elements are of another type, or one is infinite or not a number
     */
    public float[] floats() throws IOException {
        require(ElementType.FLOAT32);
        float[] values = take(
                shape.elements(),
                Float.BYTES,
                float[]::new,
                (chunk, into, from, count) -> chunk.asFloatBuffer().get(into, from, count));
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new FileFormatException("array " + name + " has " + values[i] + " at " + position(i)
                        + ", but all values must be finite");
            }
        }
        return values;
    }

    private String position(int index) {
        return shape.rank() < 2
                ? "position " + index
                : "row " + index / shape.dimension(1) + ", column " + index % shape.dimension(1);
    }

    /** All elements of an int32 array, row by row. */
    public int[] ints() throws IOException {
        require(ElementType.INT32);
        return take(
                shape.elements(),
                Integer.BYTES,
                int[]::new,
                (chunk, into, from, count) -> chunk.asIntBuffer().get(into, from, count));
    }

    /** All elements of an int64 array, row by row. */
    public long[] longs() throws IOException {
        require(ElementType.INT64);
        return take(
                shape.elements(),
                Long.BYTES,
                long[]::new,
                (chunk, into, from, count) -> chunk.asLongBuffer().get(into, from, count));
    }

    /** All elements of an int16 array, row by row. */
    public short[] shorts() throws IOException {
        require(ElementType.INT16);
        return take(
                shape.elements(),
                Short.BYTES,
                short[]::new,
                (chunk, into, from, count) -> chunk.asShortBuffer().get(into, from, count));
    }

    /** All elements of an int8 or uint8 array, row by row. */
    public byte[] bytes() throws IOException {
        require(shape.type().equals(ElementType.INT8) ? ElementType.INT8 : ElementType.UINT8);
        return take(shape.elements(), Byte.BYTES, byte[]::new, ByteBuffer::get);
    }

    /**
     * All elements of an array of any type as their bytes, row by row, those of an element lowest first.
     *
     * @return little-endian, at its first element
     */
    public ByteBuffer elements() throws IOException {
        byte[] bytes = take(shape.bytes(), Byte.BYTES, byte[]::new, ByteBuffer::get);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * All bits of a uint8 [rows, bytes] array that holds eight columns in a byte, the first one in its highest bit:
     * every row begins with a new word, in which the first column is the lowest bit.
     */
    public long[] bitRows() throws IOException {
        require(ElementType.UINT8);
        int bytesPerRow = shape.dimension(1);
        int wordsPerRow = (bytesPerRow + Long.BYTES - 1) / Long.BYTES;
        int count = requireRoom(shape.elements(), Byte.BYTES);
        int length = requireRoom((long) shape.dimension(0) * wordsPerRow, Long.BYTES);
        long[] words = new long[proven ? length : Math.min(length, BUFFER_BYTES)];
        int row = 0;
        int column = 0;
        for (int taken = 0; taken < count; ) {
            ByteBuffer chunk = next(count - taken, Byte.BYTES);
            taken += chunk.remaining();
            while (chunk.hasRemaining()) {
                int word = row * wordsPerRow + column / Long.BYTES;
                if (word >= words.length) {
                    words = Arrays.copyOf(words, (int) Math.min(length, 2L * words.length));
                }
                long lowestFirst = Integer.reverse(chunk.get()) >>> 24;
                words[word] |= lowestFirst << Byte.SIZE * (column % Long.BYTES);
                column++;
                if (column == bytesPerRow) {
                    column = 0;
                    row++;
                }
            }
        }
        requireEnd();
        return words;
    }

    /** All texts of a text array, without the zeros that pad them. */
    public String[] texts() throws IOException {
        if (!shape.type().isText()) {
            throw wrongType("text");
        }
        int length = shape.type().bytes() / Integer.BYTES;
        int[] codePoints = take(
                shape.elements() * length,
                Integer.BYTES,
                int[]::new,
                (chunk, into, from, count) -> chunk.asIntBuffer().get(into, from, count));
        String[] texts = new String[(int) shape.elements()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(codePoints, i * length, length);
        }
        return texts;
    }

    private String text(int[] codePoints, int from, int length) throws FileFormatException {
        int used = 0;
        for (int t = 0; t < length; t++) {
            if (!Character.isValidCodePoint(codePoints[from + t])) {
                throw new FileFormatException("array " + name + " has a text that is not valid Unicode");
            }
            used = codePoints[from + t] == 0 ? used : t + 1;
        }
        return new String(codePoints, from, used);
    }

    private void require(ElementType expected) throws FileFormatException {
        if (!shape.type().equals(expected)) {
            throw wrongType(expected.toString());
        }
    }

    private FileFormatException wrongType(String expected) {
        return new FileFormatException("array " + name + " is " + shape.type() + ", but must be " + expected);
    }

    private <A> A take(long elements, int elementBytes, IntFunction<A> allocate, Transfer<A> transfer)
            throws IOException {
        int count = requireRoom(elements, elementBytes);
        int capacity = proven ? count : Math.min(count, BUFFER_BYTES);
        A values = allocate.apply(capacity);
        for (int filled = 0; filled < count; ) {
            ByteBuffer chunk = next(count - filled, elementBytes);
            int arrived = chunk.remaining() / elementBytes;
            if (filled + arrived > capacity) {
                capacity = (int) Math.min(count, 2L * capacity);
                A larger = allocate.apply(capacity);
                System.arraycopy(values, 0, larger, 0, filled);
                values = larger;
            }
            transfer.move(chunk, values, filled, arrived);
            filled += arrived;
        }
        requireEnd();
        return values;
    }

    private int requireRoom(long elements, int elementBytes) throws FileFormatException {
        if (elements > MAX_ARRAY_LENGTH
                || elements * elementBytes > Runtime.getRuntime().maxMemory() / 2) {
            throw new FileFormatException("array " + name + " is " + shape + ", which takes "
                    + (Math.max(shape.bytes(), elements * elementBytes) >> 20)
                    + " MiB, more than half of the memory that is allowed (raise it with -Xmx)");
        }
        return (int) elements;
    }

    private void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw new FileFormatException("array " + name + " goes on after its last element");
        }
    }

    private ByteBuffer next(int elements, int elementBytes) throws IOException {
        int wanted = (int) Math.min(BUFFER_BYTES, (long) elements * elementBytes);
        if (in.readNBytes(buffer.array(), 0, wanted) < wanted) {
            throw new FileFormatException("array " + name + " ends before its last element");
        }
        return buffer.clear().limit(wanted);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
