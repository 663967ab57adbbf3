package org.superpose.runner.figure;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A canvas that remembers the texts written on it and the places that they take. */
public final class WrittenTexts implements Canvas {
    /** Less than half the space between two lines. */
    private static final double SLACK = 2;

    private final List<Text> texts = new ArrayList<>();
    private final List<Area> places = new ArrayList<>();

    /** Draws a picture. */
    public static WrittenTexts of(Picture picture) {
        WrittenTexts canvas = new WrittenTexts();
        picture.draw(canvas);
        return canvas;
    }

    /** The texts in full. */
    public List<String> full() {
        return texts.stream().map(Text::full).toList();
    }

    /** One sentence for each text that lies on another one or beyond the edge of the picture. */
    public List<String> faults(Picture picture) {
        List<String> faults = new ArrayList<>();
        Rectangle2D all = new Rectangle2D.Double(0, 0, picture.width(), picture.height());
        for (int t = 0; t < texts.size(); t++) {
            if (!all.contains(places.get(t).getBounds2D())) {
                faults.add(texts.get(t).shown() + " lies beyond the edge");
            }
            for (int u = 0; u < t; u++) {
                Area common = new Area(places.get(t));
                common.intersect(places.get(u));
                if (!common.isEmpty()) {
                    faults.add(texts.get(t).shown() + " lies on " + texts.get(u).shown());
                }
            }
        }
        return faults;
    }

    @Override
    public void write(Text text, double x, double y) {
        double height = text.font().getSize();
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(Math.toRadians(text.degrees()));
        Rectangle2D line = new Rectangle2D.Double(
                -text.anchor().share() * text.width() + SLACK,
                -height + SLACK,
                Math.max(1, text.width() - 2 * SLACK),
                height - SLACK);
        texts.add(text);
        places.add(new Area(place.createTransformedShape(line)));
    }

    @Override
    public void fill(Shape shape, Color colour) {}

    @Override
    public void stroke(Shape shape, Color colour, Pen pen) {}

    @Override
    public void show(BufferedImage image, Rectangle2D place) {}
}
