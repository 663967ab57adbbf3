package org.superpose.runner.cli;

import org.superpose.runner.workbench.ShellWords;
import picocli.CommandLine;

/** The examples at the end of a help text: commands that are longer than a line go on as a shell reads them. */
final class CommandExamples {
    private static final String INDENT = "  ";

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
                ShellWords.wrapped(String.format(line), INDENT, usage.width())
                        .forEach(part -> text.append(part).append(System.lineSeparator()));
            } else {
                text.append(CommandLine.Help.join(
                        help.colorScheme().ansi(), usage.width(), true, new String[] {line}, new StringBuilder()));
            }
        }
        return text.toString();
    }
}
