package org.superpose.runner.figure;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;

/** A drawing as an SVG or a PNG file, by the ending of its name. */
public enum PictureFile {
    SVG,
    PNG;

    /** Pixels of a PNG to one unit of the drawing. */
    private static final int SCALE = 2;

    /**
     * The format of a file.
     *
     * @param option the option that names the file, for the message
     * @throws InvalidInputException if the name ends neither with .svg nor with .png
     */
    public static PictureFile of(String option, Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (PictureFile format : values()) {
            if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new InvalidInputException(option + " " + file + " must end with .svg or .png");
    }

    /**
     * Writes a drawing on white ground.
     *
     * @param width in units; a PNG has two pixels to each
     * @param height likewise
     * @throws InvalidInputException if the file cannot be written
     */
    public void write(Path file, int width, int height, Consumer<Graphics2D> drawing) {
        if (this == SVG) {
            VectorGraphics2D graphics = new VectorGraphics2D();
            draw(graphics, width, height, drawing);
            AtomicFile.write(
                    file,
                    out -> new SVGProcessor()
                            .getDocument(graphics.getCommands(), new PageSize(0, 0, width, height))
                            .writeTo(out));
        } else {
            BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.scale(SCALE, SCALE);
            draw(graphics, width, height, drawing);
            AtomicFile.write(file, out -> ImageIO.write(image, "png", out));
        }
    }

    private static void draw(Graphics2D graphics, int width, int height, Consumer<Graphics2D> drawing) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        drawing.accept(graphics);
        graphics.dispose();
    }
}
