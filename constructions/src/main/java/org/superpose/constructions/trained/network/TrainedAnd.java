package org.superpose.constructions.trained.network;

import java.util.List;
import java.util.Optional;
import org.superpose.constructions.Admission;
import org.superpose.core.Reference;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Any map by hidden layers and a read-out that are trained together: the convention of the trained models in the
 * literature. The read-out, a matrix of m' x n, depends on the map and counts among the parameters.
 */
@Reference(value = "Trained networks", standing = Reference.Standing.OURS)
public final class TrainedAnd implements Construction {
    @Override
    public String id() {
        return "trained-and";
    }

    @Override
    public String title() {
        return "any map by trained hidden layers and a trained linear read-out";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return Recipe.parameters();
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Acceptance.accepted();
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        Admission.require(this, instance);
        return new Recipe(instance, parameters, seed).build(id(), parameters(), Optional.empty(), deadline);
    }
}
