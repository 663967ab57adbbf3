package org.superpose.runner.figure;

import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;

/** The formats of picture files, by the ending of the name. */
public enum PictureFile {
    SVG,
    PNG;

    /**
     * The format of a file; of standard output SVG.
     *
     * @param option the option that names the file, for the message
     * @throws InvalidInputException if the name ends neither with .svg nor with .png
     */
    public static PictureFile of(String option, Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (PictureFile format : values()) {
            if (name.endsWith(format.ending())) {
                return format;
            }
        }
        if (AtomicFile.isStandardOutput(file)) {
            return SVG;
        }
        throw new InvalidInputException(option + " " + file + " must end with .svg or .png");
    }

    /** The ending of names, with its dot. */
    public String ending() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes a picture; a PNG has two pixels to each unit.
     *
     * @throws InvalidInputException if the file cannot be written
     */
    public void write(Path file, Picture picture) {
        if (this == SVG) {
            AtomicFile.writeText(file, SvgCanvas.draw(picture));
        } else {
            AtomicFile.write(file, out -> ImageIO.write(RasterCanvas.draw(picture), "png", out));
        }
    }
}
