package org.superpose.constructions.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

class CodeDrawingTest {
    @Property(tries = 200)
    void everyCodeHasOneRowOfEachBlock(
            @ForAll @IntRange(min = 1, max = 60) int features,
            @ForAll @IntRange(min = 1, max = 20) int weight,
            @ForAll @IntRange(min = 0, max = 100) int spare,
            @ForAll CodeDrawing drawing,
            @ForAll long seed) {
        int neurons = weight + spare;
        Codes codes = drawing.draw(features, weight, neurons, new Seed(seed));
        Blocks blocks = new Blocks(neurons, weight);
        assertEquals(features, codes.features());
        assertEquals(neurons, codes.neurons());
        for (int j = 0; j < features; j++) {
            assertEquals(weight, codes.weight(j));
            for (int b = 0; b < weight; b++) {
                int row = codes.neuron(j, b);
                assertTrue(row >= blocks.start(b) && row < blocks.start(b + 1), "row " + row + " in block " + b);
            }
        }
    }

    @Property(tries = 100)
    void blocksCoverAllRowsAndDifferInSizeByAtMostOne(
            @ForAll @IntRange(min = 1, max = 300) int neurons, @ForAll @IntRange(min = 1, max = 300) int weight) {
        if (weight > neurons) {
            return;
        }
        Blocks blocks = new Blocks(neurons, weight);
        assertEquals(0, blocks.start(0));
        assertEquals(neurons, blocks.start(weight));
        for (int b = 0; b < weight; b++) {
            assertTrue(blocks.size(b) == neurons / weight || blocks.size(b) == (neurons + weight - 1) / weight);
        }
    }

    @Test
    void theSameSeedGivesTheSameCodesAndAnotherSeedOthers() {
        for (CodeDrawing drawing : CodeDrawing.values()) {
            Codes codes = drawing.draw(100, 5, 64, new Seed(1));
            assertEquals(codes, drawing.draw(100, 5, 64, new Seed(1)));
            assertNotEquals(codes, drawing.draw(100, 5, 64, new Seed(2)));
        }
    }

    @Test
    void uniformRowsAreUniform() {
        int[] loads = CodeDrawing.UNIFORM.draw(20_000, 4, 40, new Seed(3)).loads();
        double chiSquare = Arrays.stream(loads)
                .mapToDouble(load -> (load - 2000.0) * (load - 2000.0) / 2000)
                .sum();
        assertTrue(chiSquare > 15 && chiSquare < 70, "chi-square " + chiSquare + " of 36 degrees of freedom");
    }

    @Test
    void balancedRowsAreMoreEvenlyLoadedThanUniformOnes() {
        int uniform = spread(CodeDrawing.UNIFORM.draw(4096, 6, 700, new Seed(4)));
        int balanced = spread(CodeDrawing.BALANCED.draw(4096, 6, 700, new Seed(4)));
        assertTrue(balanced <= 6 && uniform >= 20, "spread " + balanced + " against " + uniform);
    }

    private static int spread(Codes codes) {
        int[] loads = codes.loads();
        return Arrays.stream(loads).max().orElseThrow()
                - Arrays.stream(loads).min().orElseThrow();
    }

    @Test
    void aMillionFeaturesGetTheirCodes() {
        Codes codes = CodeDrawing.BALANCED.draw(1 << 20, 8, 12_000, new Seed(5));
        assertEquals(1 << 20, codes.features());
        assertEquals(8 << 20, Arrays.stream(codes.loads()).sum());
    }

    @Test
    void aWidthBelowTheWeightIsRefusedWithBothNumbers() {
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> CodeDrawing.UNIFORM.draw(10, 64, 40, new Seed(7)));
        assertEquals(
                "width 40 is too small for code-weight 64: width must be at least code-weight", refusal.getMessage());
    }

    @Test
    void moreCodeEntriesThanAnArrayHoldsAreRefused() {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> CodeDrawing.UNIFORM.draw(1 << 24, 128, 4096, new Seed(8)));
        assertTrue(refusal.getMessage().contains("16777216 codes of weight 128"), refusal.getMessage());
    }
}
