package org.superpose.constructions.linear;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * What all two-matrix linear constructions share: they differ in what they accept and in how they plan the hidden
 * layer.
 */
abstract class AbstractLinearConstruction implements BlockConstruction {
    private final String id;
    private final String title;

    AbstractLinearConstruction(String id, String title) {
        this.id = id;
        this.title = title;
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
        return LinearChoices.PARAMETERS;
    }

    /** Plans the hidden layer of gates that the construction accepts. */
    abstract HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed);

    @Override
    public final SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public final SuperposedNetwork build(
            ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        LinearChoices choices = LinearChoices.of(parameters, instance.inputs(), instance.outputs());
        Codes inputCodes = CodeDrawing.BALANCED.draw(
                instance.inputs(), choices.codeWeight(), choices.width(), seed.child("input-encoding"));
        return build(instance, inputCodes, choices, seed, OutputStage.CHANNEL_AVERAGES, deadline);
    }

    @Override
    public final SuperposedNetwork buildBlock(
            ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed) {
        return buildBlock(instance, inputCodes, parameters, seed, Deadline.NEVER);
    }

    @Override
    public final SuperposedNetwork buildBlock(
            ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed, Deadline deadline) {
        LinearChoices choices = LinearChoices.of(parameters, instance.inputs(), instance.outputs());
        return build(instance, inputCodes, choices, seed, OutputStage.PUSHED_BACK, deadline);
    }

    private SuperposedNetwork build(
            ProblemInstance instance,
            Codes inputCodes,
            LinearChoices choices,
            Seed seed,
            OutputStage stage,
            Deadline deadline) {
        Gates gates = instance.gates();
        Codes outputCodes = CodeDrawing.BALANCED.draw(
                instance.outputs(), choices.outputCodeWeight(), choices.width(), seed.child("output-encoding"));
        HiddenPlan plan = plan(gates, choices, seed.child("channels"));
        List<Layer> layers = new ArrayList<>();
        int threshold = Threshold.of(gates).orElseThrow();
        Codes read = inputCodes;
        if (choices.cleanedBefore()) {
            read = CodeDrawing.BALANCED.draw(
                    instance.inputs(), choices.codeWeight(), choices.width(), seed.child("cleaned-encoding"));
            layers.add(LinearAssembly.clean(
                    choices.decompressed(new CopyRouting(read, input -> input), inputCodes, deadline)));
        }
        layers.add(LinearAssembly.fire(plan, choices.decompressed(plan, read, deadline), threshold));
        layers.addAll(stage.layers(LinearAssembly.compress(plan, outputCodes)));
        Decoder decoder = stage.decoder(outputCodes);
        return new SuperposedNetwork(
                inputCodes,
                layers,
                decoder,
                instance.domain(),
                false,
                new Provenance(id, choices.asMap(parameters()), seed.value(), facts(instance, plan, choices)));
    }

    private static Map<String, Object> facts(ProblemInstance instance, HiddenPlan plan, LinearChoices choices) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("largest-row-load", plan.largestLoad());
        facts.put("smallest-channel", plan.smallestChannel());
        facts.put("largest-row-noise", Math.sqrt((double) instance.maxActive() * plan.largestLoad() / choices.width()));
        return facts;
    }
}
