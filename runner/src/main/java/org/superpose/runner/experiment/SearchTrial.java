package org.superpose.runner.experiment;

import java.util.List;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/**
 * One trial of a width search: draw an instance, build one network of one width, verify it. Always one row, also where
 * the width is too small to build anything.
 *
 * @param label a few words for progress
 * @param problem id of the problem
 * @param construction id of the construction
 * @param assignments parameters of both, without the width
 * @param width n
 * @param instanceSeed seed of the instance
 * @param seed seed of the network
 * @param verifier id of the verifier
 */
public record SearchTrial(
        String label,
        String problem,
        String construction,
        Assignments assignments,
        int width,
        Seed instanceSeed,
        Seed seed,
        String verifier)
        implements WorkUnit {

    @Override
    public Needs needs() {
        return Needs.ofNetwork(assignments.with(ConstructionParameters.WIDTH.name(), width));
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        return List.of(workbench.trial(
                workbench.instance(problem, construction, assignments, instanceSeed),
                construction,
                assignments,
                width,
                seed,
                verifier,
                budget));
    }
}
