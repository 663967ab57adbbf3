package org.superpose.core.file;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;

/**
 * What stands behind the name of a file that is to be written. Symbolic links are followed to their end; a pipe, a
 * device or a stream of this process is written into, never replaced.
 *
 * @param named as the user wrote it, for messages
 * @param place where the links end; may not exist yet
 * @param stream the number of the open stream of this process that the name stands for, as {@code /dev/stdout} does
 */
record WriteTarget(Path named, Path place, Optional<Integer> stream) {
    private static final int MOST_LINKS = 40;
    private static final Pattern OPEN_STREAM =
            Pattern.compile("/dev/fd/(\\d+)|/proc/(?:self|thread-self|%d)(?:/task/\\d+)?/fd/(\\d+)"
                    .formatted(ProcessHandle.current().pid()));

    /**
     * Follows the links of a name.
     *
     * @throws InvalidInputException if they lead nowhere
     */
    static WriteTarget of(Path named) {
        Path place = named.toAbsolutePath();
        for (int links = 0; links < MOST_LINKS; links++) {
            Optional<Integer> stream = streamOf(place);
            if (stream.isPresent() || !Files.isSymbolicLink(place)) {
                return new WriteTarget(named, place, stream);
            }
            try {
                place = place.resolveSibling(Files.readSymbolicLink(place));
            } catch (IOException unreadable) {
                throw new InvalidInputException(
                        named + ": cannot be written, because its link cannot be read: " + unreadable.getMessage(),
                        unreadable);
            }
        }
        throw new InvalidInputException(named + ": cannot be written, because its symbolic links go in a circle");
    }

    private static Optional<Integer> streamOf(Path place) {
        Matcher open = OPEN_STREAM.matcher(place.normalize().toString());
        return open.matches()
                ? Optional.of(Integer.valueOf(open.group(1) == null ? open.group(2) : open.group(1)))
                : Optional.empty();
    }

    /** Whether the content goes into what is there, because that is no regular file. */
    boolean isWrittenInto() {
        return stream.isPresent() || Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
    }

    /**
     * Insists that it can be written.
     *
     * @throws InvalidInputException if it is a folder, is protected, or its folder is missing or protected
     */
    void requireWritable() {
        if (Files.isDirectory(place)) {
            throw new InvalidInputException(named + ": cannot be written, because it is a folder");
        }
        if (Files.exists(place) && !Files.isWritable(place)) {
            throw new InvalidInputException(named + ": cannot be written, because it is protected against writing");
        }
        if (isWrittenInto()) {
            return;
        }
        Path folder = place.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidInputException(named + ": cannot be written, because there is no folder " + folder);
        }
        if (!Files.isWritable(folder)) {
            throw new InvalidInputException(
                    named + ": cannot be written, because writing into the folder " + folder + " is not allowed");
        }
    }

    /** Opens the pipe, device or stream; closing it leaves the streams of the process open. */
    OutputStream open() throws IOException {
        return switch (stream.orElse(-1)) {
            case 1 -> new FileOutputStream(FileDescriptor.out);
            case 2 -> new FileOutputStream(FileDescriptor.err);
            default -> Files.newOutputStream(place, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        };
    }
}
