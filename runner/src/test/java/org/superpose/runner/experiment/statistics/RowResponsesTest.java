package org.superpose.runner.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.random.Seed;

/** The routing matrix and its noise are recovered from W = gain C D. */
class RowResponsesTest {
    private static final int NEURONS = 400;
    private static final int FEATURES = 150;
    private static final int WEIGHT = 16;
    private static final int LOAD = 5;
    private static final double GAIN = 1.25;

    private final RandomGenerator random = new Seed(11).generator();
    private final Codes codes = codes();
    private final int[][] reads =
            IntStream.range(0, NEURONS).mapToObj(e -> subset(FEATURES, LOAD)).toArray(int[][]::new);
    private final RowResponses responses = RowResponses.of(network());

    private int[] subset(int of, int size) {
        BitSet chosen = new BitSet();
        while (chosen.cardinality() < size) {
            chosen.set(random.nextInt(of));
        }
        return chosen.stream().toArray();
    }

    private Codes codes() {
        return Codes.ofWeight(
                NEURONS,
                WEIGHT,
                IntStream.range(0, FEATURES)
                        .flatMap(j -> Arrays.stream(subset(NEURONS, WEIGHT)))
                        .toArray());
    }

    /** D[j, c] = (E[c, j] - p) / (k (1 - p)), as in theory, section 4. */
    private SuperposedNetwork network() {
        double p = (double) WEIGHT / NEURONS;
        float[] weights = new float[NEURONS * NEURONS];
        for (int e = 0; e < NEURONS; e++) {
            for (int j : reads[e]) {
                for (int c = 0; c < NEURONS; c++) {
                    boolean inCode = Arrays.binarySearch(codes.code(j), c) >= 0;
                    weights[e * NEURONS + c] += (float) (GAIN * ((inCode ? 1 : 0) - p) / (WEIGHT * (1 - p)));
                }
            }
        }
        return new SuperposedNetwork(
                codes,
                List.of(Layer.withBias(new DenseMatrix(NEURONS, NEURONS, weights), 0)),
                Decoder.withThreshold(codes, Decoder.Kind.SUM, 1),
                InputDomain.sparse(FEATURES, 2),
                false,
                new Provenance("by-hand", Map.of(), 0, Map.of()));
    }

    @Test
    void everyRowIsFoundToListenToTheFeaturesItReads() {
        for (int j = 0; j < FEATURES; j++) {
            int feature = j;
            int[] rows = IntStream.range(0, NEURONS)
                    .filter(e -> Arrays.binarySearch(reads[e], feature) >= 0)
                    .toArray();
            assertArrayEquals(rows, responses.rowsOf(j), "feature " + j);
        }
        assertEquals(LOAD, responses.load(7));
        assertEquals(LOAD, responses.meanLoad());
        assertEquals(GAIN, responses.gain(), 0.02);
    }

    @Test
    void commonRowsAreThoseInBothColumns() {
        int[] second = responses.rowsOf(1);
        int expected = (int) Arrays.stream(responses.rowsOf(0))
                .filter(row -> Arrays.binarySearch(second, row) >= 0)
                .count();
        assertEquals(expected, responses.common(0, 1));
        assertEquals(second.length, responses.common(1, 1));
    }

    @Test
    void theNoiseHasTheVarianceThatTheoryPredicts() {
        assertEquals(Math.sqrt(2.0 * LOAD / NEURONS), responses.predictedNoise(2), 1e-9);
        assertEquals(1, responses.noise(2) / responses.predictedNoise(2), 0.1);
        assertEquals(Math.sqrt(3), responses.noise(3) / responses.noise(1), 1e-9);
        double mean = IntStream.range(0, NEURONS)
                .mapToDouble(e -> Math.pow(responses.noise(e, 1) / responses.predictedNoise(e, 1), 2))
                .average()
                .orElseThrow();
        assertEquals(1, mean, 0.15);
    }
}
