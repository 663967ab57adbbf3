package org.superpose.interop.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.FileFormatException;

/** A file of another tool that is read as a whole; whatever is wrong with it is one sentence with its name. */
public final class InputFile {
    private InputFile() {}

    /** What is done with the file. */
    @FunctionalInterface
    public interface Reading<T> {
        /** May fail in any of the ways in which files are broken. */
        T read() throws IOException;
    }

    /**
     * Reads.
     *
     * @param what it should hold, for messages: {@code network}
     * @throws InvalidInputException if it cannot be read or is not sound
     */
    public static <T> T read(Path file, String what, Reading<T> reading) {
        try {
            return reading.read();
        } catch (FileFormatException fault) {
            throw new InvalidInputException(file + ": " + fault.getMessage(), fault);
        } catch (ZipException damaged) {
            throw new InvalidInputException(file + ": is damaged (" + damaged.getMessage() + ")", damaged);
        } catch (IOException failure) {
            throw new InvalidInputException(file + ": cannot be read (" + failure.getMessage() + ")", failure);
        } catch (IllegalArgumentException broken) {
            throw new InvalidInputException(
                    file + ": does not hold a sound " + what + ": " + broken.getMessage(), broken);
        }
    }
}
