package org.superpose.constructions.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

class PolynomialCodesTest {
    @ParameterizedTest
    @CsvSource({"64, 40, 4, 1", "300, 100, 4, 1", "600, 68, 4, 2", "50, 60, 1, 0", "90, 20, 2, 1"})
    void twoPolynomialsShareFewerNeuronsThanTheyHaveCoefficients(int features, int neurons, int weight, int most) {
        Codes codes = new PolynomialCodes(weight).draw(features, neurons, new Seed(1).generator());
        assertEquals(features, codes.features());
        for (int a = 0; a < features; a++) {
            assertEquals(weight, codes.weight(a));
            for (int b = 0; b < a; b++) {
                int shared = 0;
                for (int neuron : codes.code(a)) {
                    shared += Arrays.binarySearch(codes.code(b), neuron) >= 0 ? 1 : 0;
                }
                assertTrue(shared <= most, "codes " + a + " and " + b + " share " + shared);
            }
        }
        int[] loads = codes.loads();
        int mean = features * weight / neurons;
        assertTrue(Arrays.stream(loads).max().orElseThrow() <= 2 * mean + 4, Arrays.toString(loads));
    }
}
