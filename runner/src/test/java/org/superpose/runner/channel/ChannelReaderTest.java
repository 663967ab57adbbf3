package org.superpose.runner.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.random.Seed;
import org.superpose.runner.channel.ChannelReport.OutputChannels;
import org.superpose.runner.experiment.Bench;

class ChannelReaderTest {
    private static final ChannelReader READER = new ChannelReader(16, new Seed(1));

    private static ChannelReport read(BuiltNetwork built) {
        return READER.read(
                built.network(),
                built.instance().domain(),
                IntStream.range(0, built.network().outputs()).toArray(),
                Optional.of(built.instance()));
    }

    private static SuperposedNetwork readOut(float[][] in, float[] bias, float[][] out, float[] threshold, int active) {
        int features = in[0].length;
        return new SuperposedNetwork(
                Codes.identity(features),
                List.of(
                        new Layer(new DenseMatrix(in.length, features, flat(in)), bias),
                        Layer.linear(new DenseMatrix(out.length, in.length, flat(out)), new float[out.length])),
                Decoder.readout(threshold),
                InputDomain.sparse(features, active),
                false,
                new Provenance("by hand", Map.of(), 0, Map.of()));
    }

    private static float[] flat(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, all, r * rows[0].length, rows[r].length);
        }
        return all;
    }

    /**
     * Output 0 is the AND of inputs 0 and 1: rows 0 and 1 fire for both, row 2 fires unless one of them is active.
     * Output 1 is the AND of inputs 2 and 3, on row 3. Row 4 hears them all, and no output hears it.
     */
    @Test
    void thePlantedRowsAreFoundAsWitnessesForAndAgainst() {
        SuperposedNetwork network = readOut(
                new float[][] {{2, 2, 0, 0}, {1, 1, -1, 0}, {-3, -3, 0, 0}, {0, 0, 1, 1}, {1, 1, 1, 1}},
                new float[] {-3, -1, 5, -1, 0},
                new float[][] {{1, 1, -1, 0, 0}, {0, 0, 0, 1, 0}},
                new float[] {1, 0.5f},
                2);
        ChannelReport report = READER.read(network, InputDomain.sparse(4, 2), new int[] {0, 1}, Optional.empty());
        Channel first = only(report.outputs().get(0));
        assertEquals(FeatureSet.of(0, 1), first.features());
        assertTrue(first.isConfirmed());
        assertArrayEquals(new int[] {0, 1}, first.rows(true));
        assertArrayEquals(new int[] {2}, first.rows(false));
        assertEquals(1 + 1 + 5, first.effect(), 1e-12, "ReLU(1), ReLU(1), and ReLU(5) that falls to ReLU(-1)");
        Channel second = only(report.outputs().get(1));
        assertEquals(FeatureSet.of(2, 3), second.features());
        assertArrayEquals(new int[] {3}, second.rows(true));
        assertArrayEquals(new int[0], second.rows(false));
        assertEquals(2, report.confirmed());
        assertEquals(1, report.layer());
    }

    private static Channel only(OutputChannels output) {
        assertEquals(1, output.channels().size());
        assertFalse(output.turnsOff());
        return output.channels().get(0);
    }

    @Test
    void anOutputThatIsOnAtRestHasChannelsThatTurnItOff() {
        SuperposedNetwork network = readOut(
                new float[][] {{-1, 0, 0}, {0, 1, 1}},
                new float[] {1, -1},
                new float[][] {{1, -1}},
                new float[] {0.5f},
                2);
        OutputChannels found = READER.read(network, InputDomain.sparse(3, 2), new int[] {0}, Optional.empty())
                .outputs()
                .get(0);
        assertTrue(found.turnsOff());
        assertEquals(
                Set.of(FeatureSet.of(0), FeatureSet.of(1, 2)),
                found.channels().stream().map(Channel::features).collect(Collectors.toSet()));
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"clipped-and,96", "linear-two-and,500", "trained-gates,48", "dedicated,0"})
    void verifiedNetworksGiveTheirChannelsAway(String construction, String width) {
        BuiltNetwork built = width.equals("0")
                ? Bench.build("two-and", construction, "inputs", "64", "outputs", "64")
                : Bench.build("two-and", construction, "inputs", "64", "outputs", "64", "width", width);
        ChannelReport report = read(built);
        for (OutputChannels each : report.outputs()) {
            assertEquals(
                    List.of(FeatureSet.of(built.instance().gates().reads(each.output()))),
                    each.channels().stream().map(Channel::features).toList());
        }
        ChannelScore score = report.truth().orElseThrow();
        assertEquals(64, score.truths());
        assertEquals(1, score.precision());
        assertEquals(1, score.recall());
        assertEquals(1, score.rowPrecision(), "read out of the weights, and found by patching rows");
        assertEquals(1, score.rowRecall());
        assertTrue(score.baselineExact() < 0.1, "chance " + score.baselineExact());
    }

    /** Of a layered map each clause is a channel of its own. */
    @Test
    void everyClauseOfADisjunctionIsAChannel() {
        BuiltNetwork built = Bench.build(
                "dnf", "dedicated", "inputs", "16", "outputs", "4", "clauses", "3", "literals", "2", "negated", "0");
        ChannelReport report = read(built);
        ChannelScore score = report.truth().orElseThrow();
        assertEquals(12, score.truths());
        assertEquals(12, score.exact());
        assertEquals(12, score.found());
    }

    /** The truth is held against every input of the domain. */
    @Test
    void switchingSetsAreThoseThatTheMapSays() {
        BuiltNetwork built = Bench.build(
                "dnf", "dedicated", "inputs", "8", "outputs", "4", "clauses", "2", "literals", "2", "negated", "0.25");
        SwitchingSets sets = new SwitchingSets(built.instance());
        for (int output = 0; output < 4; output++) {
            int i = output;
            Set<FeatureSet> least = new TreeSet<>((a, b) -> Arrays.compare(a.toArray(), b.toArray()));
            for (FeatureSet input : built.instance().domain()) {
                boolean isOn = built.instance().evaluate(input).contains(i);
                boolean isPartOn = IntStream.of(input.toArray()).anyMatch(left -> {
                    FeatureSet part = FeatureSet.of(
                            IntStream.of(input.toArray()).filter(j -> j != left).toArray());
                    return built.instance().evaluate(part).contains(i);
                });
                if (isOn && !isPartOn) {
                    least.add(input);
                }
            }
            assertEquals(least, sets.of(i).orElseThrow());
        }
    }

    /** A network that has forgotten which row is which computes nothing, and what is found is no better than chance. */
    @Tag("slow")
    @Test
    void aNetworkWithRowsInAnotherOrderHasNoChannels() {
        BuiltNetwork built = Bench.build("two-and", "clipped-and", "inputs", "64", "outputs", "64", "width", "96");
        Layer second = built.network().layers().get(1);
        float[] weights = new float[second.rows() * second.columns()];
        for (int r = 0; r < second.rows(); r++) {
            for (int c = 0; c < second.columns(); c++) {
                weights[r * second.columns() + (c * 35 + 7) % second.columns()] =
                        second.weights().get(r, c);
            }
        }
        SuperposedNetwork shuffled = new SuperposedNetwork(
                built.network().inputCodes(),
                List.of(
                        built.network().layers().get(0),
                        second.withWeights(new DenseMatrix(second.rows(), second.columns(), weights))),
                built.network().decoder(),
                built.network().domain(),
                false,
                built.network().provenance());
        ChannelScore score =
                read(new BuiltNetwork(built.instance(), shuffled)).truth().orElseThrow();
        assertTrue(score.recall() < 0.1, "recall " + score.recall());
    }

    @Test
    void aNetworkWithoutReluHasNoHiddenRows() {
        SuperposedNetwork linear = new SuperposedNetwork(
                Codes.identity(2),
                List.of(Layer.linear(new DenseMatrix(1, 2, new float[] {1, 1}), new float[1])),
                Decoder.readout(new float[] {1}),
                InputDomain.sparse(2, 2),
                false,
                new Provenance("by hand", Map.of(), 0, Map.of()));
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> READER.read(linear, InputDomain.sparse(2, 2), new int[] {0}, Optional.empty()));
        assertEquals("the network has no layer with ReLU, so it has no hidden rows to share", refused.getMessage());
    }
}
