package org.superpose.runner.experiment.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.construction.Construction;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

/**
 * A unit of an experiment file: a network of given parameters, or the smallest verified width.
 *
 * @param recipe of the network, or of the first one that is searched, without its width
 * @param verifier id of the verifier
 * @param limits of the verification
 * @param search how to look for the smallest width, or empty to build at the width that is given
 */
record FileUnit(NetworkRecipe recipe, String verifier, Limits limits, Optional<WidthSearch> search)
        implements WorkUnit {

    @Override
    public String label() {
        StringBuilder label = new StringBuilder(recipe.problem() + ", " + recipe.construction());
        for (Map.Entry<String, String> value : recipe.assignments().values().entrySet()) {
            label.append(", ").append(value.getKey()).append(' ').append(value.getValue());
        }
        return label.append(", seed ").append(recipe.seed().value()).toString();
    }

    @Override
    public Needs needs() {
        return Needs.ofNetwork(recipe.assignments());
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget given) {
        VerificationBudget budget = limits.applyTo(given);
        if (search.isEmpty()) {
            return List.of(workbench.buildAndVerify(recipe, verifier, budget).measurement());
        }
        Construction builder = workbench.requireAccepted(workbench.instance(recipe), recipe.construction());
        return search
                .get()
                .search((width, attempt) -> new SearchTrial(
                                label(),
                                recipe.atWidth(builder, width)
                                        .withSeed(new Seed(recipe.seed().value() + attempt)),
                                verifier)
                        .attempt(workbench, budget))
                .smallest()
                .stream()
                .toList();
    }
}
