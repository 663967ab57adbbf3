package org.superpose.constructions.dedicated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.SymmetricFunction;
import org.superpose.core.random.Seed;

/**
 * Dedicated neurons (theory, section 5a): identity codes, and for every gate one neuron y = ReLU(number of active
 * inputs - (t - 1)), t being the fan-in of an AND gate. Whole numbers, exact and clean on every input, at width max(m,
 * m').
 *
 * <p>An at-least(t) gate can overshoot; two diagonal layers bring such values back to 1.
 */
@Reference("Section 5a, dedicated neurons")
public final class Dedicated implements BlockConstruction {
    /** The words of the largest bit matrix: one Java array of 1 GiB. */
    private static final long MOST_WORDS = 1 << 27;

    @Override
    public String id() {
        return "dedicated";
    }

    @Override
    public String title() {
        return "no superposition: one neuron per feature, the baseline";
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        for (Gates gates : instance.layers()) {
            if (gates.areAll(GateFunction.PARITY) && gates.maxFanIn() > 1) {
                return Acceptance.rejected("parity of " + gates.maxFanIn()
                        + " inputs needs more than one neuron; and, at-least(t) are allowed");
            }
            if (words(gates) > MOST_WORDS) {
                return Acceptance.rejected(gates.outputs() + " outputs of " + gates.inputs()
                        + " inputs need a matrix of more than 2^33 weights without superposition");
            }
        }
        return Acceptance.accepted();
    }

    private static long words(Gates gates) {
        return (long) gates.outputs() * BitMatrix.wordsPerRow(gates.inputs());
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, seed);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException if the input codes are not identity codes
     */
    @Override
    public SuperposedNetwork buildBlock(
            ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed) {
        if (!inputCodes.equals(Codes.identity(instance.inputs()))) {
            throw new InvalidInputException("dedicated reads identity codes, not " + inputCodes);
        }
        return build(instance, seed);
    }

    @Override
    public boolean readsOnlyIdentityCodes() {
        return true;
    }

    private SuperposedNetwork build(ProblemInstance instance, Seed seed) {
        List<Layer> layers = new ArrayList<>();
        for (Gates gates : instance.layers()) {
            layers.add(count(gates));
            if (canOvershoot(gates)) {
                layers.add(Layer.withBias(DiagonalMatrix.ofValue(gates.outputs(), -1), 1));
                layers.add(Layer.withBias(DiagonalMatrix.ofValue(gates.outputs(), -1), 1));
            }
        }
        Codes outputCodes = Codes.identity(instance.outputs());
        return new SuperposedNetwork(
                Codes.identity(instance.inputs()),
                layers,
                Decoder.withThreshold(outputCodes, Decoder.Kind.EVERY_ROW, 1),
                instance.domain(),
                true,
                new Provenance(id(), Map.of(), seed.value(), Map.of()));
    }

    private static Layer count(Gates gates) {
        int wordsPerRow = BitMatrix.wordsPerRow(gates.inputs());
        long[] words = new long[gates.outputs() * wordsPerRow];
        float[] bias = new float[gates.outputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            for (int t = 0; t < gates.fanIn(i); t++) {
                int input = gates.read(i, t);
                words[i * wordsPerRow + input / Long.SIZE] |= 1L << input;
            }
            bias[i] = 1 - threshold(gates, i);
        }
        return new Layer(BitMatrix.ofBits(gates.outputs(), gates.inputs(), words), bias);
    }

    private static int threshold(Gates gates, int output) {
        return gates.commonFunction().orElse(null) instanceof SymmetricFunction.AtLeast atLeast
                ? atLeast.threshold()
                : gates.fanIn(output);
    }

    private static boolean canOvershoot(Gates gates) {
        return gates.commonFunction().orElse(null) instanceof SymmetricFunction.AtLeast atLeast
                && gates.maxFanIn() > atLeast.threshold();
    }
}
