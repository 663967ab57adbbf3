package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.Npz;
import org.superpose.core.network.DenseMatrix;

/** Audits of networks trained elsewhere, against what a complete pass over their domains found in numpy. */
class ForeignAuditTest {
    private static final Path MODELS = Path.of("..", "interop", "src", "test", "resources", "foreign");

    @TempDir
    Path folder;

    /** The pairs in an NPZ file as a CSV file. */
    private Path pairs(String name) throws IOException {
        Path csv = folder.resolve(name + ".csv");
        List<String> lines = new ArrayList<>(List.of("first,second"));
        try (Npz arrays = Npz.open(MODELS.resolve(name + ".npz"))) {
            int[] pairs = arrays.open("pairs").ints();
            for (int p = 0; p < pairs.length; p += 2) {
                lines.add(pairs[p] + "," + pairs[p + 1]);
            }
        }
        return Files.write(csv, lines);
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}, at most {2}")
    @CsvSource(delimiter = '|', textBlock = """
            and-128-v2      | onnx        | 2 | 0/1 0/128 0/8128             | 0    | 0     | 2.46382  | 38       | 68
            and-128-v2      | npz         | 3 | 0/1 0/128 0/8128 30385/341376 | 1163 | 30222 | -68.9564 | 27 36 66 | 24
            and-64-v3-wrong | npz         | 2 | 0/1 0/64 0/2016              | 0    | 0     | 4.21525  | 27       | 41
            and-64-v3-wrong | npz         | 3 | 0/1 0/64 0/2016 3479/41664   | 0    | 3584  | -18.1785 | 5 10 28  | 7
            and-64-v3       | safetensors | 3 | 0/1 0/64 0/2016 0/41664      | 0    | 0     | 1.41606  | 17 34 44 | 23
            and-64-direct   | npz         | 2 | 0/1 0/64 0/2016              | 0    | 0     | 2.14758  | 1 13     | 48
            and-64-direct   | npz         | 3 | 0/1 0/64 0/2016 2137/41664   | 0    | 2166  | -6.44041 | 8 11 60  | 51
            """)
    void aCompletePassFindsWhatNumpyFound(
            String name,
            String format,
            int maxActive,
            String wrongByActive,
            int falsePositives,
            int falseNegatives,
            double margin,
            String input,
            int output)
            throws IOException {
        Path model = MODELS.resolve(name + "." + format);
        Printed printed = superpose("audit", model, "--truth", pairs(name), "--max-active", maxActive, "--json");
        JsonNode found = printed.json();
        List<String> byActive = new ArrayList<>();
        found.get("wrong_by_active").forEach(pair -> byActive.add(pair.get(0) + "/" + pair.get(1)));
        assertEquals(wrongByActive, String.join(" ", byActive), printed.err());
        assertEquals(falsePositives, found.get("false_positives").intValue());
        assertEquals(falseNegatives, found.get("false_negatives").intValue());
        assertEquals(0, found.get("undecided").intValue());
        assertEquals(margin, found.get("worst_margin").doubleValue(), Math.abs(margin) * 2e-6);
        assertEquals(
                Stream.of(input.split(" "))
                        .map(Integer::valueOf)
                        .toList()
                        .toString()
                        .replace(" ", ""),
                found.get("worst_input").toString());
        assertEquals(output, found.get("worst_output").intValue());
        boolean isRight = falsePositives + falseNegatives == 0;
        assertEquals(isRight ? ExitStatus.DONE : ExitStatus.REFUTED, printed.status());
    }

    @Test
    void aTruthOfAnotherSizeIsRefusedWithBothSizes() throws IOException {
        Path model = MODELS.resolve("and-64-v3.npz");
        Printed printed = superpose("audit", model, "--truth", pairs("and-128-v2"), "--max-active", 2);
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertEquals(1, printed.err().strip().lines().count(), printed.err());
        Printed none = superpose("audit", model);
        assertEquals(ExitStatus.BAD_INPUT, none.status());
        assertTrue(none.err().contains("--truth FILE and --max-active"), none.err());
    }

    private static void assertRefused(String expected, Object... words) {
        Printed printed = superpose(words);
        assertEquals(ExitStatus.BAD_INPUT, printed.status(), printed.err());
        assertTrue(printed.err().contains(expected), printed.err());
    }

    @Test
    void aPickleOfPyTorchIsRefusedWithTheTwoLinesThatConvertIt() throws IOException {
        Path model = Files.write(folder.resolve("model.pt"), new byte[] {(byte) 0x80, 2, '}', '.'});
        assertRefused(
                String.join(
                        System.lineSeparator(),
                        "these two lines of Python convert a state dict:",
                        "import torch, safetensors.torch",
                        "safetensors.torch.save_file(torch.load(\"model.pt\", weights_only=True), \"model.safetensors\")",
                        ""),
                "audit",
                model,
                "--truth",
                pairs("and-64-v3"),
                "--max-active",
                2);
    }

    @Test
    void aDomainThatIsTooLargeToGoThroughIsRefusedWithItsSizeAndWhatCanBeDone() throws IOException {
        Path model = MODELS.resolve("and-64-v3.npz");
        Path pairs = pairs("and-64-v3");
        assertRefused(
                "the domain (at most 64 of 64 features) has 1.8e+19 inputs, too many to look at each: lower max-active, or"
                        + " bound the share",
                "audit",
                model,
                "--truth",
                pairs,
                "--max-active",
                64,
                "--max-seconds",
                1);
        assertRefused(
                "has 1.8e+11 inputs, too many to look at each: lower max-active, audit a part of it with --max-seconds,",
                "audit",
                model,
                "--truth",
                pairs,
                "--max-active",
                10);
        Printed part =
                superpose("audit", model, "--truth", pairs, "--max-active", 10, "--max-seconds", "0.000001", "--json");
        assertEquals(ExitStatus.UNDECIDED, part.status(), part.err());
    }

    @Test
    void onlyOneTruthMayBeGiven() throws IOException {
        assertRefused(
                "--problem two-and and --truth",
                "audit",
                MODELS.resolve("and-64-v3.npz"),
                "--truth",
                pairs("and-64-v3"),
                "--max-active",
                2,
                "--problem",
                "two-and");
        assertRefused("is a folder, not a truth file", "audit", MODELS.resolve("and-64-v3.npz"), "--truth", folder);
    }

    @Test
    void anImportedNetworkIsAuditedFromItsFile() throws IOException {
        Path net = folder.resolve("net.superpose.zip");
        Printed imported = superpose(
                "import",
                MODELS.resolve("and-64-direct.npz"),
                "--truth",
                pairs("and-64-direct"),
                "--max-active",
                3,
                "-o",
                net);
        assertEquals(ExitStatus.DONE, imported.status(), imported.err());
        JsonNode found = superpose("audit", net, "--json").json();
        assertEquals(2137, found.get("wrong_inputs").intValue());
        JsonNode fewer = superpose("audit", net, "--max-active", 2, "--json").json();
        assertEquals(0, fewer.get("wrong_inputs").intValue());
        Printed other =
                superpose("audit", net, "--problem", "two-and", "--set", "inputs=64", "--set", "outputs=64", "--json");
        assertEquals(ExitStatus.REFUTED, other.status(), other.err());
        assertTrue(other.json().get("wrong_inputs").intValue() > 0);
    }

    /** One output that is on on a third of the inputs, in no order, so that no gates of few features compute it. */
    @Test
    void aTruthTableThatNoGatesComputeIsAudited() throws IOException {
        int m = 20;
        float[] weights = new float[m];
        for (int j = 0; j < m; j++) {
            weights[j] = j - 7.5f;
        }
        InputDomain domain = InputDomain.sparse(m, 2);
        byte[] truth = new byte[domain.size().intValue()];
        int wrong = 0;
        int place = 0;
        for (FeatureSet input : domain) {
            boolean on = (31 * input.hashCode() + 7) % 3 == 0;
            float logit = 0.25f;
            for (int feature : input.toArray()) {
                logit += weights[feature];
            }
            wrong += on != logit >= 0 ? 1 : 0;
            truth[place++] = (byte) (on ? 0x80 : 0);
        }
        Path model = write(
                "model.npz",
                NamedArray.dense("0.weight", new DenseMatrix(1, m, weights)),
                NamedArray.floats("0.bias", new float[] {0.25f}));
        Path table = write(
                "truth.npz",
                NamedArray.scalar("features", m),
                NamedArray.scalar("outputs", 1),
                NamedArray.scalar("max_active", 2),
                rows(truth));
        Printed printed = superpose("audit", model, "--truth", table, "--json");
        assertEquals(ExitStatus.REFUTED, printed.status(), printed.err());
        assertEquals(wrong, printed.json().get("wrong_inputs").intValue());
        Path kept = folder.resolve("kept.json");
        assertEquals(
                ExitStatus.REFUTED,
                superpose("audit", model, "--truth", table, "--resume", kept).status());
        truth[3] ^= (byte) 0x80;
        Path other = write(
                "other.npz",
                NamedArray.scalar("features", m),
                NamedArray.scalar("outputs", 1),
                NamedArray.scalar("max_active", 2),
                rows(truth));
        Printed refused = superpose("audit", model, "--truth", other, "--resume", kept);
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("belongs to another audit"), refused.err());
    }

    private static NamedArray rows(byte[] truth) {
        return new NamedArray("truth", ArrayShape.of(ElementType.UINT8, truth.length, 1), out -> {
            for (byte row : truth) {
                out.putByte(row);
            }
        });
    }

    private Path write(String name, NamedArray... arrays) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            Npz.write(List.of(arrays), out);
        }
        return file;
    }
}
