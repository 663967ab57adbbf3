package org.superpose.runner.experiment.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

/**
 * A unit of an experiment file: a network of given parameters, or the smallest verified width.
 *
 * @param problem id of the problem
 * @param construction id of the construction
 * @param assignments parameters that one or both declare
 * @param seed of the instance, and of the first network
 * @param verifier id of the verifier
 * @param limits of the verification
 * @param search how to look for the smallest width, or empty to build at the width that is given
 */
record FileUnit(
        String problem,
        String construction,
        Assignments assignments,
        Seed seed,
        String verifier,
        Limits limits,
        Optional<WidthSearch> search)
        implements WorkUnit {

    @Override
    public String label() {
        StringBuilder label = new StringBuilder(problem + ", " + construction);
        for (Map.Entry<String, String> value : assignments.values().entrySet()) {
            label.append(", ").append(value.getKey()).append(' ').append(value.getValue());
        }
        return label.append(", seed ").append(seed.value()).toString();
    }

    @Override
    public Needs needs() {
        return Needs.ofNetwork(assignments);
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget given) {
        VerificationBudget budget = limits.applyTo(given);
        if (search.isEmpty()) {
            return List.of(workbench
                    .buildAndVerify(problem, construction, assignments, seed, seed, verifier, budget)
                    .measurement());
        }
        ProblemInstance instance = workbench.instance(problem, construction, assignments, seed);
        WidthSearch.Result result = search.get()
                .search(
                        WidthSearch.Trials.oneByOne((width, attempt) -> workbench.attempt(
                                instance,
                                construction,
                                assignments,
                                width,
                                new Seed(seed.value() + attempt),
                                verifier,
                                budget)),
                        probe -> {});
        return result.smallest().stream().toList();
    }
}
