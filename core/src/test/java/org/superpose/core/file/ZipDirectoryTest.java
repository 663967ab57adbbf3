package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip files in which two programs may find different entries. */
class ZipDirectoryTest {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END_BYTES = 22;

    @TempDir
    Path folder;

    private static byte[] archive(boolean stored, String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (stored) {
            try (ZipWriter zip = new ZipWriter(out)) {
                for (String name : names) {
                    zip.add(name, name.getBytes(StandardCharsets.UTF_8));
                }
            }
        } else {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (String name : names) {
                    zip.putNextEntry(new ZipEntry(name));
                    zip.write(name.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return out.toByteArray();
    }

    private ZipReader open(byte[] bytes) throws IOException {
        return ZipReader.open(Files.write(folder.resolve("a.zip"), bytes));
    }

    private String fault(byte[] bytes) {
        return assertThrows(FileFormatException.class, () -> open(bytes)).getMessage();
    }

    private void assertAmbiguous(byte[] bytes) {
        String fault = fault(bytes);
        assertTrue(fault.contains("not every program reads alike"), fault);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int find(byte[] bytes, int signature, int number) {
        int found = 0;
        for (int at = 0; at + 4 <= bytes.length; at++) {
            if (buffer(bytes).getInt(at) == signature && found++ == number) {
                return at;
            }
        }
        throw new AssertionError("there is no such record");
    }

    /** The bytes with others put in; the end record is told that the list of entries has moved. */
    private static byte[] inserted(byte[] bytes, int at, byte[] others) {
        byte[] longer = new byte[bytes.length + others.length];
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(others, 0, longer, at, others.length);
        System.arraycopy(bytes, at, longer, at + others.length, bytes.length - at);
        return longer;
    }

    private static byte[] withListAt(byte[] bytes, int start) {
        buffer(bytes).putInt(bytes.length - END_BYTES + 16, start);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void entriesAreReadInTheOrderOfTheList(boolean stored) throws IOException {
        try (ZipReader zip = open(archive(stored, "b", "a", "dir/\u00fc"))) {
            assertEquals(List.of("b", "a", "dir/\u00fc"), List.copyOf(zip.names()));
            for (String name : zip.names()) {
                assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), zip.readAll(name, 100));
            }
        }
        try (ZipReader zip = open(archive(stored))) {
            assertEquals(Set.of(), zip.names());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesBeforeBetweenAndBehindTheEntriesAreRefused(boolean stored) throws IOException {
        byte[] sound = archive(stored, "a", "b");
        int list = find(sound, CENTRAL, 0);
        byte[] junk = {'P', 'K', 'x'};
        assertAmbiguous(inserted(sound, 0, junk));
        assertAmbiguous(withListAt(inserted(sound, list, junk), list + 3));
        assertAmbiguous(inserted(sound, sound.length - END_BYTES, junk));
        assertAmbiguous(inserted(sound, sound.length, junk));
        int second = find(sound, LOCAL, 1);
        byte[] between = withListAt(inserted(sound, second, junk), list + 3);
        buffer(between).putInt(find(between, CENTRAL, 1) + 42, second + 3);
        assertAmbiguous(between);
    }

    @Test
    void aCommentAndASecondEndRecordAreRefused() throws IOException {
        byte[] sound = archive(true, "a");
        byte[] end = Arrays.copyOfRange(sound, sound.length - END_BYTES, sound.length);
        byte[] commented = inserted(sound, sound.length, end);
        buffer(commented).putShort(sound.length - 2, (short) END_BYTES);
        assertAmbiguous(commented);
        assertAmbiguous(inserted(sound, sound.length, end));
        byte[] count = sound.clone();
        buffer(count).putShort(count.length - 12, (short) 2).putShort(count.length - 14, (short) 2);
        assertAmbiguous(count);
    }

    /** Offsets into the local header: flags, method, checksum, packed size, size, and the name behind it. */
    @ParameterizedTest
    @CsvSource({"6, 4", "8, 8", "14, 1", "18, 2", "22, 2", "30, 98"})
    void aLocalHeaderThatDisagreesWithTheListIsRefused(int field, int value) throws IOException {
        byte[] bytes = archive(true, "a");
        bytes[field] = (byte) value;
        assertAmbiguous(bytes);
    }

    @Test
    void sizesBehindTheBytesThatDisagreeWithTheListAreRefused() throws IOException {
        for (int back : new int[] {4, 8, 12, 16}) {
            byte[] bytes = archive(false, "a");
            bytes[find(bytes, CENTRAL, 0) - back]++;
            assertAmbiguous(bytes);
        }
    }

    @Test
    void bytesBehindTheEndOfCompressedOnesAreRefused() throws IOException {
        byte[] sound = archive(false, "a");
        int list = find(sound, CENTRAL, 0);
        int descriptor = list - 16;
        byte[] longer = withListAt(inserted(sound, descriptor, new byte[1]), list + 1);
        longer[descriptor + 1 + 8]++;
        longer[list + 1 + 20]++;
        try (ZipReader zip = open(longer)) {
            FileFormatException fault = assertThrows(FileFormatException.class, () -> zip.readAll("a", 100));
            assertTrue(fault.getMessage().contains("bytes after its compressed ones"), fault.getMessage());
        }
    }

    @Test
    void theSameEntryTwiceAndNamesThatEndEarlyAreRefused() throws IOException {
        byte[] twice = archive(true, "a", "b");
        twice[30] = 'b';
        twice[find(twice, CENTRAL, 0) + 46] = 'b';
        assertEquals("has two entries \"b\"", fault(twice));
        byte[] zero = archive(true, "ab");
        zero[31] = 0;
        zero[find(zero, CENTRAL, 0) + 47] = 0;
        assertTrue(fault(zero).contains("path is not allowed"));
        byte[] unmarked = archive(true, "\u00fc");
        unmarked[7] &= ~8;
        unmarked[find(unmarked, CENTRAL, 0) + 9] &= ~8;
        assertAmbiguous(unmarked);
    }

    @ParameterizedTest
    @CsvSource({"12, bzip2", "14, LZMA", "93, Zstandard", "77, method 77"})
    void aCompressionThatIsNotReadIsNamed(int method, String name) throws IOException {
        byte[] bytes = archive(true, "a");
        bytes[8] = (byte) method;
        bytes[find(bytes, CENTRAL, 0) + 10] = (byte) method;
        assertTrue(fault(bytes).startsWith("has an entry \"a\" that is compressed with " + name + ", which cannot"));
    }

    @Test
    void anEncryptedEntryIsNamed() throws IOException {
        byte[] bytes = archive(true, "a");
        bytes[6] |= 1;
        bytes[find(bytes, CENTRAL, 0) + 8] |= 1;
        assertEquals("has an entry \"a\" that is encrypted, which cannot be read", fault(bytes));
    }
}
