package org.superpose.runner.experiment.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.experiment.NetworkStatistic;

/** The noise that linear decompression leaves in the rows of the first layer, against its prediction sqrt(v R / n). */
@Reference(value = "Decompression", standing = Standing.RECONSTRUCTED)
public record RowNoise() implements NetworkStatistic {
    /** The measured standard deviation, in units of one active input, with v active features. */
    public static final String NOISE = "row_noise";

    /** sqrt(v R / n). */
    public static final String PREDICTED = "row_noise_predicted";

    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        RowResponses responses = RowResponses.of(built.network());
        int active = built.instance().maxActive();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(NOISE, responses.noise(active));
        fields.put(PREDICTED, responses.predictedNoise(active));
        return fields;
    }
}
