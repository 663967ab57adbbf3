package org.superpose.constructions.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.build;
import static org.superpose.constructions.NetworkCheck.wrongInputs;
import static org.superpose.constructions.SampleProblems.instance;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.SampleProblems;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.constructions.linear.DecompressionTest.Interference;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

class LeastSquaresDecompressionTest {
    @Test
    void interferenceHasTheVarianceOfTheFormulaAndMeanZero() {
        for (int m : new int[] {300, 600}) {
            int n = 150;
            Interference interference = interference(CodeDrawing.UNIFORM.draw(m, 8, n, new Seed(1)));
            assertEquals(0, interference.mean(), 1e-4);
            double predicted = (1 - (double) n / m) / n;
            double ratio = interference.meanSquare() / predicted;
            assertTrue(ratio > 0.85 && ratio < 1.15, "measured / predicted variance at m = " + m + ": " + ratio);
        }
    }

    @Test
    void fewerFeaturesThanRowsAreReadWithoutInterference() {
        assertTrue(
                interference(CodeDrawing.UNIFORM.draw(40, 6, 90, new Seed(2))).meanSquare() < 1e-4);
    }

    private static Interference interference(Codes codes) {
        Routing single = DecompressionTest.oneFeaturePerRow(codes.features());
        return Interference.of(LeastSquaresDecompression.routed(single, codes, Deadline.NEVER), codes, 1e-4);
    }

    @Tag("slow")
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
