package org.superpose.constructions.clipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.construction.Construction;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class ClippedTest {
    private static final Clipped CONSTRUCTION = new Clipped();

    private static SuperposedNetwork build(ProblemInstance instance, long seed, String... namesAndValues) {
        return SmallInstances.build(CONSTRUCTION, instance, seed, namesAndValues);
    }

    private static ProblemInstance layered(int maxActive, Gates... layers) {
        return SmallInstances.permutation(4, 1, 1)
                .with(List.of(layers), InputDomain.sparse(layers[0].inputs(), maxActive));
    }

    private static Gates pairs(int inputs, int outputs, long seed) {
        return SmallInstances.regular(inputs, outputs, 2, 2, seed).gates();
    }

    private static Gates permutation(int features, long seed) {
        return SmallInstances.permutation(features, 1, seed).gates();
    }

    @Test
    void itIsFoundAsAService() {
        Set<String> ids = ServiceLoader.load(Construction.class).stream()
                .map(provider -> provider.get().id())
                .collect(Collectors.toSet());

        assertTrue(ids.containsAll(Set.of("clipped", "clipped-and", "clipped-permutation")), ids.toString());
    }

    static Stream<Object[]> singleLayers() {
        return Stream.of(
                new Object[] {SmallInstances.permutation(60, 1, 1), 50},
                new Object[] {SmallInstances.permutation(60, 2, 2), 110},
                new Object[] {SmallInstances.regular(40, 60, 2, 2, 3), 56},
                new Object[] {SmallInstances.star(60), 60},
                new Object[] {SmallInstances.grouped(30, 70, 4), 60},
                new Object[] {SmallInstances.regular(18, 30, 3, 3, 5), 56},
                new Object[] {SmallInstances.regular(16, 16, 2, 3, 6), 130});
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("singleLayers")
    void itBuildsEveryProblemOfOneLayer(ProblemInstance instance, int width) {
        SuperposedNetwork network = build(instance, 1, "width", Integer.toString(width));

        assertEquals(List.of(), SmallInstances.wrongInputs(instance, network));
        assertEquals("clipped", network.provenance().construction());
    }

    @Tag("slow")
    @Test
    void aPermutationThatOneMatrixIsTooNarrowForTakesTwo() {
        ProblemInstance instance = SmallInstances.permutation(1024, 1, 1);

        SuperposedNetwork wide = build(instance, 1, "width", "240");
        SuperposedNetwork narrow = build(instance, 1, "width", "140");

        assertEquals(1, wide.matrices());
        assertEquals(List.of(), SmallInstances.wrongInputs(instance, wide));
        assertEquals(2, narrow.matrices());
        assertEquals(List.of(), SmallInstances.wrongInputs(instance, narrow));
    }

    @Test
    void aChainOfPermutationsTakesTheWidthOfOne() {
        ProblemInstance one = SmallInstances.permutation(60, 2, 1);
        ProblemInstance eight = layered(
                2,
                permutation(60, 2),
                permutation(60, 3),
                permutation(60, 4),
                permutation(60, 5),
                permutation(60, 6),
                permutation(60, 7),
                permutation(60, 8),
                permutation(60, 9));

        SuperposedNetwork single = build(one, 3, "width", "110");
        SuperposedNetwork chain = build(eight, 3, "width", "110");

        assertEquals(List.of(), SmallInstances.wrongInputs(eight, chain));
        assertEquals(single.inputCodes(), chain.inputCodes());
        assertEquals(single.width(), chain.width());
    }

    static Stream<Object[]> chains() {
        return Stream.of(
                new Object[] {layered(4, pairs(14, 14, 1), pairs(14, 12, 2)), 130, 5},
                new Object[] {
                    layered(4, permutation(9, 1), pairs(9, 16, 2), permutation(16, 3), pairs(16, 24, 4)), 150, 5
                },
                new Object[] {
                    layered(4, pairs(7, 18, 5), pairs(18, 60, 6), pairs(60, 200, 7), permutation(200, 8)), 320, 8
                },
                new Object[] {layered(4, sharing(12), pairs(11, 14, 9)), 120, 5});
    }

    /**
     * Gates that all share an input: their outputs come on together, and their codes must not be confused (theory,
     * section 5a).
     */
    private static Gates sharing(int inputs) {
        return SmallInstances.star(inputs - 1).gates();
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("chains")
    void aChainIsCorrectOnEveryInput(ProblemInstance instance, int width, int layers) {
        SuperposedNetwork network = build(instance, 1, "width", Integer.toString(width));

        Set<FeatureSet> outputs = new HashSet<>();
        instance.domain().forEach(input -> outputs.add(instance.evaluate(input)));
        assertTrue(outputs.size() > 4, "the instance is too dull for this test");
        assertEquals(0, network.provenance().facts().get("wrong-inputs-left"));
        assertEquals(List.of(), SmallInstances.wrongInputs(instance, network));
        assertTrue(network.layers().size() >= layers);
    }

    @Tag("slow")
    @Test
    void betweenBlocksTheStateIsExactlyTheUnionOfTheCodesOfTheFeaturesThatAreOn() {
        Gates first = pairs(14, 14, 1);
        ProblemInstance instance = layered(4, first, pairs(14, 12, 2));
        SuperposedNetwork network = build(instance, 1, "width", "130");
        Evaluator evaluator = new PlainEvaluator(network);
        // The codes between the blocks, taken from the states of inputs that turn one feature on.
        Set<Integer>[] codes = interiorCodes(instance, first, evaluator);

        instance.domain().forEach(input -> {
            float[][] states = evaluator.activations(input);
            Set<Integer> expected = new HashSet<>();
            FeatureSet on = first.evaluate(input);
            for (int t = 0; t < on.size(); t++) {
                expected.addAll(codes[on.get(t)]);
            }
            assertEquals(expected, offNeurons(states[INTERIOR]), "for " + input);
        });
        for (int i = 0; i < instance.layers().get(1).outputs(); i++) {
            Set<Integer> shared = new HashSet<>(codes[instance.layers().get(1).read(i, 0)]);
            shared.retainAll(codes[instance.layers().get(1).read(i, 1)]);
            assertEquals(Set.of(), shared, "codes of features that are ANDed together");
        }
    }

    /**
     * y_0, hidden, saturated, outputs of the first block, saturated: there a neuron of the union is 0 and the others
     * are 1.
     */
    private static final int INTERIOR = 4;

    private static Set<Integer> offNeurons(float[] state) {
        Set<Integer> off = new HashSet<>();
        for (int e = 0; e < state.length; e++) {
            assertTrue(state[e] == 0 || state[e] == 1, "state " + state[e]);
            if (state[e] == 0) {
                off.add(e);
            }
        }
        return off;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Set<Integer>[] interiorCodes(ProblemInstance instance, Gates first, Evaluator evaluator) {
        Set<Integer>[] codes = new Set[first.outputs()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = offNeurons(evaluator.activations(FeatureSet.of(first.reads(i)))[INTERIOR]);
            assertTrue(codes[i].size() > 1);
        }
        return codes;
    }

    @Test
    void ofAChainTooOuterCodesDoNotDependOnTheGates() {
        SuperposedNetwork one = build(layered(4, pairs(14, 14, 1), pairs(14, 12, 2)), 7, "width", "130");
        SuperposedNetwork other =
                build(layered(4, sharing(15), pairs(14, 12, 4)).withMaxActive(4), 7, "width", "130");
        SuperposedNetwork third = build(layered(4, pairs(14, 14, 3), pairs(14, 12, 4)), 7, "width", "130");

        assertEquals(one.inputCodes(), third.inputCodes());
        assertEquals(one.decoder(), third.decoder());
        assertEquals(one.decoder(), other.decoder());
        assertNotEquals(one.layers(), third.layers());
        assertEquals(one, build(layered(4, pairs(14, 14, 1), pairs(14, 12, 2)), 7, "width", "130"));
    }

    @Test
    void foldingCopiesDoesNotChangeTheMap() {
        Gates duplicating = Gates.conjunctions(6, 1, new int[] {0, 0, 3, 5, 2, 1, 4});
        ProblemInstance instance = layered(
                4,
                duplicating,
                pairs(7, 9, 1),
                permutation(9, 2),
                permutation(9, 3),
                pairs(9, 8, 4),
                permutation(8, 5));

        List<Gates> folded = CopyFolding.fold(instance.layers());

        assertEquals(2, folded.size());
        instance.domain().forEach(input -> {
            FeatureSet state = input;
            for (Gates layer : folded) {
                state = layer.evaluate(state);
            }
            assertEquals(instance.evaluate(input), state);
        });
    }

    @Test
    void itSaysWhatItCannotBuild() {
        Gates parity = Gates.of(4, GateFunction.PARITY, new int[] {0, 2}, new int[] {0, 1});
        Gates duplicating = Gates.conjunctions(3, 1, new int[] {0, 0, 1, 2});
        Gates overCopies = Gates.conjunctions(4, 2, new int[] {0, 1, 2, 3});

        assertEquals(
                "the gates compute parity, but it builds for and",
                CONSTRUCTION.accepts(layered(2, parity)).reason().orElseThrow());
        assertEquals(
                "the gates of a layer read from 1 to 2 different features, but all have to read equally many",
                CONSTRUCTION
                        .accepts(layered(2, duplicating, overCopies))
                        .reason()
                        .orElseThrow());
        assertEquals(
                "a chain is built by looking at every input, but the domain has 12497501 inputs, more than 4194304",
                CONSTRUCTION
                        .accepts(layered(2, pairs(4999, 10, 1), pairs(10, 5, 2)))
                        .reason()
                        .orElseThrow());
    }

    @Test
    void codesOfFeaturesThatOneGateReadsAreDisjointWhenDrawnApart() {
        for (Gates gates : List.of(pairs(40, 90, 1), SmallInstances.star(39).gates())) {
            Codes codes = new LowOverlapCodes(4, 4, "k").drawApart(gates, 60, new Seed(3).generator());

            for (int i = 0; i < gates.outputs(); i++) {
                Set<Integer> first = new HashSet<>();
                for (int neuron : codes.code(gates.read(i, 0))) {
                    first.add(neuron);
                }
                for (int neuron : codes.code(gates.read(i, 1))) {
                    assertTrue(!first.contains(neuron));
                }
            }
        }
    }
}
