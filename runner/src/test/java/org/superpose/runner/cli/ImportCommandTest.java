package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.problem.Gates;

/** Networks made elsewhere, imported as a person does it. */
class ImportCommandTest {
    private static final Path FILES = Path.of("..", "interop", "src", "test", "resources", "foreign");
    private static final Path MODEL = FILES.resolve("and-64-v3.safetensors");
    private static final Path PAIRS = FILES.resolve("and-64-v3.pairs.csv");
    private static final Path GUIDE = Path.of("..", "docs", "foreign-networks.md");

    @TempDir
    Path folder;

    private Path net() {
        return folder.resolve("net.superpose.zip");
    }

    private BuiltNetwork imported(Object... words) {
        Printed printed = superpose("import", "-o", net(), "--force", words);
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        return NetworkFile.read(net());
    }

    private void assertRefused(String part, Object... words) {
        Printed printed = superpose("import", "-o", folder.resolve("none.superpose.zip"), words);
        assertEquals(ExitStatus.BAD_INPUT, printed.status(), printed.err());
        assertTrue(printed.err().contains(part), printed.err());
        assertFalse(Files.exists(folder.resolve("none.superpose.zip")));
    }

    @Test
    void aModelIsImportedAgainstAFileOfPairs() {
        BuiltNetwork built = imported(MODEL, "--truth", PAIRS, "--max-active", 3);
        assertEquals(InputDomain.sparse(64, 3), built.network().domain());
        assertEquals(FeatureSet.of(0), built.instance().evaluate(FeatureSet.of(38, 39)));
        PlainEvaluator evaluator = new PlainEvaluator(built.network());
        for (FeatureSet active : InputDomain.sparse(64, 2)) {
            assertEquals(built.instance().evaluate(active), evaluator.evaluate(active));
        }
        Printed said = superpose("import", MODEL, "-o", net(), "--force", "--truth", PAIRS, "--max-active", 3);
        assertTrue(said.err().startsWith("torch.nn.Sequential: logits = mlp.2.weight ReLU("), said.err());
    }

    @Tag("slow")
    @Test
    void everyWayToSayTheSameTruthGivesTheSameMap() throws Exception {
        Gates pairs =
                imported(MODEL, "--truth", PAIRS, "--max-active", 3).instance().gates();
        StringBuilder formulas = new StringBuilder("output,formula\n");
        StringBuilder pla = new StringBuilder(".i 64\n.o 64\n.type f\n");
        List<String> lines = Files.readAllLines(PAIRS);
        for (int i = 0; i + 1 < lines.size(); i++) {
            String[] pair = lines.get(i + 1).split(",");
            formulas.append("o")
                    .append(i)
                    .append(",x")
                    .append(pair[0])
                    .append(" & x")
                    .append(pair[1])
                    .append('\n');
            char[] reads = "-".repeat(64).toCharArray();
            reads[Integer.parseInt(pair[0])] = '1';
            reads[Integer.parseInt(pair[1])] = '1';
            char[] on = "0".repeat(64).toCharArray();
            on[i] = '1';
            pla.append(reads).append(' ').append(on).append('\n');
        }
        Path table = Files.writeString(folder.resolve("truth.pla"), pla.append(".e\n"));
        BuiltNetwork ofTable = imported(MODEL, "--truth", table, "--max-active", 3, "--min-active", 1);
        assertEquals(pairs, ofTable.instance().gates());
        assertEquals(
                InputDomain.sparse(64, 3).withMinActive(1), ofTable.instance().domain());

        StringBuilder features = new StringBuilder("feature\n");
        for (int j = 0; j < 64; j++) {
            features.append("x").append(j).append('\n');
        }
        Path formulaFile = Files.writeString(folder.resolve("formulas.csv"), formulas);
        Path featureFile = Files.writeString(folder.resolve("features.csv"), features);
        Object[] problem = {
            MODEL,
            "--problem",
            "formulas",
            "--set",
            "file=" + formulaFile,
            "--set",
            "features=" + featureFile,
            "--max-active",
            3
        };
        assertEquals(pairs, imported(problem).instance().gates());

        Files.copy(PAIRS, folder.resolve("pairs.csv"));
        python(code(0));
        BuiltNetwork ofRows = imported(MODEL, "--truth", folder.resolve("truth.npz"));
        assertEquals(pairs, ofRows.instance().gates());
        assertEquals(InputDomain.sparse(64, 3), ofRows.instance().domain());
        assertRefused(
                "--max-active is 2, but the truth table",
                MODEL,
                "--truth",
                folder.resolve("truth.npz"),
                "--max-active",
                2);
        assertRefused(
                "the network has 128 features and 256 outputs, but the truth has 64 features and 64 outputs",
                FILES.resolve("and-128-v2.onnx"),
                "--truth",
                folder.resolve("truth.npz"));
    }

    /** The code of a block of the guide. */
    private static String code(int block) throws IOException {
        Matcher matcher =
                Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        for (int t = 0; t <= block; t++) {
            assertTrue(matcher.find());
        }
        return matcher.group(1);
    }

    private void python(String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script.py"), script);
        Path log = folder.resolve("python.log");
        Process process;
        try {
            process = new ProcessBuilder("python3", file.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException noPython) {
            abort("skipped: there is no python3");
            return;
        }
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        String output = Files.readString(log);
        if (output.contains("No module named 'numpy'")) {
            abort("skipped: python3 has no numpy");
        }
        assertEquals("", output);
    }

    @Test
    void theGuidesMapReadsTheGuidesTensors() throws Exception {
        Matcher matcher = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertTrue(matcher.find());
        Path map = Files.writeString(folder.resolve("map.yaml"), matcher.group(1));
        Path arrays = FILES.resolve("and-64-v3.npz");
        BuiltNetwork mapped = imported(arrays, "--map", map, "--truth", PAIRS, "--max-active", 3);
        BuiltNetwork recognised = imported(arrays, "--truth", PAIRS, "--max-active", 3);
        assertEquals(recognised.network().layers(), mapped.network().layers());
        assertEquals(recognised.network().decoder(), mapped.network().decoder());
        Printed said =
                superpose("import", arrays, "--map", map, "-o", net(), "--force", "--truth", PAIRS, "--max-active", 3);
        assertTrue(said.err().contains("not part of the network, ignored: pairs"), said.err());
    }

    @Test
    void whatIsMissingOrTooMuchIsSaidInOneSentence() throws IOException {
        assertRefused("is a network made elsewhere: say what it should compute", MODEL);
        assertRefused("needs --max-active", MODEL, "--truth", PAIRS);
        assertRefused(
                "both say what the network should compute: give one of them",
                MODEL,
                "--truth",
                PAIRS,
                "--problem",
                "two-and");
        assertRefused("--set is for --problem", MODEL, "--truth", PAIRS, "--max-active", 2, "--set", "inputs=3");
        assertRefused("not with --gate-function", MODEL, "--gate-function", "and", "--truth", PAIRS, "--max-active", 2);
        assertRefused("there is no truth file nowhere.csv", MODEL, "--truth", "nowhere.csv", "--max-active", 2);
        assertRefused("there is no map file nowhere.yaml", MODEL, "--map", "nowhere.yaml", "--truth", PAIRS);
        assertRefused(
                "the network has 64 features and 64 outputs, but the truth has 10 features and 12 outputs",
                MODEL,
                "--problem",
                "two-and",
                "--set",
                "inputs=10",
                "--set",
                "outputs=12");
        assertRefused(
                "has the index 127, but inputs is 64",
                MODEL,
                "--truth",
                FILES.resolve("and-128-v2.pairs.csv"),
                "--max-active",
                2);
        Path other = Files.writeString(folder.resolve("other.csv"), "word,count\na,1\n");
        assertRefused(
                "begins with \"word,count\", but must have the header first,second",
                MODEL,
                "--truth",
                other,
                "--max-active",
                2);
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        assertRefused("is empty", MODEL, "--truth", empty, "--max-active", 2);
    }

    @Test
    void anExportSaysItselfWhatItComputes() {
        Path made = folder.resolve("made.superpose.zip");
        Path onnx = folder.resolve("made.onnx");
        assertEquals(
                ExitStatus.DONE,
                superpose(
                                "build",
                                "--problem",
                                "two-and",
                                "--construction",
                                "dedicated",
                                "-s",
                                "inputs=8",
                                "-s",
                                "outputs=5",
                                "-o",
                                made)
                        .status());
        assertEquals(
                ExitStatus.DONE,
                superpose("export", made, "--format", "onnx", "-o", onnx).status());
        assertEquals(NetworkFile.read(made), imported(onnx));
        assertRefused("says itself what the network should compute", onnx, "--truth", PAIRS, "--max-active", 2);
    }
}
