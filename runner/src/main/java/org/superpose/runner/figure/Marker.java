package org.superpose.runner.figure;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Locale;

/** The shapes of points. */
enum Marker {
    CIRCLE,
    SQUARE(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9),
    TRIANGLE_UP(0, -1.1, 1.1, 0.9, -1.1, 0.9),
    DIAMOND(0, -1.25, 1.1, 0, 0, 1.25, -1.1, 0),
    CROSS(
            -0.4, -1.1, 0.4, -1.1, 0.4, -0.4, 1.1, -0.4, 1.1, 0.4, 0.4, 0.4, 0.4, 1.1, -0.4, 1.1, -0.4, 0.4, -1.1, 0.4,
            -1.1, -0.4, -0.4, -0.4),
    TRIANGLE_DOWN(0, 1.1, 1.1, -0.9, -1.1, -0.9),
    TRIANGLE_RIGHT(1.1, 0, -0.9, 1.1, -0.9, -1.1);

    private final double[] corners;

    /** @param corners x and y in turn, in radii around the point, downwards as on a canvas; none for a circle */
    Marker(double... corners) {
        this.corners = corners;
    }

    /** The name in a Vega-Lite document. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The shape around a point. */
    Shape at(double x, double y, double radius) {
        if (corners.length == 0) {
            return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
        }
        Path2D.Double path = new Path2D.Double();
        path.moveTo(x + radius * corners[0], y + radius * corners[1]);
        for (int c = 2; c < corners.length; c += 2) {
            path.lineTo(x + radius * corners[c], y + radius * corners[c + 1]);
        }
        path.closePath();
        return path;
    }
}
