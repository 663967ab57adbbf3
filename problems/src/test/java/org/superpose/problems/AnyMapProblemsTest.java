package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Literals;
import org.superpose.core.problem.ProblemInstance;

/** The problems whose gates are not all conjunctions: what their outputs compute, by counting. */
class AnyMapProblemsTest {
    @Test
    void anXorOfAPairIsOnForEitherButNotBoth() {
        ProblemInstance instance = Instances.draw(3, "xor-pairs", "inputs", 20, "outputs", 30);
        Gates gates = instance.gates();
        for (int i = 0; i < 30; i++) {
            int a = gates.read(i, 0);
            int b = gates.read(i, 1);
            assertTrue(instance.evaluate(FeatureSet.of(a)).contains(i));
            assertTrue(instance.evaluate(FeatureSet.of(b)).contains(i));
            assertFalse(instance.evaluate(FeatureSet.of(a, b)).contains(i));
        }
        assertTrue(gates.areAll(GateFunction.PARITY));
        assertEquals(3, gates.influenceProfile().max());
    }

    @Test
    void aMajorityOfThreeIsOnFromTwoOn() {
        ProblemInstance instance = Instances.draw(3, "at-least", "inputs", 20, "outputs", 40);
        Gates gates = instance.gates();
        assertEquals(3, instance.maxActive());
        assertEquals(6, gates.influenceProfile().max());
        for (int i = 0; i < 40; i++) {
            int[] reads = gates.reads(i);
            assertTrue(instance.evaluate(FeatureSet.of(reads)).contains(i));
            for (int t = 0; t < 3; t++) {
                assertFalse(instance.evaluate(FeatureSet.of(reads[t])).contains(i));
                int[] two = {reads[t], reads[(t + 1) % 3]};
                Arrays.sort(two);
                assertTrue(instance.evaluate(FeatureSet.of(two)).contains(i));
            }
        }
    }

    @Test
    void atLeastAllOfTheInputsIsTheirConjunction() {
        Gates gates = Instances.draw(3, "at-least", "inputs", 9, "fan-in", 2, "threshold", 2)
                .gates();
        assertTrue(gates.areAll(GateFunction.AND));
    }

    @Test
    void halfAddersGiveSumAndCarryInTurn() {
        ProblemInstance instance = Instances.draw(4, "half-adders", "inputs", 16, "outputs", 16);
        Gates gates = instance.gates();
        for (int i = 0; i < 16; i += 2) {
            int a = gates.read(i, 0);
            int b = gates.read(i, 1);
            assertEquals(a, gates.read(i + 1, 0));
            assertEquals(b, gates.read(i + 1, 1));
            FeatureSet both = instance.evaluate(FeatureSet.of(a, b));
            FeatureSet one = instance.evaluate(FeatureSet.of(a));
            assertTrue(both.contains(i + 1) && !both.contains(i));
            assertTrue(one.contains(i) && !one.contains(i + 1));
        }
    }

    @Test
    void aDnfHasSoManyClausesLiteralsAndNegations() {
        ProblemInstance instance =
                Instances.draw(5, "dnf", "inputs", 40, "outputs", 20, "clauses", 3, "literals", 2, "negated", 0.25);
        assertEquals(2, instance.layers().size());
        Gates clauses = instance.layers().get(0);
        assertEquals(60, clauses.outputs());
        int negated = 0;
        Set<String> sets = new HashSet<>();
        for (int c = 0; c < 60; c++) {
            assertEquals(2, clauses.fanIn(c));
            assertTrue(sets.add(Arrays.toString(clauses.reads(c))), "two clauses read the same inputs");
            int own = 0;
            if (clauses.function(c) instanceof Literals literals) {
                for (int t = 0; t < 2; t++) {
                    own += literals.isPositive(t) ? 0 : 1;
                }
            }
            assertTrue(own < 2, "every clause keeps a positive literal");
            negated += own;
        }
        assertEquals(30, negated);
        assertEquals(3, clauses.influenceProfile().max());
        for (int i = 0; i < 20; i++) {
            assertEquals(3, instance.layers().get(1).fanIn(i));
        }
        assertTrue(instance.evaluate(FeatureSet.EMPTY).isEmpty());
    }

    @Test
    void aDnfOfOneClauseIsOneLayer() {
        ProblemInstance instance =
                Instances.draw(6, "dnf", "inputs", 30, "outputs", 30, "clauses", 1, "literals", 2, "negated", 0.5);
        for (int i = 0; i < 30; i++) {
            Literals literals = (Literals) instance.gates().function(i);
            assertEquals(1, (literals.isPositive(0) ? 1 : 0) + (literals.isPositive(1) ? 1 : 0));
        }
    }

    @Test
    void theNeighboursOfARandomGraphAreManyAsAskedForAndNeverTheNodeItself() {
        for (int seed = 0; seed < 50; seed++) {
            Gates gates =
                    Instances.draw(seed, "neighbours", "inputs", 7, "degree", 2).gates();
            for (int i = 0; i < 7; i++) {
                assertEquals(2, gates.fanIn(i));
                assertFalse(Arrays.stream(gates.reads(i)).boxed().toList().contains(i));
            }
            assertEquals(2, gates.influenceProfile().max());
        }
    }

    @Test
    void aGraphFromAFileKeepsItsNames(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("edges.csv"), "from,to\na,b\nb,c\n");
        ProblemInstance both = Instances.draw(1, "neighbours", "file", file.toString());
        assertEquals(3, both.inputs());
        assertEquals(FeatureSet.of(0, 2), both.evaluate(FeatureSet.of(1)));
        assertEquals("b", both.outputNames().names().get(1));
        ProblemInstance directed = Instances.draw(1, "neighbours", "file", file.toString(), "directed", true);
        assertEquals(FeatureSet.of(0), directed.evaluate(FeatureSet.of(1)));
        assertTrue(directed.evaluate(FeatureSet.of(0)).isEmpty(), "nothing leads to the first node");
    }
}
