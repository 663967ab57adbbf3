package org.superpose.dist;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.superpose.runner.cli.CompletionScript;
import org.superpose.runner.cli.Main;
import org.superpose.runner.cli.output.Console;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes what the archive says about the commands, from their declarations: manual pages and completion. */
public final class CommandDocuments {
    private CommandDocuments() {}

    /** @param arguments the folder for the sources of the manual pages (AsciiDoc), and that for the completion */
    public static void main(String[] arguments) throws IOException {
        PrintWriter err = new PrintWriter(System.err, true);
        CommandLine commands = Main.commands(new Console(err, err, false));
        Path manual = Files.createDirectories(Path.of(arguments[0]));
        int status = ManPageGenerator.generateManPage(
                manual.toFile(), null, new boolean[0], true, commands.getCommandSpec());
        if (status != 0) {
            throw new IOException("the manual pages could not be written");
        }
        Path completion = Files.createDirectories(Path.of(arguments[1]));
        Files.writeString(completion.resolve("superpose.bash"), CompletionScript.of(commands));
    }
}
