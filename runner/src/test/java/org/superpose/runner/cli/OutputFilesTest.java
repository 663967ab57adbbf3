package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    private static final String[] SMALL = {
        "--problem",
        "two-and",
        "--construction",
        "clipped-and",
        "--set",
        "inputs=16",
        "--set",
        "outputs=16",
        "--set",
        "width=48"
    };

    @TempDir
    Path folder;

    private Path network() {
        Path file = folder.resolve("net.superpose.zip");
        assertEquals(ExitStatus.DONE, superpose("build", SMALL, "-o", file).status());
        return file;
    }

    @Test
    void aNetworkThatIsNotBuiltInTimeIsNotWritten() {
        Path file = folder.resolve("late.superpose.zip");
        Printed late = superpose("build", SMALL, "--max-seconds", "1e-9", "-o", file);
        assertEquals(ExitStatus.UNDECIDED, late.status(), late.err());
        assertTrue(
                late.err().contains("superpose: building by clipped-and was given up: the budget of 1.0E-9 s ran out"),
                late.err());
        assertTrue(Files.notExists(file));
        Printed refused = superpose("build", SMALL, "--max-seconds", "0", "-o", file);
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("--max-seconds 0.0 must be a positive number"), refused.err());
    }

    @Test
    void anExportHasTheFormatOfItsEndingUnlessOneIsNamed() throws IOException {
        Path net = network();
        for (String ending : new String[] {"npz", "safetensors", "onnx"}) {
            Path named = folder.resolve("named." + ending);
            Path guessed = folder.resolve("guessed." + ending);
            assertEquals(
                    ExitStatus.DONE,
                    superpose("export", net, "--format", ending, "-o", named).status());
            assertEquals(
                    ExitStatus.DONE, superpose("export", net, "-o", guessed).status());
            assertArrayEquals(Files.readAllBytes(named), Files.readAllBytes(guessed), ending);
        }
        Path other = folder.resolve("net.txt");
        Printed refused = superpose("export", net, "-o", other);
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("the ending is not one of .npz"), refused.err());
        assertTrue(Files.notExists(other));
    }

    private Path results() throws IOException {
        Path experiment = Files.writeString(
                folder.resolve("e.yaml"),
                "experiment: two\nproblem: two-and\nconstruction: clipped-and\nparameters:\n  inputs: 16\n  width: 48\n");
        Path out = folder.resolve("out");
        Printed run = superpose("run", experiment, "--out", out, "--quiet");
        assertEquals(ExitStatus.DONE, run.status(), run.err());
        return out;
    }

    private static void assertRefusedAndKept(Path kept, String words, Object... command) throws IOException {
        byte[] before = Files.readAllBytes(kept);
        Printed refused = superpose(command);
        assertEquals(ExitStatus.BAD_INPUT, refused.status(), refused.err());
        assertTrue(refused.err().contains(words), refused.err());
        assertArrayEquals(before, Files.readAllBytes(kept));
    }

    @Test
    void aCommandNeverWritesTheFileThatItReads() throws IOException {
        Path net = network();
        Path link = Files.createSymbolicLink(folder.resolve("link"), net);
        Path picture = Files.createLink(folder.resolve("picture.svg"), net);
        String words = "is what the command reads";
        assertRefusedAndKept(net, words, "export", net, "--format", "npz", "-o", net, "--force");
        assertRefusedAndKept(net, words, "export", net, "--format", "npz", "-o", link, "--force");
        assertRefusedAndKept(net, words, "inspect", net, "--plot", picture, "--force");
        assertRefusedAndKept(net, words, "import", net, "-o", net, "--force");
        Path pairs = Files.writeString(folder.resolve("pairs"), "a,b\nb,c\n");
        assertRefusedAndKept(pairs, words, new Object[] {
            "build",
            "--problem",
            "pairs-file",
            "--construction",
            "clipped-and",
            "-s",
            "file=" + pairs,
            "-s",
            "width=40",
            "-o",
            pairs,
            "--force"
        });
    }

    @Tag("slow")
    @Test
    void theStoreThatACommandReadsIsNotWritten() throws IOException {
        Path out = results();
        Path store = out.resolve("results.duckdb");
        String words = "belongs to the results";
        for (String format : new String[] {"table", "csv", "json", "parquet"}) {
            assertRefusedAndKept(store, words, "results", out, "--format", format, "-o", store, "--force");
        }
        assertRefusedAndKept(store, words, "report", out, "-o", store, "--force");
        Path link = Files.createSymbolicLink(folder.resolve("rows.csv"), store);
        assertRefusedAndKept(store, words, "results", out, "--format", "csv", "-o", link, "--force");
        assertRefusedAndKept(store, words, "results", out, "-o", out.resolve("results.lock"), "--force");
        assertRefusedAndKept(store, words, "results", out, "-o", out.resolve("results.duckdb.wal"), "--force");
    }

    @Tag("slow")
    @Test
    void aFileThatExistsIsReplacedOnlyByForce() throws IOException {
        Path net = network();
        String words = "the file exists; to replace it, add --force";
        assertRefusedAndKept(net, words, "build", SMALL, "-o", net);
        assertEquals(
                ExitStatus.DONE,
                superpose("build", SMALL, "--seed", "2", "-o", net, "--force").status());
        Path npz = folder.resolve("net.npz");
        assertEquals(
                ExitStatus.DONE,
                superpose("export", net, "--format", "npz", "-o", npz).status());
        assertRefusedAndKept(npz, words, "export", net, "--format", "npz", "-o", npz);
        assertRefusedAndKept(net, words, "import", npz, "-o", net);
        Path rows = Files.writeString(folder.resolve("rows"), "mine");
        assertRefusedAndKept(rows, words, "results", results(), "-o", rows);
        Path empty = Files.createFile(folder.resolve("empty.npz"));
        assertEquals(
                ExitStatus.DONE,
                superpose("export", net, "--format", "npz", "-o", empty).status());
    }

    @Test
    void aNameThatPromisesAnotherFormatIsRefusedWithTheRightCommand() throws IOException {
        Path net = network();
        Path onnx = folder.resolve("net.onnx");
        assertRefusedAndKept(
                net,
                "the name says ONNX, but this command writes a file *.superpose.zip; for ONNX: superpose export"
                        + " NET.superpose.zip --format onnx",
                "build",
                SMALL,
                "-o",
                onnx);
        assertRefusedAndKept(net, "--format onnx", "export", net, "--format", "npz", "-o", onnx);
        Path out = results();
        assertRefusedAndKept(net, "--format csv", "results", out, "--format", "json", "-o", folder.resolve("rows.CSV"));
        assertRefusedAndKept(net, "superpose report DIR", "results", out, "-o", folder.resolve("rows.html"));
        assertRefusedAndKept(net, "a PNG picture", "report", out, "-o", folder.resolve("page.png"));
    }

    @Test
    void aLinkStaysALinkWhenItsFileIsReplaced() throws IOException {
        Path net = network();
        Path link = Files.createSymbolicLink(folder.resolve("current.superpose.zip"), net);
        assertEquals(
                ExitStatus.DONE,
                superpose("build", SMALL, "--seed", "2", "-o", link, "--force").status());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(ExitStatus.DONE, superpose("verify", net).status());
    }
}
