package org.superpose.constructions.linear;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.network.Codes;
import org.superpose.core.network.DenseMatrix;
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
 * Permutation, and any routing of inputs to outputs, in one matrix W = E_out P D: row f adds up the inputs whose
 * outputs have f in their code.
 */
@Reference(value = "Permutation network", standing = Standing.RECONSTRUCTED)
public final class LinearPermutation implements BlockConstruction {
    @Override
    public String id() {
        return "linear-permutation";
    }

    @Override
    public String title() {
        return "permutation by linear decompression: decompress, permute and compress in one matrix";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return LinearChoices.WITHOUT_CHANNELS;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Refusals.unlessOneLayer(instance, id()).and(() -> ofCopies(instance.gates()));
    }

    private Acceptance ofCopies(Gates gates) {
        if (gates.maxFanIn() > 1) {
            return Acceptance.rejected("a gate of fan-in " + gates.maxFanIn()
                    + " is not a copy of one input, which is all that " + id() + " computes; use linear-k-and");
        }
        return IntStream.range(0, gates.outputs()).allMatch(i -> gates.isOn(i, 1) && !gates.isOn(i, 0))
                ? Acceptance.accepted()
                : Acceptance.rejected(gates.functionNames() + " of one input is never on");
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        LinearChoices choices = LinearChoices.withoutChannels(parameters, instance.inputs(), instance.outputs());
        Codes inputCodes = CodeDrawing.BALANCED.draw(
                instance.inputs(), choices.codeWeight(), choices.width(), seed.child("input-encoding"));
        return build(instance, inputCodes, choices, seed, OutputStage.INPUT_AVERAGES, deadline);
    }

    @Override
    public SuperposedNetwork buildBlock(
            ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed) {
        return buildBlock(instance, inputCodes, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork buildBlock(
            ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed, Deadline deadline) {
        LinearChoices choices = LinearChoices.withoutChannels(parameters, instance.inputs(), instance.outputs());
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
        Codes.Inverse outputsOfRow = outputCodes.inverse();
        DenseMatrix sums = choices.decompressed(
                new CopyRouting(outputCodes, output -> gates.read(output, 0)), inputCodes, deadline);
        int largestLoad = 0;
        for (int row = 0; row < choices.width(); row++) {
            largestLoad = Math.max(largestLoad, outputsOfRow.load(row));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("largest-row-load", largestLoad);
        facts.put("largest-row-noise", Math.sqrt((double) instance.maxActive() * largestLoad / choices.width()));
        return new SuperposedNetwork(
                inputCodes,
                stage.layers(sums),
                stage.decoder(outputCodes),
                instance.domain(),
                false,
                new Provenance(id(), choices.asMap(parameters()), seed.value(), facts));
    }
}
