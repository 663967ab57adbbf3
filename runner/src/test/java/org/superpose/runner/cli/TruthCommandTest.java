package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that write the truth about a network. */
class TruthCommandTest {
    @TempDir
    Path folder;

    private Path net;

    @BeforeEach
    void build() {
        net = folder.resolve("net.superpose.zip");
        Printed built = superpose(
                "build --problem two-and --construction clipped-and --set inputs=32 --set outputs=32 --set width=64 -o"
                        .split(" "),
                net);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
    }

    private static final String[] FILES = {"truth.npz", "edges.csv", "granularity.json", "targets.safetensors"};

    @Test
    void aDataSetHasItsTruthBesideItWhenAsked() throws IOException {
        Path data = folder.resolve("data");
        Path profile = Files.writeString(folder.resolve("p.yaml"), """
                gates: {min: 1, max: 2}
                frequencies: {zipf: 1}
                correlation: {rank: 4, scale: 2}
                beyond-domain: allow
                """);
        Printed written = superpose("dataset", net, "--samples", 40, "--truth", "--profile", profile, "-o", data);
        assertEquals(ExitStatus.DONE, written.status(), written.err());
        for (String name : FILES) {
            assertTrue(Files.size(data.resolve(name)) > 0, name);
        }
        assertEquals(1 + 64, Files.readAllLines(data.resolve("edges.csv")).size());
        assertTrue(Files.readString(data.resolve("dataset.json")).contains("\"zipf\" : 1.0"));
    }

    @Test
    void theTruthOfANetworkNeedsNoSamples() throws IOException {
        Path truth = folder.resolve("truth");
        Printed written = superpose("export", net, "--truth", "-o", truth);
        assertEquals(ExitStatus.DONE, written.status(), written.err());
        assertEquals(
                List.of(FILES).stream().sorted().toList(),
                Files.list(truth)
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList());
        Printed again = superpose("export", net, "--truth", "-o", truth);
        assertEquals(ExitStatus.BAD_INPUT, again.status());
        assertTrue(again.err().contains("to replace it, add --force"), again.err());
        Printed both = superpose("export", net, "--truth", "--format", "npz", "-o", truth);
        assertTrue(both.err().contains("either --format"), both.err());
    }

    @Test
    void aSyntheticModelOfSaelensIsAFolder() {
        Path model = folder.resolve("model");
        Printed written = superpose("export", net, "--format", "saelens", "--layer", 1, "-o", model);
        assertEquals(ExitStatus.DONE, written.status(), written.err());
        assertTrue(Files.exists(model.resolve("synthetic_model_config.json")));
        assertTrue(Files.exists(model.resolve("synthetic_model.safetensors")));
        Printed refused = superpose("export", net, "--format", "saelens", "--layer", 9, "-o", model);
        assertTrue(refused.err().contains("--layer 9 is not there"), refused.err());
    }

    /** A dictionary of one latent, written by hand. */
    @Test
    void aDictionaryIsScoredAsOneJsonDocument() throws IOException {
        Path data = folder.resolve("data");
        superpose("dataset", net, "--samples", 40, "--truth", "-o", data);
        byte[] header = "{\"decoder\":{\"dtype\":\"F32\",\"shape\":[1,64],\"data_offsets\":[0,256]}}   "
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 256).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header).putFloat(1);
        Path weights = Files.write(folder.resolve("dict.safetensors"), file.array());
        Printed scored = superpose("score", "sae", data, weights, "--layer", 0, "--json");
        assertEquals(ExitStatus.DONE, scored.status(), scored.err());
        for (String name : List.of("explained_variance", "l0", "mcc", "f1", "uniqueness", "dead")) {
            assertTrue(scored.json().get(name).isNumber(), name);
        }
        Printed refused = superpose("score", "thing", data, weights, "--layer", 0);
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("must be sae, transcoder, probe or decomposition"), refused.err());
    }
}
