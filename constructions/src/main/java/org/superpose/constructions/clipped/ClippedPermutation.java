package org.superpose.constructions.clipped;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.constructions.Admission;
import org.superpose.constructions.clipped.weight.ClippedWeights;
import org.superpose.constructions.clipped.weight.SingleMatrixModel;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * A permutation, or any map whose outputs copy one input each, by one clipped 0/1 matrix (theory, section 5): W[f,c] =
 * 1 iff some output i with f in E_out(i) reads an input j with c in E(j); a row fires at k.
 *
 * <p>It has no channels, so there is nothing to resample: a wrong input is a matter of the width or of another seed.
 */
@Reference(value = "Clipped channels", standing = Standing.OURS)
public final class ClippedPermutation implements Construction {
    @Override
    public String id() {
        return "clipped-permutation";
    }

    @Override
    public String title() {
        return "permutations by one clipped 0/1 matrix";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                ConstructionParameters.WIDTH,
                ClippedParameters.CODE_WEIGHT,
                ClippedParameters.OUTPUT_CODE_WEIGHT,
                ClippedParameters.CANDIDATES,
                ClippedParameters.SATURATE);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Admission.copies(instance);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        Admission.require(this, instance);
        Gates gates = instance.gates();
        int width = parameters.get(ConstructionParameters.WIDTH);
        ClippedWeights weights = weights(model(instance, parameters), parameters);
        Codes inputCodes = ClippedParameters.inputCodes(parameters, weights)
                .draw(gates.inputs(), width, seed.child("input-encoding").generator());
        Codes outputCodes = ClippedParameters.outputCodes(parameters, weights)
                .draw(gates.outputs(), width, seed.child("output-encoding").generator());

        BitMatrix matrix = matrix(gates, inputCodes, outputCodes);
        ClippedStages stages = new ClippedStages().matrix(matrix, weights.code());
        if (ClippedParameters.saturatesAlways(parameters)) {
            stages.saturate();
        }
        ParameterValues complete = parameters
                .with(ClippedParameters.CODE_WEIGHT, weights.code())
                .with(ClippedParameters.OUTPUT_CODE_WEIGHT, weights.outputCode())
                .complete(parameters());
        return stages.network(
                inputCodes,
                outputCodes,
                instance.domain(),
                new Provenance(id(), complete.asMap(), seed.value(), Map.of("first-density", matrix.density())));
    }

    /** The expected number of wrong (input, output) pairs, by the model that the weights are chosen by. */
    static double expectedErrors(ProblemInstance instance, ParameterValues parameters) {
        SingleMatrixModel model = model(instance, parameters);
        return model.expectedErrors(weights(model, parameters));
    }

    private static SingleMatrixModel model(ProblemInstance instance, ParameterValues parameters) {
        return new SingleMatrixModel(
                parameters.get(ConstructionParameters.WIDTH),
                instance.gates().inputs(),
                instance.gates().outputs(),
                instance.maxActive());
    }

    private static ClippedWeights weights(SingleMatrixModel model, ParameterValues parameters) {
        return ClippedWeights.choose(
                model,
                new ClippedWeights.Wish(
                        parameters.find(ClippedParameters.CODE_WEIGHT),
                        Optional.empty(),
                        parameters.find(ClippedParameters.OUTPUT_CODE_WEIGHT)),
                ClippedWeights.Preference.SLIM);
    }

    private static BitMatrix matrix(Gates gates, Codes inputCodes, Codes outputCodes) {
        int words = BitMatrix.wordsPerRow(inputCodes.neurons());
        long[] packed = new long[Math.multiplyExact(outputCodes.neurons(), words)];
        for (int i = 0; i < gates.outputs(); i++) {
            int input = gates.read(i, 0);
            for (int u = 0; u < outputCodes.weight(i); u++) {
                int row = outputCodes.neuron(i, u) * words;
                for (int t = 0; t < inputCodes.weight(input); t++) {
                    int column = inputCodes.neuron(input, t);
                    packed[row + (column >>> 6)] |= 1L << column;
                }
            }
        }
        return BitMatrix.ofBits(outputCodes.neurons(), inputCodes.neurons(), packed);
    }
}
