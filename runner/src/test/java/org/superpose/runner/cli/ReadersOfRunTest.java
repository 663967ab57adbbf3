package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.store.StoredResults;
import org.superpose.runner.store.file.StoreFile;

/** Those who read the results while a run goes on, and those who print them slowly. */
@Tag("slow")
class ReadersOfRunTest {
    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void chooseFolder() {
        out = folder.resolve("out");
    }

    private Path experiment(int seeds) throws IOException {
        return Files.writeString(
                folder.resolve("e.yaml"),
                "experiment: dedicated-permutations\nproblem: permutation\nconstruction: dedicated\nparameters:\n"
                        + "  inputs: 64\nseeds: " + seeds + "\n");
    }

    /** A process of its own, whose reader is this one. */
    private Process run(int seeds) throws IOException {
        return new ProcessBuilder(
                        JavaRun.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        experiment(seeds).toString(),
                        "--out",
                        out.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Connection reader() {
        return StoreFile.patiently(new StoreFile(out)::openForReading);
    }

    private static String upTo(BufferedReader lines, String word) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains(word)) {
                return line;
            }
        }
        return "\"" + word + "\" never came: " + said;
    }

    private static String rest(BufferedReader lines) throws IOException {
        StringWriter rest = new StringWriter();
        lines.transferTo(rest);
        return rest.toString();
    }

    private int rows() {
        try (StoredResults results = StoredResults.open(out)) {
            return results.rows().size();
        }
    }

    @Test
    void aRunWaitsForItsReadersAndNamesThem() throws Exception {
        Process run = run(40);
        try (BufferedReader err = run.errorReader()) {
            upTo(err, "VERIFIED in");
            try (Connection reader = reader()) {
                assertFalse(reader.isClosed());
                String line = upTo(err, "waiting for");
                assertTrue(line.contains("(PID " + ProcessHandle.current().pid() + ")"), line);
                assertTrue(line.contains("results.duckdb open"), line);
            }
            String rest = rest(err);
            assertEquals(ExitStatus.DONE, run.waitFor(), rest);
        }
        assertEquals(40, rows());
        assertFalse(Files.exists(out.resolve("results.waiting")));
    }

    @Test
    void aRunThatIsToldToEndWhileAReaderHoldsItsResultsKeepsWhatIsDoneBesideThem() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: no signals on this system");
        Process run = run(40);
        String rest;
        try (BufferedReader err = run.errorReader()) {
            upTo(err, "VERIFIED in");
            try (Connection reader = reader()) {
                assertFalse(reader.isClosed());
                upTo(err, "waiting for");
                run.toHandle().destroy(); // does what Ctrl-C does, for processes whose parent ignores that
                rest = rest(err);
                assertEquals(128 + 15, run.waitFor(), rest);
            }
        }
        assertTrue(rest.contains("the last units are kept in " + out.resolve("results.waiting")), rest);
        assertTrue(rest.contains("To resume: superpose run"), rest);
        Printed early = superpose("results", out);
        assertTrue(early.err().matches("(?s).*[0-9]+ units are done but not among the results yet.*"), early.err());
        Printed resumed = superpose("run", folder.resolve("e.yaml"), "--out", out, "--resume");
        assertEquals(ExitStatus.DONE, resumed.status(), resumed.err());
        assertTrue(resumed.err().contains("40 of 40 units are done already"), resumed.err());
        assertEquals(40, rows());
        assertEquals("", superpose("results", out).err());
    }

    /** Takes down whether the store could be written to whenever something was printed. */
    private final class Watching extends Writer {
        private int times;
        private String refused = "";

        @Override
        public void write(char[] text, int from, int length) {
            times++;
            try {
                new StoreFile(out).openForWriting().close();
            } catch (Exception busy) {
                refused = busy.getMessage();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void resultsAreClosedBeforeTheyArePrinted() throws IOException {
        assertEquals(
                ExitStatus.DONE,
                superpose("run", experiment(3), "--out", out, "--quiet").status());
        for (String format : List.of("table", "csv", "json")) {
            Watching watching = new Watching();
            int status = Main.run(
                    new Console(new PrintWriter(watching), new PrintWriter(Writer.nullWriter()), false),
                    "results",
                    out.toString(),
                    "--sql",
                    "SELECT * FROM measurements",
                    "--format",
                    format);
            assertEquals(ExitStatus.DONE, status);
            assertTrue(watching.times > 0, format);
            assertEquals("", watching.refused, format);
        }
    }

    @Test
    void resultsAreClosedBeforeTheyGoIntoAPipe() throws Exception {
        assertEquals(
                ExitStatus.DONE,
                superpose("run", experiment(3), "--out", out, "--quiet").status());
        Path pipe = folder.resolve("pipe.csv");
        assumeTrue(mkfifo(pipe), "skipped: no named pipes on this system");
        FutureTask<Printed> command = new FutureTask<>(() -> superpose(
                "results", out, "--sql", "SELECT range FROM range(100000)", "--format", "csv", "-o", pipe, "--force"));
        new Thread(command).start();
        try (InputStream in = Files.newInputStream(pipe)) {
            assertTrue(in.read() >= 0);
            new StoreFile(out).openForWriting().close(); // though most of it is not read yet
            in.transferTo(OutputStream.nullOutputStream());
        }
        assertEquals(ExitStatus.DONE, command.get().status(), command.get().err());
    }

    private static boolean mkfifo(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException unknown) {
            return false;
        }
    }
}
