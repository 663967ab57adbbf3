package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.argument.PairwiseVerifier;
import org.superpose.core.verify.enumeration.BranchAndBoundVerifier;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

class ResumableVerifierTest {
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    /** A network that may be wrong, most often late in the order, on a domain that may be grouped. */
    private static BuiltNetwork pair(RandomGenerator random, int v) {
        int m = 6 + random.nextInt(8);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(m, 4, 2, random)), TestNetworks.randomDomain(m, v, random));
        SuperposedNetwork network = TestNetworks.clipped(instance, 60 + random.nextInt(40), 3, 3, 2, random);
        return new BuiltNetwork(
                instance, random.nextBoolean() ? TestNetworks.withFlippedBit(network, random) : network);
    }

    @Property(tries = 400)
    void piecesOfAnEnumerationComeToTheVerdictOfOneRun(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int v,
            @ForAll @IntRange(min = 1, max = 60) int piece) {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork pair = pair(random, v);
        Verdict expected = exhaustive.verify(pair, VerificationBudget.unlimited());
        Coverage coverage = Coverage.NONE;
        BigInteger covered = BigInteger.ZERO;
        for (int round = 0; ; round++) {
            ResumableVerifier.Run run = exhaustive.resume(
                    pair,
                    VerificationBudget.unlimited().withMaxInputs(1 + piece).withThreads(1 + random.nextInt(3)),
                    coverage);
            if (!(run.verdict() instanceof Verdict.Undecided)) {
                assertEquals(expected, run.verdict());
                break;
            }
            // Every piece looks at the empty input, and just one at each other input.
            BigInteger now = run.verdict().inputsCovered();
            assertEquals(
                    covered.signum() == 0 ? BigInteger.valueOf(piece + 1) : covered.add(BigInteger.valueOf(piece)),
                    now);
            covered = now;
            coverage = run.coverage();
            assertTrue(round < 10_000);
        }
    }

    @Property(tries = 200)
    void partsThatAreProvedAreNotLookedAtAgain(@ForAll long seed, @ForAll @IntRange(max = 2) int which) {
        RandomGenerator random = new Seed(seed).generator();
        int v = which == 0 ? 2 : 2 + random.nextInt(2);
        BuiltNetwork pair = pair(random, v);
        ResumableVerifier verifier = List.of(new PairwiseVerifier(), exhaustive, new BranchAndBoundVerifier())
                .get(which);
        ResumableVerifier.Run whole = verifier.resume(pair, VerificationBudget.unlimited(), Coverage.NONE);
        if (whole.verdict() instanceof Verdict.Verified) {
            assertEquals(pair.instance().inputs(), whole.coverage().proved().cardinality());
        }
        BitSet some = whole.coverage().proved();
        for (int a = 0; a < pair.instance().inputs(); a++) {
            if (random.nextBoolean()) {
                some.clear(a);
            }
        }
        ResumableVerifier.Run rest =
                verifier.resume(pair, VerificationBudget.unlimited(), new Coverage(some, List.of()));
        assertEquals(whole.verdict(), rest.verdict());
        assertEquals(whole.coverage().proved(), rest.coverage().proved());
        ResumableVerifier.Run noTime = verifier.resume(
                pair, VerificationBudget.unlimited().withMaxSeconds(1e-9), new Coverage(some, List.of()));
        if (noTime.verdict() instanceof Verdict.Undecided undecided) {
            assertEquals(some, noTime.coverage().proved());
            assertTrue(undecided.inputsCovered().compareTo(BigInteger.valueOf(some.cardinality())) > 0);
        }
    }

    @Test
    void aRunThatCannotDecideAnInputHasNothingToGoOnWith() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(2, 1, new int[] {0, 1})), InputDomain.sparse(2, 1));
        SuperposedNetwork tight = TestNetworks.network(
                Codes.identity(2),
                List.of(Layer.withBias(new DenseMatrix(2, 2, new float[] {1.1f, 0, 0, 2}), -0.1f)),
                Decoder.withThreshold(Codes.identity(2), Decoder.Kind.EVERY_ROW, 1.1f - 0.1f),
                instance.domain());
        ResumableVerifier.Run run =
                exhaustive.resume(new BuiltNetwork(instance, tight), VerificationBudget.unlimited(), Coverage.NONE);
        assertInstanceOf(Verdict.Undecided.class, run.verdict());
        assertTrue(run.coverage().isEmpty());
    }

    @Test
    void aPartCannotBeProvedTwiceNorBeginOutsideTheDomain() {
        BitSet first = new BitSet();
        first.set(2);
        Coverage.Part part = new Coverage.Part(FeatureSet.of(2, 5), 4);
        assertThrows(IllegalArgumentException.class, () -> new Coverage(first, List.of(part)));
        assertThrows(IllegalArgumentException.class, () -> new Coverage(new BitSet(), List.of(part, part)));
        assertThrows(IllegalArgumentException.class, () -> new Coverage.Part(FeatureSet.EMPTY, 0));
        assertEquals(6, new Coverage(new BitSet(), List.of(part)).features());
        RandomGenerator random = new Seed(1).generator();
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(4, 2, 2, random)), InputDomain.sparse(4, 2));
        SuperposedNetwork network = TestNetworks.clipped(instance, 30, 2, 2, 2, random);
        assertThrows(
                IllegalArgumentException.class,
                () -> exhaustive.resume(
                        new BuiltNetwork(instance, network),
                        VerificationBudget.unlimited(),
                        new Coverage(new BitSet(), List.of(part))));
    }
}
