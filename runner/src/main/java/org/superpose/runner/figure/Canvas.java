package org.superpose.runner.figure;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** What pictures are drawn on: shapes, lines of text and images, in units of which an SVG file shows one as a pixel. */
public interface Canvas {
    /** Fills the inside of a shape. */
    void fill(Shape shape, Color colour);

    /** Draws the outline of a shape, or a line, with a pen of a width. */
    void stroke(Shape shape, Color colour, Pen pen);

    /** Writes a line of text whose anchor stands at a point of the base line. */
    void write(Text text, double x, double y);

    /** Puts an image into a place, each of its pixels a rectangle. */
    void show(BufferedImage image, Rectangle2D place);

    /**
     * How a line is drawn.
     *
     * @param width in units
     * @param dashed or solid
     */
    record Pen(float width, boolean dashed) {
        /** A solid line. */
        public static Pen solid(double width) {
            return new Pen((float) width, false);
        }

        float dash() {
            return 4 * width;
        }
    }
}
