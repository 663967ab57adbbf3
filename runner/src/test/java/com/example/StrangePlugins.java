package com.example;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/** Plugins of a package that is not Superpose's, which do what they are told. */
public final class StrangePlugins {
    private StrangePlugins() {}

    public record StrangeProblem(Function<Seed, ProblemInstance> answer) implements Problem {
        @Override
        public String id() {
            return "strange";
        }

        @Override
        public String title() {
            return "does what it is told";
        }

        @Override
        public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
            return answer.apply(seed);
        }
    }

    /**
     * A construction that looks at the deadline until it is over.
     *
     * @param looks how often it has
     */
    public record HeedingConstruction(AtomicInteger looks) implements Construction {
        @Override
        public String id() {
            return "heeding";
        }

        @Override
        public String title() {
            return "waits for the deadline";
        }

        @Override
        public Acceptance accepts(ProblemInstance instance) {
            return Acceptance.accepted();
        }

        @Override
        public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
            throw new UnsupportedOperationException("it wants a deadline");
        }

        @Override
        public SuperposedNetwork build(
                ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
            while (true) {
                looks.incrementAndGet();
                deadline.check();
            }
        }
    }

    public record StrangeConstruction(Supplier<Acceptance> accepts, Function<ProblemInstance, SuperposedNetwork> answer)
            implements Construction {
        @Override
        public String id() {
            return "strange";
        }

        @Override
        public String title() {
            return "does what it is told";
        }

        @Override
        public Acceptance accepts(ProblemInstance instance) {
            return accepts.get();
        }

        @Override
        public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
            return answer.apply(instance);
        }
    }

    public record StrangeBlock(Supplier<Integer> place) implements BlockConstruction {
        @Override
        public String id() {
            return "strange";
        }

        @Override
        public String title() {
            return "does what it is told";
        }

        @Override
        public Acceptance accepts(ProblemInstance instance) {
            return Acceptance.accepted();
        }

        @Override
        public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
            throw new IllegalStateException("no luck");
        }

        @Override
        public SuperposedNetwork buildBlock(
                ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed) {
            throw new IllegalStateException("no luck");
        }

        @Override
        public int rank() {
            return place.get();
        }
    }

    public record StrangeExperiment(Supplier<List<WorkUnit>> answer) implements Experiment {
        @Override
        public String id() {
            return "strange";
        }

        @Override
        public String title() {
            return "does what it is told";
        }

        @Override
        public String expectedDuration() {
            return "no time";
        }

        @Override
        public List<String> columns() {
            return List.of("count");
        }

        @Override
        public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
            return answer.get();
        }
    }

    public record StrangeUnit(String label, BiFunction<Workbench, VerificationBudget, List<Measurement>> answer)
            implements WorkUnit {
        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            return answer.apply(workbench, budget);
        }
    }

    /** What an engine does with a request. */
    @FunctionalInterface
    public interface Running {
        void run(ExecutionRequest request) throws InterruptedException;
    }

    public record StrangeEngine(Running answer) implements ExecutionEngine {
        @Override
        public String id() {
            return "strange";
        }

        @Override
        public String title() {
            return "does what it is told";
        }

        @Override
        public void run(ExecutionRequest request) throws InterruptedException {
            answer.run(request);
        }
    }

    public record VerifyingEngine(Function<BuiltNetwork, Verdict> answer) implements ExecutionEngine {
        @Override
        public String id() {
            return "strange";
        }

        @Override
        public String title() {
            return "does what it is told";
        }

        @Override
        public void run(ExecutionRequest request) {}

        @Override
        public Verdict verify(Workbench workbench, BuiltNetwork built, String verifier, VerificationBudget budget) {
            return answer.apply(built);
        }
    }
}
