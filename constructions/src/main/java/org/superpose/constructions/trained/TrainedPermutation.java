package org.superpose.constructions.trained;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.constructions.Admission;
import org.superpose.constructions.code.PolynomialCodes;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
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
import org.superpose.core.verify.Deadline;

/**
 * A permutation, or any map whose outputs copy one input each, by one matrix of small whole numbers that gradient
 * descent found (theory, section 5, where to look next: more bits per weight for fewer neurons).
 *
 * <p>Biases keep every pre-activation at 0 or above, so the ReLU cuts nothing and scores add up; output i is on iff the
 * sum over its k_out rows reaches one tau. The score theta at which outputs are told apart is found with the matrix;
 * the biases make up the difference to tau, so that the decoder knows nothing of the map. The exact test needs the
 * extreme scores only, see {@link DecisionGap}.
 */
@Reference(value = "Trained networks", standing = Standing.OURS)
public final class TrainedPermutation implements Construction {
    private static final Parameter<Integer> STEPS = TrainingParameters.STEPS.withDefault(1500);
    private static final Parameter<Double> RATE = TrainingParameters.RATE.chosen("from the activity bound");
    private static final Parameter<Double> MARGIN = Parameter.real(
                    "margin", 0, 1, "how far below 1 the scores of v wrong inputs are to stay together")
            .chosen("from the activity bound");
    private static final Parameter<Double> SLACK = Parameter.real(
                    "slack", 0, 10, "how far below 0 a score may fall; an output's own input makes up for it")
            .withDefault(0.5);

    @Override
    public String id() {
        return "trained-permutation";
    }

    @Override
    public String title() {
        return "permutations by one matrix of small whole numbers, found by gradient descent";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                ConstructionParameters.WIDTH,
                TrainingParameters.CODE_WEIGHT,
                TrainingParameters.OUTPUT_CODE_WEIGHT,
                TrainingParameters.WEIGHT_BITS,
                STEPS,
                RATE,
                MARGIN,
                SLACK);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Admission.copies(instance);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        Admission.require(this, instance);
        Gates gates = instance.gates();
        int maxActive = instance.maxActive();
        int width = parameters.get(ConstructionParameters.WIDTH);
        int outputWeight = parameters.get(TrainingParameters.OUTPUT_CODE_WEIGHT);
        double rate = parameters.find(RATE).orElse(maxActive == 1 ? 0.02 : 0.03);
        double margin = parameters.find(MARGIN).orElse(maxActive == 1 ? 0.15 : 0.03);
        double slack = parameters.get(SLACK);
        int largest = TrainingParameters.largestWeight(parameters.get(TrainingParameters.WEIGHT_BITS));
        Codes inputCodes = new PolynomialCodes(parameters.get(TrainingParameters.CODE_WEIGHT))
                .draw(gates.inputs(), width, seed.child("input-encoding").generator());
        Codes outputCodes = new PolynomialCodes(outputWeight)
                .draw(gates.outputs(), width, seed.child("output-encoding").generator());

        CopyTraining.Trained trained = new CopyTraining(
                        gates,
                        maxActive,
                        inputCodes,
                        outputCodes,
                        new CopyTraining.Settings(
                                parameters.get(STEPS), (float) margin, (float) slack, (float) rate, largest))
                .train(deadline);
        // No row falls below -v k largest on any input, and theta is at most k_out k largest.
        int room = (maxActive + 1) * parameters.get(TrainingParameters.CODE_WEIGHT) * largest;
        int threshold = outputWeight * room;
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
                new Provenance(
                        id(),
                        parameters
                                .with(RATE, rate)
                                .with(MARGIN, margin)
                                .complete(parameters())
                                .asMap(),
                        seed.value(),
                        facts));
    }
}
