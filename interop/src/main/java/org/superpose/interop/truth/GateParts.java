package org.superpose.interop.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.problem.Gates;

/**
 * What each gate asks of one full matrix: a block of entries, the product of the rows that the gate writes and the
 * columns that it reads. In the first matrix of a level it writes its channel and reads the codes of its inputs; in the
 * matrix behind it writes its own code and reads its channel.
 *
 * @param layer index of the matrix
 * @param level the level of the gates
 * @param rows for each gate the rows it writes, ascending
 * @param columns for each gate the columns it reads, ascending; a column that several of its inputs have comes as often
 */
public record GateParts(int layer, int level, List<int[]> rows, List<int[]> columns) {

    /** The parts of every full matrix that belongs to a level of gates, but for those of levels of three and more. */
    public static List<GateParts> of(NetworkTruth truth) {
        List<GateParts> all = new ArrayList<>();
        for (int level = 1; level < truth.levelCount(); level++) {
            List<Integer> matrices = matrices(truth, level);
            int first = truth.levels().firstOf(level);
            if (first < 1 || matrices.isEmpty() || matrices.size() > 2) {
                continue;
            }
            List<int[]> channels = truth.channels(level);
            all.add(new GateParts(matrices.get(0), level, channels, read(truth, level, first - 1)));
            if (matrices.size() == 2) {
                all.add(new GateParts(matrices.get(1), level, codes(truth, level, matrices.get(1) + 1), channels));
            }
        }
        return all;
    }

    private static List<Integer> matrices(NetworkTruth truth, int level) {
        List<Integer> matrices = new ArrayList<>();
        var layers = truth.built().network().layers();
        for (int t = 0; t < layers.size(); t++) {
            if (truth.levels().level(t + 1) == level && !(layers.get(t).weights() instanceof DiagonalMatrix)) {
                matrices.add(t);
            }
        }
        return matrices;
    }

    private static List<int[]> read(NetworkTruth truth, int level, int state) {
        Gates gates = truth.built().instance().layers().get(level - 1);
        List<int[]> codes = codes(truth, level - 1, state);
        List<int[]> read = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            read.add(Arrays.stream(gates.reads(i))
                    .flatMap(j -> Arrays.stream(codes.get(j)))
                    .sorted()
                    .toArray());
        }
        return read;
    }

    private static List<int[]> codes(NetworkTruth truth, int level, int state) {
        return IntStream.range(0, truth.features(level))
                .mapToObj(f -> truth.code(state, f))
                .toList();
    }
}
