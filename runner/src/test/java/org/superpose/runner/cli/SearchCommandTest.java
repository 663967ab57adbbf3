package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.random.Seed;
import org.superpose.runner.Superpose;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
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

    @Test
    void theSearchTellsTheSuccessRateAtEveryWidthAndTheMedianBesideTheBest() throws IOException {
        Printed printed = superpose((Object[]) SEARCH);
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

    @Tag("slow")
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

    @Tag("slow")
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
    void theCommandThatIsPrintedBuildsTheNetworkThatWasFound() throws IOException {
        Printed printed = superpose(SEARCH, "--tries", "2", "--seed", "7");
        JsonNode found = printed.json();
        String command = found.get("build_command").textValue();
        Path file = folder.resolve("found.superpose.zip");
        String[] words = command.replace("net.superpose.zip", file.toString()).split(" ");
        assertEquals("superpose", words[0]);
        Printed built = superpose(Arrays.copyOfRange(words, 1, words.length), "--json");
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        assertEquals(
                digest(found, found.get("seed").longValue()),
                built.json().get("digest").textValue());
        for (String field : List.of("width", "seed", "instance_seed", "kappa", "weight_bits", "bit_efficiency")) {
            assertEquals(found.get(field), built.json().get(field), field);
        }
        assertEquals(ExitStatus.DONE, superpose("verify", file).status());
        assertNotEquals(found.get("instance_seed"), found.get("seed"), "the second network of an instance was found");
        assertNotEquals(
                digest(found, 7), built.json().get("digest").textValue(), "the seed of the search builds another");
        assertTrue(superpose(Arrays.copyOf(SEARCH, SEARCH.length - 1), "--tries", "2", "--seed", "7")
                .err()
                .contains("next: " + command));
    }

    /** The digest of the network that the search tried with a seed, at the width and for the instance that it found. */
    private static String digest(JsonNode found, long seed) {
        Assignments assignments = Assignments.parse(List.of(
                "inputs=64", "max-active=1", "width=" + found.get("width").intValue()));
        return NetworkDigest.of(Bench.workbench()
                .build(new NetworkRecipe(
                        "permutation",
                        "clipped-permutation",
                        assignments,
                        new Seed(found.get("instance_seed").longValue()),
                        new Seed(seed))));
    }

    @Test
    void aConstructionThatTakesNoWidthHasNoSmallestOneAndIsRefusedBeforeAnythingRuns() {
        Printed printed = superpose(
                "search",
                "--problem",
                "two-and",
                "--construction",
                "dedicated",
                "--set",
                "inputs=64",
                "--set",
                "outputs=64",
                "--from",
                "1",
                "--instances",
                "1");
        assertEquals(ExitStatus.BAD_INPUT, printed.status(), printed.out());
        assertTrue(printed.err().contains("construction dedicated takes no width"), printed.err());
        assertFalse(printed.err().contains("n ="), printed.err());
    }

    @Test
    void aConstructionThatDoesNotBuildForTheProblemIsRefusedBeforeAnythingRuns() {
        Printed printed = superpose(
                "search", "--problem", "two-and", "--construction", "clipped-permutation", "--set", "inputs=16");
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("does not accept this two-and"), printed.err());
        assertFalse(printed.err().contains("n ="), printed.err());
    }

    @Test
    void aWidthAtWhichNothingIsBuiltInTimeIsNotVerifiedAndTheSearchGoesOn() throws IOException {
        Printed printed = superpose(
                "search",
                "--problem",
                "two-and",
                "--construction",
                "clipped-and",
                "--set",
                "inputs=64",
                "--set",
                "outputs=64",
                "--from",
                "40",
                "--up-to",
                "80",
                "--instances",
                "1",
                "--max-seconds",
                "1e-9",
                "--json");
        assertEquals(ExitStatus.UNDECIDED, printed.status(), printed.err());
        assertTrue(printed.err().contains("n = 40, instance 1: OUT OF TIME in"), printed.err());
        assertTrue(printed.err().contains("n = 80, instance 1: OUT OF TIME in"), printed.err());
    }

    @Test
    void moreTrialsThanCanBePlannedAreRefusedWithWhatToChange() {
        Printed printed = superpose(SEARCH, "--resolution", "0", "--up-to", "1000000");
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("take a coarser --resolution"), printed.err());
    }

    @Test
    void aWidthCannotBeSetBecauseTheSearchChoosesIt() {
        for (String width : List.of("banana", "96")) {
            Printed refused = superpose(SEARCH, "--set", "width=" + width);
            assertEquals(ExitStatus.BAD_INPUT, refused.status());
            assertTrue(refused.err().contains("--set width=" + width + ": a search chooses the width"), refused.err());
        }
    }

    @Test
    void aListOfASweepThatNamesOneValueTwiceIsRefused() {
        Printed refused = superpose("run", "represent-versus-compute", "--set", "sizes=16,2^4");
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("sizes gives 16 twice"), refused.err());
    }
}
