package org.superpose.core.verify.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OrderedUnitsTest {
    @Property(tries = 100)
    void everyUnitUpToTheDecisiveOneIsRun(
            @ForAll @IntRange(min = 1, max = 5) int threads, @ForAll @IntRange(max = 99) int decisive) {
        Set<Integer> run = new ConcurrentSkipListSet<>();
        OrderedUnits.run(100, threads, () -> unit -> {
            run.add(unit);
            return unit != decisive;
        });
        for (int unit = 0; unit <= decisive; unit++) {
            assertTrue(run.contains(unit));
        }
        if (threads == 1) {
            assertEquals(decisive + 1, run.size());
        }
    }

    @Test
    void aFailureInAThreadReachesTheCaller() {
        IllegalStateException failure = new IllegalStateException("broken");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> OrderedUnits.run(10, 3, () -> unit -> {
                            throw failure;
                        })));
    }

    @Test
    void anErrorInAThreadReachesTheCallerAsItIs() {
        AssertionError failure = new AssertionError("broken");
        assertSame(
                failure,
                assertThrows(
                        AssertionError.class,
                        () -> OrderedUnits.run(10, 3, () -> unit -> {
                            throw failure;
                        })));
    }

    @Test
    void anInterruptionIsPassedOn() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThrows(
                IllegalStateException.class,
                () -> OrderedUnits.run(10, 3, () -> unit -> {
                    try {
                        never.await();
                    } catch (InterruptedException stopped) {
                        return false;
                    }
                    return true;
                }));
        assertTrue(Thread.interrupted());
    }
}
