package org.superpose.constructions.clipped;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.constructions.admission.Admission;
import org.superpose.constructions.clipped.conflict.Effort;
import org.superpose.constructions.clipped.conflict.Resampling;
import org.superpose.constructions.clipped.conflict.TrackedInputs;
import org.superpose.constructions.clipped.weight.BalancedCodes;
import org.superpose.constructions.clipped.weight.ClippedWeights;
import org.superpose.constructions.clipped.weight.LoadModel;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * The general clipped construction: copies by {@link ClippedPermutation}, AND gates by {@link ClippedAnd}, and chains
 * of layers block by block (theory, section 5).
 *
 * <p>Copies are one matrix where that is wide enough; where it is not, and one feature is active at most, they are
 * gates of fan-in one with channels, two matrices. Layers of copies are read through, so a chain of permutations takes
 * the width of one. Each other layer is a block of two matrices; between blocks the state is saturated to 0 and 1, and
 * the search moves the channels of a block until not only its outputs are right but every neuron of its state, on all
 * states that the block before it can produce. So errors cannot add up with depth.
 */
public final class Clipped implements Construction {
    /** A chain looks at every input of the domain. */
    private static final BigInteger MOST_INPUTS = BigInteger.valueOf(1 << 22);

    /** More expected errors than this are too many where nothing can be mended. */
    private static final double RISK = 1;

    private final ClippedAnd and = new ClippedAnd();
    private final ClippedPermutation permutation = new ClippedPermutation();

    @Override
    public String id() {
        return "clipped";
    }

    @Override
    public String title() {
        return "permutations, AND gates and chains of both by clipped 0/1 matrices";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return and.parameters();
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        for (Gates layer : instance.layers()) {
            if (!layer.function().equals(GateFunction.AND)) {
                return Acceptance.rejected(
                        "the gates compute " + layer.function().name() + ", but it builds for and");
            }
        }
        List<Gates> layers = CopyFolding.fold(instance.layers());
        for (Gates layer : layers) {
            if (layer.minFanIn() != layer.maxFanIn()) {
                return Acceptance.rejected("the gates of a layer read from " + layer.minFanIn() + " to "
                        + layer.maxFanIn() + " different features, but all have to read equally many");
            }
        }
        if (layers.size() > 1 && instance.domain().size().compareTo(MOST_INPUTS) > 0) {
            return Acceptance.rejected("a chain is built by looking at every input, but the domain has "
                    + instance.domain().size() + " inputs, more than " + MOST_INPUTS);
        }
        return Acceptance.accepted();
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        Admission.require(this, instance);
        List<Gates> layers = CopyFolding.fold(instance.layers());
        if (layers.size() > 1) {
            return chain(layers, instance.domain(), parameters, seed);
        }
        ProblemInstance single = ProblemInstance.of(
                instance.problem(),
                instance.parameters(),
                instance.seed(),
                layers.get(0),
                instance.domain(),
                new FunctionClass(
                        "any",
                        BigInteger.valueOf(layers.get(0).outputs()),
                        layers.get(0).outputs()));
        Construction part = isOneMatrix(single, parameters) ? permutation : and;
        SuperposedNetwork network = part.build(single, parameters, seed);
        return new SuperposedNetwork(
                network.inputCodes(),
                network.layers(),
                network.decoder(),
                network.domain(),
                network.clean(),
                new Provenance(
                        id(),
                        network.provenance().parameters(),
                        seed.value(),
                        network.provenance().facts()));
    }

    /**
     * Whether one matrix is to copy features. It has no channels to move, so where it is likely to err, and no more
     * than one feature is active, two matrices with channels between take its place. (With more active features the
     * stray rows of the first matrix are far too many for the second.)
     */
    private static boolean isOneMatrix(ProblemInstance single, ParameterValues parameters) {
        return single.gates().maxFanIn() == 1
                && (single.maxActive() > 1
                        || parameters.find(ClippedParameters.CHANNEL_WEIGHT).isEmpty()
                                && ClippedPermutation.expectedErrors(single, parameters) <= RISK);
    }

    private SuperposedNetwork chain(List<Gates> layers, InputDomain domain, ParameterValues parameters, Seed seed) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        List<ClippedWeights> weights = weights(layers, domain.maxActive(), parameters);
        List<Codes> codes = codes(layers, weights, parameters, seed);
        Effort effort = ClippedParameters.effort(parameters);
        boolean saturateAlways = parameters.get(ClippedParameters.SATURATE).equals("always");

        Set<FeatureSet> states = new LinkedHashSet<>();
        domain.forEach(states::add);
        ClippedStages stages = new ClippedStages();
        Resampling total = null;
        for (int t = 0; t < layers.size(); t++) {
            Gates gates = layers.get(t);
            int fanIn = gates.maxFanIn();
            boolean last = t == layers.size() - 1;
            List<FeatureSet> firing =
                    states.stream().filter(state -> state.size() >= fanIn).toList();
            boolean overshoots = firing.stream().anyMatch(state -> state.size() > fanIn);
            ClippedBlock block = ClippedBlock.build(
                    gates,
                    codes.get(t),
                    codes.get(t + 1),
                    weights.get(t).channel(),
                    ClippedBlock.Placement.CHEAPEST,
                    Optional.of(TrackedInputs.listed(firing, !last)),
                    effort,
                    seed.child("block").child(t));
            total = total == null ? block.resampling() : total.and(block.resampling());

            stages.matrix(block.wiring().firstMatrix(), fanIn * weights.get(t).code());
            if (overshoots || saturateAlways) {
                stages.saturate();
            }
            stages.matrix(block.wiring().secondMatrix(), weights.get(t).channel());
            if (!last || saturateAlways) {
                stages.saturate();
            }
            Set<FeatureSet> next = new LinkedHashSet<>();
            states.forEach(state -> next.add(gates.evaluate(state)));
            states = next;
        }

        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("blocks", layers.size());
        total.addTo(facts);
        // The blocks' weights differ, so those that were not given are facts: as parameters they would hold for all
        // blocks.
        for (int t = 0; t < layers.size(); t++) {
            facts.put("block-" + (t + 1) + "-code-weight", weights.get(t).code());
            facts.put("block-" + (t + 1) + "-channel-weight", weights.get(t).channel());
            facts.put("block-" + (t + 1) + "-output-code-weight", weights.get(t).outputCode());
        }
        return new SuperposedNetwork(
                codes.get(0),
                stages.layers(),
                Decoder.withThreshold(codes.get(layers.size()), Decoder.Kind.EVERY_ROW, 1),
                domain,
                false,
                new Provenance(id(), parameters.complete(parameters()).asMap(), seed.value(), facts));
    }

    /**
     * The weights of every block, from the last to the first, since the output code of one is the input code of the
     * next.
     */
    private static List<ClippedWeights> weights(List<Gates> layers, int maxActive, ParameterValues parameters) {
        List<ClippedWeights> weights = new ArrayList<>();
        Optional<Integer> outputCode = parameters.find(ClippedParameters.OUTPUT_CODE_WEIGHT);
        for (int t = layers.size() - 1; t >= 0; t--) {
            Gates gates = layers.get(t);
            ClippedWeights chosen = ClippedWeights.choose(
                    new LoadModel(
                            parameters.get(ConstructionParameters.WIDTH),
                            gates.inputs(),
                            gates.outputs(),
                            gates.maxFanIn(),
                            t == 0 ? maxActive : gates.maxFanIn(),
                            t < layers.size() - 1),
                    new ClippedWeights.Wish(
                            parameters.find(ClippedParameters.CODE_WEIGHT),
                            parameters.find(ClippedParameters.CHANNEL_WEIGHT),
                            outputCode),
                    ClippedWeights.Preference.SLIM);
            weights.add(0, chosen);
            outputCode = Optional.of(chosen.code());
        }
        return weights;
    }

    /**
     * The codes of the inputs, of the features between the blocks, and of the outputs; only those between depend on
     * gates.
     */
    private static List<Codes> codes(
            List<Gates> layers, List<ClippedWeights> weights, ParameterValues parameters, Seed seed) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        int candidates = parameters.get(ClippedParameters.CANDIDATES);
        List<Codes> codes = new ArrayList<>();
        for (int t = 0; t < layers.size(); t++) {
            BalancedCodes drawing =
                    new BalancedCodes(weights.get(t).code(), candidates, ClippedParameters.CODE_WEIGHT.name());
            codes.add(
                    t == 0
                            ? drawing.draw(
                                    layers.get(0).inputs(),
                                    width,
                                    seed.child("input-encoding").generator())
                            : drawing.drawApart(
                                    layers.get(t),
                                    width,
                                    seed.child("interior-encoding").child(t).generator()));
        }
        Gates last = layers.get(layers.size() - 1);
        codes.add(new BalancedCodes(
                        weights.get(layers.size() - 1).outputCode(),
                        candidates,
                        ClippedParameters.OUTPUT_CODE_WEIGHT.name())
                .draw(last.outputs(), width, seed.child("output-encoding").generator()));
        return codes;
    }
}
