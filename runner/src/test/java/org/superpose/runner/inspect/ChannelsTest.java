package org.superpose.runner.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.figure.PictureFile;
import org.superpose.runner.inspect.Channels.Meeting;
import org.superpose.runner.inspect.Channels.Part;

class ChannelsTest {
    @TempDir
    Path folder;

    private static BuiltNetwork clipped() {
        return Bench.build(
                "two-and", "clipped-and", "inputs", "64", "outputs", "64", "width", "96", "channel-weight", "5");
    }

    private static Channels of(BuiltNetwork built, int output) {
        return new Channels(built, new PlainEvaluator(built.network()), output);
    }

    @Test
    void theChannelOfAnOutputIsLinedUpForItsInputsAndFires() {
        BuiltNetwork built = clipped();
        for (int output = 0; output < 64; output++) {
            Meeting meeting = of(built, output).channel();
            assertEquals(
                    IntStream.of(built.instance().gates().reads(output)).boxed().toList(), meeting.active());
            assertTrue(meeting.count(Part.CHANNEL) >= 5, "a channel of five rows, and rows that meet by chance");
            assertEquals(0, meeting.count(Part.SPURIOUS));
            meeting.rows().stream()
                    .filter(row -> row.part() == Part.CHANNEL)
                    .forEach(row ->
                            assertEquals(List.of(true, true), row.listens().subList(0, 2), "row " + row.row()));
        }
    }

    @Test
    void aCoincidenceTurnsNoOutputOnAndHasTheRowsThatReallyFire() {
        BuiltNetwork built = clipped();
        Channels channels = of(built, 3);
        Meeting meeting = channels.coincidence().orElseThrow();
        FeatureSet input =
                FeatureSet.of(meeting.active().stream().mapToInt(j -> j).toArray());
        assertTrue(built.instance().evaluate(input).isEmpty());
        float[] hidden = new PlainEvaluator(built.network()).activations(input)[1];
        List<Integer> fired = IntStream.range(0, hidden.length)
                .filter(row -> hidden[row] > 0)
                .boxed()
                .toList();
        assertFalse(fired.isEmpty());
        assertEquals(
                fired,
                meeting.rows().stream()
                        .filter(row -> row.part() == Part.SPURIOUS)
                        .map(Channels.Row::row)
                        .sorted()
                        .toList());
        assertEquals(0, meeting.count(Part.CHANNEL));
    }

    @Test
    void theRowsOfALinearNetworkAreThoseItsWeightsListenTo() {
        BuiltNetwork built =
                Bench.build("two-and", "linear-output-channels", "inputs", "32", "outputs", "32", "width", "400");
        Meeting meeting = of(built, 0).channel();
        int channel = (Integer) built.network().provenance().parameters().get("channel-weight");
        assertTrue(meeting.count(Part.CHANNEL) >= channel, meeting.toString());
        assertTrue(meeting.count(Part.CHANNEL) <= channel + 4, meeting.toString());
    }

    @Test
    void theGeneralConstructionWorksInDisjointRowsForTheThreeSubProblems() {
        BuiltNetwork built = Bench.build(
                "two-and", "linear-two-and", "inputs", "96", "outputs", "96", "influence", "mixed", "width", "1200");
        Channels channels = of(built, 0);
        Map<SubProblem, Integer> outputs = SubProblem.counts(built.instance().gates());
        assertEquals(3, outputs.size());
        assertEquals(96, outputs.values().stream().mapToInt(count -> count).sum());
        Map<SubProblem, Integer> rows = new TreeMap<>();
        channels.subProblems().values().forEach(sub -> rows.merge(sub, 1, Integer::sum));
        assertEquals(3, rows.size(), rows.toString());
        Gates gates = built.instance().gates();
        long heavy = IntStream.range(0, 96)
                .filter(j -> gates.influence(j) > Math.pow(96, 0.25))
                .count();
        assertEquals(heavy, channels.heavyFeatures());
        assertTrue(IntStream.range(0, (int) heavy)
                .allMatch(place -> SubProblem.isHeavy(gates, channels.features()[place])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"permutation", "k-and", "layered"})
    void everyKindOfProblemCanBeDrawn(String problem) throws Exception {
        BuiltNetwork built = switch (problem) {
            case "permutation" ->
                Bench.build(problem, "clipped-permutation", "inputs", "32", "max-active", "2", "width", "90");
            case "k-and" -> Bench.build(problem, "clipped-and", "inputs", "24", "outputs", "24", "width", "120");
            default ->
                Bench.build(
                        problem,
                        "clipped",
                        "inputs",
                        "24",
                        "layers",
                        "two-and(outputs=24),permutation",
                        "max-active",
                        "2",
                        "width",
                        "150");
        };
        drawn(built);
    }

    @Test
    void thePictureForScreensHasTwoPixelsToAUnit() throws Exception {
        BuiltNetwork built = clipped();
        Path png = folder.resolve("figure.png");
        PictureFile.PNG.write(png, new ChannelFigure(built, of(built, 0)));
        assertEquals(2 * 1440, ImageIO.read(png.toFile()).getWidth());
    }

    private void drawn(BuiltNetwork built) throws Exception {
        Path svg = folder.resolve("figure.svg");
        PictureFile.SVG.write(svg, new ChannelFigure(built, of(built, 0)));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        assertEquals(
                "svg",
                factory.newDocumentBuilder()
                        .parse(svg.toFile())
                        .getDocumentElement()
                        .getTagName());
    }

    @Test
    void namesFromAFileStayTextInTheFigure() throws Exception {
        BuiltNetwork built = clipped();
        ProblemInstance plain = built.instance();
        List<String> names = IntStream.range(0, 64)
                .mapToObj(j -> "<b> & \"" + j + "\u0001 \ud83d")
                .toList();
        ProblemInstance named = plain.withNames(new FeatureNames(names), new FeatureNames(names));
        drawn(new BuiltNetwork(named, built.network()));
    }
}
