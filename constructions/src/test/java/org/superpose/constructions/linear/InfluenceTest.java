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

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.constructions.linear.InfluenceClasses.PairClass;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class InfluenceTest {
    private static final int GENEROUS = 1600;

    private final Construction high = new LinearHighInfluenceAnd();
    private final Construction mixed = new LinearMixedInfluenceAnd();
    private final Construction twoAnd = new LinearTwoAnd();

    private static void assertRight(Construction construction, Gates gates) {
        ProblemInstance instance = instance(gates, 2);
        assertRightEverywhere(instance, build(construction, instance, 1, ConstructionParameters.WIDTH, GENEROUS));
    }

    @Tag("slow")
    @Test
    void generalTwoAndIsRightWhereAllClassesMeet() {
        Gates gates = SampleProblems.beside(
                SampleProblems.regular(30, 30, 2, 3),
                SampleProblems.bipartite(4, 8),
                SampleProblems.complete(8),
                SampleProblems.star(50));
        InfluenceClasses classes = new InfluenceClasses(gates);
        for (PairClass pairClass : new PairClass[] {PairClass.LIGHT, PairClass.MIXED, PairClass.HEAVY, PairClass.HUB}) {
            assertTrue(classes.outputs(pairClass).length > 0, pairClass.name());
        }
        assertRight(twoAnd, gates);
    }

    @Tag("slow")
    @Test
    void twoStarsWhoseHubsAreAPairThemselvesAreRight() {
        Gates stars = SampleProblems.sharedPartners(2, 60);
        int[] reads = Arrays.copyOf(stars.reads(), stars.reads().length + 2);
        reads[reads.length - 1] = 1; // the pair (0, 1) of the two hubs
        Gates gates = Gates.conjunctions(62, 2, reads);
        assertEquals(1, new InfluenceClasses(gates).outputs(PairClass.DEDICATED).length);
        assertRight(twoAnd, gates);
    }

    @Tag("slow")
    @Test
    void inputChannelsAreRightOnBicliques() {
        assertRight(high, SampleProblems.sharedPartners(9, 9));
    }

    @Test
    void anInputExactlyAtTheLimitIsLightAndOneAboveIsHeavy() {
        Gates at = SampleProblems.beside(SampleProblems.star(9), SampleProblems.regular(4088, 4088, 2, 1));
        Gates above = SampleProblems.beside(SampleProblems.star(10), SampleProblems.regular(4087, 4087, 2, 1));
        assertTrue(new InfluenceClasses(at).isLight(0));
        assertFalse(new InfluenceClasses(above).isLight(0));
        assertFalse(new InfluenceClasses(above).isVeryHeavy(0));
        Gates veryHeavyLimit =
                SampleProblems.beside(SampleProblems.star(513), SampleProblems.regular(3584, 3584, 2, 1));
        Gates beyond = SampleProblems.beside(SampleProblems.star(514), SampleProblems.regular(3583, 3583, 2, 1));
        assertFalse(new InfluenceClasses(veryHeavyLimit).isVeryHeavy(0));
        assertTrue(new InfluenceClasses(beyond).isVeryHeavy(0));
    }

    @Test
    void everyPairBelongsToExactlyOneClassAndItsChannelToItsRows() {
        Gates gates = SampleProblems.zipf(300, 400, 1, 6);
        InfluenceClasses classes = new InfluenceClasses(gates);
        int counted = 0;
        for (PairClass pairClass : PairClass.values()) {
            counted += classes.outputs(pairClass).length;
        }
        assertEquals(400, counted);
        HiddenPlan plan = new TwoAndPlan(gates, new LinearChoices(1200, 15, 12, 12, false, false)).draw(new Seed(1));
        boolean[] usedByDisjointClass = new boolean[1200];
        for (int i = 0; i < 400; i++) {
            int output = i;
            for (int row : plan.channel(i)) {
                int[] inputs = IntStream.range(0, plan.load(row))
                        .map(t -> plan.feature(row, t))
                        .toArray();
                assertTrue(Arrays.binarySearch(inputs, gates.read(output, 0)) >= 0);
                assertTrue(Arrays.binarySearch(inputs, gates.read(output, 1)) >= 0);
                usedByDisjointClass[row] |= classes.classOf(i) == PairClass.LIGHT;
            }
        }
        for (int i = 0; i < 400; i++) {
            if (classes.classOf(i) != PairClass.LIGHT) {
                for (int row : plan.channel(i)) {
                    assertFalse(usedByDisjointClass[row], "row " + row + " serves two classes");
                }
            }
        }
    }

    @Test
    void blocksOfVeryHeavyHubsAreDisjoint() {
        Gates gates = SampleProblems.bipartite(2, 100);
        HiddenPlan plan = new TwoAndPlan(gates, new LinearChoices(400, 10, 12, 10, false, false)).draw(new Seed(1));
        for (int row = 0; row < 400; row++) {
            int r = row;
            long hubs = IntStream.range(0, plan.load(row))
                    .filter(t -> plan.feature(r, t) < 2)
                    .count();
            assertTrue(hubs <= 1, "row " + row + " adds up both hubs");
        }
    }

    @Test
    void codesDoNotChangeWhenOnlyTheGatesChange() {
        SuperposedNetwork one = build(
                twoAnd, instance(SampleProblems.zipf(50, 60, 1, 1), 2), 8, ConstructionParameters.WIDTH, GENEROUS);
        SuperposedNetwork other = build(
                twoAnd, instance(SampleProblems.regular(50, 60, 2, 2), 2), 8, ConstructionParameters.WIDTH, GENEROUS);
        assertEquals(one.inputCodes(), other.inputCodes());
        assertEquals(one.decoder(), other.decoder());
        assertNotEquals(one.layers(), other.layers());
    }

    @Test
    void theSameSeedGivesTheSameNetwork() {
        Gates gates = SampleProblems.zipf(200, 300, 1, 9);
        for (int t = 0; t < 3; t++) {
            assertEquals(
                    build(twoAnd, instance(gates, 2), 8, ConstructionParameters.WIDTH, GENEROUS),
                    build(twoAnd, instance(gates, 2), 8, ConstructionParameters.WIDTH, GENEROUS));
        }
    }

    /**
     * The phase change: at the same width, output channels fail on an influence with which the general algorithm copes.
     */
    @Test
    void outputChannelsBreakDownBeyondTheLimitWhereTheGeneralAlgorithmDoesNot() {
        ProblemInstance instance = instance(SampleProblems.complete(20), 2);
        int beyond = NetworkCheck.wrongInputs(
                instance, build(new LinearOutputChannels(), instance, 1, ConstructionParameters.WIDTH, 700));
        int general = NetworkCheck.wrongInputs(instance, build(twoAnd, instance, 1, ConstructionParameters.WIDTH, 700));
        assertTrue(beyond > 0 && general == 0, beyond + " and " + general + " wrong inputs");
    }

    @Test
    void instancesOfTheWrongInfluenceAreRefusedWithTheNumbers() {
        ProblemInstance regular = instance(SampleProblems.regular(40, 40, 2, 1), 2);
        assertTrue(high.accepts(regular)
                .reason()
                .orElseThrow()
                .matches("influence 2 of input \\d+ does not exceed 4 \\(m'\\^\\(1/4\\) = 2, but 4 is always allowed\\)"
                        + " as linear-high-influence-and needs; use linear-two-and"));
        assertEquals(
                "output 0 reads inputs of influence 2 and 2, both within 4 (m'^(1/4) = 2, but 4 is always allowed), but"
                        + " linear-mixed-influence-and needs one of each; use linear-two-and",
                mixed.accepts(regular).reason().orElseThrow());
        assertFalse(mixed.accepts(instance(SampleProblems.complete(13), 2)).isAccepted());
        assertFalse(
                twoAnd.accepts(instance(SampleProblems.permutation(9, 1), 2)).isAccepted());
    }

    @Test
    void aWidthTooSmallForTheClassesIsRefusedWithTheNumbers() {
        ProblemInstance instance = instance(SampleProblems.complete(13), 2);
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> twoAnd.build(
                        instance,
                        values(ConstructionParameters.WIDTH, 100, ConstructionParameters.CHANNEL_WEIGHT, 12),
                        new Seed(1)));
        assertEquals(
                "width 100 is too small for channel-weight 12: "
                        + "the classes of inputs by influence need at least 384 hidden"
                        + " rows side by side",
                refusal.getMessage());
    }
}
