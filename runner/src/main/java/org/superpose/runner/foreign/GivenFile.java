package org.superpose.runner.foreign;

import java.nio.file.Files;
import java.nio.file.Path;
import org.superpose.core.InvalidInputException;

/** A file that the user named. */
final class GivenFile {
    private GivenFile() {}

    /**
     * Refuses what is no file.
     *
     * @param what what it should be: {@code truth file}
     */
    static void require(Path file, String what) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    Files.isDirectory(file)
                            ? file + " is a folder, not a " + what
                            : "there is no " + what + " " + file);
        }
    }
}
