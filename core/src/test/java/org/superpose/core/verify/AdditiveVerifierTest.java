package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class AdditiveVerifierTest {
    private static final int BIAS = 60;

    private final AdditiveVerifier additive = new AdditiveVerifier();
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    /** Every output copies a random input; its weights are large where it reads and small and random elsewhere. */
    private static SuperposedNetwork network(ProblemInstance instance, int own, int bias, RandomGenerator random) {
        int width = 14;
        Codes inputs = TestNetworks.randomCodes(instance.inputs(), width, 2, random);
        Codes outputs = TestNetworks.randomCodes(instance.outputs(), width, 2, random);
        short[] weights = new short[width * width];
        for (int x = 0; x < weights.length; x++) {
            weights[x] = (short) random.nextInt(-1, 2);
        }
        for (int i = 0; i < instance.outputs(); i++) {
            for (int f : outputs.code(i)) {
                for (int c : inputs.code(instance.gates().read(i, 0))) {
                    weights[f * width + c] = (short) own;
                }
            }
        }
        return TestNetworks.network(
                inputs,
                List.of(Layer.withBias(new IntegerMatrix(width, width, weights), bias)),
                Decoder.withThreshold(outputs, Decoder.Kind.SUM, 2 * bias + 3 * own),
                instance.domain());
    }

    private static ProblemInstance copies(int inputs, int outputs, int maxActive, RandomGenerator random) {
        return TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(inputs, outputs, 1, random)),
                InputDomain.sparse(inputs, maxActive));
    }

    @Property(tries = 500)
    void agreesWithLookingAtEveryInput(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int maxActive,
            @ForAll @IntRange(min = 1, max = 9) int own) {
        RandomGenerator random = new Seed(seed).generator();
        int inputs = 4 + random.nextInt(8);
        ProblemInstance instance = copies(inputs, 1 + random.nextInt(inputs), maxActive, random);
        SuperposedNetwork network = network(instance, own, BIAS, random);
        assertTrue(additive.accepts(instance, network).isAccepted());
        Verdict expected = exhaustive.verify(instance, network, VerificationBudget.unlimited());
        Verdict got = additive.verify(instance, network, VerificationBudget.unlimited());
        assertEquals(expected.status(), got.status());
        assertEquals(expected.domainSize(), got.domainSize());
        if (got instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(instance, new PlainEvaluator(network)));
            assertTrue(instance.domain().contains(refuted.counterexample().input()));
        }
    }

    @Test
    void bothVerdictsOccurAmongTheNetworksOfThatProperty() {
        int verified = 0;
        int refuted = 0;
        for (long seed = 0; seed < 60; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            ProblemInstance instance = copies(6, 3, 2, random);
            Verdict verdict =
                    additive.verify(instance, network(instance, 9, BIAS, random), VerificationBudget.unlimited());
            verified += verdict instanceof Verdict.Verified ? 1 : 0;
            refuted += verdict instanceof Verdict.Refuted ? 1 : 0;
        }
        assertTrue(verified > 5 && refuted > 5, verified + " verified, " + refuted + " refuted");
    }

    @Test
    void whereAReluCutsNothingIsClaimed() {
        RandomGenerator random = new Seed(1).generator();
        ProblemInstance instance = copies(6, 3, 2, random);
        Verdict verdict = additive.verify(instance, network(instance, 9, 1, random), VerificationBudget.unlimited());
        assertTrue(assertInstanceOf(Verdict.Undecided.class, verdict).reason().contains("cuts"));
    }

    @Test
    void groupedDomainsAndOutputsOfSeveralInputsAreLeftToOthers() {
        RandomGenerator random = new Seed(1).generator();
        ProblemInstance instance = copies(6, 3, 2, random);
        SuperposedNetwork network = network(instance, 9, BIAS, random);
        ProblemInstance grouped =
                TestNetworks.instance(instance.layers(), InputDomain.grouped(new int[] {0, 0, 0, 1, 1, 1}, 2));
        assertFalse(additive.accepts(grouped, network).isAccepted());
        ProblemInstance pairs = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(6, 3, 2, random)), InputDomain.sparse(6, 2));
        assertFalse(additive.accepts(pairs, network).isAccepted());
        assertEquals(Double.POSITIVE_INFINITY, additive.cost(pairs, network));
    }
}
