package org.superpose.spark;

import com.google.inject.Guice;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.plugin.ServicePlugins;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.engine.Allowance;
import org.superpose.runner.run.engine.HeapWatch;
import org.superpose.runner.run.engine.Room;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepRecipe;

/**
 * A sweep as it is broadcast: the recipe, from which each executor plans the same units again, once, with the plugins
 * that it was sent. No object of the driver's plan travels.
 */
final class SweepOnExecutors implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] order;
    private transient Plan plan;

    SweepOnExecutors(Order order) {
        this.order = JavaBytes.of(order);
    }

    /**
     * What is to be done.
     *
     * @param recipe of the sweep
     * @param limits of the verifications
     * @param plugins that the recipe may name
     * @param trusted ids of verifiers that {@code auto} may take though they are not core's
     * @param threads of an executor; no more than its processors are used
     * @param attempts how many times Spark tries a task
     */
    record Order(
            SweepRecipe recipe,
            BudgetLimits limits,
            PluginArchive plugins,
            ArrayList<String> trusted,
            int threads,
            int attempts)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** What the tasks of one executor share. */
    private record Plan(Sweep sweep, int attempts, ExecutorRoom room, HeapWatch heap) {}

    private synchronized Plan plan() {
        if (plan == null) {
            Order given = JavaBytes.read(order, Order.class);
            ClassLoader loader = SweepOnExecutors.class.getClassLoader();
            PluginFolder folder = given.plugins().open(loader);
            Sweep sweep = Guice.createInjector(
                            new SuperposeModule(List.of(new ServicePlugins(loader), folder), given.trusted()))
                    .getInstance(Planner.class)
                    .again(given.recipe(), given.limits().budget())
                    .sweep();
            int processors = Math.min(given.threads(), Runtime.getRuntime().availableProcessors());
            plan = new Plan(
                    sweep, given.attempts(), new ExecutorRoom(Allowance.ofThreads(processors)), new HeapWatch());
        }
        return plan;
    }

    /**
     * Runs a unit in the task at hand.
     *
     * @param label what the driver calls the unit; the plan made here must agree
     * @param progress is told how far the unit is
     */
    UnitOutcome run(int number, String label, VerificationBudget.Progress progress) throws InterruptedException {
        TaskContext task = TaskContext.get();
        Plan shared = plan();
        WorkUnit unit = shared.sweep().units().get(number);
        if (!unit.label().equals(label)) {
            throw new IllegalStateException("the executor plans unit " + (number + 1) + " as \"" + unit.label()
                    + "\", the driver as \"" + label + "\": they do not have the same plugins");
        }
        Room.Share share = shared.room().take(unit.needs(), task.cpus());
        int watched = (int) task.taskAttemptId();
        shared.heap().started(watched);
        Instant started = Instant.now();
        long start = System.nanoTime();
        ArrayList<LinkedHashMap<String, Object>> rows = new ArrayList<>();
        UnitFailure failure = null;
        long peak;
        try {
            VerificationBudget budget =
                    shared.sweep().budget().withThreads(share.threads()).withProgress(progress);
            rows = UnitOutcome.fieldsOf(unit.run(shared.sweep().workbench(), budget));
        } catch (Throwable thrown) { // an OutOfMemoryError too: Spark would end the whole executor for it
            failure = UnitFailure.of(thrown);
        } finally {
            peak = shared.heap().finished(watched);
            shared.room().give(share);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (task.isInterrupted()) {
            throw new TaskKilledException();
        }
        if (failure != null && !failure.badInput() && task.attemptNumber() + 1 < shared.attempts()) {
            throw failure.toThrowable(); // Spark tries again, on another machine if it can
        }
        return new UnitOutcome(rows, failure, started, seconds, peak, slowKernels());
    }

    private static String slowKernels() {
        boolean unasked = Kernels.best().name().equals("scalar") && System.getProperty(Kernels.PROPERTY) == null;
        return unasked ? Kernels.describe() : "";
    }
}
