package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;

class VerificationBudgetTest {
    private static VerificationBudget budget(
            double maxSeconds, long maxInputs, int threads, long samples, double confidence) {
        return new VerificationBudget(
                maxSeconds, maxInputs, threads, samples, confidence, new Seed(0), VerificationBudget.Progress.NONE);
    }

    @Test
    void hasRoomForAtLeastOneOfEverything() {
        assertEquals(
                new VerificationBudget(Double.MIN_VALUE, 1, 1, 1, 0.5, new Seed(0), VerificationBudget.Progress.NONE),
                budget(Double.MIN_VALUE, 1, 1, 1, 0.5));
        for (double seconds : new double[] {0, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> budget(seconds, 1, 1, 1, 0.5));
        }
        assertThrows(IllegalArgumentException.class, () -> budget(1, 0, 1, 1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> budget(1, 1, 0, 1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> budget(1, 1, 1, 0, 0.5));
        for (double confidence : new double[] {0, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> budget(1, 1, 1, 1, confidence));
        }
    }

    @Test
    void oneValueCanBeChangedAndTheOthersStay() {
        VerificationBudget.Progress listener = fraction -> {};
        VerificationBudget changed = VerificationBudget.unlimited()
                .withMaxSeconds(3)
                .withMaxInputs(4)
                .withThreads(5)
                .withSamples(6)
                .withSeed(new Seed(7))
                .withProgress(listener);
        assertEquals(new VerificationBudget(3, 4, 5, 6, 0.99, new Seed(7), listener), changed);
        assertSame(listener, changed.withMaxSeconds(1).progress());
        Cancellation cancellation = () -> true;
        VerificationBudget cancelled = changed.withCancellation(cancellation);
        assertEquals(new VerificationBudget(3, 4, 5, 6, 0.99, new Seed(7), listener, cancellation), cancelled);
        for (VerificationBudget other : List.of(
                cancelled.withMaxSeconds(1),
                cancelled.withMaxInputs(1),
                cancelled.withThreads(1),
                cancelled.withSamples(1),
                cancelled.withSeed(new Seed(1)),
                cancelled.withProgress(VerificationBudget.Progress.NONE))) {
            assertSame(cancellation, other.cancellation());
        }
    }
}
