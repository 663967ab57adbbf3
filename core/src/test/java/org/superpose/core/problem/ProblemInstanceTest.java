package org.superpose.core.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.ParameterValues;

class ProblemInstanceTest {
    private static final Gates SWAP = Gates.conjunctions(2, 1, new int[] {1, 0});
    private static final Gates BOTH = Gates.conjunctions(2, 2, new int[] {0, 1});

    @Test
    void layersAreComposed() {
        ProblemInstance instance = layered(SWAP, BOTH);
        assertEquals(FeatureSet.of(0), instance.evaluate(FeatureSet.of(0, 1)));
        assertEquals(FeatureSet.EMPTY, instance.evaluate(FeatureSet.of(1)));
        assertEquals(1, instance.outputs());
        assertThrows(IllegalStateException.class, instance::gates);
    }

    @Test
    void layersThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> layered(BOTH, SWAP));
    }

    @Test
    void aFunctionClassNeedsAsManyChoicesAsOutputs() {
        assertThrows(IllegalArgumentException.class, () -> new FunctionClass("too small", BigInteger.valueOf(3), 4));
        assertEquals(
                BigInteger.valueOf(8386560),
                FunctionClass.distinctSubsets(4096, 2, 4096).choices());
    }

    private static ProblemInstance layered(Gates... layers) {
        return named(FeatureNames.NONE, FeatureNames.NONE, layers);
    }

    private static ProblemInstance named(FeatureNames inputs, FeatureNames outputs, Gates... layers) {
        return new ProblemInstance(
                "test",
                ParameterValues.NONE,
                1,
                List.of(layers),
                InputDomain.sparse(2, 2),
                Optional.of(FunctionClass.permutations(2)),
                inputs,
                outputs);
    }

    @Test
    void functionClassesAreCountedExactlyAtTheEndsOfTheirRange() {
        assertEquals(new FunctionClass("all permutations", BigInteger.valueOf(4), 4), FunctionClass.permutations(4));
        assertEquals(
                "all two-and functions", FunctionClass.distinctSubsets(4, 2, 3).description());
        assertEquals(
                "all k-and functions of fan-in 3",
                FunctionClass.distinctSubsets(4, 3, 3).description());
        assertEquals(1, new FunctionClass("one", BigInteger.ONE, 1).outputs());
        assertEquals(BigInteger.ONE, FunctionClass.binomial(5, 0));
        assertEquals(BigInteger.ONE, FunctionClass.binomial(5, 5));
        assertEquals(BigInteger.ZERO, FunctionClass.binomial(5, 6));
        assertEquals(BigInteger.ZERO, FunctionClass.binomial(5, -1));
    }

    @Test
    void aFunctionClassMayBePickedSeveralOutputsAtATime() {
        FunctionClass adders = new FunctionClass("half adders", BigInteger.valueOf(3), 6, 2, 1);
        assertEquals(3, adders.picks());
        assertEquals(
                "4 outputs cannot make distinct choices among 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new FunctionClass("half adders", BigInteger.valueOf(3), 8, 2, 0))
                        .getMessage());
        for (int perPick : new int[] {0, -1, 4, 7}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new FunctionClass("half adders", BigInteger.valueOf(30), 6, perPick, 0));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new FunctionClass("half adders", BigInteger.valueOf(30), 6, 1, -1));
    }

    /** Functions that differ on two active features may agree on single ones; ANDs tell each other apart or rest. */
    @Test
    void aClassIsKnownOnSmallerDomainsForConjunctionsOnly() {
        FunctionClass functions = FunctionClass.distinctSubsets(3, 2, 1);
        for (GateFunction function : List.of(GateFunction.AND, GateFunction.allOf(true, false))) {
            ProblemInstance instance = ProblemInstance.of(
                    "test",
                    ParameterValues.NONE,
                    1,
                    Gates.of(3, function, List.of(new int[] {0, 1})),
                    InputDomain.sparse(3, 2),
                    functions);
            assertEquals(Optional.of(functions), instance.withMaxActive(3).functionClass());
            assertEquals(
                    function.equals(GateFunction.AND),
                    instance.withMaxActive(1).functionClass().isPresent());
        }
    }

    @Test
    void anInstanceOfOneLayerIsNotLayered() {
        assertFalse(layered(SWAP).isLayered());
        assertTrue(layered(SWAP, SWAP).isLayered());
    }

    @Test
    void anInstanceOfOneLayerTellsItsShape() {
        ProblemInstance instance = ProblemInstance.of(
                "test", ParameterValues.NONE, 1, BOTH, InputDomain.sparse(2, 2), FunctionClass.permutations(1));
        assertEquals(BOTH, instance.gates());
        assertEquals(2, instance.inputs());
        assertEquals(1, instance.outputs());
        assertEquals(2, instance.maxActive());
        assertEquals(InputDomain.sparse(2, 1), instance.withMaxActive(1).domain());
        assertEquals(instance, instance.withMaxActive(1).withMaxActive(2));
    }

    @Test
    void namesThatDoNotFitAreRefused() {
        FeatureNames two = new FeatureNames(List.of("a", "b"));
        FeatureNames three = new FeatureNames(List.of("a", "b", "c"));
        assertEquals("b", named(two, two, SWAP).outputNames().name(1));
        assertEquals(
                "3 names for 2 features",
                assertThrows(IllegalArgumentException.class, () -> named(three, two, SWAP))
                        .getMessage());
        assertEquals(
                "3 names for 2 features",
                assertThrows(IllegalArgumentException.class, () -> named(two, three, SWAP))
                        .getMessage());
    }

    @Test
    void aMapMadeOfAnotherHasNoNamesAndNoKnownClass() {
        FeatureNames two = new FeatureNames(List.of("a", "b"));
        ProblemInstance whole = named(two, two, SWAP, SWAP);
        ProblemInstance part = whole.with(List.of(BOTH), InputDomain.sparse(2, 1));
        assertEquals(
                new ProblemInstance(
                        "test",
                        ParameterValues.NONE,
                        1,
                        List.of(BOTH),
                        InputDomain.sparse(2, 1),
                        Optional.empty(),
                        FeatureNames.NONE,
                        FeatureNames.NONE),
                part);
        assertThrows(IllegalArgumentException.class, () -> whole.with(List.of(BOTH), InputDomain.sparse(3, 1)));
        assertEquals(
                whole, named(FeatureNames.NONE, FeatureNames.NONE, SWAP, SWAP).withNames(two, two));
    }
}
