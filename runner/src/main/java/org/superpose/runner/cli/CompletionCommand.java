package org.superpose.runner.cli;

import com.google.inject.Injector;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.superpose.runner.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code superpose completion}: a script that lets the shell complete commands, options, ids, parameters, names. */
@Command(
        name = "completion",
        description =
                "Prints a script for the shell, which then completes commands, options, ids, parameters, and the names of"
                        + " a network's features.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  source <(superpose completion bash)", "  superpose completion zsh > ~/.superpose-completion"})
final class CompletionCommand implements Callable<Integer> {
    private final Console console;
    private final Injector injector;

    /** The shells that there are scripts for; zsh takes that of bash and adapts itself. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell;

    @Inject
    CompletionCommand(Console console, Injector injector) {
        this.console = console;
        this.injector = injector;
    }

    @Override
    public Integer call() {
        CompletionScript.of(Main.commands(console, injector)).lines().forEach(console::result);
        return ExitStatus.DONE;
    }
}
