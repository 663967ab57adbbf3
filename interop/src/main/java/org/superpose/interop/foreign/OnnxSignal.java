package org.superpose.interop.foreign;

import java.util.Optional;
import org.superpose.core.network.Activation;
import org.superpose.core.network.WeightMatrix;

/**
 * What flows through a graph for each input, as the chain of layers that computes it: a state is the features, or an
 * affine map of the state before it, perhaps with an earlier state added and with ReLU. Immutable.
 */
final class OnnxSignal {
    /** A state of the network. */
    static final class State {
        private final String name;
        private final State source;
        private final Optional<WeightMatrix> weights;
        private final float[] bias;
        private final Activation activation;
        private final State skip;
        private final int width;

        private State(
                String name,
                State source,
                Optional<WeightMatrix> weights,
                float[] bias,
                Activation activation,
                State skip,
                int width) {
            this.name = name;
            this.source = source;
            this.weights = weights;
            this.bias = bias;
            this.activation = activation;
            this.skip = skip;
            this.width = width;
        }

        /** The features. */
        static State features(String name, int width) {
            return new State(name, null, Optional.empty(), null, Activation.NONE, null, width);
        }

        /** W s + b. */
        static State affine(String name, State source, WeightMatrix weights, float[] bias) {
            return new State(name, source, Optional.of(weights), bias, Activation.NONE, null, weights.rows());
        }

        State withBias(String newName, float[] newBias) {
            return new State(newName, source, weights, newBias, activation, skip, width);
        }

        State withSkip(String newName, State added) {
            return new State(newName, source, weights, bias, activation, added, width);
        }

        State withRelu(String newName) {
            return new State(newName, source, weights, bias, Activation.RELU, skip, width);
        }

        /** The value that the graph calls so. */
        String name() {
            return name;
        }

        boolean isFeatures() {
            return source == null;
        }

        boolean hasRelu() {
            return activation == Activation.RELU;
        }

        boolean hasSkip() {
            return skip != null;
        }

        State source() {
            return source;
        }

        State skip() {
            return skip;
        }

        WeightMatrix weights() {
            return weights.orElseThrow();
        }

        float[] bias() {
            return bias;
        }

        Activation activation() {
            return activation;
        }

        int width() {
            return width;
        }

        /** Whether this is the other state or computed from it in one chain. */
        boolean follows(State other) {
            for (State state = this; state != null; state = state.source) {
                if (state == other) {
                    return true;
                }
            }
            return false;
        }
    }

    private final State state;
    private final boolean batchFirst;
    private final boolean flat;

    /**
     * A value of a graph.
     *
     * @param batchFirst [batch, width], or else [width, batch]
     * @param flat whether the features of an input stand in one dimension, as all but the input of a graph may
     */
    OnnxSignal(State state, boolean batchFirst, boolean flat) {
        this.state = state;
        this.batchFirst = batchFirst;
        this.flat = flat;
    }

    State state() {
        return state;
    }

    boolean batchFirst() {
        return batchFirst;
    }

    boolean isFlat() {
        return flat;
    }

    OnnxSignal flattened() {
        return new OnnxSignal(state, batchFirst, true);
    }

    OnnxSignal transposed() {
        return new OnnxSignal(state, !batchFirst, flat);
    }

    OnnxSignal with(State newState) {
        return new OnnxSignal(newState, batchFirst, flat);
    }
}
