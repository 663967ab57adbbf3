package org.superpose.runner.workbench;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.feature.FeatureNames;

/**
 * The names of two features that a reader cannot tell apart: they are the same but for the way that their characters
 * are composed, for characters that cannot be seen, or for the kind of their spaces.
 *
 * @param first the name of the feature that comes first
 * @param second the name of the other
 */
record LookAlike(String first, String second) {
    private static final char FIRST_PRINTED = ' ';
    private static final char LAST_PRINTED = '~';

    /**
     * The names that look like an earlier one, each with the first of these.
     *
     * @param most how many are wanted
     */
    static List<LookAlike> in(FeatureNames names, int most) {
        Map<String, String> firsts = new HashMap<>();
        List<LookAlike> found = new ArrayList<>();
        for (String name : names.names()) {
            String first = firsts.putIfAbsent(skeleton(name), name);
            if (first != null) {
                found.add(new LookAlike(first, name));
                if (found.size() >= most) {
                    break;
                }
            }
        }
        return found;
    }

    boolean isOneName() {
        return first.equals(second);
    }

    /** A sentence that shows what differs. */
    String describe(String features) {
        return isOneName()
                ? "two " + features + " are called \"" + visible(first) + "\""
                : "two " + features + " have names that look alike: \"" + visible(first) + "\" and \"" + visible(second)
                        + "\"";
    }

    /** What is left of a name when everything is taken away that does not change its looks. */
    private static String skeleton(String name) {
        if (name.chars().allMatch(LookAlike::isPlain)) {
            return name;
        }
        StringBuilder seen = new StringBuilder();
        decomposed(name).codePoints().filter(each -> !isUnseen(each)).forEach(seen::appendCodePoint);
        return decomposed(seen); // again: marks that an unseen character kept apart are put in order
    }

    /** Also turns spaces of any width, no-break spaces among them, into the common one. */
    private static String decomposed(CharSequence text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD);
    }

    private static boolean isUnseen(int character) {
        return Character.getType(character) == Character.FORMAT
                || Character.getType(character) == Character.CONTROL
                || character == 0x034F // combining grapheme joiner
                || character >= 0x115F && character <= 0x1160 // Hangul fillers
                || character >= 0x180B && character <= 0x180F // Mongolian selectors
                || character >= 0xFE00 && character <= 0xFE0F // variation selectors
                || character >= 0xE0100 && character <= 0xE01EF;
    }

    /** A name in ASCII: letters are escaped too, since two that look the same may be different. */
    private static String visible(String name) {
        StringBuilder shown = new StringBuilder();
        for (char each : name.toCharArray()) {
            shown.append(isPlain(each) ? String.valueOf(each) : String.format("\\u%04X", (int) each));
        }
        return shown.toString();
    }

    private static boolean isPlain(int character) {
        return character >= FIRST_PRINTED && character <= LAST_PRINTED;
    }
}
