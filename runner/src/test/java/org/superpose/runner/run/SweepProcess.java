package org.superpose.runner.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.engine.LocalEngine;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.SmallSweep;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/**
 * A process that runs or resumes a sweep in a folder and reports each step on standard output, for a test to kill it.
 */
final class SweepProcess {
    static final int UNITS = 60;

    private SweepProcess() {}

    private record Unit(int number) implements WorkUnit {
        @Override
        public String label() {
            return "unit " + number;
        }

        @Override
        public Needs needs() {
            return new Needs(1, 0);
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            return SmallSweep.measurements(number);
        }
    }

    /** When the process goes on. */
    enum Pace {
        FREE,
        /** Waits for the end of standard input before the first unit. */
        WAIT,
        /** After each unit waits for a byte of standard input, so that it is never far ahead of who watches it. */
        STEP
    }

    /**
     * Reports each step in one line.
     *
     * @param say where the line goes
     */
    private record Speaker(Consumer<String> say, Pace pace) implements SweepListener {
        @Override
        public void planned(int units, int alreadyDone) {
            say.accept("done already: " + alreadyDone);
            while (pace == Pace.WAIT && read() >= 0) {}
        }

        @Override
        public void finished(UnitReport report) {
            say.accept("finished " + report.number());
            if (pace == Pace.STEP) {
                read();
            }
        }

        private static int read() {
            try {
                return System.in.read();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    /** Runs what is missing in the folder, silently in this process. */
    static RunStatus run(Path folder) throws InterruptedException {
        return run(folder, line -> {}, Pace.FREE);
    }

    static RunStatus run(Path folder, Consumer<String> say, Pace pace) throws InterruptedException {
        Sweep sweep = new Sweep(
                new SweepRecipe("small", "", Map.of(), 1),
                IntStream.range(0, UNITS).<WorkUnit>mapToObj(Unit::new).toList(),
                null,
                VerificationBudget.unlimited().withThreads(2));
        try (ResultStore store =
                ResultStore.open(folder, SmallSweep.identity(UNITS), SmallSweep.run(), OnExisting.RESUME)) {
            SweepRunner runner = new SweepRunner(
                    sweep, new LocalEngine(), Ledger.in(store), OnFailure.CONTINUE, new Speaker(say, pace));
            return runner.run(sweep.numbers());
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Pace pace = Pace.valueOf(arguments[1]);
        System.out.println("ended " + run(Path.of(arguments[0]), System.out::println, pace));
    }
}
