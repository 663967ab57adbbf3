package org.superpose.runner.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.StrangePlugins.HeedingConstruction;
import com.example.StrangePlugins.Running;
import com.example.StrangePlugins.StrangeBlock;
import com.example.StrangePlugins.StrangeConstruction;
import com.example.StrangePlugins.StrangeEngine;
import com.example.StrangePlugins.StrangeExperiment;
import com.example.StrangePlugins.StrangeProblem;
import com.example.StrangePlugins.StrangeUnit;
import com.example.StrangePlugins.VerifyingEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.GivenPlugins;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginException;
import org.superpose.core.plugin.ServicePlugins;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.engine.Allowance;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.LocalEngine;
import org.superpose.runner.run.engine.Recorder;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;

/** What plugins that are not Superpose's own can do, and who is named when they do it. */
class GuestsTest {
    private static final Seed SEED = new Seed(1);
    private static final BuiltNetwork RIGHT = Bench.build("two-and", "dedicated", "inputs", "12");
    private static final BuiltNetwork OTHER = Bench.build("two-and", "dedicated", "inputs", "16");
    private static final ProblemInstance INSTANCE = RIGHT.instance();

    private static Problem guest(Problem problem) {
        return Guests.problem(Catalog.Entry.of(problem));
    }

    private static Construction guest(Construction construction) {
        return Guests.construction(Catalog.Entry.of(construction));
    }

    private static Experiment guest(Experiment experiment) {
        return Guests.experiment(Catalog.Entry.of(experiment));
    }

    private static ExecutionEngine guest(ExecutionEngine engine) {
        return Guests.engine(Catalog.Entry.of(engine));
    }

    private static String named(String kind, Class<? extends Plugin> type) {
        return "the " + kind + " strange (" + type.getName() + ") ";
    }

    private static void assertFault(String sentence, Executable call) {
        assertEquals(sentence, assertThrows(PluginException.class, call).getMessage());
    }

    @Test
    void superposesOwnAreLeftAlone() {
        Bench.catalog(Problem.class).plugins().forEach(problem -> assertSame(problem, guest(problem)));
        Bench.catalog(Construction.class)
                .plugins()
                .forEach(construction -> assertSame(construction, guest(construction)));
        Bench.catalog(Experiment.class).plugins().forEach(experiment -> assertSame(experiment, guest(experiment)));
        ExecutionEngine local = new LocalEngine();
        assertSame(local, guest(local));
    }

    @Test
    void aProblemThatFailsIsNamed() {
        String name = named("problem", StrangeProblem.class);
        assertFault(
                name + "returned nothing from instantiate",
                () -> guest(new StrangeProblem(seed -> null)).instantiate(ParameterValues.NONE, SEED));
        assertFault(
                name + "failed in instantiate: java.lang.ArithmeticException: / by zero",
                () -> guest(new StrangeProblem(seed -> {
                            throw new ArithmeticException("/ by zero");
                        }))
                        .instantiate(ParameterValues.NONE, SEED));
    }

    private static Construction construction(Supplier<Acceptance> accepts) {
        return guest(new StrangeConstruction(accepts, instance -> RIGHT.network()));
    }

    @Test
    void aConstructionThatFailsIsNamed() {
        String name = named("construction", StrangeConstruction.class);
        assertFault(
                name + "returned nothing from accepts",
                () -> construction(() -> null).accepts(INSTANCE));
        assertFault(
                name + "returned nothing from accepts",
                () -> construction(() -> new Acceptance(null)).accepts(INSTANCE));
        assertFault(
                name + "failed in accepts: java.lang.NoSuchFieldError: gone",
                () -> construction(() -> {
                            throw new NoSuchFieldError("gone");
                        })
                        .accepts(INSTANCE));
        Construction silent = guest(new StrangeConstruction(Acceptance::accepted, instance -> null));
        assertFault(name + "returned nothing from build", () -> silent.build(INSTANCE, ParameterValues.NONE, SEED));
        assertFault(
                name + "failed in build: java.lang.IllegalArgumentException: a network of 12 inputs and 12 outputs"
                        + " does not fit an instance of 16 inputs and 16 outputs",
                () -> construction(Acceptance::accepted).build(OTHER.instance(), ParameterValues.NONE, SEED));
    }

    @Test
    void whatAConstructionRefusesIsStillTheUsersToMend() {
        Construction refusing = guest(new StrangeConstruction(Acceptance::accepted, instance -> {
            throw new InvalidInputException("width 7 must be even");
        }));
        assertEquals(
                "construction strange (" + StrangeConstruction.class.getName() + "): width 7 must be even",
                assertThrows(InvalidInputException.class, () -> refusing.build(INSTANCE, ParameterValues.NONE, SEED))
                        .getMessage());
        Construction narrow = guest(new StrangeConstruction(Acceptance::accepted, instance -> {
            throw new WidthTooSmallException("width 7 must be at least 8");
        }));
        assertThrows(WidthTooSmallException.class, () -> narrow.build(INSTANCE, ParameterValues.NONE, SEED));
    }

    @Test
    void aConstructionThatHeedsTheDeadlineIsToldOfItAndIsNotFaultyWhenItGivesUp() {
        AtomicInteger looks = new AtomicInteger();
        Construction heeding = guest(new HeedingConstruction(looks));
        Deadline third = VerificationBudget.unlimited()
                .withCancellation(() -> looks.get() >= 3)
                .deadline();
        assertEquals(
                "it was interrupted",
                assertThrows(OutOfTimeException.class, () -> heeding.build(INSTANCE, ParameterValues.NONE, SEED, third))
                        .getMessage());
        assertEquals(3, looks.get());
    }

    private static Catalog<Construction> constructionsWith(Construction more) {
        return Catalog.from(
                "construction",
                Construction.class,
                List.of(new ServicePlugins(GuestsTest.class.getClassLoader()), new GivenPlugins(List.of(more))),
                Guests::construction);
    }

    @Test
    void aBlockThatCannotBeRankedIsLeftOutAndChainsGoOn() {
        Catalog<Construction> catalog = constructionsWith(new StrangeBlock(() -> {
            throw new IllegalStateException("no rank");
        }));
        assertEquals(
                List.of(named("construction", StrangeBlock.class)
                        + "failed in rank: java.lang.IllegalStateException: no rank"),
                catalog.failures());
        assertTrue(catalog.plugins().stream().anyMatch(plugin -> plugin.id().equals("layered")));
        assertTrue(catalog.plugins().stream().noneMatch(plugin -> plugin.id().equals("strange")));
    }

    @Test
    void aBlockThatFailsInAChainIsNamed() {
        Construction layered = constructionsWith(new StrangeBlock(() -> -1)).require("layered");
        Problem problem = Bench.catalog(Problem.class).require("layered");
        ParameterValues asked = ParameterValues.parse(
                "layered",
                problem.parameters(),
                Map.of("inputs", "12", "layers", "permutation,two-and", "max-active", "2"));
        ProblemInstance instance = problem.instantiate(asked, SEED);
        ParameterValues parameters = ParameterValues.parse("layered", layered.parameters(), Map.of("width", "640"));
        assertFault(
                named("construction", StrangeBlock.class)
                        + "failed in buildBlock: java.lang.IllegalStateException: no luck",
                () -> layered.build(instance, parameters, SEED));
    }

    private static List<WorkUnit> plan(List<WorkUnit> units) {
        return guest(new StrangeExperiment(() -> units)).plan(ParameterValues.NONE, SEED);
    }

    private static WorkUnit unit(List<Measurement> rows) {
        return new StrangeUnit("one", (workbench, budget) -> rows);
    }

    @Test
    void anExperimentThatFailsIsNamed() {
        String name = named("experiment", StrangeExperiment.class);
        assertFault(
                name + "failed in plan: java.lang.NullPointerException",
                () -> plan(List.of(new StrangeUnit(null, (workbench, budget) -> List.of()))));
        assertTrue(assertThrows(PluginException.class, () -> plan(null))
                .getMessage()
                .startsWith(name + "failed in plan: "));
        assertTrue(assertThrows(PluginException.class, () -> run(plan(List.of(unit(null)))))
                .getMessage()
                .startsWith(name + "failed in the unit \"one\": "));
        List<Measurement> rows = Arrays.asList((Measurement) null);
        assertThrows(PluginException.class, () -> run(plan(List.of(unit(rows)))));
        assertFault(
                name + "failed in the unit \"one\": java.lang.ClassCastException: no row",
                () -> run(plan(List.of(new StrangeUnit("one", (workbench, budget) -> {
                    throw new ClassCastException("no row");
                })))));
    }

    private static List<Measurement> run(List<WorkUnit> units) {
        return units.get(0).run(Bench.workbench(), VerificationBudget.unlimited());
    }

    /** Keeps what is recorded. */
    private static final class Kept implements Recorder {
        private final List<Integer> numbers = new ArrayList<>();

        @Override
        public void record(UnitReport report) {
            numbers.add(report.number());
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    private static ExecutionRequest request(Kept kept) {
        List<WorkUnit> units = List.of(unit(List.of()), unit(List.of()));
        Sweep sweep = new Sweep(
                new SweepRecipe("none", "", Map.of(), 1), units, Bench.workbench(), VerificationBudget.unlimited());
        return new ExecutionRequest(sweep, sweep.numbers(), Allowance.ofThreads(1), SweepListener.NONE, kept);
    }

    private static UnitReport report(int number) {
        return new UnitReport(number, "one", List.of(), Optional.empty(), Instant.EPOCH, 0, 0);
    }

    private static void assertEngineFault(String sentence, Running running) {
        Kept kept = new Kept();
        ExecutionEngine engine = guest(new StrangeEngine(running));
        assertFault(named("engine", StrangeEngine.class) + sentence, () -> engine.run(request(kept)));
    }

    @Test
    void anEngineRecordsWhatItWasAskedForOnceAndNothingElse() throws InterruptedException {
        assertEngineFault("ended without a result of 2 units, the first of them 1", request -> {});
        assertEngineFault(
                "ended without a result of unit 2",
                request -> request.recorder().record(report(0)));
        String more = ", which it was not asked to run, or has recorded before";
        assertEngineFault("recorded unit 1" + more, request -> {
            request.recorder().record(report(0));
            request.recorder().record(report(0));
        });
        assertEngineFault(
                "recorded unit 8" + more, request -> request.recorder().record(report(7)));
        assertEngineFault("failed in run: java.lang.IllegalStateException: no room", request -> {
            throw new IllegalStateException("no room");
        });
        Kept kept = new Kept();
        guest(new StrangeEngine(request -> new LocalEngine().run(request))).run(request(kept));
        assertEquals(List.of(0, 1), kept.numbers);
    }

    @Test
    void anInterruptedEngineIsInterrupted() {
        ExecutionEngine engine = guest(new StrangeEngine(request -> {
            throw new InterruptedException();
        }));
        assertThrows(InterruptedException.class, () -> engine.run(request(new Kept())));
    }

    @Test
    void aVerdictThatAnEngineMakesItselfIsHeldAgainstTheNetwork() throws InterruptedException {
        BuiltNetwork wrong = new BuiltNetwork(
                Bench.workbench().instance("two-and", new Assignments(Map.of("inputs", "12")), new Seed(99)),
                RIGHT.network());
        ExecutionEngine forging = guest(new VerifyingEngine(built ->
                new Verdict.Verified("exhaustive", built.instance().domain().size())));
        VerificationBudget budget = VerificationBudget.unlimited().withSamples(2_000);
        assertThrows(PluginException.class, () -> forging.verify(Bench.workbench(), wrong, "auto", budget));
        assertEquals(
                "strange (" + VerifyingEngine.class.getName() + ")",
                forging.verify(Bench.workbench(), RIGHT, "auto", budget).method());
        ExecutionEngine plain = guest(new StrangeEngine(request -> {}));
        assertEquals(
                "exhaustive",
                plain.verify(Bench.workbench(), RIGHT, "exhaustive", budget).method());
    }
}
