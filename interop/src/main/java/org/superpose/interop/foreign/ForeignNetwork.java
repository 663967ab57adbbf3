package org.superpose.interop.foreign;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;

/**
 * A network made elsewhere, that does not say what it is to compute: y_0 = x, y_t = f_t(W_t y_(t-1) + b_t + y_skip),
 * f_t being ReLU or nothing; entry i of the last state is the logit of output i. Immutable.
 *
 * @param format id of the file format it came from
 * @param recognised what was taken for what, in one line for people
 * @param layers at least one, first applied first
 * @param thresholds what the logits are compared with
 * @param ignored names of what the file holds besides, in its order
 * @param notes what else a person should know, each in one line
 */
public record ForeignNetwork(
        String format,
        String recognised,
        List<Layer> layers,
        Thresholds thresholds,
        List<String> ignored,
        List<String> notes) {
    /** The name of the construction of networks that were made elsewhere. */
    public static final String CONSTRUCTION = "imported";

    public ForeignNetwork {
        layers = List.copyOf(layers);
        ignored = List.copyOf(ignored);
        notes = List.copyOf(notes);
    }

    /** m, the number of features. */
    public int features() {
        return layers.get(0).columns();
    }

    /** m', the number of outputs. */
    public int outputs() {
        return layers.get(layers.size() - 1).rows();
    }

    /**
     * The network with what it should compute, as a pair that can be verified. Nothing is claimed but the domain.
     *
     * @param truth of as many features and outputs
     * @throws InvalidInputException if it has others; the message names both sizes
     */
    public BuiltNetwork against(ProblemInstance truth) {
        requireSize(truth.inputs(), truth.outputs());
        return new BuiltNetwork(truth, network(truth.domain()));
    }

    /** The network by itself; nothing is claimed but that the domain is one of its features. */
    public SuperposedNetwork network(InputDomain domain) {
        float[] on = new float[outputs()];
        float[] off = new float[outputs()];
        Arrays.fill(on, thresholds.on());
        Arrays.fill(off, thresholds.off());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("format", format);
        facts.put("recognised", recognised);
        if (!notes.isEmpty()) {
            facts.put("notes", String.join("; ", notes));
        }
        return new SuperposedNetwork(
                Codes.identity(features()),
                layers,
                Decoder.readout(on, off),
                domain,
                false,
                new Provenance(CONSTRUCTION, Map.of(), 0, facts));
    }

    /**
     * Insists that a truth is of the size of this network.
     *
     * @throws InvalidInputException if it is not
     */
    public void requireSize(int truthFeatures, int truthOutputs) {
        if (truthFeatures != features() || truthOutputs != outputs()) {
            throw new InvalidInputException("the network has " + features() + " features and " + outputs()
                    + " outputs, but the truth has " + truthFeatures + " features and " + truthOutputs + " outputs");
        }
    }
}
