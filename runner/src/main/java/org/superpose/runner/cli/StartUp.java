package org.superpose.runner.cli;

import java.io.PrintWriter;
import java.io.Writer;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.cli.output.Console;

/**
 * Loads the classes that the short commands need and those that every other command begins with. The launcher runs it
 * once to find out what belongs into its archive of classes.
 */
final class StartUp {
    private static final String[][] COMMANDS = {
        {"--version"},
        {"--help"},
        {"list"},
        {"list", "--json"},
        {"bounds", "--problem", "two-and", "--set", "inputs=64", "--set", "outputs=64"},
        {"doctor"},
        {"verify", "--help"},
        {"nosuch"}
    };

    private StartUp() {}

    /** Runs the short commands and prints nothing. */
    public static void main(String[] arguments) {
        Console nowhere =
                new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);
        for (String[] command : COMMANDS) {
            int status = Main.run(nowhere, command);
            if (status == ExitStatus.INTERNAL_ERROR) {
                throw new InvalidInputException("superpose " + String.join(" ", command) + " failed");
            }
        }
    }
}
