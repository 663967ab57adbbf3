package org.superpose.runner.run.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.plugin.PluginJars;
import org.superpose.runner.run.FailureText;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/** Units that take too long, and what becomes of the others. */
class LimitedUnitTest {
    private static final double SOON = 0.01;
    private static final double NEVER = 1e6;

    private record Unit(String label, Function<VerificationBudget, List<Measurement>> work) implements WorkUnit {
        @Override
        public Needs needs() {
            return new Needs(1, 0);
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            return work.apply(budget);
        }
    }

    private static Unit counting(int number) {
        return new Unit("unit " + number, budget -> List.of(Measurement.of(Map.of("count", number))));
    }

    /** A unit that never returns and does not mind being interrupted. */
    private static Unit stuck() {
        return new Unit("stuck", budget -> {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException ignored) {
                    // that is the point of it
                }
            }
        });
    }

    private static List<Measurement> run(WorkUnit unit, double seconds) {
        return new LimitedUnit(unit, seconds).run(null, VerificationBudget.unlimited());
    }

    @Test
    void theBudgetOfAUnitThatIsGivenUpIsCancelled() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Unit heeding = new Unit("heeding", budget -> {
            while (!budget.deadline().isOver()) {
                Thread.onSpinWait();
            }
            ended.countDown();
            return List.of();
        });
        assertThrows(UnitTimeoutException.class, () -> run(heeding, SOON));
        assertTrue(ended.await(1, TimeUnit.MINUTES), "it goes on in the background");
    }

    @Test
    void aUnitThatIsInTimeIsAsItWere() {
        assertEquals(List.of(Measurement.of(Map.of("count", 7))), run(counting(7), NEVER));
        LimitedUnit limited = new LimitedUnit(counting(7), NEVER);
        assertEquals("unit 7", limited.label());
        assertEquals(new Needs(1, 0), limited.needs());
        IllegalStateException failure = new IllegalStateException("out of luck");
        Unit failing = new Unit("failing", budget -> {
            throw failure;
        });
        assertSame(failure, assertThrows(IllegalStateException.class, () -> run(failing, NEVER)));
        OutOfMemoryError error = new OutOfMemoryError("no heap");
        Unit erring = new Unit("erring", budget -> {
            throw error;
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> run(erring, NEVER)));
    }

    @Test
    void aUnitThatNeverReturnsIsGivenUp() {
        UnitTimeoutException given = assertThrows(UnitTimeoutException.class, () -> run(stuck(), SOON));
        assertEquals(
                "it took longer than the 0.01 s that a unit may take (--max-unit-seconds) and was given up",
                FailureText.of(given));
    }

    @Test
    void aUnitThatWasGivenUpIsInterruptedAndNoLongerHeard() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        List<Double> heard = new ArrayList<>();
        Unit slow = new Unit("slow", budget -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException asked) {
                interrupted.countDown();
            }
            budget.progress().reached(0.5);
            told.countDown();
            return List.of();
        });
        VerificationBudget budget = VerificationBudget.unlimited().withProgress(heard::add);
        assertThrows(UnitTimeoutException.class, () -> new LimitedUnit(slow, SOON).run(null, budget));
        interrupted.await();
        told.await();
        assertEquals(List.of(), heard);
    }

    @Test
    void aRunThatIsInterruptedInterruptsItsUnit() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Unit slow = new Unit("slow", budget -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException asked) {
                interrupted.countDown();
            }
            return List.of();
        });
        Thread worker = new Thread(() -> assertThrows(IllegalStateException.class, () -> run(slow, NEVER)));
        worker.start();
        begun.await();
        worker.interrupt();
        interrupted.await();
        worker.join();
    }

    @Test
    void theOthersGoOnThoughOneThreadIsAllThereIs() throws InterruptedException {
        Sweep sweep = new Sweep(
                new SweepRecipe("test", "", Map.of(), 1),
                List.of(
                        new LimitedUnit(stuck(), SOON),
                        new LimitedUnit(counting(1), NEVER),
                        new LimitedUnit(stuck(), SOON),
                        new LimitedUnit(counting(3), NEVER)),
                null,
                VerificationBudget.unlimited());
        Map<Integer, UnitReport> reports = new TreeMap<>();
        Recorder recorder = new Recorder() {
            @Override
            public void record(UnitReport report) {
                reports.put(report.number(), report);
            }

            @Override
            public boolean wantsMore() {
                return true;
            }
        };
        new LocalEngine()
                .run(new ExecutionRequest(
                        sweep, sweep.numbers(), new Allowance(1, Long.MAX_VALUE), SweepListener.NONE, recorder));
        assertEquals(4, reports.size());
        assertFalse(reports.get(0).isDone());
        assertFalse(reports.get(2).isDone());
        assertEquals(List.of(Measurement.of(Map.of("count", 1))), reports.get(1).measurements());
        assertTrue(reports.get(3).isDone());
    }

    @Tag("slow")
    @Test
    void aPluginInWhichItWasIsNamedWithItsJar(@TempDir Path folder) throws IOException {
        new PluginJars(folder).problem("Stuck", "stuck", """
                        public synchronized void forever() {
                            while (true) {
                                try {
                                    wait();
                                } catch (InterruptedException ignored) {
                                    // that is the point of it
                                }
                            }
                        }
                        """).write("stuck.jar");
        Plugin plugin = PluginFolder.open(folder.resolve("plugins"), LimitedUnitTest.class.getClassLoader())
                .find("problem", Problem.class)
                .plugins()
                .get(0)
                .plugin();
        Unit unit = new Unit("stuck", budget -> {
            try {
                return List.of(Measurement.of(
                        Map.of("count", plugin.getClass().getMethod("forever").invoke(plugin))));
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
        String message =
                assertThrows(UnitTimeoutException.class, () -> run(unit, 1)).getMessage();
        assertTrue(message.endsWith(" and was given up in Stuck.forever (stuck.jar)"), message);
    }

    @Test
    void aLimitThatIsNoneIsRefused() {
        Sweep sweep =
                new Sweep(new SweepRecipe("test", "", Map.of(), 1), List.of(), null, VerificationBudget.unlimited());
        for (double seconds : new double[] {0, -1, Double.NaN}) {
            assertThrows(InvalidInputException.class, () -> sweep.withUnitLimit(seconds));
        }
        assertEquals(sweep, sweep.withUnitLimit(Double.POSITIVE_INFINITY));
    }
}
