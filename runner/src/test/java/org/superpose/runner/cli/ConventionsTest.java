package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.cli.option.Seconds;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.MeasurementTable;
import org.superpose.runner.workbench.Measurement;

/** What a person expects of a command line, whatever it is for. */
class ConventionsTest {
    @TempDir
    Path folder;

    @Test
    void aWordIsExplainedHoweverItIsWrittenAndAMisspeltOneIsSuggested() {
        Printed kappa = superpose("explain", "kappa");
        assertTrue(kappa.out().startsWith("kappa: n / sqrt(m' log2 m')"), kappa.out());
        assertEquals(
                superpose("explain", "n/limit").out(),
                superpose("explain", "limit_ratio").out());
        Printed misspelt = superpose("explain", "kapa");
        assertEquals(ExitStatus.BAD_INPUT, misspelt.status());
        assertTrue(misspelt.err().contains("did you mean \"kappa\"?"), misspelt.err());
        assertTrue(superpose("explain").out().lines().count() > 20);
    }

    @Test
    void oneIdIsListedWithItsParametersAndNothingElse() throws IOException {
        Printed one = superpose("list", "two-and");
        assertTrue(one.out().startsWith("PROBLEMS\n  two-and\n"), one.out());
        assertTrue(one.out().contains("--set inputs="), one.out());
        assertFalse(one.out().contains("permutation\n"), one.out());
        assertEquals(
                "two-and",
                superpose("list", "two-and", "--json")
                        .json()
                        .at("/problems/0/id")
                        .textValue());
        assertTrue(superpose("list", "two-adn").err().contains("did you mean \"two-and\"?"));
    }

    @Test
    void theHelpOfEveryCommandIsThatOfTheWholeCommandLine() {
        String whole = superpose("--help").out();
        Main.commands(new Console(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false))
                .getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(whole.contains("  " + name + " "), () -> name + " is not in " + whole));
        assertTrue(superpose("verify", "--help").out().contains("--max-seconds"), "a named command has its options");
    }

    @Test
    void aScriptForTheShellCompletesIdsAndParameters() {
        String script = superpose("completion", "bash").out();
        for (String word : List.of("two-and", "clipped-and", "theorem-3-2", "max-active=", "branch-and-bound")) {
            assertTrue(script.contains("\"" + word + "\""), word);
        }
        assertEquals(script, superpose("completion", "zsh").out(), "the script adapts itself to zsh");
    }

    /** In bash, with a command that answers in the place of the real one. */
    @Test
    void behindOnTheShellCompletesTheNamesOfTheNetworkThatTheLineNames() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: there is no bash");
        Files.writeString(folder.resolve("net.superpose.zip"), "");
        Files.writeString(
                folder.resolve("completion.sh"), superpose("completion", "bash").out());
        for (String[] typed : new String[][] {{"--on", "fre"}, {"--on", "=", "fre"}, {"--feature", "fre"}}) {
            String words = String.join(" ", typed);
            Process bash = new ProcessBuilder("/bin/bash", "-c", """
                    source completion.sh
                    superpose() { local IFS=' '; [ "$*" = 'inspect net.superpose.zip --features fre* --names' ] && printf 'free.\\nfreedom\\n'; }
                    COMP_WORDS=(superpose trace net.superpose.zip %s)
                    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                    _complete_superpose_names
                    echo "${COMPREPLY[@]}"
                    """.formatted(words))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertEquals("free. freedom", new String(bash.getInputStream().readAllBytes()).strip(), words);
        }
    }

    @Test
    void timesAreWrittenAsPeopleWriteThem() {
        Seconds seconds = new Seconds();
        Map.of("90", 90.0, "90s", 90.0, "1.5h", 5400.0, "1h30m", 5400.0, "250ms", 0.25, "2d", 172800.0)
                .forEach((text, value) -> assertEquals(value, seconds.convert(text), text));
        Path net = folder.resolve("net.superpose.zip");
        Printed built = superpose(
                "build", "--problem", "permutation", "--set", "inputs=2^4", "--construction", "dedicated", "-o", net);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        assertEquals(
                ExitStatus.DONE,
                superpose("verify", net, "--max-seconds", "1m", "--max-inputs", "1k")
                        .status());
        Printed wrong = superpose("verify", net, "--max-seconds", "soon");
        assertEquals(ExitStatus.BAD_INPUT, wrong.status());
        assertTrue(wrong.err().contains("nor a duration such as 90s"), wrong.err());
    }

    @Test
    void aDryRunNamesTheUnitsAndWhatIsSetTakesThePlaceOfTheFile() throws IOException {
        Path file = small();
        Path out = folder.resolve("out");
        Printed dry = superpose("run", file, "--dry-run", "--out", out);
        assertEquals(2, dry.out().lines().count(), dry.out());
        assertTrue(dry.err().contains("2 units"), dry.err());
        assertFalse(Files.exists(out), "a dry run leaves nothing");
        Printed set = superpose("run", file, "--set", "inputs=4,5,6", "--dry-run");
        assertEquals(3, set.out().lines().count(), set.out());
        assertTrue(set.out().contains("inputs 5"), set.out());
        Printed wrong = superpose("run", file, "--set", "inputs=4,none", "--dry-run");
        assertTrue(wrong.err().contains("\"none\" must be a whole number"), wrong.err());
    }

    private Path small() throws IOException {
        return Files.writeString(folder.resolve("sweep.yaml"), """
                experiment: small
                problem: permutation
                construction: dedicated
                cases: [{inputs: 8}, {inputs: 16}]
                """);
    }

    @Tag("slow")
    @Test
    void aReportFindsTheResultsBelowAFolderAndSaysWhereThereAreNone() throws IOException {
        assertEquals(
                ExitStatus.DONE,
                superpose("run", small(), "-q", "--out", folder.resolve("a/b")).status());
        Printed dry = superpose("run", small(), "--dry-run", "--out", folder.resolve("a/b"));
        assertTrue(dry.err().contains(" s each of those that"), dry.err());
        Printed report = superpose("report", folder, "--no-figures");
        assertTrue(
                report.out().strip().endsWith(Path.of("a", "b", "report.html").toString()), report.out());
        Printed none = superpose("report", folder.resolve("a/b").resolve("report.html"), "--no-figures");
        assertEquals(ExitStatus.BAD_INPUT, none.status());
    }

    @Test
    void onlyTheVerdictItselfIsColouredNeverAName() {
        StringWriter out = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(out), false, true, false);
        MeasurementTable.print(
                console,
                List.of(Measurement.of(Map.of("problem", "VERIFIED", "verdict", "REFUTED"))),
                List.of("problem", "verdict"));
        assertTrue(out.toString().contains("VERIFIED  \u001b[1;31mREFUTED\u001b[0m"), out.toString());
        assertFalse(out.toString().contains("\u001b[1;32m"), out.toString());
    }

    @Test
    void coloursFollowTheOptionTheTerminalAndTheEnvironment() {
        Map<String, String> colourful = Map.of("TERM", "xterm");
        assertTrue(FirstOptions.of("list").colours(true, colourful));
        assertFalse(FirstOptions.of("list").colours(false, colourful));
        assertFalse(FirstOptions.of("list").colours(true, Map.of("TERM", "dumb")));
        assertFalse(FirstOptions.of("list").colours(true, Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertTrue(FirstOptions.of("list", "--color=always").colours(false, Map.of()));
        assertFalse(FirstOptions.of("--color", "never", "list").colours(true, colourful));
    }
}
