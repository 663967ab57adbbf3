package org.superpose.constructions.universal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Dense universal AND after Newgas: the neurons ReLU(A x) with entries +-1 fall into four kinds by the signs of the two
 * inputs of a pair, and the pair is read from the four class means as A - B1 - B2 + C, which is exact where no third
 * input is active: 2 for an active pair and 0 otherwise, so with weights of 1/8 the readout 4 (A - B1 - B2 + C) is the
 * AND. With s active features it is 4 c(s) / 2 of that on average.
 *
 * <p>Here every class is represented by the same number of its neurons, so that the sum over them is the sum of the
 * means times that number. The decoder cannot subtract, so v - y stands beside y and the width is twice the number of
 * neurons.
 */
@Reference(value = "Dense universal AND", standing = Standing.ATTESTED, source = "arXiv 2507.09816")
public final class UniversalAndDense extends AbstractPairConstruction {
    public UniversalAndDense() {
        super(
                "universal-and-dense",
                "dense universal AND (Newgas): all pairs at once, exact where no third input is active");
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        int neurons = width / 2;
        int maxActive = instance.maxActive();
        if (neurons < 4) {
            throw new InvalidInputException("width " + width
                    + " is too small: width must be at least 8, two neurons for each of the four kinds");
        }
        SignLayer layer = SignLayer.draw(neurons, instance.inputs(), seed.child("universal-layer"));
        PairReadout readout = new PairReadout();
        int fewest = Integer.MAX_VALUE;
        double inverses = 0;
        Gates gates = instance.gates();
        for (int i = 0; i < gates.outputs(); i++) {
            deadline.check();
            int[][] kinds = kinds(layer, neurons, gates.read(i, 0), gates.read(i, 1));
            int each = Arrays.stream(kinds).mapToInt(kind -> kind.length).min().orElseThrow();
            if (each == 0) {
                throw new InvalidInputException("width " + width
                        + " is too small: one of the four kinds of neurons is missing for output " + i);
            }
            fewest = Math.min(fewest, each);
            inverses += 1.0 / each;
            int[] code = IntStream.range(0, 4)
                    .flatMap(kind ->
                            Arrays.stream(kinds[kind], 0, each).map(e -> kind == 0 || kind == 3 ? e : neurons + e))
                    .sorted()
                    .toArray();
            readout.add(code, 2.0 * each * (PairSignal.leastScale(maxActive) + maxActive));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("fewest-neurons-of-a-kind", fewest);
        int active = Math.max(2, maxActive);
        PairPredictions predictions = new PairPredictions(facts, PairSignal.scale(active));
        predictions.reflectedFrom(neurons);
        for (int ofPair = 0; ofPair <= 2; ofPair++) {
            predictions.expect(
                    ofPair,
                    ofPair == 2 ? 1 : 0,
                    PairSignal.classMeansVariance(active, ofPair, inverses / gates.outputs()));
        }
        return readout.network(
                id(),
                instance,
                layer.layers(maxActive),
                Map.of(ConstructionParameters.WIDTH.name(), width),
                seed,
                facts);
    }

    /** The neurons with signs --, +-, -+ and ++ at the two inputs. */
    private static int[][] kinds(SignLayer layer, int neurons, int a, int b) {
        int[][] kinds = new int[4][];
        for (int kind = 0; kind < 4; kind++) {
            boolean positiveA = (kind & 1) != 0;
            boolean positiveB = (kind & 2) != 0;
            kinds[kind] = IntStream.range(0, neurons)
                    .filter(e -> layer.isPositive(e, a) == positiveA && layer.isPositive(e, b) == positiveB)
                    .toArray();
        }
        return kinds;
    }
}
