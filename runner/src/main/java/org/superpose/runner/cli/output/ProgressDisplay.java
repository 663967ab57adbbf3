package org.superpose.runner.cli.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.text.Printable;

/** Shows how far one piece of work is: a bar where a person watches, a line per quarter where output is piped. */
public interface ProgressDisplay extends VerificationBudget.Progress, AutoCloseable {
    @Override
    void close();

    static ProgressDisplay on(Console console, String task) {
        return console.interactive() ? new Bar(task) : new Lines(console, task);
    }

    /** A bar with the time left, redrawn in place. */
    final class Bar implements ProgressDisplay {
        private static final int STEPS = 1000;
        private final ProgressBar bar;

        Bar(String task) {
            bar = new ProgressBarBuilder()
                    .setTaskName(Printable.line(task))
                    .setInitialMax(STEPS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(
                            new ConsoleProgressBarConsumer(new PrintStream(System.err, true, StandardCharsets.UTF_8)))
                    .clearDisplayOnFinish()
                    .build();
        }

        @Override
        public void reached(double fraction) {
            bar.stepTo((long) (fraction * STEPS));
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line when a further quarter is done, with the time that is left if the work goes on as it went. */
    final class Lines implements ProgressDisplay {
        private final Console console;
        private final String task;
        private final AtomicInteger quarters = new AtomicInteger();
        private final long start = System.nanoTime();
        /** What was done when the work began, the first that is reported: a resumed run does not begin at nothing. */
        private final AtomicReference<Double> doneBefore = new AtomicReference<>();

        Lines(Console console, String task) {
            this.console = console;
            this.task = task;
        }

        @Override
        public void reached(double fraction) {
            doneBefore.compareAndSet(null, fraction);
            int reached = (int) (4 * fraction);
            if (reached < 4 && quarters.getAndAccumulate(reached, Math::max) < reached) {
                double seconds = (System.nanoTime() - start) / 1e9;
                console.say(task + ": " + 25 * reached + " %"
                        + estimate(fraction - doneBefore.get(), 1 - fraction, seconds));
            }
        }

        @Override
        public void close() {}
    }

    /** For example {@code , about 40 s left}; empty if nothing was done yet. */
    static String estimate(double doneNow, double left, double seconds) {
        return doneNow > 0 ? String.format(Locale.ROOT, ", about %.0f s left", left / doneNow * seconds) : "";
    }
}
