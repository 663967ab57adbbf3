package org.superpose.core.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AcceptanceTest {
    @Test
    void theFirstRejectionCountsAndNothingBehindItIsAsked() {
        Acceptance first = Acceptance.rejected("the first reason");
        assertEquals(first, first.and(() -> {
            throw new AssertionError("asked for more");
        }));
        assertEquals(first, Acceptance.accepted().and(() -> first).and(() -> Acceptance.rejected("another")));
        assertEquals(Acceptance.accepted(), Acceptance.accepted().and(Acceptance::accepted));
    }

    @Test
    void whatIsRequiredThrowsWithTheReason() {
        assertDoesNotThrow(() -> Acceptance.accepted().require(IllegalStateException::new));
        assertEquals(
                "no: too small",
                assertThrows(
                                IllegalStateException.class,
                                () -> Acceptance.rejected("too small")
                                        .require(reason -> new IllegalStateException("no: " + reason)))
                        .getMessage());
    }
}
