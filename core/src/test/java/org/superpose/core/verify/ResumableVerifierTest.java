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
import net.jqwik.api.Tag;
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

    @Tag("slow")
    @Property(tries = 400)
    void piecesOfAnEnumerationComeToTheVerdictOfOneRun(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int v,
            @ForAll @IntRange(min = 1, max = 60) int piece) {
        RandomGenerator random = new Seed(seed).generator();
        BuiltNetwork pair = pair(random, v);
        Verdict expected = exhaustive.verify(pair, VerificationBudget.unlimited());
        // Pieces of one input in small domains; in large ones a hundred pieces.
        long most = Math.max(piece, pair.instance().domain().size().longValueExact() / 100);
        Coverage coverage = Coverage.NONE;
        BigInteger covered = BigInteger.ZERO;
        for (int round = 0; ; round++) {
            ResumableVerifier.Run run = exhaustive.resume(
                    pair,
                    VerificationBudget.unlimited().withMaxInputs(most).withThreads(1 + random.nextInt(3)),
                    coverage);
            if (!(run.verdict() instanceof Verdict.Undecided)) {
                assertEquals(expected, run.verdict());
                break;
            }
            // Every piece looks at as many inputs as it may that no other looked at; at the empty one for nothing.
            BigInteger now = run.verdict().inputsCovered();
            assertEquals(covered.add(BigInteger.valueOf(most)), now);
            covered = now;
            coverage = run.coverage();
            assertTrue(round <= 200);
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

    /** On input {0} the margin is within the rounding bound, but the plain evaluator is right. */
    private static BuiltNetwork tight(float second) {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(3, 1, new int[] {0, 1, 2})), InputDomain.sparse(3, 1));
        return new BuiltNetwork(
                instance,
                TestNetworks.network(
                        Codes.identity(3),
                        List.of(Layer.withBias(
                                new DenseMatrix(3, 3, new float[] {1.1f, 0, 0, 0, second, 0, 0, 0, 2}), -0.1f)),
                        Decoder.withThreshold(Codes.identity(3), Decoder.Kind.EVERY_ROW, 1.1f - 0.1f),
                        instance.domain()));
    }

    @Property(tries = 40)
    void anInputThatCannotBeDecidedIsCountedAndDoesNotHideAWrongOneBehindItWhateverThePieces(
            @ForAll boolean right, @ForAll @IntRange(min = 1, max = 3) int piece) {
        BuiltNetwork network = tight(right ? 2 : 0.5f);
        Coverage coverage = Coverage.NONE;
        ResumableVerifier.Run run = exhaustive.resume(network, VerificationBudget.unlimited(), Coverage.NONE);
        Verdict whole = run.verdict();
        if (right) {
            Verdict.Undecided undecided = assertInstanceOf(Verdict.Undecided.class, whole);
            assertEquals(BigInteger.ONE, undecided.mostWrong());
            assertTrue(undecided.isEnumerated());
            assertEquals(1, run.coverage().undecided());
            Verdict.Undecided chosen = assertInstanceOf(
                    Verdict.Undecided.class, new AutoVerifier().verify(network, VerificationBudget.unlimited()));
            assertEquals(BigInteger.ONE, chosen.mostWrong());
            assertTrue(chosen.sampling().isEmpty(), "every input was looked at, samples would tell nothing more");
        } else {
            Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, whole);
            assertEquals(FeatureSet.of(1), refuted.counterexample().input());
            assertEquals(
                    BigInteger.TWO, refuted.inputsCovered(), "the empty input and the wrong one, not the undecided");
        }
        for (int round = 0; ; round++) {
            run = exhaustive.resume(network, VerificationBudget.unlimited().withMaxInputs(piece), coverage);
            if (!(run.verdict() instanceof Verdict.Undecided undecided) || undecided.isEnumerated()) {
                break;
            }
            coverage = run.coverage();
            assertTrue(round < 5, "it makes progress");
        }
        assertEquals(whole, run.verdict());
    }

    @Test
    void everyUndecidedInputIsReplayedNotOnlyTheFirst() {
        // {0} is right but tight; {1} is wrong by less than the rounding bound.
        BuiltNetwork network = tight(Math.nextDown(1.1f));
        Verdict.Refuted refuted =
                assertInstanceOf(Verdict.Refuted.class, exhaustive.verify(network, VerificationBudget.unlimited()));
        assertEquals(FeatureSet.of(1), refuted.counterexample().input());
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
