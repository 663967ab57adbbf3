package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.Reading;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

class CounterexampleTest {
    private static final FeatureSet INPUT = FeatureSet.of(5);

    @Test
    void namesTheLowestOutputThatDiffersAndOnWhichSide() {
        assertEquals(Optional.empty(), found(FeatureSet.of(1, 4), FeatureSet.of(1, 4), FeatureSet.EMPTY));
        assertEquals(
                Optional.of(new Counterexample(INPUT, 2, true, false)),
                found(FeatureSet.of(1, 2), FeatureSet.of(1, 3), FeatureSet.EMPTY));
        assertEquals(
                Optional.of(new Counterexample(INPUT, 2, false, true)),
                found(FeatureSet.of(1, 3), FeatureSet.of(1, 2), FeatureSet.EMPTY));
        assertEquals(
                Optional.of(new Counterexample(INPUT, 1, true, false)),
                found(FeatureSet.of(1), FeatureSet.EMPTY, FeatureSet.EMPTY));
        assertEquals(
                Optional.of(new Counterexample(INPUT, 7, false, true)),
                found(FeatureSet.of(1), FeatureSet.of(1, 7), FeatureSet.EMPTY));
    }

    @Test
    void anOutputBetweenItsThresholdsIsWrongWhateverItShouldBe() {
        assertEquals(
                Optional.of(new Counterexample(INPUT, 3, true, OutputState.BETWEEN)),
                found(FeatureSet.of(1, 3), FeatureSet.of(1), FeatureSet.of(3)));
        assertEquals(
                Optional.of(new Counterexample(INPUT, 4, false, OutputState.BETWEEN)),
                found(FeatureSet.of(1, 6), FeatureSet.of(1), FeatureSet.of(4)));
        assertEquals(
                Optional.of(new Counterexample(INPUT, 0, true, false)),
                found(FeatureSet.of(0, 3), FeatureSet.EMPTY, FeatureSet.of(3)));
    }

    private static Optional<Counterexample> found(FeatureSet expected, FeatureSet on, FeatureSet between) {
        return Counterexample.of(INPUT, expected, new Reading(on, between));
    }

    /** A network that copies feature 0 to both outputs, for an instance that copies 0 and 1. */
    @Test
    void isConfirmedOnlyWhereInstanceAndNetworkDifferInThatWay() {
        ProblemInstance instance =
                TestNetworks.instance(List.of(Gates.conjunctions(3, 1, new int[] {0, 1})), InputDomain.sparse(3, 2));
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(3),
                List.of(Layer.withBias(new DenseMatrix(2, 3, new float[] {1, 0, 0, 1, 0, 0}), 0)),
                Decoder.withThreshold(Codes.identity(2), Decoder.Kind.SUM, 1),
                instance.domain());
        BuiltNetwork built = new BuiltNetwork(instance, network);
        FeatureSet input = FeatureSet.of(0, 2);
        assertTrue(new Counterexample(input, 1, false, true).isConfirmedBy(built));
        assertTrue(new Counterexample(FeatureSet.of(1), 1, true, false).isConfirmedBy(built));
        assertFalse(new Counterexample(input, 1, true, true).isConfirmedBy(built));
        assertFalse(new Counterexample(input, 1, false, false).isConfirmedBy(built));
        assertFalse(new Counterexample(input, 0, true, true).isConfirmedBy(built));
        assertFalse(new Counterexample(input, 1, false, true)
                .isConfirmedBy(new BuiltNetwork(instance.withMaxActive(1), network)));
        assertEquals(Optional.of(new Counterexample(input, 1, false, true)), Counterexample.of(built, input));
        assertEquals(Optional.empty(), Counterexample.of(built, FeatureSet.of(2)));
        assertEquals(new Counterexample(input, 1, false, true), Counterexample.confirmed(built, input));
        IllegalStateException none =
                assertThrows(IllegalStateException.class, () -> Counterexample.confirmed(built, FeatureSet.of(2)));
        assertEquals("input {2} was found wrong, but the plain evaluator is right on it", none.getMessage());
    }

    @Test
    void aVerdictHasTheNameThatResultsShow() {
        var size = BigInteger.TEN;
        var found = new Counterexample(FeatureSet.EMPTY, 0, true, false);
        assertEquals("VERIFIED", new Verdict.Verified("a", size).status());
        assertEquals(size, new Verdict.Verified("a", size).inputsCovered());
        assertEquals("REFUTED", new Verdict.Refuted("a", found, size, size).status());
        assertEquals(
                "UNDECIDED", Verdict.Undecided.unsampled("a", "why", size, size).status());
    }
}
