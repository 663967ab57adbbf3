package org.superpose.constructions.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.build;
import static org.superpose.constructions.NetworkCheck.wrongInputs;
import static org.superpose.constructions.SampleProblems.instance;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.SampleProblems;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class LeastSquaresDecompressionTest {
    @Test
    void interferenceHasTheVarianceOfTheFormulaAndMeanZero() {
        for (int m : new int[] {300, 600}) {
            int n = 150;
            double[] interference = interference(CodeDrawing.UNIFORM.draw(m, 8, n, new Seed(1)));
            assertEquals(0, interference[0], 1e-4);
            double predicted = (1 - (double) n / m) / n;
            double ratio = interference[1] / predicted;
            assertTrue(ratio > 0.85 && ratio < 1.15, "measured / predicted variance at m = " + m + ": " + ratio);
        }
    }

    @Test
    void fewerFeaturesThanRowsAreReadWithoutInterference() {
        assertTrue(interference(CodeDrawing.UNIFORM.draw(40, 6, 90, new Seed(2)))[1] < 1e-4);
    }

    /** Mean and mean square of D E off the diagonal; on the diagonal it must be 1. */
    private static double[] interference(Codes codes) {
        int m = codes.features();
        int[][] single = IntStream.range(0, m).mapToObj(j -> new int[] {j}).toArray(int[][]::new);
        DenseMatrix d = LeastSquaresDecompression.routed(DecompressionTest.routing(single), codes);
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < m; j++) {
            for (int other = 0; other < m; other++) {
                double value = 0;
                for (int neuron : codes.code(other)) {
                    value += d.get(j, neuron);
                }
                if (other == j) {
                    assertEquals(1, value, 1e-4);
                } else {
                    sum += value;
                    squares += value * value;
                }
            }
        }
        double pairs = (double) m * (m - 1);
        return new double[] {sum / pairs, squares / pairs};
    }

    @Test
    void networksAreRightAtWidthsWhereThePapersFormulaIsNot() {
        for (Construction construction : new Construction[] {new LinearTwoAnd(), new LinearPermutation()}) {
            boolean pairs = construction instanceof LinearTwoAnd;
            ProblemInstance instance =
                    instance(pairs ? SampleProblems.regular(256, 256, 2, 1) : SampleProblems.permutation(256, 1), 2);
            int width = pairs ? 330 : 300;
            int matched = wrongInputs(instance, build(construction, instance, 1, ConstructionParameters.WIDTH, width));
            int leastSquares = wrongInputs(
                    instance,
                    build(
                            construction,
                            instance,
                            1,
                            ConstructionParameters.WIDTH,
                            width,
                            LinearChoices.DECOMPRESSION,
                            "least-squares"));
            assertTrue(leastSquares < matched, construction.id() + ": " + leastSquares + " against " + matched);
        }
    }
}
