package org.superpose.interop.truth;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;

/**
 * Which layer of gates each state y_0..y_L belongs to. Level 0 are the input features, level g the outputs of the g-th
 * layer of gates.
 *
 * <p>The rule is that of the constructions: blocks of equally many full matrices, one block for each layer of gates.
 * Diagonal layers belong to the matrix before them, and layers without ReLU before all others are an embedding of the
 * input features. Where the matrices cannot be shared out equally they are shared out in order, as evenly as possible.
 *
 * @param states one for each of y_0..y_L
 * @param isEven whether every layer of gates has as many full matrices as any other
 */
public record StateLevels(List<State> states, boolean isEven) {

    /**
     * One state.
     *
     * @param level 0..G, the level whose features it holds
     * @param isHidden whether it is inside a block, so that gates are rows of their channels there and no code words
     */
    public record State(int level, boolean isHidden) {}

    /** Copies the list. */
    public StateLevels {
        states = List.copyOf(states);
    }

    /** Shares out the states of a network. */
    public static StateLevels of(BuiltNetwork built) {
        List<Layer> layers = built.network().layers();
        int gateLayers = built.instance().layers().size();
        int embedding = embedding(layers);
        int matrices = (int)
                layers.stream().skip(embedding).filter(StateLevels::isMatrix).count();
        boolean even = matrices > 0 && matrices % gateLayers == 0;
        List<State> states = new ArrayList<>();
        states.add(new State(0, false));
        int seen = 0;
        for (int t = 0; t < layers.size(); t++) {
            if (t < embedding) {
                states.add(new State(0, false));
                continue;
            }
            seen += isMatrix(layers.get(t)) ? 1 : 0;
            int last = Math.max(0, seen - 1);
            int level = Math.min(gateLayers, last * gateLayers / Math.max(1, matrices) + 1);
            boolean ends = even ? seen % (matrices / gateLayers) == 0 : seen == matrices;
            states.add(new State(level, !ends));
        }
        return new StateLevels(states, even);
    }

    private static int embedding(List<Layer> layers) {
        int count = 0;
        while (count < layers.size() - 1 && !layers.get(count).hasRelu()) {
            count++;
        }
        return count;
    }

    private static boolean isMatrix(Layer layer) {
        return !(layer.weights() instanceof DiagonalMatrix);
    }

    /** The level of a state. */
    public int level(int state) {
        return states.get(state).level();
    }

    /** Whether a state is inside a block. */
    public boolean isHidden(int state) {
        return states.get(state).isHidden();
    }

    /** The first state of a level of gates, or -1 if it has none. */
    public int firstOf(int level) {
        for (int t = 0; t < states.size(); t++) {
            if (states.get(t).level() == level) {
                return t;
            }
        }
        return -1;
    }

    /** The last state of a level, or -1 if it has none. */
    public int lastOf(int level) {
        for (int t = states.size() - 1; t >= 0; t--) {
            if (states.get(t).level() == level) {
                return t;
            }
        }
        return -1;
    }
}
