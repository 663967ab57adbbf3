package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.random.Seed;

class NpzTest {
    @TempDir
    Path folder;

    private Path written(NamedArray... arrays) throws IOException {
        Path file = folder.resolve("a.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Npz.write(List.of(arrays), out);
        }
        return file;
    }

    @Test
    void arraysAreFoundByNameInTheOrderOfTheFile() throws IOException {
        Path file = written(NamedArray.ints("b", new int[] {1, 2}), NamedArray.floats("a.c", new float[] {0.5f}));
        try (Npz npz = Npz.open(file)) {
            assertEquals(List.of("b", "a.c"), List.copyOf(npz.names()));
            assertArrayEquals(new int[] {1, 2}, npz.open("b").ints());
            assertArrayEquals(new float[] {0.5f}, npz.open("a.c").floats());
        }
    }

    private Path zip(String... entries) throws IOException {
        Path file = folder.resolve("a.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
        return file;
    }

    @Test
    void anEntryThatIsNoArrayIsLeftAloneAndNamed() throws IOException {
        try (Npz npz = Npz.open(zip("readme.txt", "a.npy"))) {
            assertEquals(Set.of("a"), npz.names());
            assertEquals(Set.of("readme.txt"), npz.others());
        }
    }

    /** NumPy finds either under the name of the other. */
    @Test
    void twoEntriesForOneArrayAreRefused() throws IOException {
        Path file = zip("a", "a.npy");
        FileFormatException fault = assertThrows(FileFormatException.class, () -> Npz.open(file));
        assertEquals("has the entries \"a\" and \"a.npy\", which may be one array or two", fault.getMessage());
    }

    /** An expansion by a factor of a thousand is refused by the claimed size, before a byte of it is produced. */
    @Test
    void anEntryThatClaimsMoreThanDeflateCanHoldIsRefused() throws IOException {
        Path file = folder.resolve("bomb.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(new byte[100]);
        }
        byte[] bytes = Files.readAllBytes(file);
        int list = lastIndexOf(bytes, new byte[] {'P', 'K', 1, 2});
        bytes[list + 27] = 0x40; // the highest byte of the uncompressed size: a gigabyte
        Files.write(file, bytes);
        FileFormatException fault = assertThrows(FileFormatException.class, () -> Npz.open(file));
        assertTrue(fault.getMessage().contains("more than the file can hold"), fault.getMessage());
    }

    private static int lastIndexOf(byte[] bytes, byte[] pattern) {
        for (int at = bytes.length - pattern.length; at >= 0; at--) {
            if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void damagedBytesAreFoundByTheChecksum() throws IOException {
        Path file = written(NamedArray.ints("a", new int[] {1, 2, 3}));
        byte[] bytes = Files.readAllBytes(file);
        int data = lastIndexOf(bytes, new byte[] {3, 0, 0, 0});
        bytes[data] = 4;
        Files.write(file, bytes);
        try (Npz npz = Npz.open(file)) {
            FileFormatException fault =
                    assertThrows(FileFormatException.class, () -> npz.open("a").ints());
            assertTrue(fault.getMessage().contains("do not match their checksum"), fault.getMessage());
        }
    }

    @Test
    void numPyReadsWhatIsWrittenAndIsReadItself() throws Exception {
        Path file = written(
                NamedArray.ints("i", new int[] {1, -2, 3, 4, 5, 6}, 2, 3),
                NamedArray.floats("f", new float[] {0.25f}),
                NamedArray.scalar("s", 7),
                NamedArray.packedBits("p", SampleNetworks.bits(new Seed(1), 3, 70)),
                NamedArray.dense("d", SampleNetworks.bits(new Seed(1), 3, 70)),
                NamedArray.texts("t", List.of("", "añ𝄞", "b")),
                NamedArray.text("j", "{}"));
        assertEquals("", python("""
                import numpy as np
                z = np.load('a.npz')
                assert z['i'].dtype == np.int32 and z['i'].tolist() == [[1, -2, 3], [4, 5, 6]]
                assert z['f'].dtype == np.float32 and z['f'].tolist() == [0.25]
                assert z['s'].shape == () and int(z['s']) == 7
                assert (np.unpackbits(z['p'], axis=1)[:, :70] == z['d']).all() and z['d'].sum() > 50
                assert z['t'].tolist() == ['', 'añ𝄞', 'b']
                assert str(z['j']) == '{}'
                np.savez_compressed('b.npz', **{n: z[n] for n in z.files}, l=np.arange(5), u=np.zeros(200000, np.uint8))
                np.savez('c.npz', **{n: z[n] for n in z.files})
                """));
        for (String name : List.of("b.npz", "c.npz")) {
            try (Npz npz = Npz.open(folder.resolve(name))) {
                assertTrue(npz.names().containsAll(Set.of("i", "f", "s", "p", "d", "t", "j")));
                assertArrayEquals(new int[] {1, -2, 3, 4, 5, 6}, npz.open("i").ints());
                assertArrayEquals(new int[] {7}, npz.open("s").ints());
                assertArrayEquals(new String[] {"", "añ𝄞", "b"}, npz.open("t").texts());
                assertArrayEquals(new String[] {"{}"}, npz.open("j").texts());
                if (name.equals("b.npz")) {
                    assertArrayEquals(new long[] {0, 1, 2, 3, 4}, npz.open("l").longs());
                    assertEquals(200_000, npz.open("u").bytes().length);
                }
            }
        }
    }

    /** The output of a script; skips the test where there is no python3 with numpy. */
    private String python(String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script.py"), script);
        Path log = folder.resolve("python.log");
        Process process;
        try {
            process = new ProcessBuilder("python3", file.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException noPython) {
            return abort("skipped: there is no python3");
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "python3 did not finish";
        }
        String output = Files.readString(log);
        return output.contains("No module named 'numpy'") ? abort("skipped: python3 has no numpy") : output;
    }
}
