package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.runner.cli.output.Console;

class StandardOutputTest {
    private final StringWriter err = new StringWriter();

    private static final class Failing extends OutputStream {
        private final String reason;

        Failing(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int value) throws IOException {
            throw new IOException(reason);
        }
    }

    private int status(OutputStream out, String... command) {
        StandardOutput results = new StandardOutput(out);
        Console console =
                new Console(new PrintWriter(results, false, StandardCharsets.UTF_8), new PrintWriter(err), false);
        return Main.withoutLoss(results, console, Main.run(console, command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "list --json",
                "--help",
                "--version",
                "bounds --problem two-and -s inputs=16 -s outputs=16"
            })
    void resultsThatCannotBePrintedAreAFailure(String command) {
        String[] words = command.split(" ");
        assertEquals(ExitStatus.INTERNAL_ERROR, status(new Failing("No space left on device"), words));
        assertEquals(
                List.of("superpose: standard output cannot be written: No space left on device"),
                err.toString().lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json", "--help"})
    void aReaderThatHasSeenEnoughIsNoFailure(String command) {
        assertEquals(ExitStatus.DONE, status(new Failing("Broken pipe"), command.split(" ")));
        assertEquals("", err.toString());
        assertEquals(ExitStatus.DONE, status(OutputStream.nullOutputStream(), command.split(" ")));
    }
}
