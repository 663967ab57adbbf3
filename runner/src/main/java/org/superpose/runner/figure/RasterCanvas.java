package org.superpose.runner.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws pixels, two to a unit. */
final class RasterCanvas implements Canvas {
    private static final int SCALE = 2;

    private final Graphics2D graphics;

    private RasterCanvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    static BufferedImage draw(Picture picture) {
        BufferedImage image =
                new BufferedImage(SCALE * picture.width(), SCALE * picture.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(SCALE, SCALE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.width(), picture.height());
        picture.draw(new RasterCanvas(graphics));
        graphics.dispose();
        return image;
    }

    @Override
    public void fill(Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
    }

    @Override
    public void stroke(Shape shape, Color colour, Pen pen) {
        float[] dashes = pen.dashed() ? new float[] {pen.dash()} : null;
        graphics.setStroke(new BasicStroke(pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
        graphics.setColor(colour);
        graphics.draw(shape);
    }

    @Override
    public void write(Text text, double x, double y) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(Math.toRadians(text.degrees()));
        graphics.setFont(text.font());
        graphics.setColor(text.colour());
        graphics.drawString(text.shown(), (float) -(text.anchor().share() * text.width()), 0);
        graphics.setTransform(before);
    }

    @Override
    public void show(BufferedImage image, Rectangle2D place) {
        AffineTransform into = AffineTransform.getTranslateInstance(place.getX(), place.getY());
        into.scale(place.getWidth() / image.getWidth(), place.getHeight() / image.getHeight());
        graphics.drawImage(image, into, null);
    }
}
