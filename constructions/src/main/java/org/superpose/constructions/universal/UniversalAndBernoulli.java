package org.superpose.constructions.universal;

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
 * Random universal AND of Hanni, Mendel, Vaintrob and Chan, Bernoulli variant: one layer of d neurons, ReLU(A x - 1)
 * with 0/1 entries of density p, and every pair is read as the average of the neurons connected to both of its inputs.
 *
 * <p>With s active features, s' = s - 2 of them outside an active pair, its readout is 1 with bias about s' p and
 * variance about s'^2 (1 - p^2) / d + s' (1 - p) / (d p). A pair with one active input reads about (s - 1) p, so the
 * threshold lies halfway between 1 and (v - 1) p.
 */
@Reference(value = "Random universal AND", standing = Standing.ATTESTED, source = "arXiv 2408.05451")
public final class UniversalAndBernoulli extends AbstractPairConstruction {
    private static final Parameter<Double> DENSITY = Parameter.real(
                    "density", 1e-6, 1, "p, the share of the inputs that a neuron reads")
            .chosen("as log2(m)^2 / sqrt(width), at most 1 / (2 v)");

    public UniversalAndBernoulli() {
        super(
                "universal-and-bernoulli",
                "random universal AND with 0/1 entries (Hanni et al.): all pairs at once, approximately",
                DENSITY);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        int neurons = parameters.get(ConstructionParameters.WIDTH);
        double density = parameters.find(DENSITY).orElse(chosenDensity(instance, neurons));
        BitMatrix matrix = draw(neurons, instance.inputs(), density, seed.child("universal-layer"));
        double falseMean = Math.min(1, (instance.maxActive() - 1) * density);
        PairReadout readout = new PairReadout();
        double inverses = 0;
        Gates gates = instance.gates();
        for (int i = 0; i < gates.outputs(); i++) {
            deadline.check();
            int a = gates.read(i, 0);
            int b = gates.read(i, 1);
            int[] both = IntStream.range(0, neurons)
                    .filter(e -> matrix.isSet(e, a) && matrix.isSet(e, b))
                    .toArray();
            if (both.length == 0) {
                throw new InvalidInputException("width " + neurons + " is too small for density " + density
                        + ": no neuron reads both inputs of output " + i);
            }
            inverses += 1.0 / both.length;
            readout.add(both, both.length * (1 + falseMean) / 2);
        }
        Map<String, Object> given = new LinkedHashMap<>();
        given.put(ConstructionParameters.WIDTH.name(), neurons);
        given.put(DENSITY.name(), density);
        Map<String, Object> facts = new LinkedHashMap<>();
        predict(facts, Math.max(2, instance.maxActive()), density, neurons, inverses / gates.outputs());
        return readout.network(id(), instance, List.of(Layer.withBias(matrix, -1)), given, seed, facts);
    }

    /**
     * @param active s, the number of active features
     * @param inverseCount the mean of 1 / (number of neurons connected to both inputs)
     */
    private static void predict(
            Map<String, Object> facts, int active, double density, int neurons, double inverseCount) {
        int outside = active - 2;
        facts.put("readout-bias", outside * density);
        PairPredictions predictions = new PairPredictions(facts, 1);
        predictions.quotedVariance(outside * (double) outside * (1 - density * density) / neurons
                + outside * (1 - density) / (neurons * density));
        // y is 1 + B, B and max(0, B - 1) for 2, 1 and 0 active inputs of the pair, with B of the others connected
        double perInput = density * (1 - density);
        predictions.expect(2, 1 + outside * density, outside * perInput * inverseCount);
        predictions.expect(1, (active - 1) * density, (active - 1) * perInput * inverseCount);
        double silent = Math.pow(1 - density, active);
        double mean = active * density - 1 + silent;
        double square = active * perInput + Math.pow(active * density - 1, 2) - silent;
        predictions.expect(0, mean, Math.max(0, square - mean * mean) * inverseCount);
    }

    private static double chosenDensity(ProblemInstance instance, int neurons) {
        double log = Math.log(Math.max(2, instance.inputs())) / Math.log(2);
        return Math.min(0.5 / instance.maxActive(), log * log / Math.sqrt(neurons));
    }

    private static BitMatrix draw(int neurons, int inputs, double density, Seed seed) {
        RandomGenerator random = seed.generator();
        int wordsPerRow = BitMatrix.wordsPerRow(inputs);
        long[] words = new long[Math.multiplyExact(neurons, wordsPerRow)];
        for (int e = 0; e < neurons; e++) {
            for (int j = 0; j < inputs; j++) {
                if (random.nextDouble() < density) {
                    words[e * wordsPerRow + j / Long.SIZE] |= 1L << j;
                }
            }
        }
        return BitMatrix.ofBits(neurons, inputs, words);
    }
}
