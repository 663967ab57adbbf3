package org.superpose.runner.guest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Guest;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/** An experiment that is not Superpose's own, with its units. */
final class GuestExperiment extends GuestPlugin implements Experiment {
    private final Experiment inner;
    private final String expectedDuration;
    private final List<String> columns;
    private final List<ReportPlot> plots;
    private final String question;
    private final List<String> results;

    GuestExperiment(Guest guest, Experiment inner) {
        super(guest, inner);
        this.inner = inner;
        this.expectedDuration = guest.call("expectedDuration", inner::expectedDuration);
        this.columns = guest.call("columns", () -> List.copyOf(inner.columns()));
        this.plots = guest.call("plots", () -> List.copyOf(inner.plots()));
        this.question = guest.call("question", () -> Objects.requireNonNull(inner.question()));
        this.results = guest.call("results", () -> List.copyOf(inner.results()));
    }

    @Override
    public String expectedDuration() {
        return expectedDuration;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String question() {
        return question;
    }

    @Override
    public List<String> results() {
        return results;
    }

    @Override
    public Optional<NetworkRecipe> showpiece(Seed seed) {
        return guest().call("showpiece", () -> Objects.requireNonNull(inner.showpiece(seed)));
    }

    @Override
    public List<ReportPlot> plots() {
        return plots;
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        return guest().call(
                        "plan",
                        () -> inner.plan(parameters, seed).stream()
                                .<WorkUnit>map(unit -> Unit.of(guest(), unit))
                                .toList());
    }

    /**
     * A unit of such an experiment.
     *
     * @param guest the experiment
     * @param inner the unit itself
     * @param label as it called itself when it was planned
     * @param needs as it said when it was planned
     */
    private record Unit(Guest guest, WorkUnit inner, String label, Needs needs) implements WorkUnit {
        static Unit of(Guest guest, WorkUnit inner) {
            return new Unit(guest, inner, Objects.requireNonNull(inner.label()), Objects.requireNonNull(inner.needs()));
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            return guest.call(
                    "the unit \"" + label + "\"",
                    () -> inner.run(workbench, budget).stream()
                            .map(row -> row.madeWith(guest.files()))
                            .toList());
        }
    }
}
