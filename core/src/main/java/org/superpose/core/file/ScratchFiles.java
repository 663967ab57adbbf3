package org.superpose.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are needed for a moment only, in the folder for temporary files that Java was given. */
public final class ScratchFiles {
    /** What to do where that folder is of no use, as the end of a sentence. */
    public static final String ADVICE =
            "give Java another folder with -Djava.io.tmpdir=DIR (in SUPERPOSE_JAVA_OPTIONS for the launcher)";

    private static final String PREFIX = "superpose";

    private ScratchFiles() {}

    /** The folder, as Java was given it; it need not exist. */
    public static String folder() {
        return System.getProperty("java.io.tmpdir");
    }

    /**
     * Makes an empty file, which whoever asked for it deletes.
     *
     * @param suffix how its name ends: ".csv"
     * @throws WriteFailedException if no file can be made in the folder for temporary files
     */
    public static Path createFile(String suffix) {
        try {
            return Files.createTempFile(PREFIX, suffix);
        } catch (IOException refused) {
            throw useless(refused);
        }
    }

    /**
     * Makes an empty folder, which whoever asked for it deletes.
     *
     * @throws WriteFailedException if no folder can be made in the folder for temporary files
     */
    public static Path createFolder() {
        try {
            return Files.createTempDirectory(PREFIX);
        } catch (IOException refused) {
            throw useless(refused);
        }
    }

    private static WriteFailedException useless(IOException refused) {
        String reason = Files.isDirectory(Path.of(folder())) ? AtomicFile.reason(refused) : "there is no such folder";
        return new WriteFailedException(
                "nothing can be written to the folder for temporary files, " + folder() + ": " + reason + "; " + ADVICE,
                refused);
    }
}
