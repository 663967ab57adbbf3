package org.superpose.runner.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.text.Printable;

/**
 * Where a command writes: results to {@code out}, words for people to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param interactive true if a person watches standard error, so that progress bars make sense
 * @param coloured true if verdicts on standard output are coloured
 * @param quiet true if remarks, progress and next steps are left out
 */
public record Console(PrintWriter out, PrintWriter err, boolean interactive, boolean coloured, boolean quiet) {
    private static final Map<String, String> COLOURS =
            Map.of("VERIFIED", "\u001b[1;32m", "REFUTED", "\u001b[1;31m", "UNDECIDED", "\u001b[1;33m");
    private static final String PLAIN = "\u001b[0m";

    /** Prints one JSON document on standard output. */
    public void json(Object document) {
        jsonText(document).lines().forEach(this::result);
    }

    /** Prints one JSON document about a file that was written, as {@link #summary(Path, String)} does. */
    public void summary(Path written, Map<String, Object> document) {
        jsonText(document).lines().forEach(line -> summary(written, line));
    }

    /** A JSON document that is written part by part. */
    @FunctionalInterface
    public interface JsonDocument {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** Prints one JSON document on standard output without holding all of it. */
    public void json(JsonDocument document) {
        try (JsonGenerator json = Json.MAPPER.writerWithDefaultPrettyPrinter().createGenerator(Printable.lines(out))) {
            document.writeTo(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        result("");
    }

    /** A document as it is printed. */
    public static String jsonText(Object document) {
        try {
            return Json.MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a result could not be written as JSON", impossible);
        }
    }

    /** Prints one line of results; what could deceive a reader is escaped. */
    public void result(String line) {
        out.println(Printable.line(line));
        out.flush();
    }

    /** A console without colours that says everything. */
    public Console(PrintWriter out, PrintWriter err, boolean interactive) {
        this(out, err, interactive, false, false);
    }

    /** The same console without remarks, progress and next steps. */
    public Console quieted() {
        return new Console(out, err, false, coloured, true);
    }

    /**
     * Prints one line of results with a verdict in it. Only the verdict at that place is coloured, never a word of the
     * same letters in a name.
     *
     * @param at where the verdict begins in the line; less than 0 if there is none
     */
    public void verdict(String line, int at) {
        String shown = Printable.line(line);
        for (Map.Entry<String, String> colour : COLOURS.entrySet()) {
            String word = colour.getKey();
            if (coloured && at >= 0 && shown.equals(line) && line.startsWith(word, at)) {
                out.println(
                        line.substring(0, at) + colour.getValue() + word + PLAIN + line.substring(at + word.length()));
                out.flush();
                return;
            }
        }
        result(line);
    }

    /** Prints one line of results about a file that was written, unless that file is standard output itself. */
    public void summary(Path written, String line) {
        if (AtomicFile.isStandardOutput(written)) {
            say(line);
        } else {
            result(line);
        }
    }

    /** This console, unless a file that is written is standard output itself: results then go to standard error. */
    public Console beside(Path written) {
        return AtomicFile.isStandardOutput(written) ? new Console(err, err, interactive, coloured, quiet) : this;
    }

    /** Prints one line for people that they must not miss: a warning, an error, what is kept. */
    public void say(String line) {
        err.println(Printable.line(line));
        err.flush();
    }

    /** Prints one line for people, unless they asked for quiet. */
    public void note(String line) {
        if (!quiet) {
            say(line);
        }
    }

    /** Names the command that one is likely to want next, unless people asked for quiet. */
    public void next(String command) {
        note("next: " + command);
    }

    /** Loaded with the first document: most commands print text, and this takes them longer than all else. */
    private static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setDefaultPrettyPrinter(new DefaultPrettyPrinter()
                        .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                        .withArrayIndenter(new DefaultIndenter("  ", "\n")));
    }
}
