package org.superpose.runner.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Commands as text that a shell reads back as the same words. */
public final class ShellWords {
    private static final String CONTINUED = " \\";
    private static final String FURTHER_IN = "    ";
    /** A word with what is quoted in it: a line that ends within quotes would put its indentation into them. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private ShellWords() {}

    /**
     * Joins words, quoted where a shell would take them apart.
     *
     * @param program the first word
     * @param arguments the others
     */
    public static String join(String program, List<String> arguments) {
        StringBuilder command = new StringBuilder(program);
        for (String argument : arguments) {
            command.append(' ').append(quote(argument));
        }
        return command.toString();
    }

    /**
     * A command in lines that can be copied together.
     *
     * @param indent what the first line begins with; the others begin further in
     * @param width what lines are shorter than, unless a word is not
     */
    public static List<String> wrapped(String command, String indent, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word :
                WORD.matcher(command).results().map(MatchResult::group).toList()) {
            if (line.isEmpty()) {
                line = indent + word;
            } else if (line.length() + 1 + word.length() + CONTINUED.length() < width) {
                line += " " + word;
            } else {
                lines.add(line + CONTINUED);
                line = indent + FURTHER_IN + word;
            }
        }
        lines.add(line);
        return lines;
    }

    private static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./^-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
