package org.superpose.constructions.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.assertRightEverywhere;
import static org.superpose.constructions.NetworkCheck.build;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.core.verify.chain.CompositionalVerifier;
import org.superpose.core.verify.monotone.MonotoneVerifier;

class SequentialTest {
    private static final Sequential SEQUENTIAL = new Sequential();

    @Property(tries = 12)
    void everyWidthFromTheLeastOnIsRightOnAllInputs(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int maxActive) {
        int m = 20 + (int) Long.remainderUnsigned(seed, 20);
        Gates first = SampleProblems.regular(m, 30, 2, seed);
        Gates second = SampleProblems.regular(30, 24, 2, seed + 1);
        Gates either = SampleProblems.withFunction(second, GateFunction.atLeast(1));
        for (List<Gates> layers : List.of(List.of(first), List.of(first, second), List.of(first, either))) {
            ProblemInstance instance = SampleProblems.layered(layers, maxActive);
            int least = leastWidth(instance);
            for (int width : new int[] {least, least + 3, least + 40}) {
                SuperposedNetwork network = build(SEQUENTIAL, instance, seed, ConstructionParameters.WIDTH, width);
                assertTrue(network.width() <= width, network.width() + " neurons at width " + width);
                assertRightEverywhere(instance, network);
            }
        }
    }

    /** As the message says. */
    private static int leastWidth(ProblemInstance instance) {
        String message = assertThrows(
                        WidthTooSmallException.class,
                        () -> build(SEQUENTIAL, instance, 1, ConstructionParameters.WIDTH, 1))
                .getMessage();
        return Integer.parseInt(message.substring(message.lastIndexOf(' ') + 1));
    }

    @Property(tries = 30)
    void noCodeIsCoveredByAsManyOthersAsMayBeActive(
            @ForAll @IntRange(min = 2, max = 3000) int features, @ForAll @IntRange(min = 1, max = 6) int active) {
        SuperimposedCodes plan = SuperimposedCodes.of(features, active);
        Codes codes = plan.draw(new Seed(features).generator());
        assertEquals(plan.neurons(), codes.neurons());
        assertTrue(codes.neurons() <= features);
        Codes.Inverse inverse = codes.inverse();
        for (int j = 0; j < features; j++) {
            int[] shared = new int[features];
            for (int neuron : codes.code(j)) {
                for (int t = 0; t < inverse.load(neuron); t++) {
                    shared[inverse.feature(neuron, t)]++;
                }
            }
            shared[j] = 0;
            int most = Arrays.stream(shared).max().orElseThrow();
            assertTrue(active * most < codes.weight(j), most + " neurons of " + codes.weight(j) + " are shared");
        }
    }

    /** 17,178,877 inputs; every layer is narrower than there are features or gates. */
    @Test
    void twoHopsOfFourActiveFeaturesAreCleanInBetween() {
        Gates first = SampleProblems.regular(144, 144, 2, 3);
        Gates second = SampleProblems.regular(144, 72, 2, 4);
        ProblemInstance instance = SampleProblems.layered(List.of(first, second), 4);
        SuperposedNetwork network = build(SEQUENTIAL, instance, 1, ConstructionParameters.WIDTH, 140);
        assertEquals(140, network.width());
        BuiltNetwork built = new BuiltNetwork(instance, network);
        for (Verifier verifier : List.of(new MonotoneVerifier(), new CompositionalVerifier())) {
            Verdict verdict = verifier.verify(built, VerificationBudget.unlimited());
            assertInstanceOf(Verdict.Verified.class, verdict, verdict.toString());
            assertEquals(instance.domain().size(), verdict.inputsCovered());
        }
        // One output more for a feature: some input turns it on.
        int[] members = network.inputCodes().members();
        members[0] = members[Arrays.stream(members).boxed().toList().indexOf(members[0] + 1)];
        SuperposedNetwork wrong = new SuperposedNetwork(
                Codes.ofWeight(
                        network.inputCodes().neurons(), network.inputCodes().maxWeight(), members),
                network.layers(),
                network.decoder(),
                network.domain(),
                false,
                network.provenance());
        assertInstanceOf(
                Verdict.Refuted.class,
                new MonotoneVerifier().verify(new BuiltNetwork(instance, wrong), VerificationBudget.unlimited()));
    }

    @Test
    void gatesThatAreNoOrOfFewAndsAreRefused() {
        Gates parities = SampleProblems.withFunction(SampleProblems.regular(12, 8, 2, 1), GateFunction.PARITY);
        assertEquals(
                "the gates compute parity, but it builds for and, and for at-least of few inputs",
                SEQUENTIAL
                        .accepts(SampleProblems.layered(List.of(parities), 2))
                        .reason()
                        .orElseThrow());
    }

    @Test
    void aNetworkThatNoMachineHoldsIsRefused() {
        ProblemInstance instance = SampleProblems.layered(List.of(SampleProblems.permutation(1 << 17, 1)), 2);
        int least = leastWidth(instance);
        WidthTooSmallException refused = assertThrows(
                WidthTooSmallException.class,
                () -> build(SEQUENTIAL, instance, 1, ConstructionParameters.WIDTH, least));
        assertTrue(refused.getMessage().contains("and more than 2^32 weights"), refused.getMessage());
    }
}
