package org.superpose.runner.experiment.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.experiment.NetworkStatistic;

/**
 * The largest feature influence of an instance, beside the m'^(1/4) up to which output channels work (theory, sections
 * 1 and 4).
 */
@Reference(
        value = {"Definition: feature influence", "Theorem 4.1"},
        standing = Standing.ATTESTED)
public record InfluenceFigures() implements NetworkStatistic {
    /** d, the largest influence of an input. */
    public static final String INFLUENCE = "max_influence";

    /** m'^(1/4). */
    public static final String LIMIT = "influence_limit";

    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(INFLUENCE, built.instance().gates().influenceProfile().max());
        fields.put(LIMIT, Math.pow(built.instance().outputs(), 0.25));
        return fields;
    }
}
