package org.superpose.runner.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;

/** What is kept of a failure. */
class FailureTextTest {
    @Test
    void everyCauseIsKept() {
        Throwable failure = new IllegalStateException(
                "no network", new RuntimeException("no weights", new IOException("disk on fire")));
        assertEquals(
                "java.lang.IllegalStateException: no network, caused by java.lang.RuntimeException: no weights,"
                        + " caused by java.io.IOException: disk on fire",
                FailureText.of(failure));
    }

    @Test
    void aCauseThatTheMessageTellsIsNotToldAgain() {
        IOException cause = new IOException("disk on fire");
        assertEquals(
                "e.yaml cannot be read: disk on fire",
                FailureText.of(new InvalidInputException("e.yaml cannot be read: disk on fire", cause)));
        assertEquals(
                "java.lang.RuntimeException: java.io.IOException: disk on fire",
                FailureText.of(new RuntimeException(cause)));
    }

    @Test
    void aCauseWithoutAMessageIsKeptByItsClass() {
        assertEquals(
                "no such width, caused by java.lang.ArithmeticException",
                FailureText.of(new InvalidInputException("no such width", new ArithmeticException())));
    }

    @Test
    void causesInACircleEnd() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);
        assertEquals(
                "java.lang.RuntimeException: first, caused by java.lang.RuntimeException: second",
                FailureText.of(first));
    }
}
