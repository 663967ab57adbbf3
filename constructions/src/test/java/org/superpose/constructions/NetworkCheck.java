package org.superpose.constructions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.superpose.core.construction.Construction;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Checks networks on every input of their domain. It does what plain evaluation does, but adds up only the columns of
 * active neurons, which makes whole domains affordable in a test. Each time, it is compared with plain evaluation on
 * some inputs.
 */
public final class NetworkCheck {
    private final SuperposedNetwork network;
    private final float[][][] columns;

    public NetworkCheck(SuperposedNetwork network) {
        this.network = network;
        this.columns = new float[network.layers().size()][][];
        for (int t = 0; t < columns.length; t++) {
            Layer layer = network.layers().get(t);
            if (!(layer.weights() instanceof DiagonalMatrix)) {
                columns[t] = new float[layer.columns()][layer.rows()];
                float[] row = new float[layer.columns()];
                for (int r = 0; r < layer.rows(); r++) {
                    layer.weights().copyRow(r, row);
                    for (int c = 0; c < row.length; c++) {
                        columns[t][c][r] = row[c];
                    }
                }
            }
        }
    }

    /** Builds with the given parameters: declaration, value, declaration, value. */
    public static SuperposedNetwork build(
            Construction construction, ProblemInstance instance, long seed, Object... given) {
        assertTrue(
                construction.accepts(instance).isAccepted(),
                () -> construction.id() + ": " + construction.accepts(instance).reason());
        return construction.build(instance, values(given), new Seed(seed));
    }

    @SuppressWarnings("unchecked") // tests write declaration and value side by side
    public static ParameterValues values(Object... given) {
        ParameterValues values = ParameterValues.NONE;
        for (int t = 0; t < given.length; t += 2) {
            values = values.with((Parameter<Object>) given[t], given[t + 1]);
        }
        return values;
    }

    /** Fails with the first wrong input of the whole domain, if there is one. */
    public static void assertRightEverywhere(ProblemInstance instance, SuperposedNetwork network) {
        NetworkCheck check = new NetworkCheck(network);
        instance.domain()
                .forEach(active -> assertEquals(
                        instance.evaluate(active), check.evaluate(active), () -> "outputs of input " + active));
        assertAgreesWithPlainEvaluation(instance, network, check);
    }

    /** The number of inputs of the domain on which the network is wrong. */
    public static int wrongInputs(ProblemInstance instance, SuperposedNetwork network) {
        NetworkCheck check = new NetworkCheck(network);
        int[] wrong = new int[1];
        instance.domain().forEach(active -> {
            if (!instance.evaluate(active).equals(check.evaluate(active))) {
                wrong[0]++;
            }
        });
        return wrong[0];
    }

    private static void assertAgreesWithPlainEvaluation(
            ProblemInstance instance, SuperposedNetwork network, NetworkCheck check) {
        PlainEvaluator plain = new PlainEvaluator(network);
        RandomGenerator random = new Seed(99).generator();
        for (int t = 0; t < 5; t++) {
            FeatureSet active = instance.domain().sample(random);
            assertEquals(plain.evaluate(active), check.evaluate(active));
        }
    }

    /** y_L. */
    public float[] lastState(FeatureSet active) {
        float[] y = new float[network.inputCodes().neurons()];
        for (int j : active.toArray()) {
            for (int neuron : network.inputCodes().code(j)) {
                y[neuron]++;
            }
        }
        for (int t = 0; t < columns.length; t++) {
            y = apply(t, y);
        }
        return y;
    }

    private float[] apply(int t, float[] x) {
        Layer layer = network.layers().get(t);
        float[] y = layer.bias();
        for (int c = 0; c < x.length; c++) {
            if (x[c] != 0) {
                if (columns[t] == null) {
                    y[c] += layer.weights().get(c, c) * x[c];
                } else {
                    float[] column = columns[t][c];
                    for (int r = 0; r < y.length; r++) {
                        y[r] += column[r] * x[c];
                    }
                }
            }
        }
        for (int r = 0; r < y.length && layer.hasRelu(); r++) {
            y[r] = Math.max(0, y[r]);
        }
        return y;
    }

    public FeatureSet evaluate(FeatureSet active) {
        float[] y = lastState(active);
        Decoder decoder = network.decoder();
        Codes codes = decoder.codes();
        int[] on = new int[decoder.outputs()];
        int count = 0;
        for (int i = 0; i < decoder.outputs(); i++) {
            float sum = 0;
            float least = Float.POSITIVE_INFINITY;
            for (int t = 0; t < codes.weight(i); t++) {
                float value = y[codes.neuron(i, t)];
                sum += value;
                least = Math.min(least, value);
            }
            if ((decoder.kind() == Decoder.Kind.SUM ? sum : least) >= decoder.threshold(i)) {
                on[count++] = i;
            }
        }
        return FeatureSet.ofSorted(on, count);
    }
}
