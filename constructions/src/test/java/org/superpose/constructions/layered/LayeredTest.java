package org.superpose.constructions.layered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.assertRightEverywhere;
import static org.superpose.constructions.NetworkCheck.build;
import static org.superpose.constructions.NetworkCheck.values;
import static org.superpose.constructions.SampleProblems.instance;
import static org.superpose.constructions.SampleProblems.layered;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.constructions.linear.LinearPermutation;
import org.superpose.constructions.linear.LinearTwoAnd;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class LayeredTest {
    private static final int GENEROUS = 640;

    private final Layered layered = new Layered();
    private final KAndTree tree = new KAndTree();

    @Tag("slow")
    @Test
    void aChainOfPermutationsIsRightOnAllInputsHoweverDeep() {
        for (int depth : new int[] {1, 2, 8}) {
            List<Gates> layers = new ArrayList<>();
            for (int t = 0; t < depth; t++) {
                layers.add(SampleProblems.permutation(40, t));
            }
            ProblemInstance instance = layered(layers, 2);
            SuperposedNetwork network = build(layered, instance, 1, ConstructionParameters.WIDTH, GENEROUS);
            assertRightEverywhere(instance, network);
            assertEquals(depth, network.matrices());
        }
    }

    /** If noise grew from layer to layer, the last state would move away from 0 and 1. */
    @Test
    void theValuesAfterEveryBlockAreBetweenZeroAndOneAndMostlyAtTheEnds() {
        for (int depth : new int[] {1, 6}) {
            List<Gates> layers = new ArrayList<>();
            for (int t = 0; t < depth; t++) {
                layers.add(SampleProblems.permutation(40, t));
            }
            ProblemInstance instance = layered(layers, 2);
            NetworkCheck check = new NetworkCheck(build(layered, instance, 1, ConstructionParameters.WIDTH, GENEROUS));
            int between = 0;
            int all = 0;
            for (int a = 0; a < 39; a++) {
                for (float value : check.lastState(FeatureSet.of(a, a + 1))) {
                    assertTrue(value >= 0 && value <= 1, "value " + value);
                    between += value > 0 && value < 1 ? 1 : 0;
                    all++;
                }
            }
            assertTrue(between < 0.02 * all, between + " of " + all + " values at depth " + depth);
        }
    }

    @Tag("slow")
    @Test
    void mixturesOfPermutationsAndConjunctionsAreRightEvenWhereGatesShareInputs() {
        ProblemInstance instance = layered(
                List.of(
                        SampleProblems.permutation(14, 1),
                        SampleProblems.complete(14),
                        SampleProblems.regular(91, 40, 2, 2)),
                3);
        // Three active inputs make three active pairs that share inputs; the last layer reads pairs of such pairs.
        assertRightEverywhere(instance, build(layered, instance, 1, ConstructionParameters.WIDTH, 1600));
    }

    @Test
    void multiInputLayersAreRight() {
        ProblemInstance instance =
                layered(List.of(SampleProblems.regular(16, 20, 3, 1), SampleProblems.permutation(20, 2)), 3);
        assertRightEverywhere(instance, build(layered, instance, 1, ConstructionParameters.WIDTH, GENEROUS));
    }

    @Test
    void anyConstructionThatCanBeChainedMayBeTheBlock() {
        ProblemInstance instance =
                layered(List.of(SampleProblems.permutation(12, 1), SampleProblems.regular(12, 12, 2, 1)), 3);
        SuperposedNetwork network =
                build(layered, instance, 1, ConstructionParameters.WIDTH, 20, BlockChain.BLOCK, "dedicated");
        assertRightEverywhere(instance, network);
        assertTrue(network.clean());
    }

    @Test
    void aMapOfWhichDedicatedAloneComputesALayerIsBuiltOfIt() {
        Gates parities = SampleProblems.withFunction(SampleProblems.regular(12, 8, 2, 1), GateFunction.PARITY);
        ProblemInstance instance = layered(List.of(SampleProblems.permutation(12, 1), parities), 2);
        assertTrue(layered.accepts(instance).isAccepted());
        SuperposedNetwork network = build(layered, instance, 1, ConstructionParameters.WIDTH, 20);
        assertEquals("dedicated dedicated", network.provenance().facts().get("blocks"));
        assertRightEverywhere(instance, network);
    }

    @Test
    void whatNoBlockComputesIsRefusedBeforeItIsBuilt() {
        Gates parities = SampleProblems.withFunction(SampleProblems.regular(12, 8, 2, 1), GateFunction.PARITY);
        ProblemInstance instance = layered(List.of(SampleProblems.permutation(12, 1), parities), 2);
        Construction without = Catalog.of("construction", List.of(layered, new LinearPermutation(), new LinearTwoAnd()))
                .require("layered");
        Acceptance refused = without.accepts(instance);
        assertTrue(
                refused.reason().orElseThrow().contains("no construction that can be chained computes a layer of"),
                refused.toString());
    }

    /** General two-and under another name, as a plugin might bring it. */
    private record Renamed(String id, int rank) implements BlockConstruction {
        private static final LinearTwoAnd TWO_AND = new LinearTwoAnd();

        @Override
        public String title() {
            return "two-and by " + id;
        }

        @Override
        public List<Parameter<?>> parameters() {
            return TWO_AND.parameters();
        }

        @Override
        public Acceptance accepts(ProblemInstance instance) {
            return TWO_AND.accepts(instance);
        }

        @Override
        public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
            return TWO_AND.build(instance, parameters, seed);
        }

        @Override
        public SuperposedNetwork buildBlock(
                ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed) {
            return TWO_AND.buildBlock(instance, inputCodes, parameters, seed);
        }
    }

    @Test
    void theBlocksOfACatalogTakePartByRankAndByName() {
        Catalog<Construction> catalog = Catalog.of(
                "construction",
                List.of(
                        layered,
                        tree,
                        new LinearPermutation(),
                        new LinearTwoAnd(),
                        new Renamed("first", 0),
                        new Renamed("last", 90)));
        ProblemInstance chain =
                layered(List.of(SampleProblems.permutation(12, 1), SampleProblems.regular(12, 12, 2, 1)), 2);
        ProblemInstance triples = instance(SampleProblems.regular(12, 4, 3, 1), 3);
        assertEquals("linear-permutation first", blocks(catalog.require("layered"), chain));
        assertEquals("first first", blocks(catalog.require("k-and-tree"), triples));
        assertEquals("last last", blocks(catalog.require("k-and-tree"), triples, BlockChain.BLOCK, "last"));
        assertEquals(
                "block \"linear-k-and\" is not a construction that can be chained; known are"
                        + " first, last, linear-permutation, linear-two-and",
                assertThrows(
                                InvalidInputException.class,
                                () -> blocks(catalog.require("layered"), chain, BlockChain.BLOCK, "linear-k-and"))
                        .getMessage());
        assertEquals("linear-permutation linear-low-influence-and", blocks(layered, chain));
    }

    private static Object blocks(Construction construction, ProblemInstance instance, Object... more) {
        List<Object> settings = new ArrayList<>(List.of(ConstructionParameters.WIDTH, GENEROUS));
        settings.addAll(List.of(more));
        return build(construction, instance, 1, settings.toArray())
                .provenance()
                .facts()
                .get("blocks");
    }

    @Test
    void inputAndOutputCodesDoNotDependOnTheGates() {
        SuperposedNetwork one = build(
                layered,
                layered(List.of(SampleProblems.permutation(30, 1), SampleProblems.regular(30, 30, 2, 1)), 2),
                5,
                ConstructionParameters.WIDTH,
                300);
        SuperposedNetwork other = build(
                layered,
                layered(List.of(SampleProblems.permutation(30, 2), SampleProblems.regular(30, 30, 2, 2)), 2),
                5,
                ConstructionParameters.WIDTH,
                300);
        assertEquals(one.inputCodes(), other.inputCodes());
        assertEquals(one.decoder(), other.decoder());
    }

    @Tag("slow")
    @Test
    void treesAreRightForEveryFanIn() {
        for (int fanIn = 2; fanIn <= 4; fanIn++) {
            ProblemInstance instance = instance(SampleProblems.regular(16, 12, fanIn, fanIn), fanIn);
            SuperposedNetwork network = build(tree, instance, 1, ConstructionParameters.WIDTH, GENEROUS);
            assertRightEverywhere(instance, network);
            assertEquals(fanIn == 2 ? 2 : 4, network.matrices());
        }
    }

    @Property(tries = 40)
    void theTreeIsTheSameMapAsTheGates(
            @ForAll @IntRange(min = 2, max = 8) int fanIn, @ForAll @LongRange(min = 0, max = 1000) long seed) {
        ProblemInstance instance = instance(SampleProblems.regular(11, 9, fanIn, seed), Math.min(9, fanIn + 1));
        ProblemInstance unfolded = KAndTree.unfold(instance);
        assertEquals(
                Math.max(1, 32 - Integer.numberOfLeadingZeros(fanIn - 1)),
                unfolded.layers().size());
        for (Gates layer : unfolded.layers()) {
            assertEquals(2, layer.minFanIn());
            assertEquals(2, layer.maxFanIn());
        }
        instance.domain().forEach(active -> assertEquals(instance.evaluate(active), unfolded.evaluate(active)));
    }

    @Test
    void equalSubPairsAreShared() {
        Gates gates = Gates.conjunctions(6, 4, new int[] {0, 1, 2, 3, 0, 1, 4, 5, 2, 3, 4, 5});
        assertEquals(3, KAndTree.unfold(instance(gates, 4)).layers().get(0).outputs());
    }

    @Property(tries = 60)
    void noInputTurnsMoreGatesOnThanTheBound(
            @ForAll @IntRange(min = 1, max = 3) int fanIn,
            @ForAll @IntRange(min = 1, max = 4) int maxActive,
            @ForAll boolean threshold,
            @ForAll @LongRange(min = 0, max = 1000) long seed) {
        Gates gates = SampleProblems.regular(9, 9, fanIn, seed);
        if (threshold) {
            gates = SampleProblems.withFunction(gates, GateFunction.atLeast(Math.max(1, fanIn - 1)));
        }
        ProblemInstance instance = instance(gates, maxActive);
        int bound = LayerDomains.mostOn(gates, maxActive);
        instance.domain().forEach(active -> assertTrue(instance.evaluate(active).size() <= bound, "bound " + bound));
    }

    @Test
    void aPermutationPassesOnAsManyFeaturesAsAreActiveAndAPairOnlyOne() {
        assertEquals(3, LayerDomains.mostOn(SampleProblems.permutation(20, 1), 3));
        assertEquals(1, LayerDomains.mostOn(SampleProblems.complete(20), 2));
        assertEquals(3, LayerDomains.mostOn(SampleProblems.complete(20), 3));
    }

    @Test
    void unknownOrUnfitBlocksAreRefusedWithWhatIsKnown() {
        ProblemInstance instance = layered(List.of(SampleProblems.complete(5), SampleProblems.permutation(10, 1)), 2);
        InvalidInputException unknown = assertThrows(
                InvalidInputException.class,
                () -> layered.build(
                        instance,
                        values(ConstructionParameters.WIDTH, 100, BlockChain.BLOCK, "universal-and-dense"),
                        new Seed(1)));
        assertTrue(
                unknown.getMessage()
                        .startsWith(
                                "block \"universal-and-dense\" is not a construction that can be chained; known are"),
                unknown.getMessage());
        InvalidInputException unfit = assertThrows(
                InvalidInputException.class,
                () -> layered.build(
                        instance,
                        values(ConstructionParameters.WIDTH, 100, BlockChain.BLOCK, "linear-permutation"),
                        new Seed(1)));
        assertEquals(
                "block linear-permutation refuses a layer of 10 and gates over 5 inputs: "
                        + "a gate of fan-in 2 is not a copy of"
                        + " one input, which is all that linear-permutation computes; use linear-k-and",
                unfit.getMessage());
        assertThrows(InvalidInputException.class, () -> layered.build(instance, values(), new Seed(1)));
    }

    @Test
    void gatesThatMakeNoTreeAreRefusedWithWhatIsWrong() {
        assertEquals(
                "gates of fan-in 1 to 1 do not make trees of one depth; all must have the same fan-in of at least 2",
                refusal(instance(SampleProblems.permutation(9, 1), 2)));
        assertEquals(
                "parity gates are not AND gates, which is all that a tree of two-ands computes",
                refusal(instance(
                        SampleProblems.withFunction(SampleProblems.regular(9, 9, 3, 1), GateFunction.PARITY), 2)));
        assertEquals(
                "the instance has 2 layers of gates, but k-and-tree computes one; use layered",
                refusal(layered(List.of(SampleProblems.complete(4), SampleProblems.complete(6)), 2)));
    }

    private String refusal(ProblemInstance instance) {
        return tree.accepts(instance).reason().orElseThrow();
    }
}
