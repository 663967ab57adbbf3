package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
