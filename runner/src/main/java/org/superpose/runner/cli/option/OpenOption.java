package org.superpose.runner.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.cli.output.Console;
import picocli.CommandLine.Option;

/** {@code --open}: a page that was written opens in the browser. */
public final class OpenOption {
    @Option(names = "--open", description = "Opens the page in the browser.")
    private boolean open;

    /**
     * Insists that there is a file to open.
     *
     * @throws InvalidInputException if the page goes to standard output
     */
    public void check(Path page) {
        if (open && AtomicFile.isStandardOutput(page)) {
            throw new InvalidInputException("--open needs a file, but the page goes to standard output");
        }
    }

    /** Opens the page if that is asked for, else says how. */
    public void show(Console console, Path page) {
        if (AtomicFile.isStandardOutput(page)) {
            return;
        }
        if (!open) {
            console.note("open " + page + " in a browser; --open does that");
            return;
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String program = system.startsWith("mac") ? "open" : system.startsWith("windows") ? "explorer" : "xdg-open";
        try {
            new ProcessBuilder(program, page.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException nothingThere) {
            console.say("no browser could be started (" + nothingThere.getMessage() + "); open " + page);
        }
    }
}
