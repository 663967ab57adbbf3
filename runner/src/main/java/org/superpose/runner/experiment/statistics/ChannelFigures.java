package org.superpose.runner.experiment.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.random.Seed;
import org.superpose.runner.channel.ChannelReader;
import org.superpose.runner.channel.ChannelReport;
import org.superpose.runner.channel.ChannelScore;
import org.superpose.runner.experiment.NetworkStatistic;

/**
 * How well the feature channels of a network are recovered from its weights, beside chance.
 *
 * @param most channels of an output that are looked for
 * @param seed of the random baseline
 */
public record ChannelFigures(int most, Seed seed) implements NetworkStatistic {
    /** The share of the channels found that are right. */
    public static final String PRECISION = "channel_precision";

    /** The share of the map's channels that were found. */
    public static final String RECALL = "channel_recall";

    /** The mean effect of channels, in units of the random baseline. */
    public static final String SCORE = "channel_score";

    /** The share of the random baseline's sets that are channels. */
    public static final String CHANCE = "channel_chance";

    /** The share of the rows found that patching single rows finds too. */
    public static final String ROW_PRECISION = "row_precision";

    /** The share of the rows that patching finds that were found. */
    public static final String ROW_RECALL = "row_recall";

    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        ChannelReport report = new ChannelReader(most, seed)
                .read(
                        built.network(),
                        built.instance().domain(),
                        IntStream.range(0, built.network().outputs()).toArray(),
                        Optional.of(built.instance()));
        ChannelScore score = report.truth().orElseThrow();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(PRECISION, orNull(score.precision()));
        fields.put(RECALL, orNull(score.recall()));
        fields.put(SCORE, orNull(report.meanScore()));
        fields.put(CHANCE, orNull(score.baselineExact()));
        fields.put(ROW_PRECISION, orNull(score.rowPrecision()));
        fields.put(ROW_RECALL, orNull(score.rowRecall()));
        return fields;
    }

    private static Double orNull(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
