package org.superpose.constructions.clipped.weight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClippedWeightsTest {
    private static final ClippedWeights.Wish NONE =
            new ClippedWeights.Wish(Optional.empty(), Optional.empty(), Optional.empty());

    private static final ClippedWeights.Preference ROBUST = ClippedWeights.Preference.ROBUST;

    @ParameterizedTest
    @CsvSource({"4096, 4096, 2, 2", "2009, 3555, 2, 2", "1024, 1024, 3, 3", "4096, 4096, 1, 1", "256, 256, 2, 3"})
    void widerNetworksAreExpectedToErrLess(int inputs, int outputs, int fanIn, int maxActive) {
        double before = Double.POSITIVE_INFINITY;
        for (int width = 200; width <= 1600; width *= 2) {
            LoadModel model = new LoadModel(width, inputs, outputs, fanIn, maxActive, false);
            double errors = model.expectedErrors(ClippedWeights.choose(model, NONE, ROBUST));
            // beyond "good enough" the preferred weights are taken instead
            assertTrue(errors < before || errors < 2, errors + " at " + width + ", " + before + " before");
            before = errors;
        }
    }

    @Test
    void theChoiceIsNoWorseThanItsNeighbours() {
        LoadModel model = new LoadModel(440, 4096, 4096, 2, 2, false);
        ClippedWeights chosen = ClippedWeights.choose(model, NONE, ROBUST);
        double least = model.expectedErrors(chosen);

        for (int dk = -1; dk <= 1; dk++) {
            for (int ds = -1; ds <= 1; ds++) {
                for (int dk2 = -1; dk2 <= 1; dk2++) {
                    ClippedWeights other =
                            new ClippedWeights(chosen.code() + dk, chosen.channel() + ds, chosen.outputCode() + dk2);
                    assertTrue(model.expectedErrors(other) > 0.9 * least, other + " is better than " + chosen);
                }
            }
        }
    }

    @Test
    void weightsThatAreGivenAreKept() {
        LoadModel model = new LoadModel(600, 4096, 4096, 2, 2, false);

        ClippedWeights weights = ClippedWeights.choose(
                model, new ClippedWeights.Wish(Optional.of(2), Optional.of(17), Optional.of(11)), ROBUST);

        assertEquals(new ClippedWeights(2, 17, 11), weights);
        assertEquals(
                9,
                ClippedWeights.choose(
                                model,
                                new ClippedWeights.Wish(Optional.empty(), Optional.of(9), Optional.empty()),
                                ROBUST)
                        .channel());
    }

    @Test
    void aSingleMatrixHasNoChannels() {
        assertEquals(
                0,
                ClippedWeights.choose(new SingleMatrixModel(420, 4096, 4096, 1), NONE, ROBUST)
                        .channel());
    }
}
