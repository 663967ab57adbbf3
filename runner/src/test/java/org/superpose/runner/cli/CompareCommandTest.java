package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;

/** {@code compare} against a loop over the domain. */
class CompareCommandTest {
    @TempDir
    Path folder;

    private Path build(String name, String words) {
        Path network = folder.resolve(name + ".superpose.zip");
        Printed built = superpose(("build " + words + " -o").split(" "), network);
        // A network that is left wrong is written too, and build ends with REFUTED.
        assertTrue(List.of(ExitStatus.DONE, ExitStatus.REFUTED).contains(built.status()), built.err());
        return network;
    }

    private static long differing(Path first, Path second) {
        BuiltNetwork built = NetworkFile.read(first);
        PlainEvaluator one = new PlainEvaluator(built.network());
        PlainEvaluator other = new PlainEvaluator(NetworkFile.read(second).network());
        long differing = 0;
        for (FeatureSet input : built.instance().domain()) {
            differing += one.evaluate(input).equals(other.evaluate(input)) ? 0 : 1;
        }
        return differing;
    }

    private static JsonNode compare(Path first, Path second) throws IOException {
        Printed printed = superpose("compare", first, second, "--json");
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        return printed.json();
    }

    @Tag("slow")
    @Test
    void networksOfOneMapDifferOnTheInputsThatALoopFinds() throws IOException {
        String map =
                "--problem two-and --construction clipped-and --set inputs=40 --set outputs=40 --set resampling-rounds=1 --instance-seed 1";
        Path narrow = build("narrow", map + " --set width=20");
        Path other = build("other", map + " --set width=20 --seed 2");
        Path wide = build("wide", map + " --set width=60");
        assertTrue(differing(narrow, other) > 5);
        JsonNode document = compare(narrow, other);
        assertEquals(differing(narrow, other), document.get("differing_inputs").longValue());
        assertTrue(
                document.get("exact").booleanValue() && document.get("same_map").booleanValue());
        assertEquals(1 + 40 + 40 * 39 / 2, document.get("domain_size").intValue());
        assertEquals(20, document.at("/a/width").intValue());
        assertTrue(document.at("/a/wrong_inputs").longValue() > 0);

        JsonNode right = compare(narrow, wide);
        assertEquals(differing(narrow, wide), right.get("differing_inputs").longValue());
        assertEquals(0, right.at("/b/wrong_inputs").longValue());
        assertTrue(right.at("/a/spurious_rows").doubleValue()
                > right.at("/b/spurious_rows").doubleValue());
        String text = superpose("compare", narrow, wide).out();
        assertTrue(text.contains("They differ on " + differing(narrow, wide) + " of all 821 inputs."), text);
    }

    @Test
    void networksOfDifferentMapsAreComparedInputByInput() throws IOException {
        String map = "--problem two-and --construction clipped-and --set inputs=24 --set outputs=24 --set width=48";
        Path one = build("one", map + " --instance-seed 1");
        Path other = build("other", map + " --instance-seed 2");
        JsonNode document = compare(one, other);
        assertFalse(document.get("same_map").booleanValue());
        assertTrue(document.get("exact").booleanValue());
        assertEquals(differing(one, other), document.get("differing_inputs").longValue());
        assertEquals(10, document.get("examples").size());

        Path larger = build(
                "larger", "--problem permutation --construction clipped-permutation --set inputs=30 --set width=30");
        Printed printed = superpose("compare", one, larger);
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        assertTrue(printed.out().contains("different numbers of inputs or outputs"), printed.out());
        assertEquals(
                ExitStatus.BAD_INPUT,
                superpose("compare", one, folder.resolve("no.zip")).status());
    }
}
