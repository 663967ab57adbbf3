package org.superpose.core.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes zip files whose bytes depend on the entries alone: all times are the same, and nothing is compressed, because
 * JDKs come with different compressors. (Matrices that are packed to bits would hardly shrink.)
 */
final class ZipWriter implements Closeable {
    /**
     * Any moment that a zip file expresses in local time. The very first one (1 January 1980) will not do: the JDK
     * takes it for an earlier one and adds a time that depends on the time zone.
     */
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;

    public ZipWriter(OutputStream out) {
        this.zip = new ZipOutputStream(out);
    }

    /** Produces the bytes of one entry; asked twice, because the checksum comes before the bytes. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Adds an entry of exactly {@code size} bytes. */
    public void add(String name, long size, Content content) throws IOException {
        CRC32 checksum = new CRC32();
        content.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), checksum));
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(FIXED_TIME);
        entry.setSize(size);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        content.writeTo(zip);
    }

    public void add(String name, byte[] bytes) throws IOException {
        add(name, bytes.length, out -> out.write(bytes));
    }

    /** Adds {@code name.npy}. */
    public void add(NamedArray array) throws IOException {
        add(array.name() + ".npy", Npy.size(array), out -> Npy.write(array, out));
    }

    /** Finishes the archive and closes the stream below. */
    @Override
    public void close() throws IOException {
        zip.close();
    }
}
