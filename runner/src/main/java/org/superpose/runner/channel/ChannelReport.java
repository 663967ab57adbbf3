package org.superpose.runner.channel;

import java.util.List;
import java.util.Optional;

/**
 * The channels of a network's outputs.
 *
 * @param layer the layer whose rows they share, counted from 1
 * @param rows of that layer
 * @param outputs those that were looked at
 * @param baseline the effect, and 0 where it is negative, that the same search finds on average for a set of as many
 *     inputs as in an output's first channel, where the output hears the rows in random orders
 * @param truth how well they were recovered, where it is known what the network should compute
 */
public record ChannelReport(
        int layer, int rows, List<OutputChannels> outputs, double baseline, Optional<ChannelScore> truth) {
    public ChannelReport {
        outputs = List.copyOf(outputs);
    }

    /**
     * The channels of one output.
     *
     * @param output its number
     * @param turnsOff whether the channels turn it off, since it is on at rest
     * @param channels largest effect first; empty only if no set of inputs is allowed
     */
    public record OutputChannels(int output, boolean turnsOff, List<Channel> channels) {
        public OutputChannels {
            channels = List.copyOf(channels);
        }
    }

    /** How many times the effect of the baseline a channel has: 1 is chance. Not-a-number without a baseline. */
    public double score(Channel channel) {
        return baseline > 0 ? channel.effect() / baseline : Double.NaN;
    }

    /** The mean score of the first channels; not-a-number if there is none. */
    public double meanScore() {
        return outputs.stream()
                .filter(each -> !each.channels().isEmpty())
                .mapToDouble(each -> score(each.channels().get(0)))
                .average()
                .orElse(Double.NaN);
    }

    /** How many channels were found that switch their output when the network is run. */
    public long confirmed() {
        return outputs.stream()
                .flatMap(each -> each.channels().stream())
                .filter(Channel::isConfirmed)
                .count();
    }
}
