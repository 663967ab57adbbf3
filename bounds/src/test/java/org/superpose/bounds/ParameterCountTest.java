package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;

/** Networks made elsewhere: which of their matrices grow with the width, and what limit on it follows. */
class ParameterCountTest {
    private static Layer relu(int rows, int columns) {
        return new Layer(new DenseMatrix(rows, columns, new float[rows * columns]), new float[rows]);
    }

    private static Layer linear(int rows, int columns) {
        return Layer.linear(new DenseMatrix(rows, columns, new float[rows * columns]), new float[rows]);
    }

    private static SuperposedNetwork network(int features, int outputs, Layer... layers) {
        return new SuperposedNetwork(
                Codes.identity(features),
                List.of(layers),
                Decoder.readout(new float[outputs]),
                InputDomain.sparse(features, 2),
                false,
                new Provenance("test", Map.of(), 0, Map.of()));
    }

    @Test
    void aMatrixCountsByTheSidesAtWhichItHasNeurons() {
        assertEquals(
                new ParameterCount(0, 24 + 64, 24 * 64),
                ParameterCount.of(network(64, 64, linear(24, 64), relu(32, 24), linear(64, 32))));
        assertEquals(
                new ParameterCount(1, 64 + 64, 0),
                ParameterCount.of(network(64, 64, relu(40, 64), relu(30, 40), linear(64, 30))));
        assertEquals(new ParameterCount(0, 0, 50), ParameterCount.of(network(10, 5, linear(5, 10))));
        Layer residual =
                new Layer(new DenseMatrix(6, 20, new float[120]), new float[6], Activation.NONE, OptionalInt.of(1));
        Layer diagonal = new Layer(DiagonalMatrix.ofValue(20, -1), new float[20]);
        assertEquals(
                new ParameterCount(0, 6 + 6, 6 * 10 + 5 * 6),
                ParameterCount.of(network(10, 5, linear(6, 10), relu(20, 6), diagonal, residual, linear(5, 6))));
        WeightMatrix square = new DenseMatrix(4, 4, new float[16]);
        assertEquals(ParameterCount.ofSquares(2), ParameterCount.of(Networks.chain(square, square)));
    }

    @Property
    void theLeastWidthIsWhereThereAreJustThatManyParameters(
            @ForAll @IntRange(max = 3) int squares,
            @ForAll @IntRange(max = 5000) int perNeuron,
            @ForAll @IntRange(max = 100_000) int fixed,
            @ForAll @DoubleRange(min = 0, max = 1e9) double parameters) {
        ParameterCount count = new ParameterCount(squares, perNeuron, fixed);
        double width = count.leastWidth(parameters);
        if (parameters <= fixed) {
            assertEquals(0, width);
        } else if (squares == 0 && perNeuron == 0) {
            assertEquals(Double.POSITIVE_INFINITY, width);
        } else {
            assertEquals(parameters, count.at(width), 1e-9 * parameters);
        }
    }

    @Test
    void theMetricsOfANetworkWithReadoutAreThoseOfItsHiddenWidth() {
        SuperposedNetwork network = network(16, 8, relu(5, 16), linear(8, 5));
        Metrics metrics = Metrics.of(new BuiltNetwork(Networks.pairsInstance(16, 8, 2), network));
        assertEquals(8 / 5.0, metrics.superpositionRatio());
        assertEquals(5 / Math.sqrt(24), metrics.kappa(), 1e-12);
        double bits = LowerBound.of(Networks.pairsInstance(16, 8, 2)).parameterBits();
        assertEquals(bits / 32 / (16 + 8), metrics.widthLimit().orElseThrow(), 1e-12);
        assertEquals(5 / (bits / 32 / 24), metrics.limitRatio().orElseThrow(), 1e-12);
        assertEquals(32 * (80 + 40), metrics.weightBits());
    }
}
