package org.superpose.runner.cli.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.InteractiveConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.superpose.runner.run.FailureText;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.text.Printable;
import org.superpose.runner.workbench.Measurement;

/**
 * Shows how a sweep goes: two bars where a person watches, one for the sweep and one for the units that run, with rate,
 * time left and the best result so far; lines where output is piped.
 */
public interface SweepProgress extends SweepListener {
    static SweepProgress on(Console console) {
        if (console.quiet()) {
            return new Quiet(console);
        }
        return console.interactive() ? new Bars(console) : new Lines(console, System::nanoTime);
    }

    /** The line that tells of a unit that failed, quiet or not. */
    private static void tellFailure(Console console, UnitReport report) {
        report.failure()
                .ifPresent(failure -> console.say("unit " + (report.number() + 1) + " (" + report.label() + ") failed: "
                        + FailureText.of(failure)));
    }

    /** For example {@code , 3 executors}; "" if there is none but this process. */
    private static String workers(int executors) {
        return executors == 0 ? "" : ", " + executors + (executors == 1 ? " executor" : " executors");
    }

    /** Says only what went wrong. */
    record Quiet(Console console) implements SweepProgress {
        @Override
        public void finished(UnitReport report) {
            tellFailure(console, report);
        }
    }

    /** The verified row that comes closest to the limit, or has the smallest kappa where no limit is known. */
    final class Best {
        private String field = Measurement.KAPPA;
        private double value = Double.POSITIVE_INFINITY;

        void see(UnitReport report) {
            for (Measurement row : report.measurements()) {
                if (!row.text(Measurement.VERDICT).equals(Measurement.VERIFIED)) {
                    continue;
                }
                if (field.equals(Measurement.KAPPA)
                        && row.find(Measurement.LIMIT_RATIO).isPresent()) {
                    field = Measurement.LIMIT_RATIO;
                    value = Double.POSITIVE_INFINITY;
                }
                if (row.find(field).orElse(null) instanceof Number number) {
                    value = Math.min(value, number.doubleValue());
                }
            }
        }

        /** For example {@code best n/limit 2.81}; "" if there is none yet. */
        String text() {
            String name = field.equals(Measurement.KAPPA) ? "kappa" : "n/limit";
            return Double.isInfinite(value) ? "" : String.format(Locale.ROOT, "best %s %.2f", name, value);
        }
    }

    /**
     * Lines: when a unit starts, at each further quarter of a long one, and when it ends; of a sweep of many short
     * units no more than a person can read.
     */
    final class Lines implements SweepProgress {
        /** How long a unit has to run for its quarters to be worth a line. */
        private static final long LONG_NANOS = 5_000_000_000L;

        private final Console console;
        private final Best best = new Best();
        private final Map<Integer, Task> tasks = new ConcurrentHashMap<>();
        private final LongSupplier clock;
        private final Throttle throttle;
        private final long start;
        private int units;
        private int missing;
        private int finished;
        private int executors;

        /** A unit that runs, and up to which quarter was told. */
        private record Task(String name, long start, AtomicInteger quarter) {}

        /** @param clock in nanoseconds, from any moment on */
        Lines(Console console, LongSupplier clock) {
            this.console = console;
            this.clock = clock;
            this.throttle = new Throttle(clock);
            this.start = clock.getAsLong();
        }

        @Override
        public void planned(int units, int alreadyDone) {
            this.units = units;
            this.missing = units - alreadyDone;
            if (alreadyDone > 0) {
                console.say(alreadyDone + " of " + units + " units are done already");
            }
        }

        @Override
        public void started(int number, String label) {
            Task task = new Task("[" + (number + 1) + "] " + label, clock.getAsLong(), new AtomicInteger());
            tasks.put(number, task);
            if (throttle.passes()) {
                console.say(task.name());
            }
        }

        @Override
        public void progressed(int number, double fraction) {
            int reached = (int) (4 * fraction);
            Task task = tasks.get(number);
            if (task != null
                    && reached < 4
                    && clock.getAsLong() - task.start() > LONG_NANOS
                    && task.quarter().getAndAccumulate(reached, Math::max) < reached) {
                console.say(task.name() + ": " + 25 * reached + " %");
            }
        }

        @Override
        public void finished(UnitReport report) {
            finished++;
            best.see(report);
            tasks.remove(report.number());
            if (!report.isDone()) {
                tellFailure(console, report);
            } else if (missing == finished || throttle.passes()) {
                String verdicts = String.join(
                        ", ",
                        report.measurements().stream()
                                .map(row -> row.text(Measurement.VERDICT))
                                .filter(verdict -> !verdict.isEmpty())
                                .distinct()
                                .toList());
                console.say("[" + (report.number() + 1) + "] " + (verdicts.isEmpty() ? "done" : verdicts)
                        + String.format(Locale.ROOT, " in %.1f s", report.seconds()) + outlook());
            }
        }

        @Override
        public void executors(int executors) {
            this.executors = executors;
        }

        /** How far the sweep is, how fast, how long it will take, and how good the best result is. */
        private String outlook() {
            double minutes = (clock.getAsLong() - start) / 6e10;
            double left = minutes / finished * (missing - finished);
            StringBuilder text = new StringBuilder("; " + (units - missing + finished) + " of " + units
                    + String.format(Locale.ROOT, ", %.1f a minute", finished / minutes));
            if (missing > finished) {
                text.append(
                        left < 1
                                ? String.format(Locale.ROOT, ", %.0f s left", Math.ceil(60 * left))
                                : String.format(Locale.ROOT, ", %.0f min left", Math.ceil(left)));
            }
            return text + workers(executors) + (best.text().isEmpty() ? "" : ", " + best.text());
        }
    }

    /** Two bars, redrawn in place. */
    final class Bars implements SweepProgress {
        private static final int STEPS = 1000;
        private static final int LABEL = 36;
        private final Console console;
        private final Best best = new Best();
        private final Map<Integer, Double> fractions = new ConcurrentHashMap<>();
        private ProgressBar sweep;
        private ProgressBar unit;
        private int finished;
        private int executors;

        Bars(Console console) {
            this.console = console;
        }

        @Override
        public void planned(int units, int alreadyDone) {
            finished = alreadyDone;
            sweep = bar("sweep")
                    .setInitialMax((long) units * STEPS)
                    .setUnit(" units", STEPS)
                    .startsFrom((long) alreadyDone * STEPS, Duration.ZERO)
                    .showSpeed(new DecimalFormat("0.0"))
                    .setSpeedUnit(ChronoUnit.MINUTES)
                    .build();
            unit = bar("unit").setInitialMax(STEPS).setUnit(" %", STEPS / 100).build();
        }

        /** The end of a long label is what tells units apart; the bar needs room too. */
        static String shortened(String text) {
            String label = Printable.line(text);
            return label.length() <= LABEL ? label : "..." + label.substring(label.length() - LABEL + 3);
        }

        private static ProgressBarBuilder bar(String name) {
            return new ProgressBarBuilder()
                    .setTaskName(name)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new InteractiveConsoleProgressBarConsumer(
                            new PrintStream(System.err, true, StandardCharsets.UTF_8)))
                    .clearDisplayOnFinish();
        }

        @Override
        public synchronized void started(int number, String label) {
            fractions.put(number, 0.0);
            unit.setExtraMessage(" " + shortened(label));
            draw();
        }

        @Override
        public void progressed(int number, double fraction) {
            if (fractions.computeIfPresent(number, (key, before) -> Math.max(before, fraction)) != null) {
                draw();
            }
        }

        @Override
        public synchronized void finished(UnitReport report) {
            finished++;
            fractions.remove(report.number());
            best.see(report);
            showMessage();
            tellFailure(console, report);
            draw();
        }

        @Override
        public synchronized void executors(int executors) {
            this.executors = executors;
            showMessage();
        }

        private void showMessage() {
            if (sweep != null) {
                sweep.setExtraMessage(" " + best.text() + workers(executors));
            }
        }

        private synchronized void draw() {
            if (sweep == null) {
                return;
            }
            double running = fractions.values().stream().mapToDouble(f -> f).sum();
            sweep.stepTo((long) ((finished + running) * STEPS));
            unit.stepTo(fractions.isEmpty() ? 0 : (long) (running / fractions.size() * STEPS));
        }

        /** Takes the bars away. */
        @Override
        public synchronized void stopped() {
            if (sweep != null) {
                unit.close();
                sweep.close();
                sweep = null;
            }
        }
    }
}
