package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.runner.trace.Trace;

/** {@code trace} and the names that people type, against the plain evaluator and the definitions. */
class TraceCommandTest {
    @TempDir
    Path folder;

    private Path build(String words) {
        Path network = folder.resolve("net.superpose.zip");
        Printed built = superpose(("build " + words + " --force -o").split(" "), network);
        // Some are to be wrong, and their construction knows it.
        assertTrue(List.of(ExitStatus.DONE, ExitStatus.REFUTED).contains(built.status()), built.err());
        return network;
    }

    private static JsonNode trace(Path network, FeatureSet input, boolean isRight) throws IOException {
        List<Object> words = new ArrayList<>(List.of("trace", network, "--json"));
        for (int j : input.toArray()) {
            words.add("--on");
            words.add(j);
        }
        Printed printed = superpose(words.toArray());
        assertEquals(isRight ? ExitStatus.DONE : ExitStatus.REFUTED, printed.status(), printed.err());
        return printed.json();
    }

    private static List<Integer> numbers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(each -> numbers.add(each.intValue()));
        return numbers;
    }

    private static List<Integer> list(FeatureSet features) {
        return IntStream.of(features.toArray()).boxed().toList();
    }

    /** Everything that the document says, from the definitions. */
    private static void assertTraced(Path network, FeatureSet input) throws IOException {
        BuiltNetwork built = NetworkFile.read(network);
        PlainEvaluator plain = new PlainEvaluator(built.network());
        FeatureSet expected = built.instance().evaluate(input);
        FeatureSet on = plain.evaluate(input);
        JsonNode document = trace(network, input, on.equals(expected));
        assertEquals(list(input), numbers(document.get("active")));
        assertEquals(list(on), numbers(document.get("outputs")));
        assertEquals(list(expected), numbers(document.get("expected")));
        float[][] states = plain.activations(input);
        assertEquals(states.length, document.get("layers").size());
        for (int t = 0; t < states.length; t++) {
            float[] seen = new float[states[t].length];
            for (JsonNode pair : document.get("layers").get(t)) {
                assertTrue(pair.get(1).floatValue() != 0);
                seen[pair.get(0).intValue()] = pair.get(1).floatValue();
            }
            for (int r = 0; r < seen.length; r++) {
                assertEquals(states[t][r], seen[r], 1e-4f * Math.max(1, Math.abs(states[t][r])), t + " " + r);
            }
        }
        Decoder decoder = built.network().decoder();
        float[] last = states[states.length - 1];
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < decoder.outputs(); i++) {
            double value = decoder.kind() == Decoder.Kind.SUM ? 0 : Double.POSITIVE_INFINITY;
            for (int r : decoder.codes().code(i)) {
                value = decoder.kind() == Decoder.Kind.SUM ? value + last[r] : Math.min(value, last[r]);
            }
            double margin = expected.contains(i) ? value - decoder.threshold(i) : decoder.offThreshold(i) - value;
            assertEquals(margin, document.get("margins").get(i).doubleValue(), 1e-4);
            smallest = Math.min(smallest, margin);
        }
        assertEquals(smallest, document.get("smallest_margin").doubleValue(), 1e-4);
    }

    @Tag("slow")
    @Test
    void statesOutputsAndMarginsAreThoseOfThePlainEvaluatorInputByInput() throws IOException {
        Path narrow =
                build("--problem two-and --construction clipped-and --set inputs=60 --set outputs=60 --set width=22");
        BuiltNetwork built = NetworkFile.read(narrow);
        PlainEvaluator plain = new PlainEvaluator(built.network());
        FeatureSet wrong = null;
        for (FeatureSet input : built.instance().domain()) {
            if (!plain.evaluate(input).equals(built.instance().evaluate(input))) {
                wrong = input;
            }
        }
        assertTraced(narrow, wrong);
        assertTraced(narrow, FeatureSet.of(built.instance().gates().reads(7)));
        assertTraced(narrow, FeatureSet.EMPTY);
        Path trained =
                build("--problem two-and --construction trained-gates --set inputs=16 --set outputs=16 --set width=14");
        assertTraced(trained, FeatureSet.of(3, 5));
        assertTraced(
                trained,
                FeatureSet.of(NetworkFile.read(trained).instance().gates().reads(2)));
    }

    @Tag("slow")
    @Test
    void aRowIsWantedIffItFiresForTheReadsOfAnOutputThatShouldBeOn() throws IOException {
        Path network = build("--problem two-and --construction clipped-and --set inputs=24 --set outputs=24 --set"
                + " max-active=3 --set width=60");
        BuiltNetwork built = NetworkFile.read(network);
        PlainEvaluator plain = new PlainEvaluator(built.network());
        int wanted = 0;
        int spurious = 0;
        for (int third = 0; third < 24; third++) {
            int[] reads = built.instance().gates().reads(4);
            if (reads[0] == third || reads[1] == third) {
                continue;
            }
            FeatureSet input = FeatureSet.of(reads[0], reads[1], third);
            for (Trace.ActiveRow row : Trace.of(built, input).states().get(1)) {
                boolean fires = false;
                for (int i : built.instance().evaluate(input).toArray()) {
                    FeatureSet alone = FeatureSet.of(built.instance().gates().reads(i));
                    fires |= plain.activations(alone)[1][row.row()] > 0;
                }
                assertEquals(fires ? Trace.Reason.WANTED : Trace.Reason.SPURIOUS, row.reason());
                wanted += fires ? 1 : 0;
                spurious += fires ? 0 : 1;
            }
        }
        assertTrue(wanted > 20 && spurious > 5, wanted + " wanted, " + spurious + " spurious");
    }

    @Test
    void aLayeredNetworkShowsTheTruthBetweenItsMaps() throws IOException {
        Path network = build("--problem layered --construction dedicated --set inputs=12 --set"
                + " layers=permutation,two-and(outputs=16),permutation --set max-active=2");
        BuiltNetwork built = NetworkFile.read(network);
        FeatureSet input = FeatureSet.of(2, 9);
        FeatureSet first = built.instance().layers().get(0).evaluate(input);
        JsonNode document = trace(network, input, true);
        assertEquals(list(first), numbers(document.get("truth").get(0)));
        assertEquals(
                list(built.instance().layers().get(1).evaluate(first)),
                numbers(document.get("truth").get(1)));
        assertTraced(network, input);
    }

    private Path words() throws IOException {
        Path pairs = folder.resolve("pairs.csv");
        Files.writeString(pairs, "first,second\nfree,software\nthe,software\nfree,café\nfreedom,the\n");
        return build("--problem pairs-file --construction dedicated --set file=" + pairs);
    }

    @Test
    void namesAreFoundAsPeopleTypeThem() throws IOException {
        Path network = words();
        Printed plain = superpose("trace", network, "--on", "free", "--on", "software", "--json");
        assertEquals(ExitStatus.DONE, plain.status(), plain.err());
        assertEquals("[\"free·\",\"·software\"]", plain.json().get("active").toString());
        assertEquals("[\"free·software\"]", plain.json().get("outputs").toString());
        assertTrue(plain.err().contains("\"free\" is taken for \"free·\""), plain.err());
        // "the" is a first and a second word: the only way into the domain beside "freedom·" is the second.
        assertEquals(
                "[\"freedom·\",\"·the\"]",
                superpose("trace", network, "--on", "FREEDOM", "--on", "the", "--json")
                        .json()
                        .get("active")
                        .toString());
        for (String typed : List.of(".cafe", "caf", "·café")) {
            assertEquals(
                    "[\"·café\"]",
                    superpose("trace", network, "--on", typed, "--json")
                            .json()
                            .get("active")
                            .toString());
        }
        assertRefused("is the beginning of 2 names: \"free·\", \"freedom·\"", "trace", network, "--on", "fr");
        assertRefused("did you mean \"·software\"?", "trace", network, "--on", ".softwre");
        assertRefused("must be from 0 to 5", "trace", network, "--on", "6");
        assertRefused("one feature twice", "trace", network, "--on", "free·", "--on", "free");
    }

    private static void assertRefused(String message, Object... words) {
        Printed printed = superpose(words);
        assertEquals(ExitStatus.BAD_INPUT, printed.status(), printed.err());
        assertTrue(printed.err().contains(message), printed.err());
    }

    @Test
    void inspectListsTheNamesThatAPatternFinds() throws IOException {
        Path network = words();
        String text = superpose("inspect", network, "--features", "free*").out();
        assertTrue(text.contains("free·") && text.contains("freedom.") && text.contains("free·software"), text);
        assertFalse(text.contains("the·"), text);
        JsonNode document =
                superpose("inspect", network, "--features", "cafe", "--json").json();
        assertEquals("·café", document.at("/features/0/name").textValue());
        assertEquals(".cafe", document.at("/features/0/typed").textValue());
        assertEquals(1, document.get("features").size());
        assertEquals("free·café", document.at("/outputs/0/name").textValue());
        assertEquals(
                6,
                superpose("inspect", network, "--features", "--json")
                        .json()
                        .get("features")
                        .size());
    }

    @Test
    void wordsSayWhichRowsFireAndWhy() throws IOException {
        String text =
                superpose("trace", words(), "--on", "free", "--on", "software").out();
        assertTrue(text.contains("input: free· (0), ·software (3)"), text);
        assertTrue(text.contains("wanted for free·software"), text);
        assertTrue(text.contains("right on all 4 outputs, of which 1 is on; smallest margin 0"), text);
    }
}
