package org.superpose.runner.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.superpose.runner.cli.output.Console;

/** What a command line printed to standard output and to standard error, and its exit status. */
record Printed(int status, String out, String err) {
    /**
     * Runs a command line as a script sees it, in this process.
     *
     * @param words each the text of an object, or an array of several
     */
    static Printed superpose(Object... words) {
        List<String> arguments = new ArrayList<>();
        for (Object word : words) {
            if (word instanceof Object[] several) {
                for (Object each : several) {
                    arguments.add(each.toString());
                }
            } else {
                arguments.add(word.toString());
            }
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(
                new Console(new PrintWriter(out), new PrintWriter(err), false), arguments.toArray(String[]::new));
        return new Printed(status, out.toString(), err.toString());
    }

    /** Standard output as one JSON document. */
    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }
}
