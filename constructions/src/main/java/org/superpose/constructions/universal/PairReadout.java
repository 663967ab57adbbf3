package org.superpose.constructions.universal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * The readouts of all pairs of a universal AND network: for each output the neurons that are added up, and the
 * threshold.
 */
final class PairReadout {
    private final List<int[]> codes = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();

    /**
     * The readout of the next output.
     *
     * @param neurons ascending, at least one
     */
    void add(int[] neurons, double threshold) {
        codes.add(neurons);
        thresholds.add((float) threshold);
    }

    SuperposedNetwork network(
            String id,
            ProblemInstance instance,
            List<Layer> layers,
            Map<String, Object> parameters,
            Seed seed,
            Map<String, Object> facts) {
        float[] tau = new float[codes.size()];
        for (int i = 0; i < tau.length; i++) {
            tau[i] = thresholds.get(i);
        }
        Codes outputCodes = Codes.of(layers.get(layers.size() - 1).rows(), codes);
        return new SuperposedNetwork(
                Codes.identity(instance.inputs()),
                layers,
                new Decoder(outputCodes, Decoder.Kind.SUM, tau),
                instance.domain(),
                false,
                new Provenance(id, parameters, seed.value(), facts));
    }
}
