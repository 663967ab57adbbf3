package org.superpose.constructions.clipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;

class ClippedPermutationTest {
    private static final ClippedPermutation CONSTRUCTION = new ClippedPermutation();

    private static SuperposedNetwork build(ProblemInstance instance, long seed, String... namesAndValues) {
        return SmallInstances.build(CONSTRUCTION, instance, seed, namesAndValues);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"200, 1, 95", "60, 2, 110", "24, 3, 110"})
    void itIsCorrectOnEveryInputAtWorkableWidths(int features, int maxActive, String width) {
        for (long seed = 1; seed <= 3; seed++) {
            ProblemInstance instance = SmallInstances.permutation(features, maxActive, seed);

            SuperposedNetwork network = build(instance, seed, "width", width);

            assertEquals(List.of(), SmallInstances.wrongInputs(instance, network));
        }
    }

    @Test
    void aFarTooNarrowNetworkIsWrong() {
        ProblemInstance instance = SmallInstances.permutation(200, 1, 1);

        assertTrue(SmallInstances.wrongInputs(instance, build(instance, 1, "width", "40"))
                        .size()
                > 0);
    }

    @Test
    void anEntryIsOneExactlyWhereSomeFeatureWantsIt() {
        ProblemInstance instance = SmallInstances.permutation(30, 1, 4);

        SuperposedNetwork network = build(instance, 4, "width", "24", "code-weight", "3", "output-code-weight", "4");

        BitMatrix weights = (BitMatrix) network.layers().get(0).weights();
        Codes in = network.inputCodes();
        Codes out = network.decoder().codes();
        boolean[][] wanted = new boolean[24][24];
        for (int i = 0; i < 30; i++) {
            for (int row : out.code(i)) {
                for (int column : in.code(instance.gates().read(i, 0))) {
                    wanted[row][column] = true;
                }
            }
        }
        for (int row = 0; row < 24; row++) {
            for (int column = 0; column < 24; column++) {
                assertEquals(wanted[row][column], weights.isSet(row, column));
            }
        }
        assertEquals(1, network.layers().size());
        assertEquals(-2, network.layers().get(0).bias(0));
    }

    @Test
    void codesDoNotDependOnThePermutation() {
        SuperposedNetwork first = build(SmallInstances.permutation(60, 2, 1), 9, "width", "80");
        SuperposedNetwork second = build(SmallInstances.permutation(60, 2, 2), 9, "width", "80");

        assertEquals(first.inputCodes(), second.inputCodes());
        assertEquals(first.decoder(), second.decoder());
        assertNotEquals(first.layers(), second.layers());
        assertEquals(first, build(SmallInstances.permutation(60, 2, 1), 9, "width", "80"));
    }

    @Test
    void itRefusesGatesOfTwoInputsAndWidthsBelowTheWeights() {
        assertEquals(
                "the gates compute and of up to 2 inputs, but it builds for outputs that copy one",
                CONSTRUCTION
                        .accepts(SmallInstances.regular(10, 10, 2, 2, 1))
                        .reason()
                        .orElseThrow());
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> build(SmallInstances.permutation(10, 1, 1), 1, "width", "8", "code-weight", "9"));
        assertEquals(
                "width 8 is too small for code-weight 9: width must be at least code-weight", refusal.getMessage());
    }
}
