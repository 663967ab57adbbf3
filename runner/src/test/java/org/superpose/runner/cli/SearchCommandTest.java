package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.Superpose;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.workbench.WidthSearch;

/** The width search as a person or a script sees it. */
class SearchCommandTest {
    private static final String[] SEARCH = {
        "search",
        "--problem",
        "permutation",
        "--construction",
        "clipped-permutation",
        "--set",
        "inputs=64",
        "--set",
        "max-active=1",
        "--instances",
        "3",
        "--json"
    };

    @TempDir
    Path folder;

    private record Printed(int status, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private static Printed superpose(String[] arguments, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(
                new Console(new PrintWriter(out), new PrintWriter(err), false),
                Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new));
        return new Printed(status, out.toString(), err.toString());
    }

    @Test
    void theSearchTellsTheSuccessRateAtEveryWidthAndTheMedianBesideTheBest() throws IOException {
        Printed printed = superpose(SEARCH);
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        JsonNode found = printed.json();
        int best = found.get("width").intValue();
        assertTrue(found.get("median_width").intValue() >= best);
        assertTrue(found.get("success_rate_low").doubleValue()
                < found.get("success_rate").doubleValue());
        int before = 0;
        for (JsonNode width : found.get("widths")) {
            assertTrue(width.get("width").intValue() > before, "widths ascend");
            before = width.get("width").intValue();
            if (before < best) {
                assertEquals(0, width.get("verified_instances").intValue(), "nothing below the smallest is verified");
            }
            if (before == found.get("median_width").intValue()) {
                assertTrue(width.get("verified_instances").intValue() >= 2, "half of three instances");
            }
        }
    }

    @Test
    void aSearchThatIsResumedMakesNoTrialAgainAndComesToTheSame() throws IOException {
        String out = folder.resolve("search").toString();
        JsonNode first = superpose(SEARCH, "-o", out).json();
        Printed again = superpose(SEARCH, "-o", out);
        assertEquals(ExitStatus.BAD_INPUT, again.status());
        assertTrue(again.err().contains("--resume"), again.err());

        Printed resumed = superpose(SEARCH, "-o", out, "--resume");
        assertEquals(first, resumed.json());
        assertTrue(resumed.err().contains("trials are done already"), resumed.err());
        assertFalse(resumed.err().contains("in 0."), "a trial was made again: " + resumed.err());

        Printed other = superpose(SEARCH, "-o", out, "--resume", "--seed", "7");
        assertEquals(ExitStatus.BAD_INPUT, other.status());
        assertTrue(other.err().contains("seed was 1 and is now 7"), other.err());
    }

    @Test
    void aSearchThatAProgramBeganIsResumedByTheCommand() throws IOException, InterruptedException {
        WidthSearch.Result began = Superpose.builder()
                .build()
                .search("permutation", "clipped-permutation")
                .set("inputs", 64)
                .set("max-active", 1)
                .instances(3)
                .out(folder)
                .run();
        Printed resumed = superpose(SEARCH, "-o", folder.toString(), "--resume");
        assertEquals(
                began.best().orElseThrow().width(), resumed.json().get("width").intValue());
        assertFalse(resumed.err().contains("in 0."), "a trial was made again: " + resumed.err());
    }

    @Test
    void aConstructionThatDoesNotBuildForTheProblemIsRefusedBeforeAnythingRuns() {
        Printed printed = superpose(new String[] {
            "search", "--problem", "two-and", "--construction", "clipped-permutation", "--set", "inputs=16"
        });
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("does not accept this two-and"), printed.err());
        assertFalse(printed.err().contains("n ="), printed.err());
    }

    @Test
    void moreTrialsThanCanBePlannedAreRefusedWithWhatToChange() {
        Printed printed = superpose(SEARCH, "--resolution", "0", "--up-to", "1000000");
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("take a coarser --resolution"), printed.err());
    }
}
