package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;
import org.superpose.runner.store.StoredResults;

/** Running experiments, and asking for their results, as on the command line. */
class RunCommandTest {
    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void chooseFolder() {
        out = folder.resolve("out");
    }

    /** An experiment of permutations with one neuron per feature. */
    private Path experiment(String name, String inputs, String more) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(
                file,
                "experiment: dedicated-permutations\nproblem: permutation\nconstruction: dedicated\n" + "parameters:\n"
                        + "  inputs: " + inputs + "\n" + more);
        return file;
    }

    private static JsonNode withoutTimes(JsonNode document) {
        document.get("measurements").forEach(row -> ((ObjectNode) row).remove("seconds"));
        return document;
    }

    @Test
    void theSameJsonIsPrintedWithAndWithoutAStore() throws IOException {
        Path file = experiment("e.yaml", "[8, 16, 24]", "");
        Printed plain = superpose("run", file, "--json");
        Printed stored = superpose("run", file, "--json", "--out", out);
        assertEquals(ExitStatus.DONE, stored.status(), stored.err());
        assertEquals(3, plain.json().get("measurements").size());
        assertEquals("dedicated-permutations", plain.json().get("experiment").textValue());
        assertEquals(
                withoutTimes(plain.json()).toString(),
                withoutTimes(stored.json()).toString());
        assertFalse(Files.exists(folder.resolve("results.duckdb")));
    }

    @Tag("slow")
    @Test
    void aResumedRunDoesNothingTwiceAndPrintsEverything() throws IOException {
        Path file = experiment("e.yaml", "[8, 16, 24]", "");
        assertEquals(0, superpose("run", file, "--out", out, "--unit", 2).status());
        Printed again = superpose("run", file, "--out", out, "--json");
        assertEquals(ExitStatus.BAD_INPUT, again.status());
        assertTrue(again.err().contains("add --resume"), again.err());
        Printed resumed = superpose("run", file, "--out", out, "--json", "--resume");
        assertEquals(ExitStatus.DONE, resumed.status(), resumed.err());
        assertTrue(resumed.err().contains("1 of 3 units are done already"), resumed.err());
        assertEquals(3, resumed.json().get("measurements").size());
        assertEquals(8, resumed.json().get("measurements").get(0).get("inputs").intValue());
        Printed nothing = superpose("run", file, "--out", out, "--json", "--resume");
        assertTrue(nothing.err().contains("3 of 3 units are done already"), nothing.err());
        assertEquals(resumed.out(), nothing.out());
    }

    @Tag("slow")
    @Test
    void anotherSeedOrAnotherFileIsNotResumed() throws IOException {
        Path file = experiment("e.yaml", "[8, 16]", "");
        superpose("run", file, "--out", out);
        Printed seed = superpose("run", file, "--out", out, "--resume", "--seed", 7);
        assertEquals(ExitStatus.BAD_INPUT, seed.status());
        assertTrue(seed.err().contains("seed was 1 and is now 7"), seed.err());
        Printed changed = superpose("run", experiment("e.yaml", "[8, 32]", ""), "--out", out, "--resume");
        assertEquals(ExitStatus.BAD_INPUT, changed.status());
        assertTrue(
                changed.err().contains("line 5 was \"inputs: [8, 16]\" and is now \"inputs: [8, 32]\""), changed.err());
        Printed other = superpose("run", "quickstart", "--out", out, "--resume");
        assertTrue(other.err().contains("experiment was dedicated-permutations and is now quickstart"), other.err());
    }

    /** Two-and needs at least two inputs for an output, which only shows when the unit runs. */
    private Path failing() throws IOException {
        Path file = folder.resolve("failing.yaml");
        Files.writeString(
                file,
                "experiment: failing\nproblem: two-and\nconstruction: dedicated\ncases:\n"
                        + "  - {inputs: 16, outputs: 131}\n  - {inputs: 16, outputs: 16}\n"
                        + "  - {inputs: 8, outputs: 8}\n");
        return file;
    }

    @Test
    void aUnitThatFailsIsRecordedTheOthersGoOnAndTheExitStatusSaysSo() throws IOException {
        Printed printed = superpose("run", failing(), "--out", out, "--json", "--threads", 1);
        assertEquals(ExitStatus.INTERNAL_ERROR, printed.status());
        assertTrue(printed.err().contains("1 unit failed"), printed.err());
        assertTrue(printed.err().contains("120"), printed.err());
        assertEquals(2, printed.json().get("measurements").size());
        Printed asked = superpose("results", out, "--format", "json", "--sql", "SELECT unit, status, error FROM units");
        assertEquals("failed", asked.json().get(0).get("status").textValue());
        assertTrue(asked.json().get(0).get("error").textValue().contains("120"), asked.out());
        assertEquals("done", asked.json().get(1).get("status").textValue());
    }

    @Test
    void aRunThatStopsAtTheFirstFailureLeavesTheRestForResume() throws IOException {
        Printed printed = superpose("run", failing(), "--out", out, "--on-failure", "stop", "--threads", 1);
        assertEquals(ExitStatus.INTERNAL_ERROR, printed.status());
        assertTrue(printed.err().contains("the run was stopped"), printed.err());
        Printed asked = superpose("results", out, "--format", "json");
        assertEquals("stopped", asked.json().get(0).get("status").textValue());
        assertEquals(1, asked.json().get(0).get("failed").intValue());
        assertTrue(asked.json().get(0).get("done").intValue() < 2);
    }

    @Tag("slow")
    @Test
    void resultsArePrintedAsTableCsvAndJsonAndWrittenToFiles() throws IOException {
        superpose("run", experiment("e.yaml", "[8, 16]", ""), "--out", out, "--quiet");
        String query = "SELECT inputs, width, verdict FROM measurements ORDER BY inputs";
        Printed table = superpose("results", out, "--sql", query);
        assertEquals(
                List.of(
                        "inputs  width  verdict",
                        "------  -----  --------",
                        "     8      8  VERIFIED",
                        "    16     16  VERIFIED"),
                table.out().lines().toList());
        assertEquals(
                List.of("inputs,width,verdict", "8,8,VERIFIED", "16,16,VERIFIED"),
                superpose("results", out, "--sql", query, "--format", "csv")
                        .out()
                        .lines()
                        .toList());
        Path file = folder.resolve("rows.json");
        assertEquals(
                0,
                superpose("results", out, "--sql", query, "--format", "json", "-o", file)
                        .status());
        assertEquals(
                "[{\"inputs\":8,\"width\":8,\"verdict\":\"VERIFIED\"},"
                        + "{\"inputs\":16,\"width\":16,\"verdict\":\"VERIFIED\"}]",
                new ObjectMapper().readTree(file.toFile()).toString());
        Printed binary = superpose("results", out, "--sql", query, "--format", "parquet");
        assertEquals(ExitStatus.BAD_INPUT, binary.status());
        assertTrue(binary.err().contains("-o FILE"), binary.err());
    }

    @Test
    void noColumnIsLostInJsonAndNumbersThatJsonLacksAreText() throws IOException {
        superpose("run", experiment("e.yaml", "[8]", ""), "--out", out, "--quiet");
        String sql = "SELECT 1 AS x, 2 AS x, 'nan'::DOUBLE AS n, 'inf'::DOUBLE AS p, '-inf'::FLOAT AS m, NULL AS none";
        assertEquals(
                "[{\"x\":1,\"x_2\":2,\"n\":\"NaN\",\"p\":\"Infinity\",\"m\":\"-Infinity\",\"none\":null}]",
                superpose("results", out, "--sql", sql, "--format", "json")
                        .json()
                        .toString());
    }

    @Tag("slow")
    @Test
    void filesThatAreMadeFromTheResultsAreListedWithThemOnce() throws IOException {
        superpose("run", experiment("e.yaml", "[8, 16]", ""), "--out", out, "--quiet");
        Path rows = folder.resolve("rows.csv");
        for (int twice = 0; twice < 2; twice++) {
            assertEquals(0, superpose("report", out).status());
            assertEquals(
                    0,
                    superpose("results", out, "--format", "csv", "-o", rows, "--force")
                            .status());
        }
        JsonNode listed = superpose(
                        "results",
                        out,
                        "--sql",
                        "SELECT kind, name, bytes FROM artefacts WHERE name NOT LIKE '%.svg' AND name NOT LIKE '%.png'"
                                + " ORDER BY kind",
                        "--format",
                        "json")
                .json();
        assertEquals(2, listed.size(), listed.toString());
        assertEquals("export", listed.get(0).get("kind").textValue());
        assertEquals(
                rows.toAbsolutePath().normalize().toString(),
                listed.get(0).get("name").textValue());
        assertEquals("report.html", listed.get(1).get("name").textValue());
        assertEquals(
                Files.size(Path.of(out.toString(), "report.html")),
                listed.get(1).get("bytes").longValue());
        long figures;
        try (Stream<Path> files = Files.walk(Path.of(out.toString()))) {
            figures = files.filter(file -> file.toString().matches(".*\\.(svg|png)"))
                    .count();
        }
        assertTrue(figures > 0 && figures % 2 == 0, figures + " figures");
        assertEquals(
                figures,
                superpose(
                                "results",
                                out,
                                "--sql",
                                "SELECT count(*) AS n FROM artefacts WHERE kind = 'figure'",
                                "--format",
                                "json")
                        .json()
                        .get(0)
                        .get("n")
                        .longValue());
    }

    @Test
    void quietMeansNoProgress() throws IOException {
        assertEquals(
                "", superpose("run", experiment("e.yaml", "8", ""), "--quiet").err());
    }

    @Tag("slow")
    @Test
    void aProcessThatIsToldToEndKeepsWhatIsDoneAndSaysHowToResume() throws IOException, InterruptedException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: no signals on this system");
        Path file = experiment("long.yaml", "512", "seeds: 5000\n");
        Process process = new ProcessBuilder(
                        JavaRun.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        file.toString(),
                        "--out",
                        out.toString(),
                        "--threads",
                        "1")
                .start();
        int done = 0;
        StringBuilder said = new StringBuilder();
        try (BufferedReader err = process.errorReader()) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                said.append(line).append('\n');
                if (line.contains("VERIFIED in") && ++done == 2) {
                    process.toHandle().destroy(); // does what Ctrl-C does, for processes whose parent ignores that
                }
            }
        }
        assertEquals(128 + 15, process.waitFor(), said.toString());
        assertTrue(said.toString().contains("To resume: superpose run " + file), said.toString());
        assertTrue(said.toString().stripTrailing().endsWith("--resume"), said.toString());
        try (StoredResults results = StoredResults.open(out)) {
            assertEquals(
                    "[[interrupted]]",
                    results.query("SELECT status FROM runs").rows().toString());
            assertTrue(results.rows().size() >= done, results.rows().size() + " rows");
        }
    }
}
