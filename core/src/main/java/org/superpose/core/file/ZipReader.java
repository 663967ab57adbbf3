package org.superpose.core.file;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip file that nobody vouches for. Opening it checks the list of entries: no name twice, none that leaves the
 * archive, no size that the file cannot hold. Reading an entry checks its checksum.
 */
public final class ZipReader implements Closeable {
    /** The most bytes that one packed byte may claim to hold: Deflate reaches 1032, and more is a trap. */
    private static final long MAX_EXPANSION = 1040;

    /** Bytes that a tiny entry may claim beyond that. */
    private static final int EXPANSION_SLACK = 1024;

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;

    private ZipReader(ZipFile zip, Map<String, ZipEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    /** @throws FileFormatException if there is no such file, it is no zip file, or its list of entries is not sound */
    static ZipReader open(Path file) throws IOException {
        requireFile(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | IllegalArgumentException broken) {
            throw new FileFormatException(notZip(file), broken);
        }
        try {
            return new ZipReader(zip, soundEntries(zip, Files.size(file)));
        } catch (IOException | IllegalArgumentException broken) {
            zip.close();
            if (broken instanceof FileFormatException fault) {
                throw fault;
            }
            throw new FileFormatException(notZip(file), broken);
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

    private static String notZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && start[0] == 'P' && start[1] == 'K'
                    ? "is a damaged or truncated zip file"
                    : "is not a zip file";
        }
    }

    private static Map<String, ZipEntry> soundEntries(ZipFile zip, long fileBytes) throws IOException {
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        long stored = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            if (leavesArchive(name)) {
                throw new FileFormatException("has an entry \"" + name + "\" whose path is not allowed");
            }
            if (entries.putIfAbsent(name, entry) != null) {
                throw new FileFormatException("has two entries \"" + name + "\"");
            }
            long size = entry.getSize();
            long packed = entry.getCompressedSize();
            boolean possible = entry.getMethod() == ZipEntry.STORED
                    ? size == packed
                    : size <= packed * MAX_EXPANSION + EXPANSION_SLACK;
            if (size < 0 || packed < 0 || packed > fileBytes - stored || !possible) {
                throw new FileFormatException(
                        "has an entry \"" + name + "\" that claims " + size + " bytes, more than the file can hold");
            }
            stored += packed;
        }
        return entries;
    }

    private static boolean leavesArchive(String name) {
        return name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.isEmpty()
                || List.of(name.split("/")).contains("..");
    }

    /** The names of all entries, in the order of the file's list. */
    Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** The bytes of an entry after decompression, as claimed; see {@link #isProven}. */
    long size(String name) {
        return entries.get(name).getSize();
    }

    /** Whether the size of an entry is certain: it is stored without compression, and the file is large enough. */
    boolean isProven(String name) {
        return entries.get(name).getMethod() == ZipEntry.STORED;
    }

    /** The bytes of an entry; the stream fails at its end if the checksum is not that of the bytes. */
    InputStream open(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        return new Checked(zip.getInputStream(entry), entry);
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
        zip.close();
    }

    /** Compares the checksum when the end is reached, as {@link ZipFile} does not. */
    private static final class Checked extends FilterInputStream {
        private final ZipEntry entry;
        private final CRC32 checksum = new CRC32();

        Checked(InputStream in, ZipEntry entry) {
            super(in);
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            if (value < 0) {
                requireChecksum();
            } else {
                checksum.update(value);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count < 0) {
                requireChecksum();
            } else {
                checksum.update(bytes, offset, count);
            }
            return count;
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
            if (checksum.getValue() != entry.getCrc()) {
                throw new FileFormatException(
                        "is damaged: the bytes of entry \"" + entry.getName() + "\" do not match their checksum");
            }
        }
    }
}
