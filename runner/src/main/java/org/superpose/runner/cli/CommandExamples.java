package org.superpose.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The examples at the end of a help text: commands that are longer than a line go on as a shell reads them. */
final class CommandExamples {
    private static final String CONTINUED = " \\";
    private static final String INDENT = "      ";
    /** A word with what is quoted in it: a line that ends within quotes would put its indentation into them. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private CommandExamples() {}

    /** Shows the examples of a command and of all below it in this way; other lines of a footer as they are wrapped. */
    static void showIn(CommandLine command) {
        command.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER, CommandExamples::footer);
        command.getSubcommands().values().forEach(CommandExamples::showIn);
    }

    private static String footer(CommandLine.Help help) {
        CommandLine.Model.UsageMessageSpec usage = help.commandSpec().usageMessage();
        StringBuilder text = new StringBuilder();
        for (String line : usage.footer()) {
            if (line.startsWith("  superpose ")) {
                wrapped(String.format(line), usage.width())
                        .forEach(part -> text.append(part).append(System.lineSeparator()));
            } else {
                text.append(CommandLine.Help.join(
                        help.colorScheme().ansi(), usage.width(), true, new String[] {line}, new StringBuilder()));
            }
        }
        return text.toString();
    }

    /**
     * A command in lines that can be copied together.
     *
     * @param width what lines are not longer than, unless a word is
     */
    static List<String> wrapped(String command, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word :
                WORD.matcher(command).results().map(MatchResult::group).toList()) {
            if (line.isEmpty()) {
                line = "  " + word;
            } else if (line.length() + 1 + word.length() + CONTINUED.length() < width) {
                line += " " + word;
            } else {
                lines.add(line + CONTINUED);
                line = INDENT + word;
            }
        }
        lines.add(line);
        return lines;
    }
}
