package org.superpose.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.superpose.core.OutOfTimeException;

class DeadlineTest {
    @Test
    void isOverWhenMoreThanItsSecondsHavePassedSinceItWasMade() {
        AtomicLong now = new AtomicLong(-5_000_000_000L);
        Deadline deadline = new Deadline(2, now::get);
        assertEquals(2, deadline.secondsLeft());
        now.addAndGet(500_000_000);
        assertEquals(1.5, deadline.secondsLeft());
        assertFalse(deadline.isOver());
        now.addAndGet(1_500_000_000);
        assertEquals(0, deadline.secondsLeft());
        assertFalse(deadline.isOver());
        now.addAndGet(1);
        assertTrue(deadline.isOver());
        assertTrue(deadline.secondsLeft() < 0);
    }

    @Test
    void anInfiniteOneIsNeverOver() {
        AtomicLong now = new AtomicLong(0);
        Deadline deadline = new Deadline(Double.POSITIVE_INFINITY, now::get);
        now.set(Long.MAX_VALUE);
        assertFalse(deadline.isOver());
        assertEquals(Double.POSITIVE_INFINITY, deadline.secondsLeft());
    }

    @Test
    void goesByTheClockOfTheMachine() {
        assertTrue(Deadline.in(1e-9).secondsLeft() <= 1e-9);
        assertFalse(Deadline.in(1e9).isOver());
        assertEquals(1e9, Deadline.in(1e9).secondsLeft(), 1e6);
    }

    @Test
    void oneOfABudgetIsOverAsSoonAsTheWorkIsCancelledAndCheckSaysWhy() {
        AtomicBoolean asked = new AtomicBoolean();
        VerificationBudget budget = VerificationBudget.unlimited().withCancellation(asked::get);
        Deadline deadline = budget.deadline();
        assertFalse(deadline.isOver());
        deadline.check();
        asked.set(true);
        assertTrue(deadline.isOver());
        assertEquals(
                "it was interrupted",
                assertThrows(OutOfTimeException.class, deadline::check).getMessage());
        assertEquals("it was interrupted", budget.outOfTime());
    }

    @Test
    void checkNamesTheBudgetThatRanOut() {
        AtomicLong now = new AtomicLong();
        Deadline deadline = new Deadline(1.5, now::get);
        deadline.check();
        now.set(2_000_000_000);
        assertEquals(
                "the budget of 1.5 s ran out",
                assertThrows(OutOfTimeException.class, deadline::check).getMessage());
    }

    @Test
    void whoWantsToKnowHowFarTheWorkIsIsToldUntilItIsOver() {
        AtomicLong now = new AtomicLong(0);
        List<Double> told = new ArrayList<>();
        Deadline silent = new Deadline(2, now::get);
        Deadline deadline = silent.withProgress(told::add);
        silent.check(0.1);
        deadline.check(0.25);
        now.set(1_000_000_000);
        deadline.check(0.5);
        assertEquals(1, deadline.secondsLeft());
        now.set(2_000_000_001);
        assertThrows(OutOfTimeException.class, () -> deadline.check(0.75));
        assertEquals(List.of(0.25, 0.5), told);
    }
}
