package org.superpose.runner.figure;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Writes the text of an SVG file. */
final class SvgCanvas implements Canvas {
    /** The letters of {@link PathIterator}'s segments, and how many coordinates follow each. */
    private static final String SEGMENTS = "MLQCZ";

    private static final int[] COORDINATES = {2, 2, 4, 6, 0};

    private final StringBuilder svg = new StringBuilder();

    private SvgCanvas() {}

    static String draw(Picture picture) {
        SvgCanvas canvas = new SvgCanvas();
        canvas.svg
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append(String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                                + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\">\n",
                        picture.width(),
                        picture.height()));
        canvas.fill(new Rectangle2D.Double(0, 0, picture.width(), picture.height()), Color.WHITE);
        picture.draw(canvas);
        return canvas.svg.append("</svg>\n").toString();
    }

    @Override
    public void fill(Shape shape, Color colour) {
        path(shape);
        paint("fill", colour);
        svg.append("/>\n");
    }

    @Override
    public void stroke(Shape shape, Color colour, Pen pen) {
        path(shape);
        attribute("fill", "none");
        paint("stroke", colour);
        attribute("stroke-width", number(pen.width()));
        if (pen.dashed()) {
            attribute("stroke-dasharray", number(pen.dash()));
        }
        svg.append("/>\n");
    }

    private void path(Shape shape) {
        svg.append("<path d=\"");
        double[] at = new double[6];
        for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
            int segment = path.currentSegment(at);
            svg.append(SEGMENTS.charAt(segment));
            for (int c = 0; c < COORDINATES[segment]; c++) {
                svg.append(c == 0 ? "" : " ").append(number(at[c]));
            }
        }
        svg.append('"');
    }

    private void paint(String what, Color colour) {
        attribute(what, String.format("#%06x", colour.getRGB() & 0xffffff));
        if (colour.getAlpha() < 255) {
            attribute(what + "-opacity", number(colour.getAlpha() / 255.0));
        }
    }

    private void attribute(String name, String value) {
        svg.append(' ').append(name).append("=\"").append(value).append('"');
    }

    private static String number(double value) {
        long hundredths = Math.round(100 * value);
        return hundredths % 100 == 0 ? Long.toString(hundredths / 100) : Double.toString(hundredths / 100.0);
    }

    @Override
    public void write(Text text, double x, double y) {
        svg.append("<text");
        attribute("x", number(x));
        attribute("y", number(y));
        attribute("font-size", Integer.toString(text.font().getSize()));
        if (text.font().isBold()) {
            attribute("font-weight", "bold");
        }
        attribute("text-anchor", text.anchor().name().toLowerCase(Locale.ROOT));
        paint("fill", text.colour());
        if (text.degrees() != 0) {
            attribute("transform", "rotate(" + text.degrees() + " " + number(x) + " " + number(y) + ")");
        }
        svg.append('>');
        if (!text.full().equals(text.shown())) {
            svg.append("<title>").append(escaped(text.full())).append("</title>");
        }
        svg.append(escaped(text.shown())).append("</text>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void show(BufferedImage image, Rectangle2D place) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        svg.append("<image style=\"image-rendering: pixelated\" preserveAspectRatio=\"none\"");
        attribute("x", number(place.getX()));
        attribute("y", number(place.getY()));
        attribute("width", number(place.getWidth()));
        attribute("height", number(place.getHeight()));
        attribute("href", "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray()));
        svg.append("/>\n");
    }
}
