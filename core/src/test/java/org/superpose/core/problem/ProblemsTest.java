package org.superpose.core.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

class ProblemsTest {
    @Test
    void aMapFromLambdasIsTabulated() {
        ProblemInstance ring = Problems.define("ring")
                .inputs(64)
                .maxActive(2)
                .outputs(64, j -> Gate.of(x -> x[0] && !x[1], j, (j + 3) % 64))
                .build();
        assertEquals(FeatureSet.of(5), ring.evaluate(FeatureSet.of(5)));
        assertEquals(FeatureSet.of(8), ring.evaluate(FeatureSet.of(5, 8)));
        assertEquals(FeatureSet.of(5, 9), ring.evaluate(FeatureSet.of(5, 9)));
        assertEquals(FeatureSet.of(1), ring.evaluate(FeatureSet.of(1, 62)), "the gate of 62 reads 62 + 3 - 64 = 1");
        assertEquals(InputDomain.sparse(64, 2), ring.domain());
        assertTrue(ring.functionClass().isEmpty());
    }

    @Test
    void layersAndNamesFollowOneAnother() {
        ProblemInstance map = Problems.define("two-hops")
                .inputs(List.of("a", "b", "c"))
                .minActive(1)
                .maxActive(3)
                .outputs(2, i -> Gate.or(i, i + 1))
                .outputs(1, i -> Gate.and(0, 1))
                .outputNames(List.of("both"))
                .build();
        assertEquals(FeatureSet.of(0), map.evaluate(FeatureSet.of(1)));
        assertEquals(FeatureSet.EMPTY, map.evaluate(FeatureSet.of(2)));
        assertEquals(1, map.domain().minActive());
        assertEquals("c", map.inputNames().names().get(2));
    }

    @Test
    void whatDoesNotFitIsRefusedInOneSentence() {
        assertRefused("lower-case words", () -> Problems.define("My map"));
        assertRefused("must be at least 1", () -> Problems.define("a").inputs(0));
        assertRefused("given twice", () -> Problems.define("a").inputs(1).inputs(2));
        assertRefused("before its outputs", () -> Problems.define("a").outputs(1, i -> Gate.and(0)));
        assertRefused(
                "reads input 3, which is not in 0..2",
                () -> Problems.define("a").inputs(3).outputs(1, i -> Gate.and(3)));
        assertRefused("has no outputs", () -> Problems.define("a").inputs(3).build());
        assertRefused(
                "max-active 4 is not in 1..3",
                () -> Problems.define("a")
                        .inputs(3)
                        .maxActive(4)
                        .outputs(1, i -> Gate.and(0))
                        .build());
        assertRefused(
                "min-active 3 is not in 0..2",
                () -> Problems.define("a")
                        .inputs(3)
                        .minActive(3)
                        .outputs(1, i -> Gate.and(0))
                        .build());
        assertRefused(
                "2 names for 1 features",
                () -> Problems.define("a")
                        .inputs(3)
                        .outputs(1, i -> Gate.and(0))
                        .outputNames(List.of("x", "y"))
                        .build());
    }

    private static void assertRefused(String message, Executable action) {
        InvalidInputException refusal = assertThrows(InvalidInputException.class, action);
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }
}
