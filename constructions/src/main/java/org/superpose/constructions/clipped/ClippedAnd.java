package org.superpose.constructions.clipped;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import org.superpose.constructions.Admission;
import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.PlaneChannels;
import org.superpose.constructions.clipped.conflict.ChannelMending;
import org.superpose.constructions.clipped.conflict.TrackedInputs;
import org.superpose.constructions.clipped.weight.ClippedWeights;
import org.superpose.constructions.clipped.weight.LoadModel;
import org.superpose.constructions.clipped.weight.PlaneModel;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
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
 * AND gates of one fan-in by clipped channels: two 0/1 matrices (theory, section 5).
 *
 * <p>Hidden row e reads the codes of all inputs of the outputs whose channel has e, and fires at r k; output row f
 * reads the channels of the outputs whose code has f, and fires at s. Channels are placed where they add few entries
 * ({@link ChannelAllocation}), so that the partners of a hub come to share rows; those of (nearly) all pairs are lines
 * of planes ({@link PlaneChannels}). While inputs are wrong, they are placed anew and moved ({@link ChannelMending}).
 * Where more features may be active than a gate reads, a saturation layer stands between the matrices.
 */
@Reference(value = "Clipped channels", standing = Standing.OURS)
public final class ClippedAnd implements Construction {
    @Override
    public String id() {
        return "clipped-and";
    }

    @Override
    public String title() {
        return "AND gates by clipped channels: two 0/1 matrices, balanced and resampled";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                ConstructionParameters.WIDTH,
                ClippedParameters.CODE_WEIGHT,
                ClippedParameters.CHANNEL_WEIGHT,
                ClippedParameters.OUTPUT_CODE_WEIGHT,
                ClippedParameters.CANDIDATES,
                ClippedParameters.PASSES,
                ClippedParameters.ROUNDS,
                ClippedParameters.SWEEPS,
                ClippedParameters.SATURATE);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Admission.oneLayer(instance)
                .and(() -> Admission.and(instance.gates()))
                .and(() -> haveOneFanIn(instance.gates()));
    }

    private static Acceptance haveOneFanIn(Gates gates) {
        return gates.minFanIn() == gates.maxFanIn()
                ? Acceptance.accepted()
                : Acceptance.rejected("the gates read from " + gates.minFanIn() + " to " + gates.maxFanIn()
                        + " inputs, but all have to read equally many");
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        Admission.require(this, instance);
        Gates gates = instance.gates();
        InputDomain domain = instance.domain();
        int width = parameters.get(ConstructionParameters.WIDTH);
        int fanIn = gates.maxFanIn();
        ClippedWeights.Wish wish = ClippedParameters.wish(parameters);
        Optional<ClippedWeights> forPlanes = PlaneChannels.serve(
                        gates.inputs(), gates.outputs(), fanIn, domain.maxActive())
                ? ClippedWeights.feasible(
                        new PlaneModel(width, gates.inputs(), gates.outputs()), wish, ClippedWeights.Preference.ROBUST)
                : Optional.empty();
        ClippedWeights weights = forPlanes.orElseGet(() -> ClippedWeights.choose(
                new LoadModel(width, gates.inputs(), gates.outputs(), fanIn, domain.maxActive(), false),
                wish,
                fanIn == 1 && domain.maxActive() == 1
                        ? ClippedWeights.Preference.COPIES
                        : ClippedWeights.Preference.ROBUST));
        // The two know nothing of each other, so they are drawn at the same time.
        ForkJoinTask<Codes> outputDraw = ForkJoinTask.adapt(() -> ClippedParameters.outputCodes(parameters, weights)
                        .draw(
                                gates.outputs(),
                                width,
                                seed.child("output-encoding").generator()))
                .fork();
        Codes inputCodes = ClippedParameters.inputCodes(parameters, weights)
                .draw(gates.inputs(), width, seed.child("input-encoding").generator());
        Codes outputCodes = outputDraw.join();
        ClippedBlock block = ClippedBlock.build(
                gates,
                inputCodes,
                outputCodes,
                weights.channel(),
                forPlanes.isPresent() ? ClippedBlock.Placement.PLANES : ClippedBlock.Placement.CHEAPEST,
                TrackedInputs.of(domain, gates, width),
                ClippedParameters.effort(parameters, deadline),
                seed);
        boolean saturateAlways = ClippedParameters.saturatesAlways(parameters);
        ClippedStages stages = new ClippedStages();
        block.addTo(stages, domain.maxActive() > fanIn || saturateAlways, saturateAlways);
        Map<String, Object> facts = new LinkedHashMap<>();
        block.resampling().addTo(facts);
        facts.put("first-density", block.wiring().firstMatrix().density());
        facts.put("second-density", block.wiring().secondMatrix().density());
        ParameterValues complete = parameters
                .with(ClippedParameters.CODE_WEIGHT, weights.code())
                .with(ClippedParameters.CHANNEL_WEIGHT, weights.channel())
                .with(ClippedParameters.OUTPUT_CODE_WEIGHT, weights.outputCode())
                .complete(parameters());
        return stages.network(
                inputCodes, outputCodes, domain, new Provenance(id(), complete.asMap(), seed.value(), facts));
    }
}
