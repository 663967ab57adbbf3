package org.superpose.constructions.trained;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.superpose.constructions.Admission;
import org.superpose.constructions.code.PolynomialCodes;
import org.superpose.core.Reference;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Any map of threshold functions, by one matrix of small whole numbers that gradient descent found: a AND NOT b, OR,
 * majority, AND. What counts is what a gate computes on the domain: with at most v active features, an AND of r = v
 * features leaves no room for others, which makes it one of the cheapest.
 *
 * <p>Biases keep every pre-activation at 0 or above, so the ReLU cuts nothing and scores add up; output i is on iff the
 * sum over its k_out rows reaches one tau. The score theta at which outputs are told apart is found with the matrix;
 * the biases make up the difference to tau, so that the decoder knows nothing of the map. The exact test needs extreme
 * scores only, see {@link GateGap}.
 */
@Reference("Section 5, where to look next")
public final class TrainedGates implements Construction {
    private static final Parameter<Double> RATE = TrainingParameters.RATE.withDefault(0.03);
    private static final Parameter<Double> MARGIN = Parameter.real(
                    "margin",
                    0,
                    1,
                    "how far below the threshold, in parts of it, the scores of gates that are off are" + " to stay")
            .withDefault(0.05);
    private static final Parameter<Double> SLACK = Parameter.real(
                    "slack",
                    0,
                    10,
                    "how far below 0 the score of a feature that a gate does not read may fall, as a multiple of how"
                            + " far it may rise")
            .withDefault(1.0);

    @Override
    public String id() {
        return "trained-gates";
    }

    @Override
    public String title() {
        return "threshold functions of any kind by one matrix of small whole numbers, found by gradient descent";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                ConstructionParameters.WIDTH,
                TrainingParameters.CODE_WEIGHT,
                TrainingParameters.OUTPUT_CODE_WEIGHT,
                TrainingParameters.WEIGHT_BITS,
                TrainingParameters.STEPS,
                RATE,
                MARGIN,
                SLACK);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Admission.oneLayer(instance).and(() -> thresholdFunctions(instance));
    }

    private static Acceptance thresholdFunctions(ProblemInstance instance) {
        Gates gates = instance.gates();
        if (!gates.resting().isEmpty()) {
            return Acceptance.rejected("output " + gates.resting().get(0)
                    + " is on while no input is active, but it builds for outputs that are off then");
        }
        if (gates.maxFanIn() > GateTargets.MAX_FAN_IN) {
            return Acceptance.rejected(
                    "a gate reads " + gates.maxFanIn() + " inputs, but it builds for up to " + GateTargets.MAX_FAN_IN);
        }
        OptionalInt without = new GateTargetsTable(gates, instance.domain(), 1).firstWithout();
        if (without.isPresent()) {
            int output = without.getAsInt();
            return Acceptance.rejected("output " + output + " computes "
                    + gates.function(output).name() + ", which is no threshold function of inputs with "
                    + instance.domain());
        }
        return Acceptance.accepted();
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        Admission.require(this, instance);
        Gates gates = instance.gates();
        int width = parameters.get(ConstructionParameters.WIDTH);
        int codeWeight = parameters.get(TrainingParameters.CODE_WEIGHT);
        int outputWeight = parameters.get(TrainingParameters.OUTPUT_CODE_WEIGHT);
        int largest = TrainingParameters.largestWeight(parameters.get(TrainingParameters.WEIGHT_BITS));
        Codes inputCodes = new PolynomialCodes(codeWeight)
                .draw(gates.inputs(), width, seed.child("input-encoding").generator());
        Codes outputCodes = new PolynomialCodes(outputWeight)
                .draw(gates.outputs(), width, seed.child("output-encoding").generator());

        GateTraining.Trained trained = new GateTraining(
                        gates,
                        instance.domain(),
                        new GateTargetsTable(gates, instance.domain(), parameters.get(SLACK)).all(),
                        inputCodes,
                        outputCodes,
                        new GateTraining.Settings(
                                parameters.get(TrainingParameters.STEPS),
                                parameters.get(MARGIN).floatValue(),
                                parameters.get(RATE).floatValue(),
                                largest))
                .train();
        // No row falls below -v k largest on any input, and theta is at most v k_out k largest.
        int threshold = outputWeight * 2 * instance.maxActive() * codeWeight * largest;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("training-steps-made", trained.steps());
        facts.put("wrong-outputs", trained.gap().wrongOutputs());
        facts.put("score-threshold", trained.gap().threshold());
        return new SuperposedNetwork(
                inputCodes,
                List.of(new Layer(
                        new IntegerMatrix(width, width, trained.weights()),
                        CodeBiases.addingUpTo(threshold - trained.gap().threshold(), width, outputWeight))),
                Decoder.withThreshold(outputCodes, Decoder.Kind.SUM, threshold),
                instance.domain(),
                false,
                new Provenance(id(), parameters.complete(parameters()).asMap(), seed.value(), facts));
    }
}
