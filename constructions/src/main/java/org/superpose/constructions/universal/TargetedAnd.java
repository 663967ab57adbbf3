package org.superpose.constructions.universal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Targeted AND of Hanni, Mendel, Vaintrob and Chan: only the pairs of a graph are computed, not all of them. Each edge
 * draws a random set of neurons, log^2 n of them, each input is connected to the sets of its edges, the layer is ReLU(A
 * x - 1), and an edge is read as the average over its set. So much is in the authors' post. The counterpart of two-and:
 * universal AND is for the complete graph.
 *
 * <p>An input of influence d is connected to a neuron outside the set of the pair in question with probability q = 1 -
 * (1 - w / n)^d for sets of w of the n neurons. With s active features, s - 2 of them outside an active pair, its
 * readout is 1 + (s - 2) q on average, with variance (s - 2) q (1 - q) / w; a pair with one active input reads (s - 1)
 * q. These formulas are ours, for inputs of one influence without common edges; the authors give the orders of
 * magnitude. Ours too is the smaller set where log^2 n neurons an edge would connect an input to too many.
 */
@Reference(
        value = "Targeted AND",
        standing = Standing.ATTESTED,
        source = "arXiv 2408.05451 and its authors' post of 2024; the formulas of its error are ours")
public final class TargetedAnd extends AbstractPairConstruction {
    static final Parameter<Integer> SET_WEIGHT = Parameter.whole(
                    "set-weight", 1, ConstructionParameters.MAX_WIDTH, "w, the neurons of the set of each pair")
            .chosen("so that an input reads at most 1 / (2 v) of the neurons, at most log2(width)^2");

    public TargetedAnd() {
        super(
                "targeted-and",
                "targeted AND (Hanni et al.): the pairs of a graph by random sets of neurons, approximately",
                SET_WEIGHT);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        int neurons = parameters.get(ConstructionParameters.WIDTH);
        int weight = parameters.find(SET_WEIGHT).orElse(chosenWeight(instance, neurons));
        if (weight > neurons) {
            throw new InvalidInputException(
                    "width " + neurons + " is too small for set-weight " + weight + ": it must be at least as large");
        }
        Gates gates = instance.gates();
        int wordsPerRow = BitMatrix.wordsPerRow(instance.inputs());
        long[] words = new long[Math.multiplyExact(neurons, wordsPerRow)];
        RandomGenerator random = seed.child("targeted-sets").generator();
        PairReadout readout = new PairReadout();
        double connected = connected(gates.influenceProfile().mean(), weight, neurons);
        double falseMean = Math.min(1, (instance.maxActive() - 1) * connected);
        int[] order = IntStream.range(0, neurons).toArray();
        for (int i = 0; i < gates.outputs(); i++) {
            deadline.check();
            int[] set = draw(order, weight, random);
            for (int neuron : set) {
                for (int input : gates.reads(i)) {
                    words[neuron * wordsPerRow + input / Long.SIZE] |= 1L << input;
                }
            }
            readout.add(set, weight * (1 + falseMean) / 2);
        }
        Map<String, Object> given = new LinkedHashMap<>();
        given.put(ConstructionParameters.WIDTH.name(), neurons);
        given.put(SET_WEIGHT.name(), weight);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("connected-share", connected);
        predict(facts, Math.max(2, instance.maxActive()), connected, weight);
        BitMatrix matrix = BitMatrix.ofBits(neurons, instance.inputs(), words);
        return readout.network(id(), instance, List.of(Layer.withBias(matrix, -1)), given, seed, facts);
    }

    /** A uniform set, ascending: the first places of a partial shuffle. */
    private static int[] draw(int[] order, int weight, RandomGenerator random) {
        for (int t = 0; t < weight; t++) {
            int other = t + random.nextInt(order.length - t);
            int swapped = order[t];
            order[t] = order[other];
            order[other] = swapped;
        }
        int[] set = Arrays.copyOf(order, weight);
        Arrays.sort(set);
        return set;
    }

    /** q: the chance that an input of this influence is connected to a given neuron. */
    private static double connected(double influence, int weight, int neurons) {
        return 1 - Math.pow(1 - (double) weight / neurons, influence);
    }

    private static int chosenWeight(ProblemInstance instance, int neurons) {
        int influence = Math.max(1, instance.gates().influenceProfile().max());
        double share = 1 - Math.pow(1 - 0.5 / instance.maxActive(), 1.0 / influence);
        double log = Math.log(Math.max(2, neurons)) / Math.log(2);
        return (int) Math.max(1, Math.min(log * log, Math.floor(share * neurons)));
    }

    /** @param active s, the number of active features */
    private static void predict(Map<String, Object> facts, int active, double connected, int weight) {
        PairPredictions predictions = new PairPredictions(facts, 1);
        double perInput = connected * (1 - connected);
        predictions.expect(2, 1 + (active - 2) * connected, (active - 2) * perInput / weight);
        predictions.expect(1, (active - 1) * connected, (active - 1) * perInput / weight);
        double silent = Math.pow(1 - connected, active);
        double mean = active * connected - 1 + silent;
        double square = active * perInput + Math.pow(active * connected - 1, 2) - silent;
        predictions.expect(0, mean, Math.max(0, square - mean * mean) / weight);
    }
}
