package org.superpose.runner.experiment.file;

import java.util.List;
import java.util.Optional;
import org.superpose.core.construction.Construction;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

/**
 * A unit of an experiment file: a network of given parameters, or the smallest verified width.
 *
 * @param network the one, or the first one that is searched, without its width
 * @param limits of the verification
 * @param search how to look for the smallest width, or empty to build at the width that is given
 */
record FileUnit(NetworkUnit network, Limits limits, Optional<WidthSearch> search) implements WorkUnit {
    static FileUnit of(NetworkRecipe recipe, String verifier, Limits limits, Optional<WidthSearch> search) {
        StringBuilder label = new StringBuilder(recipe.problem() + ", " + recipe.construction());
        recipe.assignments()
                .values()
                .forEach((name, value) ->
                        label.append(", ").append(name).append(' ').append(value));
        label.append(", seed ").append(recipe.seed().value());
        return new FileUnit(new NetworkUnit(label.toString(), recipe, verifier), limits, search);
    }

    @Override
    public String label() {
        return network.label();
    }

    @Override
    public Needs needs() {
        return network.needs();
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget given) {
        VerificationBudget budget = limits.applyTo(given);
        return search.map(widths -> smallest(widths, workbench, budget).stream().toList())
                .orElseGet(() -> network.run(workbench, budget));
    }

    private Optional<Measurement> smallest(WidthSearch widths, Workbench workbench, VerificationBudget budget) {
        NetworkRecipe recipe = network.recipe();
        Construction builder = workbench.requireAccepted(workbench.instance(recipe), recipe.construction());
        return widths.search((width, attempt) -> new SearchTrial(new NetworkUnit(
                                network.label(),
                                recipe.atWidth(builder, width)
                                        .withSeed(new Seed(recipe.seed().value() + attempt)),
                                network.verifier()))
                        .attempt(workbench, budget))
                .smallest();
    }
}
