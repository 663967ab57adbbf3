package org.superpose.runner.workbench;

import java.util.List;

/** Commands as text that a shell reads back as the same words. */
public final class ShellWords {
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

    private static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./^-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
