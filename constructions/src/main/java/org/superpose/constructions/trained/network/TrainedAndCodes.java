package org.superpose.constructions.trained.network;

import java.util.List;
import java.util.Optional;
import org.superpose.constructions.Admission;
import org.superpose.constructions.code.PolynomialCodes;
import org.superpose.core.Reference;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Any map by trained layers, the outputs read by codes that are drawn without knowledge of it, as the bounds have it.
 * An output is on iff the sum over the rows of its code reaches a threshold that all outputs share, a power of two.
 */
@Reference(value = "Trained networks", standing = Reference.Standing.OURS)
public final class TrainedAndCodes implements Construction {
    private static final Parameter<Integer> OUTPUT_CODE_WEIGHT =
            ConstructionParameters.OUTPUT_CODE_WEIGHT.withDefault(4);

    @Override
    public String id() {
        return "trained-and-codes";
    }

    @Override
    public String title() {
        return "any map by trained layers, the outputs read by fixed codes";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return Recipe.parameters(OUTPUT_CODE_WEIGHT);
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
        Codes outputCodes = new PolynomialCodes(parameters.get(OUTPUT_CODE_WEIGHT))
                .draw(
                        instance.outputs(),
                        parameters.get(ConstructionParameters.WIDTH),
                        seed.child("output-encoding").generator());
        return new Recipe(instance, parameters, seed).build(id(), parameters(), Optional.of(outputCodes), deadline);
    }
}
