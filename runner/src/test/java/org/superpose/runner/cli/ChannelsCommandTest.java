package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.file.Npz;

/** The channels of networks that were trained elsewhere. */
class ChannelsCommandTest {
    private static final Path MODELS = Path.of("..", "interop", "src", "test", "resources", "foreign");

    @TempDir
    Path folder;

    private static int[] pairs(String name) throws IOException {
        try (Npz arrays = Npz.open(MODELS.resolve(name + ".npz"))) {
            return arrays.open("pairs").ints();
        }
    }

    private static Set<Integer> inputs(JsonNode output) {
        Set<Integer> inputs = new TreeSet<>();
        output.get("channels").get(0).get("inputs").forEach(each -> inputs.add(each.intValue()));
        return inputs;
    }

    @Tag("slow")
    @Test
    void thePairsOfATrainedNetworkAreReadOutOfItWithoutItsTruth() throws IOException {
        int[] pairs = pairs("and-64-v3");
        Path picture = folder.resolve("channels.svg");
        Printed printed = superpose("channels", MODELS.resolve("and-64-v3.safetensors"), "--json", "-o", picture);
        JsonNode found = printed.json();
        assertEquals(64, found.get("outputs").size(), printed.err());
        assertEquals(64, found.get("confirmed").intValue());
        assertTrue(found.get("truth").isNull());
        assertTrue(
                found.get("mean_score").doubleValue() > 1.5,
                found.get("mean_score").toString());
        for (int i = 0; i < 64; i++) {
            JsonNode output = found.get("outputs").get(i);
            assertEquals(Set.of(pairs[2 * i], pairs[2 * i + 1]), inputs(output), "output " + i);
            assertTrue(output.get("channels").get(0).get("rows_for").size() > 0);
        }
        assertTrue(Files.readString(picture).contains("Feature channels in the 32 rows of layer 2"));
    }

    @Tag("slow")
    @Test
    void withItsTruthItHasAScore() throws IOException {
        int[] pairs = pairs("and-128-v2");
        List<String> lines = new ArrayList<>(List.of("first,second"));
        for (int p = 0; p < pairs.length; p += 2) {
            lines.add(pairs[p] + "," + pairs[p + 1]);
        }
        Path truth = Files.write(folder.resolve("pairs.csv"), lines);
        Printed printed =
                superpose("channels", MODELS.resolve("and-128-v2.onnx"), "--truth", truth, "--max-active", 2, "--json");
        JsonNode score = printed.json().get("truth");
        assertEquals(256, score.get("true_channels").intValue(), printed.err());
        assertEquals(1, score.get("precision").doubleValue());
        assertEquals(1, score.get("recall").doubleValue());
        assertTrue(score.get("baseline_input_precision").doubleValue() < 0.1);
    }

    @Test
    void anOutputThatIsNotThereIsNamed() {
        Printed printed = superpose("channels", MODELS.resolve("and-64-v3.safetensors"), "--output", 64);
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("--output 64 must be from 0 to 63"), printed.err());
    }
}
