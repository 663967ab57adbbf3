package org.superpose.constructions.clipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class ClippedAndTest {
    private static final ClippedAnd CONSTRUCTION = new ClippedAnd();

    private static SuperposedNetwork build(ProblemInstance instance, long seed, String... namesAndValues) {
        return SmallInstances.build(CONSTRUCTION, instance, seed, namesAndValues);
    }

    /** Instances and widths: for each kind, one that is wide enough and one that is far too narrow. */
    static Stream<Object[]> instancesAndWidths() {
        return Stream.of(
                new Object[] {SmallInstances.regular(40, 60, 2, 2, 1), 56},
                new Object[] {SmallInstances.regular(40, 60, 2, 2, 2), 26},
                new Object[] {SmallInstances.zipf(40, 80, 3), 64},
                new Object[] {SmallInstances.zipf(40, 80, 4), 30},
                new Object[] {SmallInstances.star(60), 50},
                new Object[] {SmallInstances.star(60), 24},
                new Object[] {SmallInstances.grouped(30, 70, 5), 58},
                new Object[] {SmallInstances.grouped(30, 70, 6), 28},
                new Object[] {SmallInstances.regular(18, 24, 3, 3, 7), 50},
                new Object[] {SmallInstances.regular(18, 24, 3, 3, 8), 22},
                new Object[] {SmallInstances.regular(14, 20, 4, 4, 9), 60},
                new Object[] {SmallInstances.regular(14, 20, 4, 4, 10), 20},
                new Object[] {SmallInstances.permutation(60, 1, 11), 40},
                new Object[] {SmallInstances.permutation(60, 1, 12), 20},
                new Object[] {SmallInstances.regular(20, 24, 2, 1, 13), 30},
                new Object[] {SmallInstances.regular(18, 18, 2, 3, 14), 80},
                new Object[] {SmallInstances.regular(18, 18, 2, 3, 15), 40},
                new Object[] {SmallInstances.permutation(24, 2, 16), 60},
                new Object[] {SmallInstances.permutation(24, 2, 17), 24},
                new Object[] {SmallInstances.regular(12, 10, 2, 4, 18), 90},
                new Object[] {SmallInstances.regular(12, 10, 2, 4, 19), 40});
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("instancesAndWidths")
    void itsOwnCountOfWrongInputsIsTheCountByPlainEvaluation(ProblemInstance instance, int width) {
        for (String rounds : List.of("0", "1")) {
            SuperposedNetwork network =
                    build(instance, 21, "width", Integer.toString(width), "resampling-rounds", rounds);

            assertEquals(true, network.provenance().facts().get("wrong-inputs-counted"));
            assertEquals(SmallInstances.wrongInputs(instance, network).size(), left(network));
        }
    }

    static Stream<Object[]> instancesAndWorkableWidths() {
        return Stream.of(
                new Object[] {SmallInstances.regular(60, 80, 2, 2, 1), 60},
                new Object[] {SmallInstances.zipf(50, 100, 2), 80},
                new Object[] {SmallInstances.star(100), 75},
                new Object[] {SmallInstances.grouped(40, 90, 3), 70},
                new Object[] {SmallInstances.regular(20, 60, 3, 3, 4), 56},
                new Object[] {SmallInstances.regular(14, 70, 4, 4, 5), 66},
                new Object[] {SmallInstances.permutation(80, 1, 6), 40},
                new Object[] {SmallInstances.regular(18, 18, 2, 3, 7), 130},
                new Object[] {SmallInstances.permutation(40, 2, 8), 75});
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("instancesAndWorkableWidths")
    void itIsCorrectOnEveryInputAtWorkableWidths(ProblemInstance instance, int width) {
        for (long seed = 1; seed <= 3; seed++) {
            SuperposedNetwork network = build(instance, seed, "width", Integer.toString(width));

            assertEquals(List.of(), SmallInstances.wrongInputs(instance, network));
            assertEquals(width, network.width());
        }
    }

    @Tag("slow")
    @Test
    void annealingMendsWhatTheLocalSearchLeavesWrong() {
        ProblemInstance instance = SmallInstances.regular(128, 128, 2, 2, 1);
        String[] tight = {"width", "44", "code-weight", "5", "channel-weight", "3", "output-code-weight", "3"};

        int searched = left(build(instance, 1, tight));
        String[] annealed = Arrays.copyOf(tight, tight.length + 2);
        annealed[tight.length] = "annealing-sweeps";
        annealed[tight.length + 1] = "60";
        SuperposedNetwork network = build(instance, 1, annealed);

        assertTrue(searched > 0, "the width is too comfortable for this test");
        assertTrue(left(network) < searched, left(network) + " of " + searched + " are left");
        assertEquals(
                left(network), SmallInstances.wrongInputs(instance, network).size());
    }

    private static int left(SuperposedNetwork network) {
        return (Integer) network.provenance().facts().get("wrong-inputs-left");
    }

    @Tag("slow")
    @Test
    void aNetworkOfFourThousandOutputsFitsInFourHundredNeurons() {
        ProblemInstance instance = SmallInstances.regular(4096, 4096, 2, 2, 1);

        SuperposedNetwork network = build(instance, 1, "width", "400");

        assertEquals(0, left(network));
        assertEquals(400, network.width());
        Evaluator evaluator = new PlainEvaluator(network);
        RandomGenerator random = new Seed(2).generator();
        for (int t = 0; t < 200; t++) {
            FeatureSet near = FeatureSet.of(instance.gates().reads(random.nextInt(4096)));
            FeatureSet anywhere = instance.domain().sample(random);
            assertEquals(instance.evaluate(near), evaluator.evaluate(near));
            assertEquals(instance.evaluate(anywhere), evaluator.evaluate(anywhere));
        }
    }

    /** Instances like those of the frontier table, at the widths for which it aims. */
    static Stream<Object[]> frontier() {
        return Stream.of(
                new Object[] {SmallInstances.regular(4096, 4096, 2, 2, 1), 430},
                new Object[] {SmallInstances.star(4096), 450},
                new Object[] {SmallInstances.zipf(2048, 4096, 1), 700},
                new Object[] {SmallInstances.complete(91), 450},
                new Object[] {SmallInstances.regular(1024, 1024, 3, 3, 1), 280},
                new Object[] {SmallInstances.regular(128, 512, 4, 4, 1), 280});
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("frontier")
    void theAutomaticChoiceReachesTheFrontier(ProblemInstance instance, int width) {
        SuperposedNetwork network = build(instance, 1, "width", Integer.toString(width));

        assertEquals(0, left(network));
    }

    @Test
    void aSearchThatLeadsNowhereEndsAndSaysWhatIsStillWrong() {
        ProblemInstance instance = SmallInstances.regular(60, 120, 2, 2, 1);

        SuperposedNetwork network = build(instance, 1, "width", "34", "resampling-rounds", "100000");

        int left = left(network);
        assertTrue(left > 0, "the width was not too small");
        assertTrue((Integer) network.provenance().facts().get("resampling-rounds") < 100_000);
        assertEquals(SmallInstances.wrongInputs(instance, network).size(), left);
    }

    @Tag("slow")
    @Test
    void allPairsAreServedByPlanesInFarFewerNeuronsThanPairs() {
        ProblemInstance instance = SmallInstances.complete(57);

        SuperposedNetwork network = build(instance, 1, "width", "300");

        assertEquals(57 * 56 / 2, instance.gates().outputs());
        assertEquals(List.of(), SmallInstances.wrongInputs(instance, network));
    }

    @Test
    void allPairsAreServedWithoutPlanesWhereTheWidthHasNoRoomForThem() {
        ProblemInstance instance = SmallInstances.complete(12);

        SuperposedNetwork network = build(instance, 1, "width", "30", "resampling-rounds", "0");

        assertEquals(SmallInstances.wrongInputs(instance, network).size(), left(network));
    }

    @Test
    void placingChannelsAnewLeavesFewerInputsWrong() {
        ProblemInstance instance = SmallInstances.regular(512, 512, 2, 2, 1);

        List<Integer> left = Stream.of("0", "4", "16")
                .map(passes -> left(build(
                        instance,
                        1,
                        "width",
                        "110",
                        "code-weight",
                        "4",
                        "channel-weight",
                        "4",
                        "output-code-weight",
                        "3",
                        "placement-passes",
                        passes,
                        "resampling-rounds",
                        "0")))
                .toList();

        assertTrue(left.get(1) < left.get(0) && left.get(2) < left.get(1), left + " after 0, 4 and 16 passes");
    }

    @Test
    void codesDoNotDependOnTheGates() {
        SuperposedNetwork regular = build(SmallInstances.regular(61, 60, 2, 2, 1), 5, "width", "60");
        SuperposedNetwork star = build(SmallInstances.star(60), 5, "width", "60");

        assertEquals(regular.inputCodes(), star.inputCodes());
        assertEquals(regular.decoder(), star.decoder());
        assertNotEquals(regular.layers(), star.layers());
    }

    @Test
    void resamplingMovesChannelsOnly() {
        ProblemInstance instance = SmallInstances.regular(40, 60, 2, 2, 2);

        SuperposedNetwork drawn = build(instance, 3, "width", "26", "resampling-rounds", "0");
        SuperposedNetwork resampled = build(instance, 3, "width", "26", "resampling-rounds", "5");

        assertTrue(left(drawn) > 0);
        assertTrue(left(resampled) < left(drawn), left(resampled) + " after resampling, " + left(drawn) + " before");
        assertEquals(left(drawn), resampled.provenance().facts().get("wrong-inputs-drawn"));
        assertTrue((Long) resampled.provenance().facts().get("redraws") > 0);
        assertEquals(drawn.inputCodes(), resampled.inputCodes());
        assertEquals(drawn.decoder(), resampled.decoder());
    }

    @Test
    void theSameSeedGivesTheSameNetworkAndAnotherSeedAnother() {
        ProblemInstance instance = SmallInstances.zipf(40, 80, 3);

        SuperposedNetwork network = build(instance, 8, "width", "40");

        assertEquals(network, build(instance, 8, "width", "40"));
        assertNotEquals(network.layers(), build(instance, 9, "width", "40").layers());
        assertNotEquals(network.inputCodes(), build(instance, 9, "width", "40").inputCodes());
    }

    @Test
    void itIsTwoZeroOneMatricesWhereNoMoreAreActiveThanAGateReads() {
        SuperposedNetwork network =
                build(SmallInstances.regular(40, 60, 2, 2, 1), 1, "width", "56", "code-weight", "5");

        assertEquals(2, network.layers().size());
        assertTrue(network.layers().stream()
                .allMatch(layer -> layer.weights() instanceof BitMatrix bits && bits.isZeroOne()));
        assertEquals(-(2 * 5 - 1), network.layers().get(0).bias(0));
        int channelWeight = (Integer) network.provenance().parameters().get("channel-weight");
        assertEquals(-(channelWeight - 1), network.layers().get(1).bias(0));
    }

    @ParameterizedTest
    @CsvSource({"2, auto", "2, always", "3, auto", "3, always"})
    void saturatedStatesAreExactlyZeroOrOne(int maxActive, String saturate) {
        ProblemInstance instance = SmallInstances.regular(16, 16, 2, maxActive, 4);

        SuperposedNetwork network = build(instance, 2, "width", "18", "resampling-rounds", "0", "saturate", saturate);

        int overshot = 0;
        Evaluator evaluator = new PlainEvaluator(network);
        List<FeatureSet> inputs = new ArrayList<>();
        instance.domain().forEach(inputs::add);
        for (FeatureSet input : inputs) {
            float[][] states = evaluator.activations(input);
            for (int t = 0; t < network.layers().size(); t++) {
                boolean saturated = network.layers().get(t).weights() instanceof DiagonalMatrix;
                for (float value : states[t + 1]) {
                    assertTrue(!saturated || value == 0 || value == 1, "state " + value);
                    overshot += value > 1 ? 1 : 0;
                }
            }
        }
        assertTrue(overshot > 0, "nothing was there to saturate");
        assertEquals(
                saturate.equals("always") ? 5 : maxActive > 2 ? 3 : 2,
                network.layers().size());
        assertEquals(2, network.matrices());
    }

    @Test
    void saturationDoesNotChangeWhatIsComputed() {
        ProblemInstance instance = SmallInstances.regular(16, 16, 2, 2, 4);

        SuperposedNetwork plain = build(instance, 2, "width", "22", "resampling-rounds", "0");
        SuperposedNetwork saturated = build(instance, 2, "width", "22", "resampling-rounds", "0", "saturate", "always");

        assertFalse(SmallInstances.wrongInputs(instance, plain).isEmpty());
        assertEquals(SmallInstances.wrongInputs(instance, plain), SmallInstances.wrongInputs(instance, saturated));
    }

    @Test
    void everyAutomaticChoiceIsRecorded() {
        SuperposedNetwork network = build(SmallInstances.regular(40, 60, 2, 2, 1), 1, "width", "56");

        Map<String, Object> recorded = network.provenance().parameters();
        for (var parameter : CONSTRUCTION.parameters()) {
            // Annealing is recorded where it is asked for, so that other networks keep their digests.
            assertEquals(
                    !parameter.name().equals("annealing-sweeps"),
                    recorded.containsKey(parameter.name()),
                    parameter.name() + " in " + recorded);
        }
        assertEquals("clipped-and", network.provenance().construction());
        SuperposedNetwork again = build(
                SmallInstances.regular(40, 60, 2, 2, 1),
                1,
                recorded.entrySet().stream()
                        .flatMap(entry ->
                                Stream.of(entry.getKey(), entry.getValue().toString()))
                        .toArray(String[]::new));
        assertEquals(network, again);
    }

    @Test
    void itRefusesGatesThatItCannotBuild() {
        Gates parity = Gates.of(4, GateFunction.PARITY, new int[] {0, 2}, new int[] {0, 1});
        Gates mixed = Gates.of(4, GateFunction.AND, new int[] {0, 2, 5}, new int[] {0, 1, 0, 2, 3});
        Gates one = Gates.conjunctions(4, 1, new int[] {0, 1, 2, 3});
        ProblemInstance single = SmallInstances.of("p", one, InputDomain.sparse(4, 2));
        ProblemInstance layered = single.with(List.of(one, one), single.domain());

        assertEquals(
                "the gates compute parity, but it builds for and",
                CONSTRUCTION
                        .accepts(SmallInstances.of("p", parity, InputDomain.sparse(4, 2)))
                        .reason()
                        .orElseThrow());
        assertEquals(
                "the gates read from 2 to 3 inputs, but all have to read equally many",
                CONSTRUCTION
                        .accepts(SmallInstances.of("p", mixed, InputDomain.sparse(4, 2)))
                        .reason()
                        .orElseThrow());
        assertEquals(
                "the instance has 2 layers of gates, but it builds for one",
                CONSTRUCTION.accepts(layered).reason().orElseThrow());
        assertTrue(CONSTRUCTION.accepts(single).isAccepted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40 | code-weight | 64 | width 40 is too small for code-weight 64: width must be at least code-weight",
                "40 | output-code-weight | 41 | width 40 is too small for output-code-weight 41: "
                        + "width must be at least output-code-weight",
                "40 | channel-weight | 41 | width 40 is too small for channel-weight 41: "
                        + "width must be at least channel-weight",
                "400 | code-weight | 200 | code-weight 200 is too large for clipped channels: it must be at most 127",
                "65536 | code-weight | 5 | width 65536 is too large: it must be at most 65535",
                "10 | code-weight | 2 | width 10 with code-weight 2 does not make enough codes for 40 features "
                        + "to have one each. Maybe take a larger width or code-weight"
            })
    void aWidthThatDoesNotFitIsRefusedWithBothValues(String width, String name, String value, String message) {
        ProblemInstance instance = SmallInstances.regular(40, 20, 2, 2, 1);

        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> build(instance, 1, "width", width, name, value));

        assertEquals(message, refusal.getMessage());
    }
}
