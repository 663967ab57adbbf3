package org.superpose.core.problem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.superpose.core.feature.FeatureSet;

/**
 * A map seen from its resting state F(0): an input changes only what depends on its active features, so that following
 * an input costs the influence of these, however many outputs are on at rest. Immutable.
 */
public final class RestingState {
    private final List<Layer> layers = new ArrayList<>();
    private final FeatureSet outputs;

    /**
     * One layer of gates at rest.
     *
     * @param on its inputs that are on
     * @param sums the sum of each gate, or null for zeros
     */
    private record Layer(Gates gates, FeatureSet on, int @Nullable [] sums) {}

    private RestingState(List<Gates> gates) {
        FeatureSet state = FeatureSet.EMPTY;
        for (Gates layer : gates) {
            layers.add(new Layer(layer, state, state.isEmpty() ? null : layer.sums(state)));
            state = layer.evaluate(state);
        }
        this.outputs = state;
    }

    /** The resting state of an instance; of a layered one, each layer rests on what the one before it gives at rest. */
    public static RestingState of(ProblemInstance instance) {
        return new RestingState(instance.layers());
    }

    /** F(0): the outputs that are on while no input is active. */
    public FeatureSet outputs() {
        return outputs;
    }

    /** The outputs whose value for an input is not that at rest. */
    public FeatureSet changes(FeatureSet active) {
        FeatureSet changed = active;
        for (Layer layer : layers) {
            changed = layer.gates().changes(changed, layer.on(), layer.sums());
        }
        return changed;
    }
}
