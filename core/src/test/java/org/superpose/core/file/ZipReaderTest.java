package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zip files that make false claims. */
class ZipReaderTest {
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int PACKED_SIZE = 20;
    private static final int SIZE = 24;

    @TempDir
    Path folder;

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.zip"), bytes);
    }

    private static byte[] stored(String... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipWriter zip = new ZipWriter(out)) {
            for (String entry : entries) {
                zip.add(entry, new byte[100]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a"));
            zip.write(content);
        }
        return out.toByteArray();
    }

    /** The central headers, from which sizes are read. */
    private static List<Integer> centralHeaders(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return Stream.iterate(0, at -> at + 1)
                .limit(bytes.length - 3)
                .filter(at -> buffer.getInt(at) == CENTRAL_SIGNATURE)
                .toList();
    }

    private static void claim(byte[] bytes, int entry, int field, int value) {
        int header = centralHeaders(bytes).get(entry);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(header + field, value);
    }

    private static int claim(byte[] bytes, int entry, int field) {
        int header = centralHeaders(bytes).get(entry);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(header + field);
    }

    private static String fault(Path file) {
        return assertThrows(FileFormatException.class, () -> ZipReader.open(file))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "P, is not a zip file",
        "Px, is not a zip file",
        "xK, is not a zip file",
        "PK, is a damaged or truncated zip file",
        "PK and no more, is a damaged or truncated zip file"
    })
    void aFileThatBeginsLikeAZipFileIsCalledDamaged(String content, String fault) throws IOException {
        assertEquals(fault, fault(Files.writeString(folder.resolve("a.zip"), content)));
    }

    @Test
    void aStoredEntryHasAsManyBytesAsItTakes() throws IOException {
        byte[] bytes = stored("a");
        claim(bytes, 0, SIZE, 101);
        assertEquals("has an entry \"a\" that claims 101 bytes, more than the file can hold", fault(written(bytes)));
    }

    @Test
    void anEntryWithoutBytesIsSound() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipWriter zip = new ZipWriter(out)) {
            zip.add("empty", new byte[0]);
        }
        try (ZipReader zip = ZipReader.open(written(out.toByteArray()))) {
            assertEquals(0, zip.size("empty"));
            assertEquals(0, zip.readAll("empty", 10).length);
        }
    }

    @Test
    void entriesThatEachWouldFitButNotTogetherAreRefused() throws IOException {
        byte[] bytes = stored("a", "b");
        int moreThanHalf = bytes.length / 2 + 1;
        for (int entry = 0; entry < 2; entry++) {
            claim(bytes, entry, SIZE, moreThanHalf);
            claim(bytes, entry, PACKED_SIZE, moreThanHalf);
        }
        assertEquals(
                "has an entry \"b\" that claims " + moreThanHalf + " bytes, more than the file can hold",
                fault(written(bytes)));
    }

    @Test
    void aCompressedEntryMayClaimWhatDeflateCanExpandTo() throws IOException {
        byte[] bytes = deflated(new byte[5000]);
        int most = 1040 * claim(bytes, 0, PACKED_SIZE) + 1024;
        claim(bytes, 0, SIZE, most);
        // the same where a stream that does not know the size beforehand writes it: behind the bytes
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(centralHeaders(bytes).get(0) - Integer.BYTES, most);
        try (ZipReader zip = ZipReader.open(written(bytes))) {
            assertEquals(most, zip.size("a"));
        }
        claim(bytes, 0, SIZE, most + 1);
        assertTrue(fault(written(bytes)).endsWith("more than the file can hold"));
    }

    @Test
    void onlyTheSizeOfAStoredEntryIsProven() throws IOException {
        try (ZipReader zip = ZipReader.open(written(stored("a")))) {
            assertTrue(zip.isProven("a"));
        }
        try (ZipReader zip = ZipReader.open(written(deflated(new byte[100])))) {
            assertFalse(zip.isProven("a"));
        }
    }

    @Test
    void anEntryOfMoreBytesThanAllowedIsRefusedWhateverTheyAre() throws IOException {
        try (ZipReader zip = ZipReader.open(written(stored("a")))) {
            assertArrayEquals(new byte[100], zip.readAll("a", 100));
            FileFormatException fault = assertThrows(FileFormatException.class, () -> zip.readAll("a", 99));
            assertEquals("has an entry \"a\" of more than 99 bytes", fault.getMessage());
        }
    }

    @Test
    void theChecksumIsLookedAtHoweverTheEndIsReached() throws IOException {
        byte[] bytes = stored("a");
        bytes[50] = 1; // of the content, which is all zeros
        try (ZipReader zip = ZipReader.open(written(bytes))) {
            assertThrows(FileFormatException.class, () -> zip.open("a").readAllBytes());
            InputStream byteByByte = zip.open("a");
            for (int t = 0; t < 100; t++) {
                assertTrue(byteByByte.read() >= 0);
            }
            assertThrows(FileFormatException.class, byteByByte::read);
        }
    }

    /** Either would leave bytes out of the checksum or count them twice. */
    @Test
    void anEntryIsReadOnceFromItsBeginning() throws IOException {
        try (ZipReader zip = ZipReader.open(written(stored("a")));
                InputStream in = zip.open("a")) {
            assertFalse(in.markSupported());
            assertThrows(UnsupportedOperationException.class, () -> in.skip(1));
            assertEquals(0, in.read(new byte[1], 0, 0));
            assertEquals(100, in.readAllBytes().length);
        }
    }

    @Test
    void nothingIsReadAfterTheFileIsClosed() throws IOException {
        ZipReader zip = ZipReader.open(written(stored("a")));
        zip.close();
        assertThrows(IllegalStateException.class, () -> zip.open("a"));
    }

    @Test
    void aRefusedFileIsNotHeldOpen() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "open files cannot be counted here");
        Path unsound = written(stored("../a"));
        assertEquals("has an entry \"../a\" whose path is not allowed", fault(unsound));
        assertEquals(0, timesOpen(unsound));
        Path noArrays = Files.write(folder.resolve("b.zip"), stored("a", "a.npy"));
        assertThrows(FileFormatException.class, () -> Npz.open(noArrays));
        assertEquals(0, timesOpen(noArrays));
        Path sound = Files.write(folder.resolve("c.zip"), stored("a.npy"));
        try (Npz npz = Npz.open(sound)) {
            assertEquals(1, npz.names().size());
            assertEquals(1, timesOpen(sound));
        }
        assertEquals(0, timesOpen(sound));
    }

    private static long timesOpen(Path file) throws IOException {
        Path real = file.toRealPath();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(link -> refersTo(link, real)).count();
        }
    }

    private static boolean refersTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
