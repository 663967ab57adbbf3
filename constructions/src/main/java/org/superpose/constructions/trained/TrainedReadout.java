package org.superpose.constructions.trained;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.constructions.Admission;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Exactness;
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
 * Threshold gates by a linear read-out of superposed features, with nothing that a ReLU would have to cut: y_1 = ReLU(E
 * x + b), where b keeps every entry at 0 or above, and output i is on iff row i of D times y_1 reaches a threshold.
 * Column j of E is the vector of feature j: random signs that know nothing of the map, or trained.
 *
 * <p>An AND of two features is a threshold of their sum, so what has to be found is a matrix D E of rank n whose rows
 * add up to the right side of a threshold on every sparse input. As scores add up, the worst inputs of an output are
 * those with the most extreme scores; no input has to be drawn or enumerated, neither for training nor for the exact
 * test. With fixed vectors each output is a convex problem of its own.
 *
 * <p>The read-out depends on the map, and the ReLUs do nothing: what such a network computes is in its thresholds. It
 * is what a trained network with a linear read-out has to beat before its ReLUs can be said to compute.
 */
@Reference(value = "Trained networks", standing = Standing.OURS)
public final class TrainedReadout implements Construction {
    private static final String DENSE = "dense";
    private static final String TRAINED = "trained";
    private static final Parameter<String> EMBEDDING = Parameter.choice(
                    "embedding",
                    List.of(DENSE, TRAINED),
                    "the vectors of features: fixed random signs, or trained with the read-out")
            .withDefault(DENSE);
    private static final Parameter<Integer> STEPS = TrainingParameters.STEPS.withDefault(1500);
    private static final Parameter<Double> RATE = Parameter.real(
                    "learning-rate", 1e-6, 10, "what a weight moves in a step at first, as a multiple of 1/sqrt(n)")
            .withDefault(0.25);
    private static final Parameter<Double> MARGIN = TrainingParameters.MARGIN.withDefault(0.01);
    private static final Parameter<Double> SLACK = TrainingParameters.SLACK.withDefault(1.0);

    /** The entries of the largest matrix. */
    private static final long MOST_ENTRIES = 1 << 28;

    @Override
    public String id() {
        return "trained-readout";
    }

    @Override
    public String title() {
        return "threshold gates by a trained linear read-out of superposed features; no ReLU cuts";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                ConstructionParameters.WIDTH, EMBEDDING, TrainingParameters.WEIGHT_BITS, STEPS, RATE, MARGIN, SLACK);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return GateAdmission.accepts(
                instance,
                GateTargetsTable::firstThatIsNoThreshold,
                ", which is no threshold function of inputs with " + instance.domain());
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        Admission.require(this, instance);
        Gates gates =
                ComposedGates.of(instance.layers(), GateTargets.MAX_FAN_IN).orElseThrow();
        int width = parameters.get(ConstructionParameters.WIDTH);
        boolean trained = parameters.get(EMBEDDING).equals(TRAINED);
        int largestWeight = TrainingParameters.largestWeight(parameters.get(TrainingParameters.WEIGHT_BITS));
        int largestEntry = largestEntry(gates, width, instance.maxActive(), largestWeight, trained);
        double rate = parameters.get(RATE) / Math.sqrt(width);
        ReadoutTraining.Trained found = new ReadoutTraining(
                        gates,
                        instance.domain(),
                        new GateTargetsTable(gates, instance.domain(), parameters.get(SLACK)).all(),
                        FeatureVectors.ofSigns(
                                gates.inputs(),
                                width,
                                seed.child("input-encoding").generator()),
                        new ReadoutTraining.Settings(
                                parameters.get(STEPS),
                                (float) rate,
                                parameters.get(MARGIN).floatValue(),
                                trained,
                                largestWeight,
                                largestEntry))
                .train(deadline);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("training-steps-made", found.steps());
        facts.put("wrong-outputs", found.wrongOutputs());
        return new SuperposedNetwork(
                Codes.identity(gates.inputs()),
                layers(found, gates, width, instance.maxActive() * largestEntry),
                Decoder.readout(new float[gates.outputs()]),
                instance.domain(),
                false,
                new Provenance(id(), parameters.complete(parameters()).asMap(), seed.value(), facts));
    }

    /** 1 for signs; else as large as weights of the read-out may be, or so much smaller that no sum exceeds 2^24. */
    private static int largestEntry(Gates gates, int width, int maxActive, int largestWeight, boolean trained) {
        long most = (long) Exactness.LIMIT / ((long) width * maxActive * largestWeight * 4);
        if (most < 1 || (long) width * Math.max(gates.inputs(), gates.outputs()) > MOST_ENTRIES) {
            throw new InvalidInputException("width " + width + " is too large for a read-out of "
                    + gates.outputs() + " outputs with weights of up to " + largestWeight
                    + ": matrices have at most 2^28 weights, and sums must stay within 2^24. Take a smaller width or"
                    + " fewer weight-bits");
        }
        return trained ? (int) Math.min(largestWeight, most) : 1;
    }

    /** @param bias what keeps every entry of y_1 at 0 or above */
    private static List<Layer> layers(ReadoutTraining.Trained found, Gates gates, int width, int bias) {
        short[] matrix = new short[width * gates.inputs()];
        for (int j = 0; j < gates.inputs(); j++) {
            for (int k = 0; k < width; k++) {
                matrix[k * gates.inputs() + j] = found.vectors()[j * width + k];
            }
        }
        float[] biases = new float[width];
        Arrays.fill(biases, bias);
        float[] offsets = new float[gates.outputs()];
        for (int i = 0; i < offsets.length; i++) {
            int base = 0;
            for (int k = 0; k < width; k++) {
                base += bias * found.directions()[i * width + k];
            }
            offsets[i] = -base - found.thresholds()[i];
        }
        return List.of(
                new Layer(new IntegerMatrix(width, gates.inputs(), matrix), biases),
                Layer.linear(new IntegerMatrix(gates.outputs(), width, found.directions()), offsets));
    }
}
