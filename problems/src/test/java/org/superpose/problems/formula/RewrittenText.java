package org.superpose.problems.formula;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates the text of a formula by replacing: names by 0 and 1, then what has a value by its value, until one digit
 * is left. It shares nothing with the parser, not even the idea of a tree.
 */
public final class RewrittenText {
    private static final Pattern NAME =
            Pattern.compile("'((?:[^']|'')*)'|\"((?:[^\"]|\"\")*)\"|\\p{L}[\\p{L}\\d'·._-]*");
    private static final Pattern INNERMOST = Pattern.compile("(?<![t])\\(([^()]*)\\)|at-least\\(([^()]*)\\)");
    private static final Pattern AND = Pattern.compile("([01])&([01])");
    private static final Pattern XOR = Pattern.compile("([01])\\^([01])");
    private static final Pattern OR = Pattern.compile("([01])\\|([01])");

    private RewrittenText() {}

    /** The value of a formula where the names have the given values. */
    public static boolean value(String formula, Map<String, Boolean> values) {
        String text = NAME.matcher(formula)
                .replaceAll(match -> match.group().equals("at-least") ? "at-least" : bit(values, match.group()));
        text = text.replaceAll("\\s+", "");
        Matcher innermost = INNERMOST.matcher(text);
        while (innermost.find()) {
            String value = innermost.group(1) != null ? flat(innermost.group(1)) : atLeast(innermost.group(2));
            text = text.substring(0, innermost.start()) + value + text.substring(innermost.end());
            innermost = INNERMOST.matcher(text);
        }
        return flat(text).equals("1");
    }

    private static String bit(Map<String, Boolean> values, String written) {
        char quote = written.charAt(0);
        String name = quote == '\'' || quote == '"'
                ? written.substring(1, written.length() - 1).replace("" + quote + quote, "" + quote)
                : written;
        return values.get(name) ? "1" : "0";
    }

    private static String flat(String operators) {
        String text = operators;
        while (text.contains("!")) {
            text = text.replace("!!", "").replace("!0", "1").replace("!1", "0");
        }
        text = reduced(text, AND, "11");
        text = reduced(text, XOR, "01 10");
        return reduced(text, OR, "01 10 11");
    }

    private static String reduced(String operators, Pattern pair, String on) {
        String text = operators;
        for (Matcher next = pair.matcher(text); next.find(); next = pair.matcher(text)) {
            text = text.substring(0, next.start())
                    + (on.contains(next.group(1) + next.group(2)) ? "1" : "0")
                    + text.substring(next.end());
        }
        return text;
    }

    private static String atLeast(String arguments) {
        String[] parts = arguments.split(",");
        int left = Integer.parseInt(parts[0]);
        for (int t = 1; t < parts.length; t++) {
            int star = parts[t].indexOf('*');
            int weight = star < 0 ? 1 : Integer.parseInt(parts[t].substring(0, star));
            left -= flat(parts[t].substring(star + 1)).equals("1") ? weight : 0;
        }
        return left <= 0 ? "1" : "0";
    }
}
