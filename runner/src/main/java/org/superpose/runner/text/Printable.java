package org.superpose.runner.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Text that cannot deceive who reads it, on a terminal or on a page: characters that move the cursor, change colours or
 * direction, or cannot be seen are written as <code>&#92;u001B</code>, as in JSON. Names of features, ids and
 * parameters come from files of others.
 */
public final class Printable {
    private Printable() {}

    /** A text as one line. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /** A text in several lines, each of which is made printable. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    /** A writer of text in several lines, each of which is made printable. */
    public static Writer lines(Writer out) {
        return new Escaping(out);
    }

    private static String escaped(String text, boolean severalLines) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(each -> {
            if (severalLines && (each == '\n' || each == '\r') || !isDeceiving(each)) {
                printable.appendCodePoint(each);
            } else {
                for (char unit : Character.toChars(each)) {
                    printable.append(String.format("\\u%04X", (int) unit));
                }
            }
        });
        return printable.toString();
    }

    private static boolean isPlain(String text) {
        for (int t = 0; t < text.length(); t++) { // a report asks this of every field
            if (text.charAt(t) < ' ' || text.charAt(t) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDeceiving(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }

    /** Escapes piece by piece; the two halves of a character may come in two pieces. */
    private static final class Escaping extends FilterWriter {
        private String half = "";

        Escaping(Writer out) {
            super(out);
        }

        @Override
        public void write(int character) throws IOException {
            write(String.valueOf((char) character), 0, 1);
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            write(new String(characters, offset, length), 0, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            String all = half + text.substring(offset, offset + length);
            int end = all.length();
            if (end > 0 && Character.isHighSurrogate(all.charAt(end - 1))) {
                end--;
            }
            half = all.substring(end);
            out.write(escaped(all.substring(0, end), true));
        }
    }
}
