package org.superpose.constructions.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.SampleProblems;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

class DecompressionTest {
    @Test
    void theProductEqualsRoutingTimesDecompressionEntryByEntry() {
        int n = 30;
        Codes codes = CodeDrawing.UNIFORM.draw(12, 5, n, new Seed(1));
        int[][] rows = {{0, 3, 7}, {}, {11}, IntStream.range(0, 12).toArray()};
        DenseMatrix product = Decompression.routed(routing(rows), codes);
        double p = Decompression.meanSharedPart(codes);
        for (int e = 0; e < rows.length; e++) {
            for (int c = 0; c < n; c++) {
                double expected = 0;
                for (int j : rows[e]) {
                    expected += ((contains(codes.code(j), c) ? 1 : 0) - p) / (5 * (1 - p));
                }
                assertEquals(expected, product.get(e, c), 1e-6);
            }
        }
    }

    private static Routing routing(int[][] rows) {
        return new Routing() {
            @Override
            public int rows() {
                return rows.length;
            }

            @Override
            public int load(int row) {
                return rows[row].length;
            }

            @Override
            public int feature(int row, int t) {
                return rows[row][t];
            }
        };
    }

    static Routing oneFeaturePerRow(int features) {
        return routing(IntStream.range(0, features).mapToObj(j -> new int[] {j}).toArray(int[][]::new));
    }

    /** The entries of D E off the diagonal. */
    record Interference(double mean, double meanSquare) {
        /** Fails unless D E is 1 on the diagonal, to within the tolerance. */
        static Interference of(DenseMatrix d, Codes codes, double tolerance) {
            int m = codes.features();
            double sum = 0;
            double squares = 0;
            for (int j = 0; j < m; j++) {
                for (int other = 0; other < m; other++) {
                    double value = 0;
                    for (int neuron : codes.code(other)) {
                        value += d.get(j, neuron);
                    }
                    if (other == j) {
                        assertEquals(1, value, tolerance);
                    } else {
                        sum += value;
                        squares += value * value;
                    }
                }
            }
            double pairs = (double) m * (m - 1);
            return new Interference(sum / pairs, squares / pairs);
        }
    }

    private static boolean contains(int[] code, int neuron) {
        return IntStream.of(code).anyMatch(member -> member == neuron);
    }

    @Test
    void decompressingACodeGivesOneForItselfAndMeanZeroWithVarianceOneOverWidthForOthers() {
        int m = 400;
        int n = 250;
        Codes codes = CodeDrawing.UNIFORM.draw(m, 10, n, new Seed(2));
        Interference interference = Interference.of(Decompression.routed(oneFeaturePerRow(m), codes), codes, 1e-5);
        assertEquals(0, interference.mean(), 0.002);
        assertEquals(1.0 / n, interference.meanSquare(), 0.05 / n);
    }

    /** Theory, section 4: a row with R ones sees noise of variance about v R / n. */
    @Tag("slow")
    @Test
    void theNoiseOfAHiddenRowHasTheVarianceOfTheFormula() {
        int m = 1024;
        int s = 12;
        for (int n : new int[] {400, 800}) {
            Gates gates = SampleProblems.regular(m, m, 2, 3);
            Codes codes = CodeDrawing.UNIFORM.draw(m, 8, n, new Seed(4));
            HiddenPlan plan = OutputChannels.plan(gates, new LinearChoices(n, 8, s, 8, false, false), new Seed(5));
            DenseMatrix w = Decompression.routed(plan, codes);
            double squares = 0;
            for (int e = 0; e < n; e++) {
                boolean[] routed = new boolean[m];
                for (int t = 0; t < plan.load(e); t++) {
                    routed[plan.feature(e, t)] = true;
                }
                for (int j = 0; j < m; j++) {
                    double noise = routed[j] ? -1 : 0;
                    for (int neuron : codes.code(j)) {
                        noise += w.get(e, neuron);
                    }
                    squares += noise * noise;
                }
            }
            double load = 2.0 * m * s / n;
            double ratio = squares / ((double) n * m) / (load / n);
            assertTrue(ratio > 0.93 && ratio < 1.07, "measured / predicted variance at n = " + n + ": " + ratio);
        }
    }
}
