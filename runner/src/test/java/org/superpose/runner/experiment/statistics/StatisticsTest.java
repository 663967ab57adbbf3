package org.superpose.runner.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Bench;

/** Measured figures agree with their predictions within statistical error, and say so when they do not apply. */
class StatisticsTest {
    private static final Seed SEED = new Seed(3);

    private static double number(Map<String, Object> fields, String name) {
        return ((Number) fields.get(name)).doubleValue();
    }

    private static BuiltNetwork lowInfluence(String width) {
        return Bench.build("two-and", "linear-output-channels", "inputs", "128", "outputs", "128", "width", width);
    }

    @Test
    void theNoiseOfABuiltNetworkIsAsPredicted() {
        Map<String, Object> noise = new RowNoise().measure(lowInfluence("600"));
        assertEquals(1, number(noise, RowNoise.NOISE) / number(noise, RowNoise.PREDICTED), 0.15, noise.toString());
    }

    @Test
    void spuriousRowsAreAsManyAsIndependentChannelsWithNoisePredict() {
        BuiltNetwork built =
                Bench.build("two-and", "linear-output-channels", "inputs", "64", "outputs", "256", "width", "700");
        Map<String, Object> rows = new SpuriousRows(1500, SEED).measure(built);
        double measured = number(rows, SpuriousRows.ROWS);
        // d s = 8 * 16 rows for either input: about (d s)^2 / n
        assertTrue(measured > 10, rows.toString());
        // the channels of this construction are balanced, and meet up to a sixth less often than random ones
        double ratio = measured / number(rows, SpuriousRows.PREDICTED_WITH_NOISE);
        assertTrue(ratio > 0.83 && ratio < 1.05, rows.toString());
        assertTrue(number(rows, SpuriousRows.STANDARD_ERROR) < 0.03 * measured, rows.toString());
    }

    @Test
    void theExpectedRowsAreThoseOfDrawnChannels() {
        int rows = 60;
        int weight = 6;
        Gates gates = Gates.conjunctions(9, 2, new int[] {0, 2, 0, 3, 0, 4, 1, 5, 1, 6, 7, 8});
        double[] expected = SpuriousRows.rowsByActive(gates, FeatureSet.of(0, 1), weight, rows);
        RandomGenerator random = new Seed(8).generator();
        double[] counted = new double[3];
        int draws = 4000;
        for (int draw = 0; draw < draws; draw++) {
            BitSet first = channels(3, weight, rows, random);
            BitSet second = channels(2, weight, rows, random);
            for (int row = 0; row < rows; row++) {
                counted[(first.get(row) ? 1 : 0) + (second.get(row) ? 1 : 0)] += 1.0 / draws;
            }
        }
        for (int active = 0; active < 3; active++) {
            assertEquals(counted[active], expected[active], 0.15, "rows with " + active);
        }
    }

    private static BitSet channels(int count, int weight, int rows, RandomGenerator random) {
        BitSet union = new BitSet(rows);
        for (int t = 0; t < count; t++) {
            BitSet channel = new BitSet(rows);
            while (channel.cardinality() < weight) {
                channel.set(random.nextInt(rows));
            }
            union.or(channel);
        }
        return union;
    }

    @Test
    void whereEveryPairTurnsAnOutputOnNoRowIsSpurious() {
        BuiltNetwork built = Bench.build(
                "two-and", "linear-high-influence-and", "inputs", "8", "influence", "complete", "width", "200");
        assertNull(new SpuriousRows(20, SEED).measure(built).get(SpuriousRows.ROWS));
    }

    @Test
    void dedicatedNeuronsReadClearlyAndARaisedThresholdIsSeen() {
        BuiltNetwork built = Bench.build("two-and", "dedicated", "inputs", "20", "outputs", "30");
        Map<String, Object> clear = new ReadoutMargins(300, SEED).measure(built);
        assertEquals(0, number(clear, ReadoutMargins.WRONG_SHARE));
        assertTrue(number(clear, ReadoutMargins.LEAST_ON) >= 1, clear.toString());
        assertTrue(number(clear, ReadoutMargins.LARGEST_OFF) < 1, clear.toString());

        SuperposedNetwork network = built.network();
        Decoder raised = Decoder.withThreshold(
                network.decoder().codes(), network.decoder().kind(), 100);
        BuiltNetwork deaf = new BuiltNetwork(built.instance(), network.withDecoder(raised));
        Map<String, Object> wrong = new ReadoutMargins(300, SEED).measure(deaf);
        // half of the inputs contain all that a gate reads, and that gate stays off
        assertTrue(number(wrong, ReadoutMargins.WRONG_SHARE) >= 0.5, wrong.toString());
        assertTrue(number(wrong, ReadoutMargins.LEAST_ON) < 1, wrong.toString());
    }

    @Test
    void noiseDoesNotGrowFromBlockToBlock() {
        BuiltNetwork built = Bench.build(
                "layered", "layered", "inputs", "64", "max-active", "2", "layers", "5*permutation", "width", "500");
        List<BlockNoise> blocks = BlockNoise.measure(built, 100, SEED);
        assertEquals(5, blocks.size());
        double first = blocks.get(0).noise();
        for (BlockNoise block : blocks) {
            assertEquals(first, block.noise(), 0.3 * first, block.toString());
            assertEquals(1, block.noise() / block.predicted(), 0.35, block.toString());
            assertTrue(block.deviation() < 0.02 && block.largestDeviation() < 0.51, block.toString());
        }
    }

    @Test
    void noisePerBlockNeedsBlocksThatClampTheirValues() {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> BlockNoise.measure(lowInfluence("300"), 10, SEED));
        assertEquals(
                "noise per block needs one block of clamped values per layer of gates, but 0 blocks compute 1 layers",
                refused.getMessage());
    }

    @Test
    void lightInputsThatShareAHubMeetAsOftenAsInItsRows() {
        BuiltNetwork built = Bench.build(
                "two-and",
                "linear-mixed-influence-and",
                "inputs",
                "136",
                "outputs",
                "256",
                "influence",
                "mixed",
                "heavy-inputs",
                "8",
                "heavy-light-share",
                "1",
                "heavy-heavy-share",
                "0",
                "width",
                "1200");
        Map<String, Object> dependence = new HubDependence(1500, SEED).measure(built);
        double sharing = number(dependence, HubDependence.SHARING);
        double apart = number(dependence, HubDependence.APART);
        assertTrue(sharing < 1.05 * number(dependence, HubDependence.SHARING_PREDICTED), dependence.toString());
        assertTrue(sharing > 0.95 * number(dependence, HubDependence.SHARING_BALANCED), dependence.toString());
        assertTrue(
                number(dependence, HubDependence.SHARING_PREDICTED)
                        < 2 * number(dependence, HubDependence.SHARING_BALANCED),
                "the two predictions are not far apart: " + dependence);
        assertEquals(apart, number(dependence, HubDependence.APART_PREDICTED), 0.3 * apart, dependence.toString());
        assertTrue(sharing > 1.5 * apart, dependence.toString());
    }

    @Test
    void withoutHubsThereIsNoPairThatSharesOne() {
        BuiltNetwork built = Bench.build(
                "two-and", "linear-two-and", "inputs", "65", "outputs", "64", "influence", "star", "width", "400");
        Map<String, Object> star = new HubDependence(200, SEED).measure(built);
        assertNull(star.get(HubDependence.APART), "all light inputs share the one hub");
        assertTrue(number(star, HubDependence.SHARING) >= 0);
    }

    @Test
    void aDedicatedNetworkStoresOneBitPerWeight() {
        BuiltNetwork built = Bench.build("two-and", "dedicated", "inputs", "20", "outputs", "30");
        Map<String, Object> bits = new BitFigures().measure(built);
        assertEquals(2L, bits.get(BitFigures.DISTINCT_VALUES));
        assertEquals(1.0, bits.get(BitFigures.BITS_PER_WEIGHT));
        assertEquals(600L, bits.get(BitFigures.PARAMETERS));
        double share = 2.0 / 20;
        double entropy = -(share * Math.log(share) + (1 - share) * Math.log(1 - share)) / Math.log(2);
        assertEquals(entropy, number(bits, BitFigures.ENTROPY_BITS), 1e-9);
    }

    @Test
    void theLargestInfluenceStandsBesideItsLimit() {
        BuiltNetwork built =
                Bench.build("two-and", "dedicated", "inputs", "257", "outputs", "256", "influence", "star");
        Map<String, Object> influence = new InfluenceFigures().measure(built);
        assertEquals(256, influence.get(InfluenceFigures.INFLUENCE));
        assertEquals(4, number(influence, InfluenceFigures.LIMIT), 1e-12);
    }
}
