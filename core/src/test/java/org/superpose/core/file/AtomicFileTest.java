package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;

class AtomicFileTest {
    @TempDir
    Path folder;

    private static String fault(Path file) {
        return assertThrows(InvalidInputException.class, () -> AtomicFile.write(file, out -> out.write(1)))
                .getMessage();
    }

    @Test
    void theContentAppearsUnderTheNameAndNothingElseStays() throws IOException {
        Path file = folder.resolve("a.bin");
        AtomicFile.write(file, out -> out.write(new byte[200_000]));
        assertEquals(200_000, Files.size(file));
        assertArrayEquals(new String[] {"a.bin"}, folder.toFile().list());
    }

    @Test
    void theFinalNameDoesNotExistWhileTheContentIsWritten() {
        Path file = folder.resolve("a.bin");
        AtomicFile.write(file, out -> {
            out.write(new byte[200_000]);
            out.flush();
            assertFalse(Files.exists(file));
        });
        assertTrue(Files.exists(file));
    }

    @Test
    void aFailureLeavesTheEarlierFileAndNoRemains() throws IOException {
        Path file = Files.writeString(folder.resolve("a.bin"), "earlier");
        InvalidInputException fault = assertThrows(
                InvalidInputException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("No space left on device");
                }));
        assertEquals(file + ": cannot be written: No space left on device", fault.getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(file, out -> {
                    throw new IllegalStateException("a defect");
                }));
        assertEquals("earlier", Files.readString(file));
        assertArrayEquals(new String[] {"a.bin"}, folder.toFile().list());
    }

    @Test
    void aThreadThatIsInterruptedLeavesNoFile() {
        Path file = folder.resolve("a.bin");
        assertThrows(
                InvalidInputException.class,
                () -> AtomicFile.write(file, out -> {
                    Thread.currentThread().interrupt();
                    out.write(new byte[200_000]);
                }));
        assertTrue(Thread.interrupted());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void aMissingFolderAndATargetThatIsAFolderAreNamed() throws IOException {
        Path missing = folder.resolve("no/such/net.zip");
        assertEquals(
                missing + ": cannot be written, because there is no folder " + missing.getParent(), fault(missing));
        assertTrue(fault(folder).contains("because it is a folder"));
        Path file = Files.createFile(folder.resolve("file"));
        assertTrue(fault(file.resolve("net.zip")).contains("there is no folder"));
    }

    @Test
    void aFolderThatMayNotBeWrittenToIsNamed() {
        Path readOnly = folder.resolve("locked");
        assertTrue(readOnly.toFile().mkdir() && readOnly.toFile().setWritable(false));
        assumeFalse(Files.isWritable(readOnly), "this user may write everywhere");
        assertTrue(fault(readOnly.resolve("net.zip")).contains("is not allowed"));
    }

    @Test
    void remainsOfAKilledProcessDoNotStandInTheWay() throws IOException {
        Path file = folder.resolve("a.bin");
        Path remains = folder.resolve(".a.bin." + ProcessHandle.current().pid() + "-0.part");
        Files.writeString(remains, "half");
        AtomicFile.write(file, out -> out.write(1));
        assertEquals(1, Files.size(file));
        assertEquals("half", Files.readString(remains));
    }

    @Test
    void aPipeIsWrittenIntoAndStaysAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        makePipe(pipe);
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> readAll(pipe));
        AtomicFile.write(pipe, out -> out.write(new byte[200_000]));
        assertEquals(200_000, read.get(60, TimeUnit.SECONDS).length);
        read = CompletableFuture.supplyAsync(() -> readAll(pipe));
        AtomicFile.writeByName(pipe, temporary -> Files.writeString(temporary, "by name"));
        assertEquals("by name", new String(read.get(60, TimeUnit.SECONDS), StandardCharsets.UTF_8));
        assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther());
        assertArrayEquals(new String[] {"pipe"}, folder.toFile().list());
    }

    private static void makePipe(Path pipe) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "needs mkfifo");
        assertEquals(
                0,
                new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor());
    }

    private static byte[] readAll(Path pipe) {
        try (InputStream in = new BufferedInputStream(new FileInputStream(pipe.toFile()))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void aDeviceIsWrittenIntoAlsoThroughALink() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device) && Files.isWritable(device), "needs /dev/null");
        Path link = Files.createSymbolicLink(folder.resolve("sink"), device);
        AtomicFile.write(link, out -> out.write(1));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readAttributes(device, BasicFileAttributes.class).isOther());
    }

    @Test
    void aFullDeviceIsAFailureAndNoWrongRequest() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full) && Files.isWritable(full), "needs /dev/full");
        String message = assertThrows(WriteFailedException.class, () -> AtomicFile.write(full, out -> out.write(1)))
                .getMessage();
        assertTrue(message.startsWith("/dev/full: cannot be written: "), message);
    }

    @Test
    void theFileBehindALinkIsReplacedAndTheLinkStays() throws IOException {
        Path target = folder.resolve("target");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
        Path outer = Files.createSymbolicLink(folder.resolve("outer"), link);
        AtomicFile.writeText(outer, "new"); // the target does not exist yet
        assertEquals("new", Files.readString(target));
        AtomicFile.writeText(outer, "newer");
        assertEquals("newer", Files.readString(target));
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(outer));
        assertEquals(3, folder.toFile().list().length);
    }

    @Test
    void linksInACircleAreNamed() throws IOException {
        Path one = folder.resolve("one");
        Files.createSymbolicLink(one, folder.resolve("two"));
        Files.createSymbolicLink(folder.resolve("two"), one);
        assertEquals(one + ": cannot be written, because its symbolic links go in a circle", fault(one));
    }

    @Test
    void aFileThatIsReplacedKeepsItsPermissions() throws IOException {
        Path file = Files.writeString(folder.resolve("a.bin"), "earlier");
        assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "needs permissions");
        for (String permissions : List.of("rw-r-----", "rwxrw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            AtomicFile.writeText(file, "later");
            assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals("later", Files.readString(file));
    }

    @Test
    void aProtectedFileIsNotReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("a.bin"), "earlier");
        assertTrue(file.toFile().setWritable(false));
        assumeFalse(Files.isWritable(file), "this user may write everywhere");
        assertEquals(file + ": cannot be written, because it is protected against writing", fault(file));
    }

    @Test
    void theStandardOutputIsKnownByItsName() {
        assumeTrue(Files.exists(Path.of("/proc/self/fd/1")), "needs /proc");
        assertTrue(AtomicFile.isStandardOutput(Path.of("/proc/self/fd/1")));
        assertTrue(AtomicFile.isStandardOutput(Path.of("/dev/fd/1")));
        assertFalse(AtomicFile.isStandardOutput(Path.of("/dev/fd/2")));
        assertFalse(AtomicFile.isStandardOutput(folder.resolve("1")));
    }
}
