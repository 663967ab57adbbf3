package org.superpose.runner.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.superpose.core.InvalidInputException;

/**
 * Keeps a folder for one writing process. The operating system releases it when the process ends, however it ends, so a
 * folder is never left locked by the dead.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = StoreFile.LOCK_NAME;
    /**
     * The byte that is locked lies far beyond the text, which others must be able to read where locks are mandatory.
     */
    private static final long POSITION = 1L << 40;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a folder.
     *
     * @param holder who takes it, for the message that a second process gets
     * @throws InvalidInputException if another process has it; the message says which; or if it cannot be written
     */
    public static FolderLock take(Path folder, String holder) {
        Path file = folder.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isFree(channel)) {
                throw new InvalidInputException(folder + " is in use by "
                        + Files.readString(file).strip() + "; wait until it is done, or choose another --out");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            return new FolderLock(channel);
        } catch (AccessDeniedException forbidden) {
            throw new InvalidInputException("writing into the folder " + folder + " is not allowed", forbidden);
        } catch (IOException broken) {
            throw new InvalidInputException("the folder " + folder + " could not be locked: " + broken, broken);
        }
    }

    /**
     * Takes the lock for a channel; a channel that did not get it is closed unless this very process holds the lock.
     */
    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(POSITION, 1, false);
            if (lock != null) {
                return true;
            }
            channel.close();
            return false;
        } catch (OverlappingFileLockException ours) {
            // Left open on purpose: closing any channel of a file gives up all POSIX locks that a process has on it.
            return false;
        }
    }

    /** Who holds a folder, or empty if nobody does. */
    public static Optional<String> holderOf(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isFree(channel)) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(Files.readString(file).strip());
        } catch (IOException unreadable) { // a folder that cannot be written has no writer either
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
