package org.superpose.core.file;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.superpose.core.InvalidInputException;

/**
 * A file that appears under its name complete or not at all: it is written beside its place under another name, forced
 * to the disk, and moved there in one step. What is no regular file is written into instead: a pipe or a device cannot
 * be replaced.
 */
public final class AtomicFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** May close the stream or leave it open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the content of a file that goes by another name for the time being. */
    @FunctionalInterface
    public interface NamedContent {
        /** Writes into an empty file, or replaces it. */
        void writeTo(Path temporary) throws IOException;
    }

    /**
     * Writes a file, replacing one that is there. If anything fails, what was there before stays as it was. A symbolic
     * link stays and the file it leads to is replaced; a file that is there keeps its permissions; the content goes
     * straight into a pipe, a device or a stream of this process such as {@code /dev/stdout}.
     *
     * @throws InvalidInputException if the folder is missing or cannot be written to, or the target is a folder or
     *     protected
     * @throws WriteFailedException if the content cannot be written, on a full disk for example
     */
    public static void write(Path file, Content content) {
        WriteTarget target = WriteTarget.of(file);
        target.requireWritable();
        if (target.isWrittenInto()) {
            try {
                writeInto(target, content);
            } catch (IOException failure) {
                throw failed(file, failure);
            }
        } else {
            replace(target, temporary -> writeThrough(temporary, content));
        }
    }

    /**
     * Writes a text in UTF-8, as {@link #write} does.
     *
     * @throws InvalidInputException as {@link #write} does
     */
    public static void writeText(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a file by a program that opens files itself, as {@link #write} does.
     *
     * @throws InvalidInputException as {@link #write} does
     */
    public static void writeByName(Path file, NamedContent content) {
        WriteTarget target = WriteTarget.of(file);
        target.requireWritable();
        if (!target.isWrittenInto()) {
            replace(target, content);
            return;
        }
        Path passing = null;
        try {
            passing = ScratchFiles.createFile(".part");
            content.writeTo(passing);
            Path complete = passing;
            writeInto(target, out -> Files.copy(complete, out));
        } catch (IOException failure) {
            throw failed(file, failure);
        } finally {
            deleteQuietly(passing);
        }
    }

    /**
     * Insists that a file can be written, so that long work is not done for nothing.
     *
     * @throws InvalidInputException if the folder is missing or cannot be written to, or the target is a folder or
     *     protected
     */
    public static void requireWritable(Path file) {
        WriteTarget.of(file).requireWritable();
    }

    /** Whether a name stands for the standard output of this process, as {@code /dev/stdout} does. */
    public static boolean isStandardOutput(Path file) {
        return WriteTarget.of(file).stream().filter(number -> number == 1).isPresent();
    }

    private static void replace(WriteTarget target, NamedContent content) {
        Path temporary = null;
        try {
            temporary = createBeside(target.place());
            content.writeTo(temporary);
            force(temporary);
            keepPermissions(target.place(), temporary);
            moveInOneStep(temporary, target.place());
            temporary = null;
        } catch (IOException failure) {
            throw failed(target.named(), failure);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static WriteFailedException failed(Path file, IOException failure) {
        return new WriteFailedException(file + ": cannot be written: " + reason(failure), failure);
    }

    private static void keepPermissions(Path earlier, Path temporary) throws IOException {
        PosixFileAttributeView from = Files.getFileAttributeView(earlier, PosixFileAttributeView.class);
        PosixFileAttributeView to = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (from == null || to == null || !Files.exists(earlier)) {
            return;
        }
        PosixFileAttributes kept = from.readAttributes();
        try {
            to.setOwner(kept.owner());
            to.setGroup(kept.group());
        } catch (IOException notOurs) {
            // only an administrator may give files to others
        }
        to.setPermissions(kept.permissions());
    }

    private static void writeInto(WriteTarget target, Content content) throws IOException {
        try (OutputStream out = target.open()) {
            OutputStream buffered = new BufferedOutputStream(new Unclosable(out), BUFFER_BYTES);
            content.writeTo(buffered);
            buffered.flush();
        }
    }

    private static Path createBeside(Path file) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Path candidate = file.resolveSibling(
                    "." + file.getFileName() + "." + ProcessHandle.current().pid() + "-" + attempt + ".part");
            try {
                return Files.createFile(candidate);
            } catch (FileAlreadyExistsException taken) {
                // another thread, or a process of the same number that was killed: try the next name
            }
        }
    }

    private static void writeThrough(Path temporary, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            OutputStream out =
                    new BufferedOutputStream(new Unclosable(Channels.newOutputStream(channel)), BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
        }
    }

    private static void force(Path temporary) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void moveInOneStep(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unusual) {
            throw new IOException("the file system cannot move a file in one step", unusual);
        }
    }

    static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static void deleteQuietly(Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException stays) {
                // the failure that brought us here says more than this one would
            }
        }
    }

    /** Keeps the channel open until the last block is written, whatever the content does; and hands on whole blocks. */
    private static final class Unclosable extends FilterOutputStream {
        Unclosable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
