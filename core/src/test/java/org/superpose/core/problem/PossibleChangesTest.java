package org.superpose.core.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.MintermNetworks;

class PossibleChangesTest {
    private static ProblemInstance instance(InputDomain domain, Gates... layers) {
        return new ProblemInstance(
                "test",
                ParameterValues.NONE,
                1,
                List.of(layers),
                domain,
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    private static boolean changesSomewhere(ProblemInstance instance) {
        FeatureSet rest = instance.evaluate(FeatureSet.EMPTY);
        for (FeatureSet input : instance.domain()) {
            if (!instance.evaluate(input).equals(rest)) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 2000)
    void oneLayerCanChangeIfSomeInputOfTheDomainChangesIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(3);
        Gates gates = MintermNetworks.randomGates(m, 1, 4, random);
        InputDomain domain = MintermNetworks.randomDomain(m, v, random).withMinActive(0);
        ProblemInstance instance = instance(domain, gates);
        assertEquals(changesSomewhere(instance), instance.canChange(), gates + " on " + domain);
        instance.leastMaxActive().ifPresent(least -> {
            assertTrue(changesSomewhere(instance.withMaxActive(least)), gates + " with " + least);
            assertTrue(least == 1 || !changesSomewhere(instance.withMaxActive(least - 1)), gates + " with less");
        });
    }

    @Property(tries = 1000)
    void severalLayersAreNeverSaidToRestWhereSomeInputChangesThem(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int v) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(3);
        ProblemInstance instance = instance(
                MintermNetworks.randomDomain(m, v, random),
                MintermNetworks.randomGates(m, 4, 3, random),
                MintermNetworks.randomGates(4, 2, 3, random));
        assertTrue(instance.canChange() || !changesSomewhere(instance), instance.toString());
    }

    @Test
    void aTreeOfConjunctionsNeedsAllItsLeaves() {
        Gates pairs = Gates.conjunctions(4, 2, new int[] {0, 1, 2, 3});
        Gates both = Gates.conjunctions(2, 2, new int[] {0, 1});
        ProblemInstance tree = instance(InputDomain.sparse(4, 3), pairs, both);
        assertFalse(tree.canChange());
        assertEquals(OptionalInt.of(4), tree.leastMaxActive());
        assertTrue(tree.withMaxActive(4).canChange());
    }

    @Test
    void aConjunctionWithinOneGroupIsNeverOn() {
        Gates pair = Gates.conjunctions(3, 2, new int[] {0, 1});
        ProblemInstance instance = instance(InputDomain.grouped(new int[] {0, 0, 1}, 2), pair);
        assertFalse(instance.canChange());
        assertEquals(OptionalInt.empty(), instance.leastMaxActive());
    }
}
