package org.superpose.runner.figure;

/** Something that can be drawn, on white ground. */
public interface Picture {
    /** In units of the canvas. */
    int width();

    /** In units of the canvas. */
    int height();

    /** Draws the whole picture. */
    void draw(Canvas canvas);
}
