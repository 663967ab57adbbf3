package org.superpose.runner.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.file.StoreFile;

/** Folders with results of runs. */
final class ResultFolders {
    /** Folders below which none is looked for: results lie near the top, and a home folder is deep. */
    private static final int DEPTH = 4;

    private ResultFolders() {}

    /**
     * The folder itself if it has results or does not exist, else those below it that have some, in alphabetical order.
     *
     * @throws InvalidInputException if there are none
     */
    static List<Path> below(Path folder) {
        if (Files.exists(folder.resolve(StoreFile.NAME)) || !Files.isDirectory(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> files = Files.find(
                folder, DEPTH, (file, attributes) -> file.endsWith(StoreFile.NAME) && attributes.isRegularFile())) {
            List<Path> found = files.map(Path::getParent).sorted().toList();
            if (found.isEmpty()) {
                throw new InvalidInputException("neither " + folder + " nor a folder below it has results of a run;"
                        + " \"superpose run EXPERIMENT --out DIR\" makes some");
            }
            return found;
        } catch (IOException | UncheckedIOException unreadable) {
            throw new InvalidInputException(
                    "the folders below " + folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
