package org.superpose.constructions.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Layers of two-and, each in two {@link SubProblems} whose matrices touch different rows: what a layer computes is
 * written into the rows of the sub-problem of the next layer that reads it, or of both. Beside {@code layered}, whose
 * codes are spread over all rows for all readers, the first matrix of each later layer has half of the weights.
 */
@Reference(
        value = {"Figure 5: partition", "Multiple layers"},
        standing = Standing.RECONSTRUCTED)
public final class LinearPartitioned implements Construction {
    private static final List<Parameter<?>> PARAMETERS = List.of(
            ConstructionParameters.WIDTH,
            LinearChoices.CODE_WEIGHT,
            LinearChoices.CHANNEL_WEIGHT,
            LinearChoices.OUTPUT_CODE_WEIGHT,
            LinearChoices.DECOMPRESSION);

    @Override
    public String id() {
        return "linear-partitioned";
    }

    @Override
    public String title() {
        return "layers of two-and in two sub-problems each: a result has code rows in those of the next layer that read it";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return PARAMETERS;
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        Acceptance acceptance = Acceptance.accepted();
        for (Gates gates : instance.layers()) {
            acceptance = acceptance.and(() -> Refusals.unlessTwoAnd(gates, id()));
        }
        return acceptance;
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        List<Gates> gates = instance.layers();
        int mostOutputs = gates.stream().mapToInt(Gates::outputs).max().orElseThrow();
        LinearChoices choices = LinearChoices.withoutCleaning(parameters, instance.inputs(), mostOutputs);
        List<SubProblems> parts = new ArrayList<>();
        for (int t = 0; t < gates.size(); t++) {
            parts.add(SubProblems.draw(
                    gates.get(t), choices, seed.child("channels").child(t)));
        }
        Codes inputCodes = CodeDrawing.BALANCED.draw(
                instance.inputs(), choices.codeWeight(), choices.width(), seed.child("input-encoding"));
        List<Layer> layers = new ArrayList<>();
        Codes codes = inputCodes;
        for (int t = 0; t < gates.size(); t++) {
            deadline.check();
            HiddenPlan plan = parts.get(t).plan();
            layers.add(LinearAssembly.fire(
                    plan,
                    t == 0
                            ? choices.decompressed(plan, codes, deadline)
                            : parts.get(t).decompressed(choices, codes, deadline),
                    2));
            codes = t + 1 < gates.size()
                    ? parts.get(t + 1)
                            .codes(
                                    choices.outputCodeWeight(),
                                    seed.child("results").child(t))
                    : CodeDrawing.BALANCED.draw(
                            instance.outputs(),
                            choices.outputCodeWeight(),
                            choices.width(),
                            seed.child("output-encoding"));
            layers.addAll(OutputStage.PUSHED_BACK.layers(LinearAssembly.compress(plan, codes)));
        }
        return new SuperposedNetwork(
                inputCodes,
                layers,
                OutputStage.PUSHED_BACK.decoder(codes),
                instance.domain(),
                false,
                new Provenance(id(), choices.asMap(parameters()), seed.value(), Map.of()));
    }
}
