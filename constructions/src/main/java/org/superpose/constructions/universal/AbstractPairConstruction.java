package org.superpose.constructions.universal;

import java.util.ArrayList;
import java.util.List;
import org.superpose.constructions.Admission;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * What all networks that read pairs from one random layer share: a name, the pairs they accept, and a width. They
 * differ in the layer and in how a pair is read.
 */
abstract class AbstractPairConstruction implements Construction {
    private final String id;
    private final String title;
    private final List<Parameter<?>> parameters;

    /** @param own parameters beside the width */
    AbstractPairConstruction(String id, String title, Parameter<?>... own) {
        this.id = id;
        this.title = title;
        List<Parameter<?>> all = new ArrayList<>(List.of(ConstructionParameters.WIDTH));
        all.addAll(List.of(own));
        this.parameters = List.copyOf(all);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final List<Parameter<?>> parameters() {
        return parameters;
    }

    @Override
    public final Acceptance accepts(ProblemInstance instance) {
        return Admission.oneLayer(instance, id + " computes one").and(() -> ofPairs(instance.gates()));
    }

    private Acceptance ofPairs(Gates gates) {
        boolean pairs = gates.areAll(GateFunction.AND) && gates.minFanIn() == 2 && gates.maxFanIn() == 2;
        return pairs
                ? Acceptance.accepted()
                : Acceptance.rejected(gates.functionNames() + " gates of fan-in " + gates.minFanIn() + " to "
                        + gates.maxFanIn() + " are not two-ands, which is all that " + id + " computes");
    }

    @Override
    public final SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }
}
