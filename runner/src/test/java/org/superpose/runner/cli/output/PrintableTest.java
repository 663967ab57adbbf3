package org.superpose.runner.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superpose.runner.text.Printable;

class PrintableTest {
    private static final String PAINTED = "a\u001b[2K\rVERIFIED\nb\u009b1m\u202ec\u200b\u00a0\u2028\u007f";
    private static final String SHOWN =
            "a\\u001B[2K\\u000DVERIFIED\\u000Ab\\u009B1m\\u202Ec\\u200B\\u00A0\\u2028\\u007F";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);

    @Test
    void whatMovesTheCursorOrCannotBeSeenIsEscaped() {
        assertEquals(SHOWN, Printable.line(PAINTED));
    }

    @Test
    void lettersOfAnyLanguageStay() {
        String names = "Füße, 木, 🦊, e\u0301";
        assertEquals(names, Printable.line(names));
        assertSame("plain", Printable.line("plain"));
    }

    @Test
    void halfACharacterIsEscaped() {
        assertEquals("\\uD83E", Printable.line("\ud83e"));
    }

    @Test
    void everyLineOfResultsAndOfWordsIsEscaped() {
        console.result(PAINTED);
        console.say(PAINTED);
        assertEquals(SHOWN, out.toString().strip());
        assertEquals(SHOWN, err.toString().strip());
    }

    @Test
    void aTableIsAlignedByWhatIsShown() {
        TextTable table = new TextTable(List.of("name", "n"));
        table.add(List.of("a\u001b", "1"));
        table.add(List.of("longer name", "22"));
        assertEquals(
                List.of("name          n", "-----------  --", "a\\u001B       1", "longer name  22"), table.lines());
    }

    @Test
    void documentsStayTheSameDocuments() throws IOException {
        Map<String, Object> document = Map.of("name", PAINTED);
        console.json(document);
        assertEquals(document, new ObjectMapper().readValue(out.toString(), Map.class));
        assertEquals(-1, out.toString().indexOf('\u202e'));
        out.getBuffer().setLength(0);
        console.json(json -> {
            json.writeStartObject();
            json.writeStringField("name", PAINTED + "🦊");
            json.writeEndObject();
        });
        assertEquals(
                PAINTED + "🦊",
                new ObjectMapper().readTree(out.toString()).get("name").textValue());
        assertEquals(-1, out.toString().indexOf('\u202e'));
    }

    @Test
    void aCharacterThatComesInTwoPiecesStaysWhole() throws IOException {
        Writer lines = Printable.lines(out);
        for (char unit : "x🦊\u202e\n".toCharArray()) {
            lines.write(unit);
        }
        assertEquals("x🦊\\u202E\n", out.toString());
    }
}
