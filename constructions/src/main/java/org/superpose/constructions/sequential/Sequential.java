package org.superpose.constructions.sequential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.superpose.constructions.Admission;
import org.superpose.constructions.layered.LayerDomains;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
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
 * Gates in turn, for chains of layers of monotone gates and any number of active features.
 *
 * <p>Features and outputs are in superposition, in codes that no union of as many others as can be active covers
 * ({@link SuperimposedCodes}). So a neuron that is on iff all neurons of the codes of a and b are computes a AND b,
 * whatever else is active. There are fewer neurons than gates; so each layer computes as many as it has room for, keeps
 * the features for the next one, and adds the gates of the one before to the codes of the outputs.
 *
 * <p>Where a sum of codes is read, or the outputs of a layer of gates, two diagonal layers first cut every neuron to 0
 * and 1. So the state between two layers of gates is clean: the union of the codes of what is on there.
 *
 * <p>Width: the neurons of both codes, each about v^2 log m, and one at least for a gate. The number of layers is the
 * number of gates over the neurons that are left for them: what is saved in width is spent in depth, and the bound on
 * the number of weights is not beaten. Weights are fewest where about as many neurons are left for gates as the codes
 * take.
 */
@Reference(value = "Gates in turn", standing = Standing.OURS)
public final class Sequential implements Construction {
    /** The most weights, of one bit each: half a gigabyte. */
    private static final long MOST_WEIGHTS = 1L << 32;

    @Override
    public String id() {
        return "sequential";
    }

    @Override
    public String title() {
        return "gates in turn on the same neurons: narrow, deep, and right by design for any number of active features";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ConstructionParameters.WIDTH);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        for (Gates gates : instance.layers()) {
            OptionalInt without = Clauses.firstWithout(gates);
            if (without.isPresent()) {
                return Acceptance.rejected("the gates compute " + gates.functionNames()
                        + ", but it builds for and, and for at-least of few inputs");
            }
        }
        return Acceptance.accepted();
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        Admission.require(this, instance);
        int width = parameters.get(ConstructionParameters.WIDTH);
        List<Gates> gates = instance.layers();
        List<SuperimposedCodes> plans = plans(instance);
        List<Clauses> clauses = gates.stream().map(Clauses::of).toList();
        requireWidth(width, plans, clauses);
        List<Codes> codes = new ArrayList<>();
        for (int t = 0; t < plans.size(); t++) {
            codes.add(plans.get(t).draw(seedOf(seed, t, gates.size()).generator()));
        }
        List<Layer> layers = new ArrayList<>();
        List<Integer> batches = new ArrayList<>();
        long weights = 0;
        for (int t = 0; t < gates.size(); t++) {
            deadline.check();
            Codes read = codes.get(t);
            Codes written = codes.get(t + 1);
            if (t > 0 || !plans.get(0).isIdentity()) {
                Layer saturation = Layer.withBias(DiagonalMatrix.ofValue(read.neurons(), -1), 1);
                layers.add(saturation);
                layers.add(saturation);
            }
            List<Integer> own = Hop.batches(clauses.get(t).size(), read.neurons(), written.neurons(), width);
            weights += Hop.weights(own, read.neurons(), written.neurons());
            if (weights > MOST_WEIGHTS) {
                throw new WidthTooSmallException("width " + width + " would take " + own.size()
                        + " layers and more than 2^32 weights. Maybe take a larger width");
            }
            new Hop(clauses.get(t), read, written, own).addTo(layers);
            batches.addAll(own);
        }
        return new SuperposedNetwork(
                codes.get(0),
                layers,
                Decoder.withThreshold(codes.get(gates.size()), Decoder.Kind.EVERY_ROW, 1),
                instance.domain(),
                false,
                new Provenance(
                        id(),
                        parameters.complete(parameters()).asMap(),
                        seed.value(),
                        Map.of(
                                "gates-in-turn",
                                batches.stream().map(String::valueOf).collect(Collectors.joining(" ")))));
    }

    /** The codes of the inputs, and of what each layer of gates has on. */
    private static List<SuperimposedCodes> plans(ProblemInstance instance) {
        List<SuperimposedCodes> plans =
                new ArrayList<>(List.of(SuperimposedCodes.of(instance.inputs(), instance.maxActive())));
        int active = instance.maxActive();
        for (Gates gates : instance.layers()) {
            active = LayerDomains.mostOn(gates, active);
            plans.add(SuperimposedCodes.of(gates.outputs(), active));
        }
        return plans;
    }

    private static Seed seedOf(Seed seed, int state, int last) {
        if (state == 0) {
            return seed.child("input-encoding");
        }
        return state == last
                ? seed.child("output-encoding")
                : seed.child("interior-encoding").child(state);
    }

    private static void requireWidth(int width, List<SuperimposedCodes> plans, List<Clauses> clauses) {
        int least = 1;
        for (int t = 0; t < clauses.size(); t++) {
            least = Math.max(
                    least,
                    Hop.leastWidth(
                            clauses.get(t).size(),
                            plans.get(t).neurons(),
                            plans.get(t + 1).neurons()));
        }
        if (width < least) {
            throw new WidthTooSmallException("width " + width
                    + " has no room for the codes of features and outputs and a gate: it must be at least " + least);
        }
    }
}
