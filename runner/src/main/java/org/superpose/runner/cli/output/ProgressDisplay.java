package org.superpose.runner.cli.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.text.Printable;

/**
 * Shows how far one piece of work is: a bar where a person watches; where output is piped a line per quarter, and after
 * 10, 20, 40, ... seconds one that it goes on. Work that cannot say how far it is shows the time it took so far.
 */
public interface ProgressDisplay extends VerificationBudget.Progress, AutoCloseable {
    /** Shows nothing. */
    ProgressDisplay NONE = new ProgressDisplay() {
        @Override
        public void reached(double fraction) {}

        @Override
        public void close() {}
    };

    @Override
    void close();

    static ProgressDisplay on(Console console, String task) {
        if (console.quiet()) {
            return NONE;
        }
        return console.interactive() ? new Bar(task) : Lines.ticking(console, task);
    }

    /** Does work that may be able to say how far it is. */
    static <T> T during(Console console, String task, Function<VerificationBudget.Progress, T> work) {
        ProgressDisplay display = on(console, task);
        try {
            return work.apply(display);
        } finally {
            display.close();
        }
    }

    /** A bar with the time left, redrawn in place; it has no end until the first fraction is known. */
    final class Bar implements ProgressDisplay {
        private static final int STEPS = 1000;
        private final ProgressBar bar;

        Bar(String task) {
            bar = new ProgressBarBuilder()
                    .setTaskName(Printable.line(task))
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(
                            new ConsoleProgressBarConsumer(new PrintStream(System.err, true, StandardCharsets.UTF_8)))
                    .clearDisplayOnFinish()
                    .build();
        }

        @Override
        public void reached(double fraction) {
            if (bar.isIndefinite()) {
                bar.maxHint(STEPS);
            }
            bar.stepTo((long) (fraction * STEPS));
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Lines, with the time that is left if the work goes on as it went. */
    final class Lines implements ProgressDisplay {
        private static final double FIRST_SECONDS = 10;

        private final Console console;
        private final String task;
        private final LongSupplier clock;
        private final long start;
        private ScheduledExecutorService ticks;
        private double nextSeconds = FIRST_SECONDS;
        private int quarters;
        private double done = Double.NaN;
        /** What was done when the work began, the first that is reported: a resumed run does not begin at nothing. */
        private double doneBefore;

        /** @param clock in nanoseconds, from any moment on */
        Lines(Console console, String task, LongSupplier clock) {
            this.console = console;
            this.task = task;
            this.clock = clock;
            this.start = clock.getAsLong();
        }

        private static Lines ticking(Console console, String task) {
            Lines lines = new Lines(console, task, System::nanoTime);
            lines.ticks = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "progress");
                thread.setDaemon(true);
                return thread;
            });
            lines.ticks.scheduleWithFixedDelay(lines::tick, 1, 1, TimeUnit.SECONDS);
            return lines;
        }

        @Override
        public synchronized void reached(double fraction) {
            if (Double.isNaN(done)) {
                doneBefore = fraction;
            }
            done = Math.max(fraction, Double.isNaN(done) ? 0 : done);
            int reached = (int) (4 * fraction);
            if (reached < 4 && quarters < reached) {
                quarters = reached;
                console.say(task + ": " + 25 * reached + " %" + left());
            }
        }

        /** A moment at which one that waits may want to hear something. */
        synchronized void tick() {
            double seconds = seconds();
            if (seconds >= nextSeconds) {
                while (seconds >= nextSeconds) {
                    nextSeconds *= 2;
                }
                console.say(task + ": " + String.format(Locale.ROOT, "%.0f s so far", seconds)
                        + (done > 0 ? String.format(Locale.ROOT, ", %.0f %%", Math.floor(100 * done)) + left() : ""));
            }
        }

        private String left() {
            return estimate(done - doneBefore, 1 - done, seconds());
        }

        private double seconds() {
            return (clock.getAsLong() - start) / 1e9;
        }

        @Override
        public void close() {
            if (ticks != null) {
                ticks.shutdownNow();
            }
        }
    }

    /** For example {@code , about 40 s left}; empty if nothing was done yet. */
    static String estimate(double doneNow, double left, double seconds) {
        return doneNow > 0 ? String.format(Locale.ROOT, ", about %.0f s left", left / doneNow * seconds) : "";
    }
}
