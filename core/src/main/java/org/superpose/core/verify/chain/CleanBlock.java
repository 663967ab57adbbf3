package org.superpose.core.verify.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Some layers of a chain as a network of their own. A block that ends at a cut has its neurons for outputs, on iff they
 * are at least 1. Where values need not be whole, each neuron is an output a second time, on iff it is at least
 * {@link CleanCut#NOTHING}: the state is clean iff both readings say the same of every neuron.
 *
 * @param network the layers; at the end of the chain they keep its decoder
 * @param readings how many outputs each neuron is, 1 or 2
 */
record CleanBlock(SuperposedNetwork network, int readings) {
    /** The layers before the first cut. */
    static CleanBlock before(SuperposedNetwork chain, int end) {
        return of(chain, chain.inputCodes(), 0, end);
    }

    /** The layers from a cut to the next one, or to the end of the chain; its inputs are the neurons at the cut. */
    static CleanBlock behind(SuperposedNetwork chain, CleanCut cut, Optional<CleanCut> next) {
        Codes neurons = Codes.identity(chain.layers().get(cut.layer()).columns());
        return of(
                chain,
                neurons,
                cut.layer(),
                next.map(CleanCut::layer).orElse(chain.layers().size()));
    }

    private static CleanBlock of(SuperposedNetwork chain, Codes inputs, int from, int to) {
        boolean ends = to == chain.layers().size();
        boolean whole = chain.layers().stream().allMatch(Layer::isInteger);
        int readings = ends || whole ? 1 : 2; // a whole number that is not at least 1 is 0
        List<Layer> layers = chain.layers().subList(from, to);
        Decoder decoder =
                ends ? chain.decoder() : decoder(layers.get(layers.size() - 1).rows(), readings);
        InputDomain domain = InputDomain.sparse(inputs.features(), 1);
        return new CleanBlock(
                new SuperposedNetwork(inputs, layers, decoder, domain, false, chain.provenance()), readings);
    }

    private static Decoder decoder(int neurons, int readings) {
        float[] thresholds = new float[readings * neurons];
        Arrays.fill(thresholds, 0, neurons, 1);
        Arrays.fill(thresholds, neurons, thresholds.length, CleanCut.NOTHING);
        int[] members =
                IntStream.range(0, thresholds.length).map(t -> t % neurons).toArray();
        return new Decoder(Codes.ofWeight(neurons, 1, members), Decoder.Kind.EVERY_ROW, thresholds);
    }

    /** The neurons at its end, if it ends at a cut. */
    int neurons() {
        return network.outputs() / readings;
    }

    /** The outputs that are on in a clean state, if it ends at a cut. */
    FeatureSet outputs(int[] neurons) {
        return FeatureSet.of(IntStream.range(0, readings)
                .flatMap(t -> Arrays.stream(neurons).map(f -> t * neurons() + f))
                .toArray());
    }

    /**
     * The map that the first block computes iff its state is clean: the layers of gates before the cut, then for each
     * neuron the OR of the features whose codes have it; a neuron in no code is never on.
     */
    ProblemInstance cleanMap(ProblemInstance instance, CleanCut end) {
        List<Gates> layers = new ArrayList<>(instance.layers().subList(0, end.gateLayers()));
        int features = layers.get(layers.size() - 1).outputs();
        List<List<Integer>> featuresOfNeuron = new ArrayList<>();
        for (int f = 0; f < neurons(); f++) {
            featuresOfNeuron.add(new ArrayList<>());
        }
        for (int i = 0; i < end.codes().length; i++) {
            for (int f : end.codes()[i]) {
                featuresOfNeuron.get(f).add(i);
            }
        }
        List<GateFunction> functions = new ArrayList<>();
        int[] functionOf = new int[readings * neurons()];
        int[] offsets = new int[functionOf.length + 1];
        IntStream.Builder reads = IntStream.builder();
        for (int i = 0; i < functionOf.length; i++) {
            List<Integer> own = featuresOfNeuron.get(i % neurons());
            GateFunction function = own.isEmpty() ? GateFunction.table(false) : GateFunction.atLeast(1);
            if (!functions.contains(function)) {
                functions.add(function);
            }
            functionOf[i] = functions.indexOf(function);
            own.forEach(reads::add);
            offsets[i + 1] = offsets[i] + own.size();
        }
        layers.add(
                Gates.of(features, functions, functionOf, offsets, reads.build().toArray()));
        return instance.with(layers, instance.domain());
    }
}
