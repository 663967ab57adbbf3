package org.superpose.constructions.clipped;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.constructions.clipped.conflict.Resampling;
import org.superpose.constructions.clipped.conflict.TrackedInputs;
import org.superpose.constructions.clipped.weight.ClippedWeights;
import org.superpose.constructions.clipped.weight.LoadModel;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Blocks of two clipped matrices one after another, one for each layer of gates (theory, section 5).
 *
 * <p>Between blocks the state is saturated to 0 and 1, and the search moves the channels of a block until not only its
 * outputs are right but every neuron of its state, on all states that the block before it can produce. So errors cannot
 * add up with depth.
 */
final class ClippedChain {
    /** Every input of the domain is looked at. */
    private static final BigInteger MOST_INPUTS = BigInteger.valueOf(1 << 22);

    private final List<Gates> layers;
    private final InputDomain domain;
    private final ParameterValues parameters;
    private final Seed seed;
    private final List<ClippedWeights> weights;
    private final List<Codes> codes;

    /**
     * Chooses the weights of all blocks and draws their codes.
     *
     * @param layers AND gates of one fan-in in each
     * @param parameters complete, but for the weights that are to be chosen
     */
    ClippedChain(List<Gates> layers, InputDomain domain, ParameterValues parameters, Seed seed) {
        this.layers = layers;
        this.domain = domain;
        this.parameters = parameters;
        this.seed = seed;
        this.weights = chooseWeights();
        this.codes = drawCodes();
    }

    /** Whether a chain can be built for a domain. */
    static Acceptance accepts(InputDomain domain) {
        return domain.size().compareTo(MOST_INPUTS) > 0
                ? Acceptance.rejected("a chain is built by looking at every input, but the domain has " + domain.size()
                        + " inputs, more than " + MOST_INPUTS)
                : Acceptance.accepted();
    }

    /**
     * The weights of every block, from the last to the first, since the output code of one is the input code of the
     * next.
     */
    private List<ClippedWeights> chooseWeights() {
        List<ClippedWeights> chosen = new ArrayList<>();
        ClippedWeights.Wish wish = ClippedParameters.wish(parameters);
        for (int t = layers.size() - 1; t >= 0; t--) {
            Gates gates = layers.get(t);
            LoadModel model = new LoadModel(
                    parameters.get(ConstructionParameters.WIDTH),
                    gates.inputs(),
                    gates.outputs(),
                    gates.maxFanIn(),
                    t == 0 ? domain.maxActive() : gates.maxFanIn(),
                    t < layers.size() - 1);
            chosen.add(0, ClippedWeights.choose(model, wish, ClippedWeights.Preference.SLIM));
            wish = new ClippedWeights.Wish(
                    wish.code(), wish.channel(), Optional.of(chosen.get(0).code()));
        }
        return chosen;
    }

    /**
     * The codes of the inputs, of the features between the blocks, and of the outputs; only those between depend on
     * gates.
     */
    private List<Codes> drawCodes() {
        int width = parameters.get(ConstructionParameters.WIDTH);
        int last = layers.size() - 1;
        List<Codes> drawn = new ArrayList<>();
        drawn.add(ClippedParameters.inputCodes(parameters, weights.get(0))
                .draw(
                        layers.get(0).inputs(),
                        width,
                        seed.child("input-encoding").generator()));
        for (int t = 1; t <= last; t++) {
            drawn.add(ClippedParameters.inputCodes(parameters, weights.get(t))
                    .drawApart(
                            layers.get(t),
                            width,
                            seed.child("interior-encoding").child(t).generator()));
        }
        drawn.add(ClippedParameters.outputCodes(parameters, weights.get(last))
                .draw(
                        layers.get(last).outputs(),
                        width,
                        seed.child("output-encoding").generator()));
        return drawn;
    }

    /** @param id of the construction that the network is by */
    SuperposedNetwork build(String id, Deadline deadline) {
        boolean saturateAlways = ClippedParameters.saturatesAlways(parameters);
        Set<FeatureSet> states = new LinkedHashSet<>();
        domain.forEach(states::add);
        ClippedStages stages = new ClippedStages();
        Resampling total = Resampling.NONE;
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
                    ClippedParameters.effort(parameters, deadline),
                    seed.child("block").child(t));
            block.addTo(stages, overshoots || saturateAlways, !last || saturateAlways);
            total = total.and(block.resampling());
            Set<FeatureSet> next = new LinkedHashSet<>();
            states.forEach(state -> next.add(gates.evaluate(state)));
            states = next;
        }
        return stages.network(
                codes.get(0),
                codes.get(layers.size()),
                domain,
                new Provenance(id, parameters.asMap(), seed.value(), facts(total)));
    }

    /**
     * The weights of the blocks differ, so those that were not given are facts: as parameters they would hold for all
     * blocks.
     */
    private Map<String, Object> facts(Resampling total) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("blocks", layers.size());
        total.addTo(facts);
        for (int t = 0; t < layers.size(); t++) {
            facts.put("block-" + (t + 1) + "-code-weight", weights.get(t).code());
            facts.put("block-" + (t + 1) + "-channel-weight", weights.get(t).channel());
            facts.put("block-" + (t + 1) + "-output-code-weight", weights.get(t).outputCode());
        }
        return facts;
    }
}
