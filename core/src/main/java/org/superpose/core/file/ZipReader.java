package org.superpose.core.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * A zip file that nobody vouches for. Opening it checks the list of entries: no name twice, none that leaves the
 * archive, no size that the file cannot hold, nothing that another program may read otherwise ({@link ZipDirectory}).
 * Reading an entry checks its size and its checksum.
 */
public final class ZipReader implements Closeable {
    static final String NOT_ZIP = "is not a zip file";

    private final RandomAccessFile file;
    private final Map<String, ZipDirectory.Entry> entries;
    private boolean closed;

    private ZipReader(RandomAccessFile file, Map<String, ZipDirectory.Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** @throws FileFormatException if there is no such file, it is no zip file, or its list of entries is not sound */
    static ZipReader open(Path path) throws IOException {
        requireFile(path);
        requireZip(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            return new ZipReader(file, ZipDirectory.read(file));
        } catch (IOException | RuntimeException broken) {
            file.close();
            throw broken;
        }
    }

    /**
     * Requires something that can be read as a file.
     *
     * @throws FileFormatException if there is no such file, it is a folder, unreadable or empty
     */
    public static void requireFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileFormatException("is a folder, not a file");
        }
        if (!Files.exists(file)) {
            throw new FileFormatException("does not exist");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new FileFormatException("cannot be read: it is not a file, or reading is not allowed");
        }
        if (Files.size(file) == 0) {
            throw new FileFormatException("is empty");
        }
    }

    private static void requireZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            if (start.length < 2 || start[0] != 'P' || start[1] != 'K') {
                throw new FileFormatException(NOT_ZIP);
            }
        }
    }

    /** The names of all entries, in the order of the file's list. */
    Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** The bytes of an entry after decompression, as claimed; see {@link #isProven}. */
    long size(String name) {
        return entries.get(name).size();
    }

    /** Whether the size of an entry is certain: it is stored without compression, and the file is large enough. */
    boolean isProven(String name) {
        return entries.get(name).stored();
    }

    /** The bytes of an entry; the stream fails at its end if they are not as many as was claimed, or damaged. */
    InputStream open(String name) throws IOException {
        if (closed) {
            throw new IllegalStateException("the zip file is closed");
        }
        ZipDirectory.Entry entry = entries.get(name);
        InputStream packed = new Packed(entry);
        return new Checked(entry.stored() ? new BufferedInputStream(packed) : new Unpacked(packed, entry), entry);
    }

    /**
     * A whole entry, for small ones.
     *
     * @throws FileFormatException if it has more than {@code limit} bytes
     */
    byte[] readAll(String name, int limit) throws IOException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new FileFormatException("has an entry \"" + name + "\" of more than " + limit + " bytes");
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        file.close();
    }

    /** The packed bytes of an entry. */
    private final class Packed extends InputStream {
        private long next;
        private final long end;

        Packed(ZipDirectory.Entry entry) {
            this.next = entry.dataStart();
            this.end = entry.dataStart() + entry.packed();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (next == end && length > 0) {
                return -1;
            }
            int count;
            synchronized (file) {
                file.seek(next);
                count = file.read(bytes, offset, (int) Math.min(length, end - next));
            }
            next += Math.max(0, count);
            return count;
        }
    }

    /** Unpacks Deflate, and requires that all packed bytes are needed for it. */
    private static final class Unpacked extends InflaterInputStream {
        private final ZipDirectory.Entry entry;
        private boolean atEnd;

        Unpacked(InputStream packed, ZipDirectory.Entry entry) {
            super(packed, new Inflater(true), 1 << 13);
            this.entry = entry;
        }

        /** Gives the inflater one byte more than there is, which it may want without using it. */
        @Override
        protected void fill() throws IOException {
            if (atEnd) {
                throw new ZipException("the compressed bytes of entry \"" + entry.name() + "\" break off");
            }
            len = in.read(buf, 0, buf.length);
            if (len < 0) {
                atEnd = true;
                len = 1;
                buf[0] = 0;
            }
            inf.setInput(buf, 0, len);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count < 0 && inf.getBytesRead() != entry.packed()) {
                throw new FileFormatException("has an entry \"" + entry.name()
                        + "\" with bytes after its compressed ones, which not every program reads alike");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    /** Compares size and checksum when the end is reached. */
    private static final class Checked extends FilterInputStream {
        private final ZipDirectory.Entry entry;
        private final CRC32 checksum = new CRC32();
        private long count;

        Checked(InputStream in, ZipDirectory.Entry entry) {
            super(in);
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            if (value < 0) {
                requireChecksum();
            } else {
                count++;
                checksum.update(value);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read < 0) {
                requireChecksum();
            } else {
                count += read;
                checksum.update(bytes, offset, read);
            }
            return read;
        }

        @Override
        public long skip(long count) {
            throw new UnsupportedOperationException("skipping would skip the checksum");
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void requireChecksum() throws FileFormatException {
            if (count != entry.size() || checksum.getValue() != entry.checksum()) {
                throw new FileFormatException(
                        "is damaged: the bytes of entry \"" + entry.name() + "\" do not match their checksum");
            }
        }
    }
}
