package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.ProblemInstance;

/** The command line as a person or a script sees it: what it prints where, and its exit status. */
class CommandLineTest {
    private static final String[] SMALL = {
        "--problem",
        "two-and",
        "--construction",
        "clipped-and",
        "--set",
        "inputs=64",
        "--set",
        "outputs=64",
        "--set",
        "width=96"
    };

    @TempDir
    Path folder;

    private Printed build(String file, String... more) {
        return superpose("build", SMALL, more, "-o", folder.resolve(file));
    }

    @Test
    void aNetworkIsBuiltVerifiedAndReportedAsOneJsonDocument() throws IOException {
        Printed built = build("net.superpose.zip", "--json");
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        assertEquals(96, built.json().get("width").intValue());
        assertEquals("two-and", built.json().get("problem").textValue());

        Printed verified =
                superpose("verify", folder.resolve("net.superpose.zip").toString(), "--json");
        assertEquals(ExitStatus.DONE, verified.status(), verified.err());
        assertEquals("VERIFIED", verified.json().get("verdict").textValue());
        assertEquals(1 + 64 + 64 * 63 / 2, verified.json().get("inputs_covered").intValue());
        assertEquals(verified.json().get("domain_size"), verified.json().get("inputs_covered"));
        assertTrue(verified.json().get("counterexample").isNull());
    }

    @Tag("slow")
    @Test
    void theSameCommandGivesTheSameBytesAndTheSameJsonWhateverTheThreads() throws IOException {
        Printed first = build("first.superpose.zip", "--json");
        Printed second = build("second.superpose.zip", "--json");
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("first.superpose.zip")),
                Files.readAllBytes(folder.resolve("second.superpose.zip")));
        assertEquals(first.out().replace("first.superpose", "second.superpose"), second.out());

        String[] search = ("search --problem two-and --construction clipped-and --set inputs=20 --set outputs=20"
                        + " --set placement-passes=1 --set resampling-rounds=8 --instances 2 --tries 2 --json")
                .split(" ");
        JsonNode one = withoutTimes(superpose(search, "--threads", "1"));
        JsonNode three = withoutTimes(superpose(search, "--threads", "3"));
        assertEquals(one, three);
        assertTrue(one.get("success_rate").doubleValue() > 0);
    }

    private static JsonNode withoutTimes(Printed printed) throws IOException {
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        JsonNode json = printed.json();
        ((ObjectNode) json).remove("seconds");
        return json;
    }

    @Test
    void anotherSeedGivesAnotherNetwork() throws IOException {
        String first = build("a.superpose.zip", "--json").json().get("digest").textValue();
        String second = build("b.superpose.zip", "--seed", "2", "--json")
                .json()
                .get("digest")
                .textValue();
        assertFalse(first.equals(second));
    }

    @Test
    void aWrongNetworkIsRefutedWithItsCounterexampleAndStatusOne() throws IOException {
        Printed built = superpose(
                "build",
                "--problem",
                "two-and",
                "--construction",
                "clipped-and",
                "--set",
                "inputs=64",
                "--set",
                "outputs=200",
                "--set",
                "width=24",
                "--set",
                "resampling-rounds=0",
                "-o",
                folder.resolve("wrong.superpose.zip"));
        assertEquals(ExitStatus.REFUTED, built.status(), built.err());
        assertTrue(built.err().contains(" inputs are left wrong; the file was written all the same"), built.err());
        for (String verifier : List.of("auto", "exhaustive", "pairwise")) {
            Printed refuted = superpose(
                    "verify", folder.resolve("wrong.superpose.zip").toString(), "--verifier", verifier, "--json");
            assertEquals(ExitStatus.REFUTED, refuted.status(), refuted.err());
            JsonNode counterexample = refuted.json().get("counterexample");
            assertEquals("REFUTED", refuted.json().get("verdict").textValue());
            assertTrue(counterexample.get("input").size() <= 2);
            assertTrue(counterexample.get("expected").booleanValue()
                    != counterexample.get("got").booleanValue());
        }
    }

    @Test
    void samplingOnlyIsUndecidedWithStatusThree() {
        build("net.superpose.zip");
        Printed sampled = superpose(
                "verify", folder.resolve("net.superpose.zip").toString(), "--verifier", "sampled", "--samples", "500");
        assertEquals(ExitStatus.UNDECIDED, sampled.status(), sampled.err());
        assertTrue(sampled.out().contains("UNDECIDED by sampled"), sampled.out());
    }

    @Test
    void anEnumerationThatRunsOutOfInputsSaysHowManyItCovered() throws IOException {
        build("net.superpose.zip");
        Printed stopped = superpose(
                "verify",
                folder.resolve("net.superpose.zip").toString(),
                "--verifier",
                "exhaustive",
                "--max-inputs",
                "100",
                "--json");
        assertEquals(ExitStatus.UNDECIDED, stopped.status(), stopped.err());
        assertTrue(stopped.json().get("inputs_covered").intValue() <= 100);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "build --problem tow-and --construction clipped-and -o X|"
                        + "there is no problem \"tow-and\"; did you mean \"two-and\"?",
                "build --problem two-and --construction clipd-and -o X|"
                        + "there is no construction \"clipd-and\"; did you mean \"clipped-and\"?",
                "build --problem two-and --construction clipped-and --set inputs=16 --set outputs=131 --set width=90 "
                        + "-o X|120",
                "build --problem two-and --construction clipped-and --set inputs=0 --set outputs=4 --set width=90 "
                        + "-o X|inputs \"0\" must be a whole number from",
                "build --problem two-and --construction clipped-and --set inputs=16 --set outputs=16 --set widht=90 "
                        + "-o X|did you mean \"width\"?",
                "build --problem two-and --construction clipped-and --set inputs=16 --set outputs=16 -o X|needs width",
                "build --problem two-and --construction clipped-and --set inputs=16 --set outputs=16 --set width=4 "
                        + "--set code-weight=6 -o X|width 4",
                "build --problem two-and --construction clipped-permutation --set inputs=16 --set width=64 -o X|"
                        + "does not accept this two-and",
                "build --problem two-and --construction clipped-and --set inputs -o X|must be NAME=VALUE",
                "build --problem pairs-file --construction clipped-and --set file=nowhere.csv --set width=90 -o X|"
                        + "nowhere.csv",
                "build --problem two-and -o X|Missing required option",
                "verify nowhere.superpose.zip|nowhere.superpose.zip",
                "run quikstart|there is no experiment \"quikstart\"; did you mean \"quickstart\"?",
                "list problem|did you mean \"problems\"?",
                "search --problem two-and --construction clipped-and --set inputs=16 --set outputs=16 --tries 0|"
                        + "--tries 0 must be at least 1",
                "bounds --problem two-and --set inputs=16 --set outputs=16 --bits 0|--bits",
                "fly|there is no command \"fly\"",
                "verify one.zip two.zip|\"two.zip\" is one argument too many",
                "run quickstart --threads two|is not a whole number, or too large",
                "run quickstart --set speed=1|quickstart has no parameter \"speed\"",
                "run nowhere.yaml|there is no experiment file nowhere.yaml",
                "run theorem-3-2 --out pom.xml/out|the folder pom.xml/out cannot be made",
                "results nowhere --format csv -o no/such/rows.csv|there is no folder",
                "inspect nowhere.superpose.zip --output 3|it needs --plot FILE"
            })
    void badInputGetsOneSentenceAndStatusTwo(String command, String sentence) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.replaceAll(argument ->
                argument.equals("X") ? folder.resolve("x.superpose.zip").toString() : argument);
        Printed refused = superpose(arguments.toArray());
        assertEquals(ExitStatus.BAD_INPUT, refused.status(), refused.err());
        assertTrue(refused.err().contains(sentence), refused.err());
        assertEquals("", refused.out());
        assertFalse(refused.err().contains("\tat "), refused.err());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList(), "nothing may be left behind");
        }
    }

    @Test
    void anAlteredNetworkFileIsRefused() throws IOException {
        build("net.superpose.zip");
        Path file = folder.resolve("net.superpose.zip");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Printed altered = superpose("verify", file.toString());
        assertEquals(ExitStatus.BAD_INPUT, altered.status(), altered.err());
        assertTrue(altered.err().contains("net.superpose.zip"), altered.err());
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));
        assertEquals(ExitStatus.BAD_INPUT, superpose("verify", file.toString()).status());
    }

    @Test
    void everythingThatCanBeNamedIsListedWithItsParameters() throws IOException {
        JsonNode listed = superpose("list", "--json").json();
        assertTrue(ids(listed.get("problems")).containsAll(List.of("permutation", "two-and", "pairs-file")));
        assertTrue(ids(listed.get("constructions"))
                .containsAll(List.of(
                        "dedicated",
                        "linear-permutation",
                        "linear-low-influence-and",
                        "clipped-permutation",
                        "clipped-and")));
        assertTrue(ids(listed.get("verifiers")).containsAll(List.of("exhaustive", "pairwise", "sampled", "auto")));
        assertTrue(ids(listed.get("experiments")).contains("quickstart"));
        assertTrue(superpose("list", "problems").out().contains("--set inputs="));
    }

    private static List<String> ids(JsonNode plugins) {
        return plugins.findValuesAsText("id");
    }

    @Test
    void boundsArePrintedForAProblem() throws IOException {
        JsonNode bounds = superpose(
                        "bounds",
                        "--problem",
                        "two-and",
                        "--set",
                        "inputs=4096",
                        "--set",
                        "outputs=4096",
                        "--layers",
                        "2",
                        "--json")
                .json();
        assertEquals(94205.114, bounds.get("function_count_log2").doubleValue(), 5e-4);
        assertEquals(217, Math.round(bounds.get("width_limit").doubleValue()));
    }

    @ParameterizedTest
    @CsvSource({"npz", "safetensors"})
    void anExportedNetworkComesBackTheSameAndCanBeVerified(String format) throws IOException {
        Printed built = build("net.superpose.zip", "--json");
        Path exported = folder.resolve("net." + format);
        Path back = folder.resolve("back.superpose.zip");
        assertEquals(
                ExitStatus.DONE,
                superpose(
                                "export",
                                folder.resolve("net.superpose.zip").toString(),
                                "--format",
                                format,
                                "-o",
                                exported.toString())
                        .status());
        Printed imported = superpose("import", exported.toString(), "-o", back.toString());
        assertEquals(ExitStatus.DONE, imported.status(), imported.err());
        assertTrue(
                imported.out().contains(built.json().get("digest").textValue().substring(0, 16)), imported.out());
        assertEquals(ExitStatus.DONE, superpose("verify", back.toString()).status());
    }

    @Test
    void aGateFunctionIsTakenByItsNameAndOnlyWhereTheFileHasNone() throws IOException {
        build("net.superpose.zip");
        String exported = folder.resolve("net.npz").toString();
        superpose("export", folder.resolve("net.superpose.zip").toString(), "--format", "npz", "-o", exported);
        String back = folder.resolve("back.superpose.zip").toString();
        Printed needless = superpose("import", exported, "--gate-function", "parity", "-o", back);
        assertEquals(ExitStatus.BAD_INPUT, needless.status());
        assertTrue(needless.err().contains("says itself what its gates compute"), needless.err());
        Printed unknown = superpose("import", exported, "--gate-function", "nand", "-o", back);
        assertEquals(ExitStatus.BAD_INPUT, unknown.status());
        assertTrue(unknown.err().contains("\"nand\" is no function of gates"), unknown.err());
    }

    @Test
    void whatANetworkIsToComputeComesFirstWhenItIsInspected() throws IOException {
        build("net.superpose.zip");
        String net = folder.resolve("net.superpose.zip").toString();
        List<String> lines = superpose("inspect", net).out().lines().toList();
        assertTrue(lines.get(0).matches("gate functions +\\d+ and"), lines.get(0));
        assertTrue(lines.get(1).matches("input domain +at most 2 of \\d+ features active"), lines.get(1));
        JsonNode whole = superpose("inspect", net, "--json").json();
        assertEquals("gate_functions", whole.fieldNames().next());
        assertEquals(whole.get("outputs"), whole.get("gate_functions").get(0).get("and"));
    }

    @Test
    void formulasBecomeAVerifiedNetworkAndConstantOutputsAreNamed() throws IOException {
        String formulas = Files.writeString(
                        folder.resolve("formulas.csv"),
                        "output,formula\npick,a & b & !c\nhot,a | !a\n\"cold, or so\",0\nidle,b & !b\n")
                .toString();
        String net = folder.resolve("formulas.superpose.zip").toString();
        Printed built = superpose(
                "build",
                "--problem",
                "formulas",
                "--set",
                "file=" + formulas,
                "--construction",
                "dedicated",
                "-o",
                net);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        Printed verified = superpose("verify", net);
        assertEquals(ExitStatus.DONE, verified.status(), verified.out());
        assertTrue(verified.out().contains("VERIFIED"), verified.out());
        List<String> lines = superpose("inspect", net).out().lines().toList();
        assertEquals("gate functions         2 table(0), 1 literals(and,++-), 1 table(1)", lines.get(0));
        assertEquals("always off             2 outputs: cold, or so, idle", lines.get(1));
        assertEquals("always on              1 output: hot", lines.get(2));
        JsonNode whole = superpose("inspect", net, "--json").json();
        assertEquals("hot", whole.get("always_on").get(0).textValue());
        assertEquals(1, whole.get("on_at_rest").intValue());
        assertTrue(lines.contains("on at rest             1"), lines.toString());
        assertEquals("idle", whole.get("always_off").get(1).textValue());

        Files.writeString(Path.of(formulas), "output,formula\npick,a & b & not c\n");
        Printed refused = superpose(
                "build",
                "--problem",
                "formulas",
                "--set",
                "file=" + formulas,
                "--construction",
                "dedicated",
                "-o",
                net,
                "--force");
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(
                refused.err()
                        .contains(
                                "file \"" + formulas + "\", line 2, column 18: expected \"&\", \"^\", \"|\" or the end"
                                        + " of the formula, but found \"c\""),
                refused.err());
    }

    @Test
    void onnxAndDataSetsAreWritten() throws IOException {
        build("net.superpose.zip");
        String net = folder.resolve("net.superpose.zip").toString();
        Path onnx = folder.resolve("net.onnx");
        assertEquals(
                ExitStatus.DONE,
                superpose("export", net, "--format", "onnx", "--with-codec", "-o", onnx.toString())
                        .status());
        assertTrue(Files.size(onnx) > 64 * 96);
        Printed codecElsewhere = superpose("export", net, "--format", "npz", "--with-codec", "-o", onnx.toString());
        assertEquals(ExitStatus.BAD_INPUT, codecElsewhere.status(), codecElsewhere.err());
        Path data = folder.resolve("data");
        Printed written = superpose("dataset", net, "--samples", "50", "-o", data.toString());
        assertEquals(ExitStatus.DONE, written.status(), written.err());
        assertEquals(
                ExitStatus.BAD_INPUT,
                superpose("dataset", net, "--samples", "50", "-o", data.toString())
                        .status());
    }

    @Test
    void aNetworkOfAnUnknownClassIsInspectedAndVerifiedWithoutFiguresOfTheClass() throws IOException {
        build("net.superpose.zip");
        BuiltNetwork built = NetworkFile.read(folder.resolve("net.superpose.zip"));
        ProblemInstance instance = built.instance();
        Path unknown = folder.resolve("unknown.superpose.zip");
        NetworkFile.write(
                unknown, new BuiltNetwork(instance.with(instance.layers(), instance.domain()), built.network()));
        JsonNode whole = superpose("inspect", unknown.toString(), "--json").json();
        assertTrue(whole.get("kappa").isNumber());
        for (String figure : List.of("width_limit", "limit_ratio", "bit_efficiency")) {
            assertTrue(whole.get(figure).isNull(), figure);
        }
        assertEquals(ExitStatus.DONE, superpose("verify", unknown.toString()).status());
    }

    @Tag("slow")
    @Test
    void aNetworkIsInspectedAsAWholeByNeuronAndByFeature() throws IOException {
        build("net.superpose.zip");
        String net = folder.resolve("net.superpose.zip").toString();
        JsonNode whole = superpose("inspect", net, "--json").json();
        assertEquals(2, whole.get("weights").size());
        assertEquals("bit", whole.get("weights").get(0).get("kind").textValue());

        int fired = 0;
        for (int neuron = 0; neuron < 96; neuron++) {
            fired += superpose("inspect", net, "--neuron", Integer.toString(neuron), "--json")
                    .json()
                    .get("outputs")
                    .size();
        }
        int channel = whole.get("channel_weight").intValue();
        assertTrue(fired >= 64 * channel, "each of 64 outputs fires the rows of its channel, " + fired + " in all");

        JsonNode feature = superpose("inspect", net, "--feature", "7", "--json").json();
        assertEquals(whole.get("code_weight").intValue(), feature.get("code").size());
        assertEquals(
                ExitStatus.BAD_INPUT,
                superpose("inspect", net, "--neuron", "96").status());
        assertEquals(
                ExitStatus.BAD_INPUT,
                superpose("inspect", net, "--feature", "the").status());

        Path figure = folder.resolve("figure.svg");
        assertEquals(
                ExitStatus.DONE,
                superpose("inspect", net, "--plot", figure.toString(), "--output", "9")
                        .status());
        assertTrue(Files.readString(figure).contains("The channel of output 9"));
        for (List<String> wrong : List.of(
                List.of("--plot", "figure.gif"),
                List.of("--plot", "no/such/folder.svg"),
                List.of("--plot", figure.toString(), "--output", "64"))) {
            assertEquals(
                    ExitStatus.BAD_INPUT,
                    superpose("inspect", net, wrong.toArray()).status(),
                    wrong.toString());
        }
    }

    @Test
    void aNameCannotPaintOnTheTerminal() throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), "a\u202eb,c\u009b1m\nc\u009b1m,d\n");
        String net = folder.resolve("painted.superpose.zip").toString();
        Printed built = superpose(
                "build",
                "--problem",
                "pairs-file",
                "-s",
                "file=" + pairs,
                "--construction",
                "clipped-and",
                "-s",
                "width=40",
                "-o",
                net);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        for (Printed printed : List.of(
                superpose("inspect", net, "--feature", "0"),
                superpose("inspect", net, "--feature", "0", "--json"),
                superpose("inspect", net, "--neuron", "0", "--layer", "0"),
                superpose("inspect", net, "--feature", "x\u001b[2J\nVERIFIED"),
                superpose("\u001b[2JVERIFIED"),
                superpose("verify", "no\u001b[2Jsuch\nVERIFIED.superpose.zip"))) {
            String all = printed.out() + printed.err();
            assertTrue(all.chars().noneMatch(each -> each == 0x1b || each == 0x9b || each == 0x202e), all);
            assertTrue(all.lines().noneMatch(line -> line.startsWith("VERIFIED")), all);
        }
    }
}
