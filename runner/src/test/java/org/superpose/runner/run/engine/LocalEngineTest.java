package org.superpose.runner.run.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

class LocalEngineTest {
    private static final Needs ONE_THREAD = new Needs(1, 0);

    @FunctionalInterface
    private interface Work {
        List<Measurement> apply(VerificationBudget budget) throws InterruptedException;
    }

    private record Unit(String label, Needs needs, Work work) implements WorkUnit {
        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            try {
                return work.apply(budget);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private static class Reports implements SweepListener, Recorder {
        final List<UnitReport> finished = new ArrayList<>();
        final AtomicInteger started = new AtomicInteger();

        @Override
        public void started(int number, String label) {
            started.incrementAndGet();
        }

        @Override
        public void record(UnitReport report) {
            finished.add(report);
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    private static <R extends Reports> R run(List<? extends WorkUnit> units, Allowance allowance, R reports)
            throws InterruptedException {
        Sweep sweep = new Sweep(
                new SweepRecipe("test", "", Map.of(), 1), List.copyOf(units), null, VerificationBudget.unlimited());
        List<Integer> numbers = IntStream.range(0, units.size()).boxed().toList();
        new LocalEngine().run(new ExecutionRequest(sweep, numbers, allowance, reports, reports));
        return reports;
    }

    private static Measurement row(Object value) {
        return Measurement.of(Map.of("value", value));
    }

    @Test
    void everyUnitIsReportedOnceWithItsMeasurements() throws InterruptedException {
        List<Unit> units = IntStream.range(0, 50)
                .mapToObj(number -> new Unit("unit " + number, ONE_THREAD, budget -> List.of(row(number))))
                .toList();
        Reports reports = run(units, new Allowance(4, 100), new Reports());
        assertEquals(50, reports.started.get());
        assertEquals(
                IntStream.range(0, 50).boxed().toList(),
                reports.finished.stream().map(UnitReport::number).sorted().toList());
        reports.finished.forEach(report -> assertEquals(List.of(row(report.number())), report.measurements()));
    }

    @Test
    void aUnitThatFailsIsReportedWithItsErrorAndTheOthersGoOn() throws InterruptedException {
        Reports reports = run(
                List.of(
                        new Unit("bad", ONE_THREAD, budget -> {
                            throw new IllegalArgumentException("broken");
                        }),
                        new Unit("no memory", ONE_THREAD, budget -> {
                            throw new OutOfMemoryError("heap");
                        }),
                        new Unit("good", ONE_THREAD, budget -> List.of(row(3)))),
                new Allowance(1, 100),
                new Reports());
        assertEquals(
                List.of("broken", "heap"),
                reports.finished.stream()
                        .flatMap(report -> report.failure().stream())
                        .map(Throwable::getMessage)
                        .toList());
        assertTrue(reports.finished.get(2).isDone());
    }

    @Test
    void unitsThatFitTogetherRunTogether() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Work meets = budget -> {
            both.countDown();
            return List.of(row(both.await(60, TimeUnit.SECONDS)));
        };
        Reports reports = run(
                List.of(new Unit("a", ONE_THREAD, meets), new Unit("b", ONE_THREAD, meets)),
                new Allowance(2, 100),
                new Reports());
        reports.finished.forEach(report -> assertEquals(List.of(row(true)), report.measurements()));
    }

    @Test
    void unitsWhoseMemoryDoesNotFitTogetherDoNotOverlapAndALargeOneIsNotOvertaken() throws InterruptedException {
        AtomicInteger bytes = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        int[] sizes = {30, 30, 90, 30, 500, 40, 60, 61, 10};
        List<Unit> units = IntStream.range(0, sizes.length)
                .mapToObj(number -> new Unit("unit", new Needs(1, sizes[number]), budget -> {
                    order.add(number);
                    int size = Math.min(100, sizes[number]);
                    most.accumulateAndGet(bytes.addAndGet(size), Math::max);
                    Thread.yield();
                    bytes.addAndGet(-size);
                    return List.of();
                }))
                .toList();
        run(units, new Allowance(8, 100), new Reports());
        assertTrue(most.get() <= 100, "in use together: " + most);
        assertTrue(order.indexOf(2) > order.indexOf(0) && order.indexOf(2) > order.indexOf(1), order.toString());
        assertTrue(order.indexOf(3) > order.indexOf(2) && order.indexOf(5) > order.indexOf(4), order.toString());
    }

    @Test
    void aUnitThatNeedsEverythingGetsEveryThreadAndTheLastUnitsGetTheThreadsThatAreFree() throws InterruptedException {
        Work tellsThreads = budget -> List.of(row(budget.threads()));
        Reports alone = run(
                List.of(
                        new Unit("all", Needs.EVERYTHING, tellsThreads),
                        new Unit("all", Needs.EVERYTHING, tellsThreads)),
                new Allowance(6, 100),
                new Reports());
        alone.finished.forEach(report -> assertEquals(List.of(row(6)), report.measurements()));
        Reports last = run(List.of(new Unit("one", ONE_THREAD, tellsThreads)), new Allowance(6, 100), new Reports());
        assertEquals(List.of(row(6)), last.finished.get(0).measurements());
    }

    @Test
    void noFurtherUnitStartsWhenTheRecorderWantsNoMore() throws InterruptedException {
        Reports reports = run(
                IntStream.range(0, 10)
                        .mapToObj(number -> new Unit("unit", Needs.EVERYTHING, budget -> List.of()))
                        .toList(),
                new Allowance(2, 100),
                new Reports() {
                    @Override
                    public boolean wantsMore() {
                        return finished.size() < 3;
                    }
                });
        assertEquals(3, reports.finished.size());
        assertEquals(3, reports.started.get());
    }
}
