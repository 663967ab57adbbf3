package org.superpose.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * A construction that keeps its contract: every feature has a neuron of its own, at a random place. Tests break it in
 * one place each.
 */
class PlainConstruction implements Construction {
    static final Parameter<Integer> WIDTH = ConstructionParameters.WIDTH.chosen("as the larger of inputs and outputs");

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String title() {
        return "one neuron per feature, at a random place";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(WIDTH);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return instance.gates().areAll(GateFunction.AND)
                ? Acceptance.accepted()
                : Acceptance.rejected("its gates are " + instance.gates().functionNames() + ", not and");
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        int width = parameters.find(WIDTH).orElse(Math.max(instance.inputs(), instance.outputs()));
        if (width < Math.max(instance.inputs(), instance.outputs())) {
            throw new WidthTooSmallException("width " + width + " must be at least inputs and outputs");
        }
        return network(
                instance,
                width,
                places(width, instance.inputs(), inputSeed(instance, seed).generator()),
                places(width, instance.outputs(), outputSeed(instance, seed).generator()),
                new Provenance(id(), Map.of(WIDTH.name(), width), seed.value(), Map.of()));
    }

    Seed inputSeed(ProblemInstance instance, Seed seed) {
        return seed.child("input-encoding");
    }

    Seed outputSeed(ProblemInstance instance, Seed seed) {
        return seed.child("output-encoding");
    }

    long[] words(int length) {
        return new long[length];
    }

    private static int[] places(int width, int features, RandomGenerator random) {
        int[] all = IntStream.range(0, width).toArray();
        for (int t = width - 1; t > 0; t--) {
            int s = random.nextInt(t + 1);
            int kept = all[s];
            all[s] = all[t];
            all[t] = kept;
        }
        return Arrays.copyOf(all, features);
    }

    SuperposedNetwork network(ProblemInstance instance, int width, int[] in, int[] out, Provenance provenance) {
        Gates gates = instance.gates();
        int wordsPerRow = BitMatrix.wordsPerRow(width);
        long[] words = words(width * wordsPerRow);
        float[] bias = new float[width];
        for (int i = 0; i < gates.outputs(); i++) {
            for (int j : gates.reads(i)) {
                words[out[i] * wordsPerRow + in[j] / Long.SIZE] |= 1L << in[j];
            }
            bias[out[i]] = 1 - gates.fanIn(i);
        }
        return new SuperposedNetwork(
                Codes.ofWeight(width, 1, in),
                List.of(new Layer(BitMatrix.ofBits(width, width, words), bias)),
                Decoder.withThreshold(Codes.ofWeight(width, 1, out), Decoder.Kind.EVERY_ROW, 1),
                instance.domain(),
                true,
                provenance);
    }
}
