package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.figure.Picture;
import org.superpose.runner.figure.PictureFile;

/** Where a command draws what {@code --plot} asks for, if it is given. */
public final class PictureTarget {
    private static final String OPTION = "--plot";

    private final Optional<Path> file;

    private PictureTarget(Optional<Path> file) {
        this.file = file;
    }

    /**
     * Insists that the picture may be written: better known before the work than after it.
     *
     * @param file if the option is given
     * @param read files that the command reads
     * @throws InvalidInputException if the name is not that of a picture, or the file may not be written
     */
    public static PictureTarget checked(Optional<Path> file, ReplaceOption replace, List<Path> read) {
        file.ifPresent(
                each -> replace.check(OPTION, each, PictureFile.of(OPTION, each).ending(), read));
        return new PictureTarget(file);
    }

    /**
     * Draws the picture, if it is asked for.
     *
     * @return the file that was written
     * @throws InvalidInputException if it cannot be written
     */
    public Optional<Path> draw(Supplier<? extends Picture> picture) {
        file.ifPresent(each -> PictureFile.of(OPTION, each).write(each, picture.get()));
        return file;
    }
}
