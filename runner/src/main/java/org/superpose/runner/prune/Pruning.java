package org.superpose.runner.prune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;

/**
 * Removes weights of a network one by one, the smallest first, as long as it stays right on every input of its domain:
 * pass after pass, until a pass removes nothing. Biases, codes and the decoder stay as they are. Each removal is
 * checked exactly, but by this code alone: whoever claims that the result is right has it verified.
 */
@Reference(value = "Sparsifying and distilling", standing = Standing.RECONSTRUCTED)
public final class Pruning {
    private final BuiltNetwork built;
    private final DomainStates states;
    private final List<Entry> entries = new ArrayList<>();
    private long kept;

    private record Entry(int layer, int row, int column, int size) {}

    /** What is called after each part of a pass. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param tried removals that were tried so far
         * @param kept weights that are not zero
         */
        void reached(long tried, long kept);
    }

    /**
     * @param built a network of whole numbers
     * @param verdict of a verifier on it; of a network without negative weights only the inputs that a removal can
     *     spoil are looked at here
     * @param seed of the order among weights of one size
     * @throws InvalidInputException if it is not verified, of another kind, or has too many inputs to be kept
     */
    public Pruning(BuiltNetwork built, Verdict verdict, Seed seed) {
        if (!(verdict instanceof Verdict.Verified)) {
            throw new InvalidInputException(
                    "only a network that is VERIFIED is pruned, and the verdict on this one is " + verdict.status());
        }
        this.built = built;
        this.states = new DomainStates(built);
        for (int layer = 0; layer < states.layers(); layer++) {
            for (int row = 0; states.isPrunable(layer) && row < states.rows(layer); row++) {
                for (int column = 0; column < states.columns(layer); column++) {
                    int weight = states.weight(layer, row, column);
                    if (weight != 0) {
                        entries.add(new Entry(layer, row, column, Math.abs(weight)));
                    }
                }
            }
        }
        kept = entries.size();
        RandomGenerator random = seed.child("pruning").generator();
        for (int t = entries.size() - 1; t > 0; t--) {
            Collections.swap(entries, t, random.nextInt(t + 1));
        }
        entries.sort(Comparator.comparingInt(Entry::size));
    }

    /** The weights of full matrices that are not zero. */
    public long kept() {
        return kept;
    }

    /**
     * Goes on until a pass removes nothing.
     *
     * @param parts of the first pass after which the listener is called; it is called after each later pass too
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    public void run(int parts, Listener listener, Deadline deadline) {
        List<Entry> left = entries;
        long tried = 0;
        int part = Math.max(1, (left.size() + parts - 1) / parts);
        for (boolean removed = true; removed; ) {
            List<Entry> stay = new ArrayList<>();
            for (Entry entry : left) {
                deadline.check();
                if (states.remove(entry.layer(), entry.row(), entry.column())) {
                    kept--;
                } else {
                    stay.add(entry);
                }
                tried++;
                if (left == entries && tried % part == 0 && tried < entries.size()) {
                    listener.reached(tried, kept);
                }
            }
            removed = stay.size() < left.size();
            left = stay;
            if (removed || tried == entries.size()) {
                listener.reached(tried, kept);
            }
        }
    }

    /** The network with the weights that are left. */
    public BuiltNetwork network() {
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < states.layers(); layer++) {
            Layer old = built.network().layers().get(layer);
            layers.add(states.isPrunable(layer) ? old.withWeights(matrix(layer, old.weights())) : old);
        }
        return new BuiltNetwork(built.instance(), built.network().withLayers(layers), built.plugins());
    }

    private WeightMatrix matrix(int layer, WeightMatrix old) {
        int rows = states.rows(layer);
        int columns = states.columns(layer);
        if (old instanceof BitMatrix bits && bits.isZeroOne()) {
            int perRow = BitMatrix.wordsPerRow(columns);
            long[] words = new long[rows * perRow];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    words[r * perRow + c / Long.SIZE] |= states.weight(layer, r, c) == 0 ? 0 : 1L << c;
                }
            }
            return BitMatrix.ofBits(rows, columns, words);
        }
        short[] values = new short[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int weight = states.weight(layer, r, c);
                if (weight != (short) weight) {
                    throw new InvalidInputException("weight " + weight + " does not fit 16 bits");
                }
                values[r * columns + c] = (short) weight;
            }
        }
        return new IntegerMatrix(rows, columns, values);
    }
}
