package org.superpose.constructions.universal;

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
 * Random universal AND of Hanni, Mendel, Vaintrob and Chan, Rademacher variant: d neurons, ReLU(A x) with entries +-1,
 * and the pair (a, b) is read as the mean over all neurons of A[e, a] A[e, b] y[e].
 *
 * <p>With s active features the mean is c(s) = (h(2) - 2 h(0) + h(-2)) / 4 if the pair is active, h(a) being the
 * expected ReLU(a + sum of s - 2 signs), and 0 if it is not; divided by c(s), its variance is quoted as about s /
 * (c(s)^2 d), and is half of that where the pair is not active. The decoder cannot subtract, so v - y stands beside y
 * and the width is 2 d.
 */
@Reference(value = "Random universal AND", standing = Standing.ATTESTED, source = "arXiv 2408.05451")
public final class UniversalAndRademacher extends AbstractPairConstruction {
    public UniversalAndRademacher() {
        super(
                "universal-and-rademacher",
                "random universal AND with entries +-1 (Hanni et al.): all pairs at once, approximately");
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        if (width < 2) {
            throw new InvalidInputException("width " + width
                    + " is too small: width must be at least 2, "
                    + "half of it for the neurons and half for their reflection");
        }
        int neurons = width / 2;
        int maxActive = instance.maxActive();
        SignLayer layer = SignLayer.draw(neurons, instance.inputs(), seed.child("universal-layer"));
        double leastScale = PairSignal.leastScale(maxActive);
        PairReadout readout = new PairReadout();
        Gates gates = instance.gates();
        for (int i = 0; i < gates.outputs(); i++) {
            deadline.check();
            int a = gates.read(i, 0);
            int b = gates.read(i, 1);
            int[] code = IntStream.range(0, neurons)
                    .map(e -> layer.isPositive(e, a) == layer.isPositive(e, b) ? e : neurons + e)
                    .sorted()
                    .toArray();
            long subtracted = IntStream.of(code).filter(e -> e >= neurons).count();
            readout.add(code, neurons * leastScale / 2 + (double) maxActive * subtracted);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        int active = Math.max(2, maxActive);
        double scale = PairSignal.scale(active);
        PairPredictions predictions = new PairPredictions(facts, scale);
        predictions.reflectedFrom(neurons);
        predictions.quotedVariance(active / (scale * scale * neurons));
        for (int ofPair = 0; ofPair <= 2; ofPair++) {
            predictions.expect(ofPair, ofPair == 2 ? 1 : 0, PairSignal.signedMeanVariance(active, ofPair, neurons));
        }
        return readout.network(
                id(),
                instance,
                layer.layers(maxActive),
                Map.of(ConstructionParameters.WIDTH.name(), width),
                seed,
                facts);
    }
}
