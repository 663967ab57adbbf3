package org.superpose.runner.cli.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.workbench.Assignments;
import picocli.CommandLine.Option;

/** {@code --force}, and what every command asks of the name of a file before it writes there. */
public final class ReplaceOption {
    @Option(names = "--force", description = "Replaces a file that exists.")
    private boolean force;

    /**
     * Insists that a command may write a file: it does not read it, its name promises no other format, what is there
     * may be replaced, and the place can be written to.
     *
     * @param option names the file, for messages
     * @param ending of the names of files of the format that is written, with its dot
     * @param read files and folders of results that the command reads
     * @throws InvalidInputException if one of these does not hold
     */
    public void check(String option, Path output, String ending, List<Path> read) {
        for (Path each : read) {
            requireOther(option, output, each);
        }
        FileFormat.promisedBy(output)
                .filter(format -> !format.hasEnding(ending))
                .ifPresent(other -> {
                    throw new InvalidInputException(option + " " + output + ": the name says " + other.title()
                            + ", but this command writes a file *" + ending + "; for " + other.title() + ": "
                            + other.command());
                });
        AtomicFile.requireWritable(output);
        if (!force && holdsSomething(output)) {
            throw new InvalidInputException(option + " " + output + ": the file exists; to replace it, add --force");
        }
    }

    /** The files that are named by values of parameters, such as {@code file=pairs.csv}. */
    public static List<Path> filesIn(Assignments assignments) {
        List<Path> files = new ArrayList<>();
        for (Object value : assignments.values().values()) {
            try {
                Path file = Path.of(value.toString());
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            } catch (InvalidPathException noFile) {
                // then it names none
            }
        }
        return files;
    }

    private static void requireOther(String option, Path output, Path read) {
        if (isSame(output, read)) {
            throw new InvalidInputException(
                    option + " " + output + ": is what the command reads; name another file to write");
        }
        if (Files.isDirectory(read) && belongsToStore(output, read)) {
            throw new InvalidInputException(option + " " + output
                    + ": belongs to the results that the command reads; name another file to write");
        }
    }

    private static boolean belongsToStore(Path output, Path folder) {
        if (isSame(output, folder.resolve(StoreFile.NAME))) {
            return true;
        }
        Path parent = output.toAbsolutePath().getParent();
        Path name = output.getFileName();
        return parent != null
                && isSame(parent, folder)
                && (name.toString().startsWith(StoreFile.NAME)
                        || name.toString().equals(StoreFile.LOCK_NAME));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean holdsSomething(Path output) {
        try {
            return Files.isRegularFile(output) && !AtomicFile.isStandardOutput(output) && Files.size(output) > 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
