package org.superpose.runner.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.ServicePlugins;
import org.superpose.core.problem.Problem;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.engine.Allowance;
import org.superpose.runner.run.engine.EngineSession;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.Recorder;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;
import org.superpose.testkit.PluginContract;

/**
 * The contract of an {@link ExecutionEngine}: every unit that it is asked to run, and no other, is recorded once, with
 * what it measures or why it failed; it ends when it is told to; and its verdicts are those of the verifiers. Extend it
 * and make the engine in {@link #plugin()}; where it needs settings, give them in {@link #engine()}:
 *
 * <pre>{@code
 * class QueueEngineTest extends EngineContract {
 *     @Override
 *     protected ExecutionEngine plugin() {
 *         return new QueueEngine();
 *     }
 *
 *     @Override
 *     protected ExecutionEngine engine() {
 *         return plugin().with(new EngineSettings(Map.of("queue.workers", "2"), Optional.empty()));
 *     }
 * }
 * }</pre>
 *
 * <p>The sweeps of the rules are of Superpose's own problems and constructions, which have to be on the class path.
 */
public abstract class EngineContract extends PluginContract<ExecutionEngine> {
    /** Networks that are verified, refuted and left undecided, and a width at which none can be built. */
    private static final SweepRecipe NETWORKS = new SweepRecipe("networks.yaml", """
            experiment: networks
            problem: two-and
            construction: clipped-and
            verifier: exhaustive
            seeds: 2
            cases:
              - {inputs: 20, outputs: 16}
              - {inputs: 28, outputs: 28}
            parameters:
              width: [3, 14, 44]
              resampling-rounds: [1]
              placement-passes: [0]
            """, Map.of(), 7);

    private static final VerificationBudget BUDGET =
            VerificationBudget.unlimited().withMaxInputs(300).withSamples(500).withThreads(2);

    /** One for all tests: it takes longer than a test. */
    private static final Injector INJECTOR = Guice.createInjector(
            new SuperposeModule(List.of(new ServicePlugins(EngineContract.class.getClassLoader()))));

    /** For subclasses. */
    protected EngineContract() {}

    /**
     * The engine as it runs units.
     *
     * @return {@link #plugin()} unless overridden
     */
    protected ExecutionEngine engine() {
        return plugin();
    }

    /**
     * Whether other processes plan the sweep again and run its units. Then the contract cannot bring units of its own.
     *
     * @return false unless overridden
     */
    protected boolean plansAgain() {
        return false;
    }

    private Sweep networks() {
        return INJECTOR.getInstance(Planner.class).again(NETWORKS, BUDGET).sweep();
    }

    private Workbench workbench() {
        return INJECTOR.getInstance(Workbench.class);
    }

    /** What an engine told. */
    private static class Told implements Recorder, SweepListener {
        final List<UnitReport> reports = new ArrayList<>();
        private final Set<Integer> started = ConcurrentHashMap.newKeySet();
        private final Set<String> faults = ConcurrentHashMap.newKeySet();

        @Override
        public void started(int number, String label) {
            if (!started.add(number)) {
                faults.add("unit " + number + " was started twice");
            }
        }

        @Override
        public void progressed(int number, double fraction) {
            if (!(fraction >= 0 && fraction <= 1)) {
                faults.add("unit " + number + " was said to be " + fraction + " done");
            }
        }

        @Override
        public synchronized void record(UnitReport report) {
            if (!started.contains(report.number())) {
                faults.add("unit " + report.number() + " was recorded, but not started");
            }
            reports.add(report);
        }

        @Override
        public boolean wantsMore() {
            return true;
        }

        List<Integer> numbers() {
            return reports.stream().map(UnitReport::number).sorted().toList();
        }

        void requireNoFaults() {
            assertEquals(Set.of(), new TreeSet<>(faults));
        }
    }

    private static ExecutionRequest request(Sweep sweep, List<Integer> numbers, Told told) {
        return new ExecutionRequest(
                sweep, numbers, Allowance.ofThreads(sweep.budget().threads()), told, told);
    }

    /** What a unit comes to when it is run here, as a report has it. */
    private static String expected(WorkUnit unit, Sweep sweep) {
        try {
            return outcome(unit.label(), unit.run(sweep.workbench(), sweep.budget()), null);
        } catch (InvalidInputException refused) {
            return outcome(unit.label(), List.of(), refused);
        }
    }

    private static String outcome(String label, List<Measurement> rows, Throwable failure) {
        return label + ": "
                + (failure == null
                        ? rows.stream()
                                .map(row -> row.with(Measurement.SECONDS, 0.0).fields())
                                .toList()
                        : failure.getMessage());
    }

    private static Map<Integer, String> outcomes(Told told) {
        Map<Integer, String> outcomes = new TreeMap<>();
        for (UnitReport report : told.reports) {
            assertNotNull(report.started(), "a unit was recorded without its start");
            assertTrue(report.seconds() >= 0, () -> "a unit took " + report.seconds() + " s");
            String earlier = outcomes.put(
                    report.number(),
                    outcome(
                            report.label(),
                            report.measurements(),
                            report.failure().orElse(null)));
            assertEquals(null, earlier, () -> "unit " + report.number() + " was recorded twice");
        }
        return outcomes;
    }

    private static Map<Integer, String> expected(Sweep sweep, List<Integer> numbers) {
        Map<Integer, String> outcomes = new TreeMap<>();
        numbers.forEach(number -> outcomes.put(number, expected(sweep.units().get(number), sweep)));
        return outcomes;
    }

    /**
     * Each unit is recorded once, after it was started, with the rows that it measures within the budget of the sweep,
     * or with the sentence by which it was refused.
     */
    @Test
    public final void everyUnitIsRecordedOnceWithWhatItMeasures() throws InterruptedException {
        Sweep sweep = networks();
        Map<Integer, String> expected = expected(sweep, sweep.numbers());
        for (String kind : List.of("VERIFIED", "REFUTED", "UNDECIDED", "width 3 with ")) {
            assertTrue(expected.toString().contains(kind), () -> "the sweep has no " + kind + ": " + expected);
        }
        Told told = new Told();
        engine().run(request(sweep, sweep.numbers(), told));
        assertEquals(expected, outcomes(told));
        told.requireNoFaults();
    }

    /** Of a sweep that was run in part only the missing units are run, in whatever order they are asked for. */
    @Test
    public final void onlyTheUnitsAskedForAreRun() throws InterruptedException {
        Sweep sweep = networks();
        List<Integer> numbers = List.of(10, 1, 4);
        Told told = new Told();
        engine().run(request(sweep, numbers, told));
        assertEquals(expected(sweep, numbers), outcomes(told));
        told.requireNoFaults();
    }

    /** The requests of a session are run one after the other, also if there is nothing to do. */
    @Test
    public final void aSessionRunsSeveralRequests() throws InterruptedException {
        Sweep sweep = networks();
        try (EngineSession session = engine().open(sweep)) {
            for (List<Integer> numbers : List.of(List.of(0, 3), List.<Integer>of(), List.of(5))) {
                Told told = new Told();
                session.run(request(sweep, numbers, told));
                assertEquals(expected(sweep, numbers), outcomes(told));
                told.requireNoFaults();
            }
        }
    }

    /** Once the recorder wants no more, nothing is started, and the run ends. */
    @Test
    public final void nothingIsStartedWhenNothingIsWanted() throws InterruptedException {
        Sweep sweep = networks();
        Told told = new Told() {
            @Override
            public boolean wantsMore() {
                return false;
            }
        };
        engine().run(request(sweep, sweep.numbers(), told));
        assertEquals(List.of(), told.numbers(), "units were recorded that nobody wanted");
        assertEquals(Set.of(), told.started, "units were started that nobody wanted");
    }

    /** When the calling thread is interrupted the run ends with an InterruptedException, unless all is recorded. */
    @Test
    public final void anInterruptedRunEnds() {
        Sweep sweep = networks();
        Thread caller = Thread.currentThread();
        Told told = new Told() {
            @Override
            public synchronized void record(UnitReport report) {
                super.record(report);
                caller.interrupt();
            }
        };
        boolean ended = false;
        try {
            engine().run(request(sweep, sweep.numbers(), told));
        } catch (InterruptedException interrupted) {
            ended = true;
        } finally {
            Thread.interrupted();
        }
        if (!ended) {
            assertEquals(sweep.numbers(), told.numbers(), "the run was interrupted, and ended without saying so");
        }
    }

    private record Failing(String label, Supplier<? extends Throwable> failure) implements WorkUnit {
        @Override
        public Needs needs() {
            return new Needs(1, 1);
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            throw EngineContract.<RuntimeException>asItIs(failure.get());
        }
    }

    @SuppressWarnings("unchecked") // the compiler need not know what is thrown
    private static <T extends Throwable> T asItIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Whatever a unit throws is recorded as its failure, an error of the virtual machine too, and the others go on. */
    @Test
    public final void whateverAUnitThrowsIsRecordedAndTheOthersGoOn() throws InterruptedException {
        assumeFalse(plansAgain(), "other processes do not know the units of this test");
        List<WorkUnit> units = List.of(
                new Failing("exception", () -> new IllegalStateException("exception")),
                new Failing("assertion", () -> new AssertionError("assertion")),
                new Failing("memory", () -> new OutOfMemoryError("memory")),
                new Failing("stack", () -> new StackOverflowError("stack")),
                new Failing("link", () -> new NoSuchMethodError("link")),
                new Failing("checked", () -> new java.io.IOException("checked")));
        Sweep sweep = new Sweep(new SweepRecipe("failing", "", Map.of(), 1), units, workbench(), BUDGET);
        Told told = new Told();
        engine().run(request(sweep, sweep.numbers(), told));
        Map<Integer, String> expected = new TreeMap<>();
        sweep.numbers()
                .forEach(number -> expected.put(
                        number,
                        units.get(number).label() + ": " + units.get(number).label()));
        assertEquals(expected, outcomes(told));
    }

    /** A name of {@code --set} that is a parameter of a plugin is none of the engine's settings. */
    @Test
    public final void settingsHaveNamesOfTheirOwn() {
        Set<String> taken = new TreeSet<>();
        for (Plugin plugin : plugins()) {
            for (Parameter<?> parameter : plugin.parameters()) {
                if (plugin().hasSetting(parameter.name())) {
                    taken.add(parameter.name() + " of " + plugin.id());
                }
            }
        }
        assertEquals(Set.of(), taken, "the engine takes parameters for its settings; begin their names with its id");
    }

    private List<Plugin> plugins() {
        List<Plugin> all = new ArrayList<>();
        all.addAll(INJECTOR.getInstance(Key.get(new TypeLiteral<Catalog<Problem>>() {}))
                .plugins());
        all.addAll(INJECTOR.getInstance(Key.get(new TypeLiteral<Catalog<Construction>>() {}))
                .plugins());
        all.addAll(INJECTOR.getInstance(Key.get(new TypeLiteral<Catalog<Experiment>>() {}))
                .plugins());
        return all;
    }

    /** One verification comes to the verdict of the verifier that was asked for, whoever does the work. */
    @Test
    public final void verdictsAreThoseOfTheVerifiers() throws InterruptedException {
        Workbench workbench = workbench();
        Set<String> seen = new TreeSet<>();
        for (int width : List.of(14, 44)) {
            BuiltNetwork built = workbench.build(NetworkRecipe.of(
                    "two-and",
                    "clipped-and",
                    new Assignments(Map.of("inputs", "28", "outputs", "28", "width", Integer.toString(width))),
                    new Seed(7)));
            for (VerificationBudget budget : List.of(VerificationBudget.unlimited(), BUDGET)) {
                Verdict verdict = engine().verify(workbench, built, "exhaustive", budget);
                Verdict expected = workbench.verify(built, "exhaustive", budget);
                assertEquals(expected.status(), verdict.status(), "another verdict than the verifier's");
                assertEquals(expected.method(), verdict.method(), "another method than the verifier's");
                if (verdict instanceof Verdict.Refuted refuted) {
                    assertTrue(refuted.counterexample().isConfirmedBy(built), "the counterexample is none");
                }
                seen.add(verdict.status());
            }
        }
        assertEquals(Set.of("REFUTED", "UNDECIDED", "VERIFIED"), seen);
    }
}
