package org.superpose.core.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes numbers in little-endian order through one buffer. */
public final class LittleEndianOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final ByteBuffer buffer;
    private long written;

    /** @param bytes the number that will be written; the buffer need not be larger */
    LittleEndianOutput(OutputStream out, long bytes) {
        this.out = out;
        int bufferBytes = (int) Math.max(Long.BYTES, Math.min(BUFFER_BYTES, bytes));
        this.buffer = ByteBuffer.allocate(bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes 32 bits. */
    public void putFloat(float value) throws IOException {
        room(Float.BYTES).putFloat(value);
    }

    /** Writes 64 bits. */
    public void putLong(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    /** Writes 32 bits. */
    public void putInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    /** Writes the lowest 16 bits. */
    public void putShort(int value) throws IOException {
        room(Short.BYTES).putShort((short) value);
    }

    /** Writes the lowest 8 bits. */
    public void putByte(int value) throws IOException {
        room(Byte.BYTES).put((byte) value);
    }

    /** Hands everything on. */
    void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        written += buffer.position();
        buffer.clear();
    }

    /** The number of bytes handed on so far. */
    long written() {
        return written;
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }
}
