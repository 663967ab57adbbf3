package org.superpose.core.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The entries of a zip file that every program reads alike. Zip files leave room for two truths: bytes before, between
 * and after the entries, a second end record, local headers that disagree with the directory. So entries, directory and
 * end record have to tile the whole file, and everything that is said twice has to be the same.
 */
final class ZipDirectory {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int DESCRIPTOR = 0x08074b50;

    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int END_64_BYTES = 56;
    private static final int LOCATOR_64_BYTES = 20;

    private static final long MARKER_32 = 0xffff_ffffL;
    private static final int MARKER_16 = 0xffff;
    private static final int SIZES_64 = 0x0001;

    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int UTF_8 = 1 << 11;
    /** The flags that are understood: two say how hard Deflate tried. */
    private static final int KNOWN_FLAGS = 1 << 1 | 1 << 2 | SIZES_FOLLOW | UTF_8;

    /** Extra fields that change neither name nor content: sizes of 64 bits, times, owners, alignment. */
    private static final Set<Integer> HARMLESS = Set.of(SIZES_64, 0x000a, 0x5455, 0x5855, 0x7855, 0x7875, 0xd935);

    private static final Map<Integer, String> METHODS =
            Map.of(9, "Deflate64", 12, "bzip2", 14, "LZMA", 93, "Zstandard", 95, "XZ", 98, "PPMd");

    /** The most bytes that one packed byte may claim to hold: Deflate reaches 1032, and more is a trap. */
    private static final long MAX_EXPANSION = 1040;

    /** Bytes that a tiny entry may claim beyond that. */
    private static final int EXPANSION_SLACK = 1024;

    /** The longest list of entries that is read: those of networks have some hundred bytes for each array. */
    private static final int MAX_LIST_BYTES = 1 << 28;

    private final RandomAccessFile file;
    private final long fileBytes;

    private ZipDirectory(RandomAccessFile file, long fileBytes) {
        this.file = file;
        this.fileBytes = fileBytes;
    }

    /**
     * One entry, as both the directory and its local header describe it.
     *
     * @param dataStart the first of its packed bytes
     */
    record Entry(String name, boolean stored, long checksum, long packed, long size, long dataStart) {}

    /** What the directory says of an entry. */
    private record Listed(byte[] name, int flags, int method, long checksum, long packed, long size, long localHeader) {
        String text() {
            return new String(name, StandardCharsets.UTF_8);
        }

        boolean stored() {
            return method == 0;
        }

        /** Whether so many packed bytes can hold so many. */
        boolean isPossible() {
            return stored() ? size == packed : size <= packed * MAX_EXPANSION + EXPANSION_SLACK;
        }
    }

    /** Where the directory is. */
    private record Place(long start, long bytes, long entries) {}

    /**
     * The entries in the order of the directory.
     *
     * @throws FileFormatException if the file is no zip file, or other programs may see other entries in it
     */
    static Map<String, Entry> read(RandomAccessFile file) throws IOException {
        return new ZipDirectory(file, file.length()).entries();
    }

    private static FileFormatException ambiguous(String why) {
        return new FileFormatException("is a zip file that not every program reads alike: " + why);
    }

    private Map<String, Entry> entries() throws IOException {
        Place place = place();
        List<Listed> listed = listed(place);
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Listed each : listed) {
            entries.put(each.text(), null); // keeps the order of the directory
        }
        List<Listed> ordered = new ArrayList<>(listed);
        ordered.sort(Comparator.comparingLong(Listed::localHeader));
        long end = 0;
        for (int i = 0; i < ordered.size(); i++) {
            if (ordered.get(i).localHeader() != end) {
                throw ambiguous("entry \"" + ordered.get(i).text() + "\" does not begin where the one before it ends");
            }
            end = i + 1 < ordered.size() ? ordered.get(i + 1).localHeader() : place.start();
            Entry entry = entry(ordered.get(i), end);
            entries.put(entry.name(), entry);
        }
        if (end != place.start()) {
            throw ambiguous("there are bytes between its entries and their list");
        }
        return entries;
    }

    private Place place() throws IOException {
        if (fileBytes < END_BYTES) {
            throw new FileFormatException("is a damaged or truncated zip file");
        }
        long endStart = fileBytes - END_BYTES;
        ByteBuffer end = bytes(endStart, END_BYTES);
        if (end.getInt(0) != END) {
            throw new FileFormatException(
                    "is a damaged or truncated zip file, or one with bytes after its end, which not"
                            + " every program reads alike");
        }
        int entriesHere = end.getChar(8);
        int entries = end.getChar(10);
        if (end.getInt(4) != 0 || entriesHere != entries || end.getChar(20) != 0) {
            throw ambiguous("it has a comment or is one of several parts");
        }
        Place place = new Place(end.getInt(16) & MARKER_32, end.getInt(12) & MARKER_32, entries);
        long listEnd = endStart;
        long locatorStart = endStart - LOCATOR_64_BYTES;
        if (locatorStart >= 0 && bytes(locatorStart, LOCATOR_64_BYTES).getInt(0) == LOCATOR_64) {
            listEnd = locatorStart - END_64_BYTES;
            place = place64(place, listEnd);
        } else if (place.start() == MARKER_32 || place.bytes() == MARKER_32 || entries == MARKER_16) {
            throw ambiguous("its end record refers to one of 64 bits that is missing");
        }
        if (place.start() < 0 || place.bytes() < 0 || place.start() > listEnd - place.bytes()) {
            throw new FileFormatException("is a damaged or truncated zip file");
        }
        if (place.start() + place.bytes() != listEnd) {
            throw ambiguous("there are bytes before its first entry, or between its list of entries and its end");
        }
        return place;
    }

    private Place place64(Place narrow, long recordStart) throws IOException {
        ByteBuffer locator = bytes(recordStart + END_64_BYTES, LOCATOR_64_BYTES);
        ByteBuffer record = recordStart < 0 ? null : bytes(recordStart, END_64_BYTES);
        if (record == null
                || locator.getInt(4) != 0
                || locator.getLong(8) != recordStart
                || locator.getInt(16) != 1
                || record.getInt(0) != END_64
                || record.getLong(4) != END_64_BYTES - 12
                || record.getLong(16) != 0
                || record.getLong(24) != record.getLong(32)) {
            throw ambiguous("its end record of 64 bits is not where its locator says, or has more than it should");
        }
        Place wide = new Place(record.getLong(48), record.getLong(40), record.getLong(32));
        if (differ(narrow.start(), wide.start(), MARKER_32)
                || differ(narrow.bytes(), wide.bytes(), MARKER_32)
                || differ(narrow.entries(), wide.entries(), MARKER_16)) {
            throw ambiguous("its two end records differ");
        }
        return wide;
    }

    private static boolean differ(long narrow, long wide, long marker) {
        return narrow != marker && narrow != wide;
    }

    private List<Listed> listed(Place place) throws IOException {
        if (place.bytes() > MAX_LIST_BYTES) {
            throw new FileFormatException(
                    "is a zip file whose list of entries takes more than " + MAX_LIST_BYTES + " bytes");
        }
        ByteBuffer list = bytes(place.start(), (int) place.bytes());
        List<Listed> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long packed = 0;
        while (list.remaining() > 0) {
            if (list.remaining() < CENTRAL_BYTES || list.getInt(list.position()) != CENTRAL) {
                throw ambiguous("its list of entries has something else in it");
            }
            Listed entry = listed(list);
            if (!names.add(entry.text())) {
                throw new FileFormatException("has two entries \"" + entry.text() + "\"");
            }
            if (entry.size() < 0 || entry.packed() < 0 || entry.packed() > fileBytes - packed || !entry.isPossible()) {
                throw new FileFormatException("has an entry \"" + entry.text() + "\" that claims " + entry.size()
                        + " bytes, more than the file can hold");
            }
            packed += entry.packed();
            entries.add(entry);
        }
        if (entries.size() != place.entries()) {
            throw ambiguous("its end record does not say how many entries there are");
        }
        return entries;
    }

    private static Listed listed(ByteBuffer list) throws FileFormatException {
        int at = list.position();
        int flags = list.getChar(at + 8);
        int method = list.getChar(at + 10);
        int nameBytes = list.getChar(at + 28);
        int extraBytes = list.getChar(at + 30);
        int commentBytes = list.getChar(at + 32);
        if (list.remaining() < CENTRAL_BYTES + nameBytes + extraBytes + commentBytes) {
            throw new FileFormatException("is a damaged or truncated zip file");
        }
        byte[] name = new byte[nameBytes];
        list.get(at + CENTRAL_BYTES, name);
        String text = requireName(name, flags);
        if (commentBytes != 0 || list.getChar(at + 34) != 0) {
            throw ambiguous("entry \"" + text + "\" has a comment or is in another part");
        }
        requireReadable(text, flags, method);
        ByteBuffer sizes = wideSizes(
                text, list.slice(at + CENTRAL_BYTES + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN));
        long size = wide(text, list.getInt(at + 24), sizes);
        long packed = wide(text, list.getInt(at + 20), sizes);
        long localHeader = wide(text, list.getInt(at + 42), sizes);
        if (sizes.hasRemaining()) {
            throw ambiguous("entry \"" + text + "\" has sizes that it does not refer to");
        }
        list.position(at + CENTRAL_BYTES + nameBytes + extraBytes);
        return new Listed(name, flags, method, list.getInt(at + 16) & MARKER_32, packed, size, localHeader);
    }

    /**
     * Names are UTF-8 and marked so unless they are ASCII, and nothing in them ends them early or leaves the archive.
     */
    private static String requireName(byte[] bytes, int flags) throws FileFormatException {
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUnicode) {
            throw new FileFormatException("is a zip file with an entry whose name is not valid UTF-8", notUnicode);
        }
        if ((flags & UTF_8) == 0 && name.chars().anyMatch(character -> character > 127)) {
            throw ambiguous("it does not say in which encoding the name of entry \"" + name + "\" is");
        }
        if (name.isEmpty()
                || name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.chars().anyMatch(Character::isISOControl)
                || List.of(name.split("/")).contains("..")) {
            throw new FileFormatException("has an entry \"" + name + "\" whose path is not allowed");
        }
        return name;
    }

    private static void requireReadable(String name, int flags, int method) throws FileFormatException {
        if ((flags & ENCRYPTED) != 0) {
            throw new FileFormatException("has an entry \"" + name + "\" that is encrypted, which cannot be read");
        }
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw new FileFormatException("has an entry \"" + name + "\" with the flags " + Integer.toHexString(flags)
                    + ", which cannot be read");
        }
        if (method != 0 && method != 8) {
            throw new FileFormatException("has an entry \"" + name + "\" that is compressed with "
                    + METHODS.getOrDefault(method, "method " + method)
                    + ", which cannot be read: only Deflate and no compression can (numpy.savez_compressed and"
                    + " numpy.savez write them)");
        }
    }

    /** The sizes of 64 bits in extra fields, or nothing. */
    private static ByteBuffer wideSizes(String name, ByteBuffer extra) throws FileFormatException {
        ByteBuffer sizes = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        boolean found = false;
        while (extra.hasRemaining()) {
            int id = extra.remaining() < 4 ? -1 : extra.getChar();
            int length = id < 0 ? 0 : extra.getChar();
            if (!HARMLESS.contains(id) || length > extra.remaining() || (id == SIZES_64 && found)) {
                throw ambiguous("entry \"" + name + "\" has an extra field that may change what is read");
            }
            if (id == SIZES_64) {
                found = true;
                sizes = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + length);
        }
        return sizes;
    }

    private static long wide(String name, int narrow, ByteBuffer sizes) throws FileFormatException {
        if ((narrow & MARKER_32) != MARKER_32) {
            return narrow & MARKER_32;
        }
        if (sizes.remaining() < Long.BYTES) {
            throw ambiguous("entry \"" + name + "\" refers to sizes of 64 bits that are missing");
        }
        return sizes.getLong();
    }

    /** Compares the local header of an entry, and what may follow its bytes, with the directory. */
    private Entry entry(Listed listed, long end) throws IOException {
        String name = listed.text();
        long start = listed.localHeader();
        if (end - start < LOCAL_BYTES) {
            throw ambiguous("entry \"" + name + "\" overlaps the next one");
        }
        ByteBuffer header = bytes(start, LOCAL_BYTES);
        int nameBytes = header.getChar(26);
        int extraBytes = header.getChar(28);
        long dataStart = start + LOCAL_BYTES + nameBytes + extraBytes;
        if (header.getInt(0) != LOCAL
                || dataStart > end
                || header.getChar(6) != listed.flags()
                || header.getChar(8) != listed.method()
                || !Arrays.equals(bytes(start + LOCAL_BYTES, nameBytes).array(), listed.name())) {
            throw ambiguous("entry \"" + name + "\" is described otherwise in the list of entries");
        }
        ByteBuffer sizes = wideSizes(name, bytes(start + LOCAL_BYTES + nameBytes, extraBytes));
        long size = wide(name, header.getInt(22), sizes);
        long packed = wide(name, header.getInt(18), sizes);
        long checksum = header.getInt(14) & MARKER_32;
        boolean follow = (listed.flags() & SIZES_FOLLOW) != 0;
        boolean unsaid = follow && checksum == 0 && size == 0 && packed == 0;
        boolean same = checksum == listed.checksum() && size == listed.size() && packed == listed.packed();
        if (!unsaid && !same) {
            throw ambiguous("entry \"" + name + "\" has other sizes or another checksum in the list of entries");
        }
        if (listed.packed() > end - dataStart) {
            throw ambiguous("entry \"" + name + "\" overlaps the next one");
        }
        requireDescriptor(listed, dataStart + listed.packed(), end, follow);
        return new Entry(name, listed.stored(), listed.checksum(), listed.packed(), listed.size(), dataStart);
    }

    /** What stands between the bytes of an entry and the next one: nothing, or its sizes once more. */
    private void requireDescriptor(Listed listed, long from, long to, boolean follow) throws IOException {
        long length = to - from;
        boolean sound = length == 0 && !follow;
        if (follow && (length == 12 || length == 16 || length == 20 || length == 24)) {
            ByteBuffer descriptor = bytes(from, (int) length);
            boolean signed = length == 16 || length == 24;
            boolean wideSizes = length >= 20;
            sound = (!signed || descriptor.getInt() == DESCRIPTOR)
                    && (descriptor.getInt() & MARKER_32) == listed.checksum()
                    && (wideSizes ? descriptor.getLong() : descriptor.getInt() & MARKER_32) == listed.packed()
                    && (wideSizes ? descriptor.getLong() : descriptor.getInt() & MARKER_32) == listed.size();
        }
        if (!sound) {
            throw ambiguous("there are bytes after entry \"" + listed.text() + "\" that do not belong to it");
        }
    }

    private ByteBuffer bytes(long from, int count) throws IOException {
        byte[] bytes = new byte[count];
        try {
            file.seek(from);
            file.readFully(bytes);
        } catch (EOFException truncated) {
            throw new FileFormatException("is a damaged or truncated zip file", truncated);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
