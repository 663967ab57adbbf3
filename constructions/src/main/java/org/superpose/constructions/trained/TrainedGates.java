package org.superpose.constructions.trained;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.constructions.Admission;
import org.superpose.constructions.code.PolynomialCodes;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.construction.WidthTooSmallException;
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
 * Maps of gates by matrices of small whole numbers that gradient descent found.
 *
 * <p><em>Threshold functions</em> (a AND NOT b, OR, majority, AND) need one matrix. What counts is what a gate computes
 * on the domain: with at most v active features, an AND of r = v features leaves no room for others, which makes it one
 * of the cheapest. Biases keep every pre-activation at 0 or above, so the ReLU cuts nothing and scores add up; output i
 * is on iff the sum over its k_out rows reaches one tau. The score theta at which outputs are told apart is found with
 * the matrix; the biases make up the difference to tau, so that the decoder knows nothing of the map.
 *
 * <p><em>Any other function</em> (XOR, disjunctions of clauses) is built for up to two active features. Before that
 * matrix comes a layer that passes y_0 on, eight times as large, and has <em>pair rows</em> beside it, each of which
 * fires where two of its members are active ({@link PairRows}). The scores are those of a threshold function that is
 * wrong on a few pairs of reads, and the pair rows of these make up for it.
 *
 * <p>The exact test needs extreme scores and the pairs that fire a row only, see {@link GateGap}. Layers of gates are
 * built as one, if each output depends on few enough inputs.
 */
@Reference(value = "Trained networks", standing = Standing.OURS)
public final class TrainedGates implements Construction {
    private static final Parameter<Integer> STEPS = TrainingParameters.STEPS.chosen("from the kinds of gates");
    private static final Parameter<Double> RATE = TrainingParameters.RATE.chosen("from the kinds of gates");
    private static final Parameter<Double> MARGIN = TrainingParameters.MARGIN.withDefault(0.05);
    private static final Parameter<Double> SLACK = TrainingParameters.SLACK.withDefault(1.0);

    private static final Parameter<Integer> CHANNEL_WEIGHT = Parameter.whole(
                    "channel-weight", 1, 64, "s, the number of pair rows in the channel of a pair")
            .chosen("from the number of pairs for each pair row");
    private static final Parameter<Integer> PAIR_ROWS = Parameter.whole(
                    "pair-rows",
                    0,
                    ConstructionParameters.MAX_WIDTH,
                    "how many of the n neurons fire for pairs of inputs, where not all gates are threshold functions")
            .chosen("from the number of pairs");
    /** The largest channel weight that is chosen: with more, channels have too much in common. */
    private static final int MOST_CHANNEL_WEIGHT = 5;

    /** The largest part of the neurons that are pair rows where nothing else was asked for. */
    private static final double MOST_PAIR_ROWS = 0.42;

    @Override
    public String id() {
        return "trained-gates";
    }

    @Override
    public String title() {
        return "gates of any kind by matrices of small whole numbers, found by gradient descent";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                ConstructionParameters.WIDTH,
                TrainingParameters.CODE_WEIGHT,
                TrainingParameters.OUTPUT_CODE_WEIGHT,
                CHANNEL_WEIGHT,
                PAIR_ROWS,
                TrainingParameters.WEIGHT_BITS,
                STEPS,
                RATE,
                MARGIN,
                SLACK);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return GateAdmission.accepts(
                instance,
                GateTargetsTable::firstWithout,
                ", which is no threshold function of inputs with " + instance.domain()
                        + "; it builds others for at most 2 active features");
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
        List<GateTargets> targets = new GateTargetsTable(gates, instance.domain(), parameters.get(SLACK)).all();
        List<PairTerms.Correction> corrections = PairTerms.corrections(gates, targets);
        int width = parameters.get(ConstructionParameters.WIDTH);
        int pairRows = corrections.isEmpty() ? 0 : pairRows(parameters, width, gates.outputs(), corrections.size());
        int channelWeight = parameters
                .find(CHANNEL_WEIGHT)
                .orElse(corrections.isEmpty() ? 1 : chosenChannelWeight(pairRows, corrections.size()));
        if (!corrections.isEmpty() && (pairRows < channelWeight || pairRows >= width)) {
            throw new WidthTooSmallException("width " + width + " leaves " + pairRows + " pair rows and "
                    + Math.max(0, width - pairRows) + " others: there must be at least channel-weight " + channelWeight
                    + " pair rows and one other. Maybe take a larger width");
        }
        Codes inputCodes = new PolynomialCodes(parameters.get(TrainingParameters.CODE_WEIGHT))
                .draw(
                        gates.inputs(),
                        width - pairRows,
                        seed.child("input-encoding").generator());
        Codes outputCodes = new PolynomialCodes(parameters.get(TrainingParameters.OUTPUT_CODE_WEIGHT))
                .draw(gates.outputs(), width, seed.child("output-encoding").generator());
        Optional<PairTerms> terms = corrections.isEmpty()
                ? Optional.empty()
                : Optional.of(PairTerms.build(
                        corrections,
                        instance.domain(),
                        inputCodes,
                        pairRows,
                        channelWeight,
                        seed.child("channels").generator()));
        double rate = parameters.find(RATE).orElse(terms.isEmpty() ? 0.03 : 0.06);
        int steps = parameters.find(STEPS).orElse(terms.isEmpty() ? 1000 : 300);
        int largest = TrainingParameters.largestWeight(parameters.get(TrainingParameters.WEIGHT_BITS));
        GateTraining.Trained trained = new GateTraining(
                        gates,
                        instance.domain(),
                        targets,
                        inputCodes,
                        outputCodes,
                        terms,
                        new GateTraining.Settings(steps, parameters.get(MARGIN).floatValue(), (float) rate, largest))
                .train(deadline);
        ParameterValues chosen = parameters
                .with(STEPS, steps)
                .with(RATE, rate)
                .with(CHANNEL_WEIGHT, channelWeight)
                .with(PAIR_ROWS, pairRows);
        return network(instance, chosen, seed, inputCodes, outputCodes, terms, trained, largest);
    }

    private static int pairRows(ParameterValues parameters, int width, int outputs, int corrections) {
        double share = MOST_PAIR_ROWS * Math.min(1, (double) corrections / outputs);
        return parameters.find(PAIR_ROWS).orElse((int) Math.ceil(share * width));
    }

    /** With rows enough, every pair has one of its own. */
    private static int chosenChannelWeight(int pairRows, int corrections) {
        return Math.max(1, Math.min(MOST_CHANNEL_WEIGHT, (corrections - 1) / Math.max(1, pairRows) + 1));
    }

    private SuperposedNetwork network(
            ProblemInstance instance,
            ParameterValues parameters,
            Seed seed,
            Codes inputCodes,
            Codes outputCodes,
            Optional<PairTerms> terms,
            GateTraining.Trained trained,
            int largest) {
        int width = outputCodes.neurons();
        int outputWeight = parameters.get(TrainingParameters.OUTPUT_CODE_WEIGHT);
        // On every input, a row's sum of weights times values is at most this in size.
        int bound = largest * instance.maxActive() * parameters.get(TrainingParameters.CODE_WEIGHT);
        List<Layer> layers = new ArrayList<>();
        Map<String, Object> facts = new LinkedHashMap<>();
        if (terms.isPresent()) {
            PairTerms pairs = terms.get();
            layers.add(pairs.layer(inputCodes.neurons()));
            bound = PairRows.UNIT
                    * (bound + (int) Math.ceil(largest * pairs.responses().largestTotal()));
            facts.put("pairs-corrected", pairs.corrections().size());
            facts.put("pair-rows", pairs.rows().rows());
        }
        // No row falls below -bound, and theta is at most bound for each row of a code.
        int threshold = outputWeight * 2 * bound;
        layers.add(new Layer(
                new IntegerMatrix(
                        width, layers.isEmpty() ? width : layers.get(0).rows(), trained.weights()),
                CodeBiases.addingUpTo(threshold - trained.gap().threshold(), width, outputWeight)));
        facts.put("training-steps-made", trained.steps());
        facts.put("wrong-outputs", trained.gap().wrongOutputs());
        facts.put("score-threshold", trained.gap().threshold());
        return new SuperposedNetwork(
                inputCodes,
                layers,
                Decoder.withThreshold(outputCodes, Decoder.Kind.SUM, threshold),
                instance.domain(),
                false,
                new Provenance(id(), parameters.complete(parameters()).asMap(), seed.value(), facts));
    }
}
