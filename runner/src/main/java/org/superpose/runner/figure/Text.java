package org.superpose.runner.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;
import org.superpose.runner.text.Printable;

/**
 * A line of text in a picture. Characters that an XML file cannot hold are question marks, and those that change the
 * direction or cannot be seen are escaped.
 *
 * @param shown what is written
 * @param full what an SVG file shows when one points at it, the same unless the text was abbreviated
 * @param font a logical font of Java, since SVG files know it by the family {@code sans-serif}
 * @param colour of the letters
 * @param anchor which part of it stands at its point
 * @param degrees by which it is turned clockwise about its point
 */
public record Text(String shown, String full, Font font, Color colour, Anchor anchor, int degrees) {
    private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);
    private static final String ELLIPSIS = "\u2026";

    /** Which part of a text stands at its point. */
    public enum Anchor {
        START,
        MIDDLE,
        END;

        /** The part of the line that lies before the point. */
        double share() {
            return ordinal() / 2.0;
        }
    }

    /** A horizontal text that starts at its point. */
    public static Text of(String text, Font font, Color colour) {
        String clean = clean(text);
        return new Text(clean, clean, font, colour, Anchor.START, 0);
    }

    private static String clean(String text) {
        int[] letters = text.codePoints()
                .map(letter -> isWritable(letter) ? letter : '?')
                .toArray();
        return Printable.line(new String(letters, 0, letters.length));
    }

    private static boolean isWritable(int letter) {
        boolean half = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
        return Character.isDefined(letter) && !Character.isISOControl(letter) && !half;
    }

    /** The same text with its middle or its end at the point. */
    public Text anchored(Anchor at) {
        return new Text(shown, full, font, colour, at, degrees);
    }

    /** The same text, turned clockwise. */
    public Text turned(int by) {
        return new Text(shown, full, font, colour, anchor, by);
    }

    /** The length of the line in units, by the metrics of this machine. */
    public double width() {
        return width(shown);
    }

    private double width(String of) {
        return font.getStringBounds(of, METRICS).getWidth();
    }

    /** The text in lines that are no longer than this, unless a word is. */
    public List<Text> wrapped(double units) {
        List<Text> lines = new ArrayList<>();
        String line = "";
        for (String word : shown.split(" ")) {
            if (!line.isEmpty() && width(line + " " + word) > units) {
                lines.add(of(line, font, colour));
                line = "";
            }
            line += (line.isEmpty() ? "" : " ") + word;
        }
        lines.add(of(line, font, colour));
        return lines;
    }

    /** The same text, its middle left out if it is longer than this. */
    Text within(double units) {
        if (width() <= units) {
            return this;
        }
        int[] letters = shown.codePoints().toArray();
        int fits = 2;
        for (int tooMany = letters.length; tooMany - fits > 1; ) {
            int kept = (fits + tooMany) / 2;
            if (width(without(letters, kept)) <= units) {
                fits = kept;
            } else {
                tooMany = kept;
            }
        }
        return new Text(without(letters, fits), full, font, colour, anchor, degrees);
    }

    private static String without(int[] letters, int kept) {
        int tail = kept / 2;
        return new String(letters, 0, kept - tail) + ELLIPSIS + new String(letters, letters.length - tail, tail);
    }
}
