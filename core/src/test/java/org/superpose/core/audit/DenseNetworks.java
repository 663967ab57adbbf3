package org.superpose.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.superpose.core.network.Activation;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.TestNetworks;

/** Random networks of every form: linear layers, skips, diagonal matrices, read-outs with one threshold or two. */
final class DenseNetworks {
    private DenseNetworks() {}

    /** @param isWhole whether all numbers are whole, so that values often equal thresholds */
    static SuperposedNetwork of(ProblemInstance instance, boolean isWhole, RandomGenerator random) {
        int m = instance.inputs();
        List<Integer> widths = new ArrayList<>(List.of(m));
        List<Layer> layers = new ArrayList<>();
        int depth = 1 + random.nextInt(4);
        for (int t = 0; t < depth; t++) {
            boolean isLast = t == depth - 1;
            boolean isDiagonal = !isLast && random.nextInt(5) == 0;
            int columns = widths.get(t);
            int rows = isLast ? instance.outputs() : isDiagonal ? columns : 1 + random.nextInt(6);
            WeightMatrix weights = isDiagonal
                    ? new DiagonalMatrix(values(rows, isWhole, random))
                    : new DenseMatrix(rows, columns, values(rows * columns, isWhole, random));
            OptionalInt skip = OptionalInt.empty();
            for (int s = 0; s <= t; s++) {
                if (widths.get(s) == rows && random.nextInt(3) == 0) {
                    skip = OptionalInt.of(s);
                }
            }
            Activation activation = isLast || random.nextInt(3) == 0 ? Activation.NONE : Activation.RELU;
            layers.add(new Layer(weights, values(rows, isWhole, random), activation, skip));
            widths.add(rows);
        }
        float[] on = values(instance.outputs(), isWhole, random);
        float[] off = on.clone();
        for (int i = 0; i < off.length; i++) {
            off[i] -= random.nextInt(2) * (isWhole ? 1 : random.nextFloat() / 4);
        }
        return TestNetworks.network(Codes.identity(m), layers, Decoder.readout(on, off), instance.domain());
    }

    private static float[] values(int count, boolean isWhole, RandomGenerator random) {
        float[] values = new float[count];
        for (int t = 0; t < count; t++) {
            values[t] = isWhole ? random.nextInt(-2, 3) : (float) random.nextGaussian();
        }
        return values;
    }
}
