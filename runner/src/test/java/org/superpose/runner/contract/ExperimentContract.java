package org.superpose.runner.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.superpose.core.construction.Construction;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;
import org.superpose.testkit.PluginContract;

/**
 * The contract of an {@link Experiment}: the same parameters and seed give the same plan, a unit measures the same
 * whenever it is run, and every column is measured. Extend it, make the experiment in {@link #plugin()}, and give
 * parameters in {@link #samples()} with which it takes a few seconds: each unit is run three times.
 *
 * <pre>{@code
 * class MajorityWidthsTest extends ExperimentContract {
 *     @Override
 *     protected Experiment plugin() {
 *         return new MajorityWidths();
 *     }
 *
 *     @Override
 *     protected List<ParameterValues> samples() {
 *         return List.of(given("outputs=32"));
 *     }
 * }
 * }</pre>
 */
public abstract class ExperimentContract extends PluginContract<Experiment> {
    /**
     * Parameters with which the experiment is short.
     *
     * @return at least one set; all sets together make the experiment read every parameter that it declares
     */
    protected abstract List<ParameterValues> samples();

    /**
     * How many units of each sample are run; the plan is always checked as a whole.
     *
     * @return all of them unless overridden
     */
    protected int unitsToRun() {
        return Integer.MAX_VALUE;
    }

    /**
     * What builds and verifies the networks.
     *
     * @return a workbench with all plugins on the class path unless overridden
     */
    protected Workbench workbench() {
        ClassLoader loader = plugin().getClass().getClassLoader();
        return new Workbench(
                Catalog.load("problem", Problem.class, loader),
                Catalog.load("construction", Construction.class, loader),
                Catalog.load("verifier", Verifier.class, loader));
    }

    private List<WorkUnit> plan(ParameterValues values) {
        return plugin().plan(values, new Seed(1));
    }

    /** The experiment says in words how long it takes. */
    @Test
    public final void itSaysHowLongItTakes() {
        assertFalse(plugin().expectedDuration().isBlank(), "the expected duration is blank");
    }

    /**
     * The plan is a pure function of parameters and seed, so that another process finds the same units under the same
     * numbers; no two units share a label.
     */
    @Test
    public final void theSameParametersAndSeedGiveTheSamePlan() {
        for (ParameterValues values : requireSamples()) {
            List<String> labels = labels(values);
            assertFalse(labels.isEmpty(), "the plan has no units");
            assertEquals(labels, labels(values), "planned again, the units have other labels");
            assertEquals(labels.size(), new HashSet<>(labels).size(), () -> "two units have one label: " + labels);
        }
    }

    private List<String> labels(ParameterValues values) {
        return plan(values).stream().map(WorkUnit::label).toList();
    }

    /** Every parameter that is read is declared, with the same type and default. */
    @Test
    public final void itReadsOnlyWhatItDeclares() {
        for (ParameterValues values : requireSamples()) {
            observing(values, new HashSet<>(), observed -> plugin().plan(observed, new Seed(1)));
        }
    }

    /** Every parameter that is declared is read for some sample. */
    @Test
    public final void itReadsAllThatItDeclares() {
        Set<String> read = new TreeSet<>();
        for (ParameterValues values : requireSamples()) {
            plugin().plan(values.observedBy(parameter -> read.add(parameter.name())), new Seed(1));
        }
        requireAllRead(read);
    }

    /**
     * A unit depends on nothing but its plan: run again, in another order and with more threads, it measures the same
     * values, except for times.
     */
    @Test
    public final void aUnitMeasuresTheSameEveryTime() {
        Workbench workbench = workbench();
        for (ParameterValues values : requireSamples()) {
            List<WorkUnit> units = plan(values);
            int count = Math.min(units.size(), unitsToRun());
            List<List<Measurement>> first = new ArrayList<>();
            for (int u = 0; u < count; u++) {
                first.add(run(units.get(u), workbench, 1));
            }
            List<WorkUnit> again = plan(values);
            for (int u = count - 1; u >= 0; u--) {
                WorkUnit unit = again.get(u);
                assertEquals(
                        first.get(u),
                        run(unit, workbench, 2),
                        () -> "the unit \"" + unit.label() + "\" measures something else when it is run again");
            }
        }
    }

    /** Every column is a field of at least one measurement: a misspelt one would always be empty. */
    @Test
    public final void everyColumnIsMeasured() {
        Workbench workbench = workbench();
        Set<String> missing = new TreeSet<>(plugin().columns());
        assertFalse(missing.isEmpty(), "it has no columns");
        for (ParameterValues values : requireSamples()) {
            List<WorkUnit> units = plan(values);
            for (int u = 0; u < Math.min(units.size(), unitsToRun()); u++) {
                for (Measurement measurement : units.get(u).run(workbench, budget(1))) {
                    missing.removeIf(column -> measurement.find(column).isPresent());
                }
            }
        }
        assertTrue(missing.isEmpty(), () -> "no measurement has the columns " + missing);
    }

    private static List<Measurement> run(WorkUnit unit, Workbench workbench, int threads) {
        return unit.run(workbench, budget(threads)).stream()
                .map(measurement -> measurement.with(Measurement.SECONDS, 0.0))
                .toList();
    }

    private static VerificationBudget budget(int threads) {
        return VerificationBudget.unlimited().withThreads(threads).withSamples(2_000);
    }

    private List<ParameterValues> requireSamples() {
        List<ParameterValues> samples = samples();
        assertFalse(samples.isEmpty(), "samples() must give at least one set of parameters");
        return samples;
    }
}
