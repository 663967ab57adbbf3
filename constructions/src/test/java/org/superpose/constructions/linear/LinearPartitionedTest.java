package org.superpose.constructions.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.assertRightEverywhere;
import static org.superpose.constructions.NetworkCheck.build;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

class LinearPartitionedTest {
    private static final int WIDTH = 400;

    private final LinearPartitioned partitioned = new LinearPartitioned();

    private static ProblemInstance chain() {
        return SampleProblems.layered(
                List.of(SampleProblems.regular(12, 12, 2, 1), SampleProblems.regular(12, 12, 2, 2)), 4);
    }

    @Test
    void twoLayersOfHalvesAreRightOnAllInputs() {
        ProblemInstance instance = chain();
        assertRightEverywhere(instance, build(partitioned, instance, 1, ConstructionParameters.WIDTH, WIDTH));
    }

    @Test
    void lightPairsAndPairsWithAHubAreTwoSubProblemsToo() {
        Gates first = SampleProblems.regular(10, 10, 2, 1);
        Gates second = SampleProblems.beside(SampleProblems.star(6), SampleProblems.regular(4, 3, 2, 3));
        ProblemInstance instance = SampleProblems.layered(List.of(first, second), 4);
        assertRightEverywhere(instance, build(partitioned, instance, 1, ConstructionParameters.WIDTH, WIDTH));
    }

    @Test
    void aSingleLayerAndThreeLayersAreRightAsWell() {
        ProblemInstance one = SampleProblems.instance(SampleProblems.regular(12, 12, 2, 1), 2);
        assertRightEverywhere(one, build(partitioned, one, 1, ConstructionParameters.WIDTH, WIDTH));
        ProblemInstance three = SampleProblems.layered(
                List.of(
                        SampleProblems.regular(9, 9, 2, 1),
                        SampleProblems.regular(9, 9, 2, 2),
                        SampleProblems.regular(9, 4, 2, 3)),
                4);
        assertRightEverywhere(three, build(partitioned, three, 1, ConstructionParameters.WIDTH, WIDTH));
    }

    /** The rows in which a result is on are those of the halves of the next layer that read it, and no others. */
    @Test
    void aResultIsWrittenIntoTheRowsOfTheHalvesThatReadIt() {
        ProblemInstance instance = SampleProblems.layered(
                List.of(SampleProblems.regular(12, 12, 2, 1), SampleProblems.regular(12, 10, 2, 2)), 4);
        SuperposedNetwork network = build(partitioned, instance, 1, ConstructionParameters.WIDTH, WIDTH);
        PlainEvaluator evaluator = new PlainEvaluator(network);
        Gates next = instance.layers().get(1);
        int both = 0;
        for (int result = 0; result < 12; result++) {
            Set<Boolean> readers = new TreeSet<>();
            for (int t = 0; t < next.influence(result); t++) {
                readers.add(next.reader(result, t) >= 5);
            }
            float[] state =
                    evaluator.activations(FeatureSet.of(instance.layers().get(0).reads(result)))[4];
            Set<Boolean> written = new TreeSet<>();
            IntStream.range(0, WIDTH).filter(row -> state[row] >= 0.5).forEach(row -> written.add(row >= WIDTH / 2));
            assertEquals(readers, written, "result " + result);
            both += readers.size() == 2 ? 1 : 0;
        }
        assertTrue(both > 0 && both < 12, both + " results feed both");
        WeightMatrix matrix = network.layers().get(4).weights();
        for (int row = 0; row < WIDTH; row++) {
            for (int column = 0; column < WIDTH; column++) {
                assertTrue(row / (WIDTH / 2) == column / (WIDTH / 2) || matrix.get(row, column) == 0);
            }
        }
    }

    @Test
    void aNarrowNetworkIsWrongSomewhere() {
        ProblemInstance instance = chain();
        SuperposedNetwork network = build(partitioned, instance, 1, ConstructionParameters.WIDTH, 60);
        assertTrue(NetworkCheck.wrongInputs(instance, network) > 0);
    }
}
