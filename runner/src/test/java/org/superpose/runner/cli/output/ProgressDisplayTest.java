package org.superpose.runner.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a log gets of work that takes long, by a clock of the test. */
class ProgressDisplayTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter said = new StringWriter();
    private final Console console = new Console(new PrintWriter(said), new PrintWriter(said), false);
    private long now;

    private List<String> lines() {
        return said.toString().lines().toList();
    }

    @Test
    void workThatCannotSayHowFarItIsShowsTheTimeLessAndLessOften() {
        ProgressDisplay.Lines lines = new ProgressDisplay.Lines(console, "building", () -> now);
        for (int second = 1; second <= 100; second++) {
            now = second * SECOND;
            lines.tick();
        }
        assertEquals(
                List.of(
                        "building: 10 s so far",
                        "building: 20 s so far",
                        "building: 40 s so far",
                        "building: 80 s so far"),
                lines());
    }

    @Test
    void workThatCanSaysItAtEachQuarterAndBetweenThem() {
        ProgressDisplay.Lines lines = new ProgressDisplay.Lines(console, "verifying", () -> now);
        now = 5 * SECOND;
        lines.reached(0);
        lines.reached(0.1);
        now = 10 * SECOND;
        lines.tick();
        lines.reached(0.25);
        lines.reached(0.26);
        assertEquals(
                List.of("verifying: 10 s so far, 10 %, about 90 s left", "verifying: 25 %, about 30 s left"), lines());
    }

    @Test
    void oneWhoWantsQuietHearsNothing() {
        assertSame(ProgressDisplay.NONE, ProgressDisplay.on(console.quieted(), "building"));
        assertEquals("done", ProgressDisplay.during(console.quieted(), "building", progress -> "done"));
        assertEquals(List.of(), lines());
    }

    @Test
    void ofManyLinesAtOnceALogGetsTheFirstAndThenOneASecond() {
        Throttle throttle = new Throttle(() -> now);
        long first = IntStream.range(0, 1000).filter(line -> throttle.passes()).count();
        assertEquals(100, first);
        now = SECOND / 2;
        assertTrue(!throttle.passes());
        now = 2 * SECOND;
        assertTrue(throttle.passes());
        assertTrue(!throttle.passes());
    }
}
