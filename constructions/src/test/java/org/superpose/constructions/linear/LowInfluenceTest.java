package org.superpose.constructions.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.assertRightEverywhere;
import static org.superpose.constructions.NetworkCheck.build;
import static org.superpose.constructions.NetworkCheck.values;
import static org.superpose.constructions.SampleProblems.instance;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.constructions.layered.KAndTree;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class LowInfluenceTest {
    private final Construction permutation = new LinearPermutation();
    private final Construction lowInfluence = new LinearLowInfluenceAnd();
    private final Construction kAnd = new LinearKAnd();

    @net.jqwik.api.Tag("slow")
    @Property(tries = 5)
    void permutationIsRightOnAllInputsAtAGenerousWidth(@ForAll @LongRange(min = 0, max = 4) long seed) {
        for (int maxActive = 1; maxActive <= 3; maxActive++) {
            ProblemInstance instance = instance(SampleProblems.permutation(40, seed), maxActive);
            assertRightEverywhere(instance, build(permutation, instance, seed, ConstructionParameters.WIDTH, 512));
        }
    }

    @net.jqwik.api.Tag("slow")
    @Property(tries = 5)
    void regularTwoAndIsRightOnAllInputsAtAGenerousWidth(@ForAll @LongRange(min = 0, max = 4) long seed) {
        ProblemInstance instance = instance(SampleProblems.regular(64, 64, 2, seed), 2);
        SuperposedNetwork network = build(lowInfluence, instance, seed, ConstructionParameters.WIDTH, 512);
        assertRightEverywhere(instance, network);
        assertEquals(512, network.width());
        assertEquals(2, network.matrices());
    }

    /** One matrix and ReLU more, behind which a row is on if an input of its own is active, and off without noise. */
    @Test
    void theNoiseIsCutOffBeforeTheAndWhereThatIsWanted() {
        ProblemInstance instance = instance(SampleProblems.regular(32, 32, 2, 3), 2);
        SuperposedNetwork network = build(
                lowInfluence, instance, 1, ConstructionParameters.WIDTH, 512, LinearChoices.CLEANING, "before-and");
        assertRightEverywhere(instance, network);
        assertEquals(3, network.matrices());
        PlainEvaluator evaluator = new PlainEvaluator(network);
        for (int input = 0; input < 32; input++) {
            float[][] states = evaluator.activations(FeatureSet.of(input));
            int on = 0;
            for (int row = 0; row < 512; row++) {
                float uncut = 0;
                for (int c : network.inputCodes().code(input)) {
                    uncut += network.layers().get(0).weights().get(row, c);
                }
                on += states[1][row] > 0.5 ? 1 : 0;
                assertTrue(uncut > 0.4 || states[1][row] == 0, "row " + row + " of input " + input);
            }
            assertEquals(network.inputCodes().weight(input), on, "rows of the cleaned code of input " + input);
        }
    }

    @Test
    void aNarrowNetworkWithCleaningOfItsOwnIsWrongSomewhere() {
        ProblemInstance instance = instance(SampleProblems.regular(32, 32, 2, 3), 2);
        SuperposedNetwork narrow = build(
                lowInfluence, instance, 1, ConstructionParameters.WIDTH, 60, LinearChoices.CLEANING, "before-and");
        assertTrue(NetworkCheck.wrongInputs(instance, narrow) > 0);
    }

    @Test
    void threeActiveInputsAreRightToo() {
        ProblemInstance instance = instance(SampleProblems.regular(24, 24, 2, 3), 3);
        assertRightEverywhere(instance, build(lowInfluence, instance, 1, ConstructionParameters.WIDTH, 512));
    }

    @Tag("slow")
    @Test
    void multiInputGatesAreRightOnAllInputs() {
        for (int fanIn = 1; fanIn <= 4; fanIn++) {
            ProblemInstance instance = instance(SampleProblems.regular(24, 24, fanIn, 4), fanIn);
            assertRightEverywhere(instance, build(kAnd, instance, 1, ConstructionParameters.WIDTH, 512));
        }
    }

    /** One hub in every gate, as in the first ranks of a Zipf profile: the two light inputs decide. */
    @Tag("slow")
    @Test
    void triplesOfOneHubAndTwoLightInputsAreRightOnAllInputsDirectlyAndAsATree() {
        int[] pairs = SampleProblems.regular(20, 20, 2, 7).reads();
        int[] triples = new int[60];
        for (int i = 0; i < 20; i++) {
            triples[3 * i + 1] = 1 + pairs[2 * i];
            triples[3 * i + 2] = 1 + pairs[2 * i + 1];
        }
        ProblemInstance instance = instance(Gates.conjunctions(21, 3, triples), 3);
        assertEquals(20, instance.gates().influence(0));
        assertRightEverywhere(instance, build(kAnd, instance, 1, ConstructionParameters.WIDTH, 640));
        assertRightEverywhere(instance, build(new KAndTree(), instance, 1, ConstructionParameters.WIDTH, 1000));
    }

    @Test
    void majorityOfThreeIsRightOnAllInputs() {
        Gates majority = SampleProblems.withFunction(SampleProblems.regular(24, 24, 3, 5), GateFunction.atLeast(2));
        ProblemInstance instance = instance(majority, 3);
        assertRightEverywhere(instance, build(kAnd, instance, 1, ConstructionParameters.WIDTH, 640));
    }

    @Test
    void inputsThatNoGateReadsTurnNothingOn() {
        ProblemInstance instance = instance(SampleProblems.withUnread(SampleProblems.regular(40, 40, 2, 6), 24), 2);
        assertRightEverywhere(instance, build(lowInfluence, instance, 1, ConstructionParameters.WIDTH, 512));
    }

    @Test
    void wrongInputsBecomeRarerAsTheWidthGrows() {
        int[] widths = {64, 128, 256};
        int[] wrong = new int[widths.length];
        for (int w = 0; w < widths.length; w++) {
            for (long seed = 0; seed < 4; seed++) {
                ProblemInstance instance = instance(SampleProblems.regular(96, 96, 2, seed), 2);
                wrong[w] += NetworkCheck.wrongInputs(
                        instance, build(lowInfluence, instance, seed, ConstructionParameters.WIDTH, widths[w]));
            }
        }
        assertTrue(wrong[0] > 2 * wrong[1] && wrong[1] > 2 * wrong[2], wrong[0] + " " + wrong[1] + " " + wrong[2]);
    }

    @Test
    void codesDoNotChangeWhenOnlyTheGatesChange() {
        for (Construction construction : new Construction[] {lowInfluence, kAnd}) {
            SuperposedNetwork one = build(
                    construction,
                    instance(SampleProblems.regular(50, 60, 2, 1), 2),
                    8,
                    ConstructionParameters.WIDTH,
                    200);
            SuperposedNetwork other = build(
                    construction,
                    instance(SampleProblems.regular(50, 60, 2, 2), 2),
                    8,
                    ConstructionParameters.WIDTH,
                    200);
            assertEquals(one.inputCodes(), other.inputCodes());
            assertEquals(one.decoder(), other.decoder());
            assertNotEquals(one.layers(), other.layers());
        }
        SuperposedNetwork one = build(
                permutation, instance(SampleProblems.permutation(50, 1), 2), 8, ConstructionParameters.WIDTH, 200);
        SuperposedNetwork other = build(
                permutation, instance(SampleProblems.permutation(50, 2), 2), 8, ConstructionParameters.WIDTH, 200);
        assertEquals(one.inputCodes(), other.inputCodes());
        assertEquals(one.decoder(), other.decoder());
        assertNotEquals(one.layers(), other.layers());
    }

    @Test
    void theSameSeedGivesTheSameNetworkAndAnotherSeedAnother() {
        ProblemInstance instance = instance(SampleProblems.regular(50, 60, 2, 1), 2);
        SuperposedNetwork network = build(lowInfluence, instance, 8, ConstructionParameters.WIDTH, 200);
        assertEquals(network, build(lowInfluence, instance, 8, ConstructionParameters.WIDTH, 200));
        assertNotEquals(
                network.inputCodes(),
                build(lowInfluence, instance, 9, ConstructionParameters.WIDTH, 200)
                        .inputCodes());
    }

    @Test
    void givenWeightsAreUsedAndRecorded() {
        ProblemInstance instance = instance(SampleProblems.regular(50, 60, 2, 1), 2);
        SuperposedNetwork network = build(
                lowInfluence,
                instance,
                1,
                ConstructionParameters.WIDTH,
                200,
                ConstructionParameters.CODE_WEIGHT,
                7,
                ConstructionParameters.CHANNEL_WEIGHT,
                9,
                ConstructionParameters.OUTPUT_CODE_WEIGHT,
                5);
        assertEquals(7, network.inputCodes().minWeight());
        assertEquals(7, network.inputCodes().maxWeight());
        assertEquals(5, network.decoder().codes().minWeight());
        assertEquals(
                "{width=200, code-weight=7, channel-weight=9, output-code-weight=5, decompression=matched}",
                network.provenance().parameters().toString());
        assertEquals(9, network.provenance().facts().get("smallest-channel"));
    }

    @Test
    void anInfluenceAboveTheLimitIsRefusedWithBothNumbers() {
        Gates gates = SampleProblems.beside(SampleProblems.star(41), SampleProblems.regular(4056, 4056, 2, 1));
        assertEquals(4096, gates.outputs());
        assertEquals(
                "influence 40 exceeds m'^(1/4) = 8 allowed by linear-low-influence-and; use linear-two-and",
                lowInfluence.accepts(instance(gates, 2)).reason().orElseThrow());
    }

    @Test
    void triplesWithTwoHeavyInputsAreRefusedWithTheNumbers() {
        int[] reads =
                IntStream.range(0, 30).flatMap(i -> IntStream.of(0, 1, 2 + i)).toArray();
        assertEquals(
                "influence 30 of input 0 exceeds 4 (m'^(1/3) = 3, but 4 is always allowed) "
                        + "allowed by linear-k-and for more"
                        + " than 1 inputs of one gate; use k-and-tree",
                kAnd.accepts(instance(Gates.conjunctions(32, 3, reads), 3))
                        .reason()
                        .orElseThrow());
    }

    @Test
    void anInfluenceExactlyAtTheLimitIsAccepted() {
        Gates at = SampleProblems.beside(SampleProblems.star(9), SampleProblems.regular(4088, 4088, 2, 1));
        Gates above = SampleProblems.beside(SampleProblems.star(10), SampleProblems.regular(4087, 4087, 2, 1));
        assertEquals(4096, at.outputs());
        assertEquals(8, at.influenceProfile().max());
        assertTrue(lowInfluence.accepts(instance(at, 2)).isAccepted());
        assertFalse(lowInfluence.accepts(instance(above, 2)).isAccepted());
    }

    @Test
    void forSmallOutputNumbersTheLimitIsFour() {
        assertTrue(lowInfluence.accepts(instance(SampleProblems.star(5), 2)).isAccepted());
        assertEquals(
                "influence 5 exceeds 4 (m'^(1/4) = 1, but 4 is always allowed) allowed by linear-low-influence-and;"
                        + " use linear-two-and",
                lowInfluence
                        .accepts(instance(SampleProblems.star(6), 2))
                        .reason()
                        .orElseThrow());
    }

    @Test
    void gatesOfTheWrongKindAreRefusedWithWhatToUse() {
        ProblemInstance three = instance(SampleProblems.regular(12, 12, 3, 1), 3);
        ProblemInstance copies = instance(SampleProblems.permutation(12, 1), 2);
        ProblemInstance layers = SampleProblems.layered(
                List.of(SampleProblems.permutation(12, 1), SampleProblems.permutation(12, 2)), 2);
        assertEquals(
                "a gate of fan-in 3 is not a two-and; use linear-k-and",
                lowInfluence.accepts(three).reason().orElseThrow());
        assertEquals(
                "a gate of fan-in 1 is not a two-and; use linear-permutation",
                lowInfluence.accepts(copies).reason().orElseThrow());
        assertEquals(
                "a gate of fan-in 3 is not a copy of one input, which is all that linear-permutation computes;"
                        + " use linear-k-and",
                permutation.accepts(three).reason().orElseThrow());
        assertEquals(
                "the instance has 2 layers of gates, but linear-permutation computes one; use layered",
                permutation.accepts(layers).reason().orElseThrow());
        assertFalse(kAnd.accepts(instance(SampleProblems.withFunction(three.gates(), GateFunction.PARITY), 3))
                .isAccepted());
    }

    @Test
    void aWidthBelowAWeightIsRefusedWithBothNumbers() {
        ProblemInstance instance = instance(SampleProblems.regular(50, 60, 2, 1), 2);
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> lowInfluence.build(
                        instance,
                        values(ConstructionParameters.WIDTH, 40, ConstructionParameters.CODE_WEIGHT, 64),
                        new Seed(1)));
        assertEquals(
                "width 40 is too small for code-weight 64: width must be at least code-weight", refusal.getMessage());
    }

    @Test
    void aTinyWidthStillGivesANetwork() {
        ProblemInstance instance = instance(SampleProblems.regular(6, 6, 2, 1), 2);
        for (int width = 1; width < 20; width++) {
            assertEquals(
                    width,
                    build(lowInfluence, instance, 1, ConstructionParameters.WIDTH, width)
                            .width());
        }
    }
}
