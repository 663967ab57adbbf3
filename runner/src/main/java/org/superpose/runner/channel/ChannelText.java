package org.superpose.runner.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.superpose.core.feature.FeatureNames;
import org.superpose.runner.channel.ChannelReport.OutputChannels;

/**
 * Channels in words and as a document.
 *
 * @param report to be told
 * @param inputs names of the inputs, or none
 * @param outputs names of the outputs, or none
 */
public record ChannelText(ChannelReport report, FeatureNames inputs, FeatureNames outputs) {
    private static final int MOST_LINES = 20;
    private static final int MOST_ROWS = 12;

    /** What a person reads. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%,d channels of %,d outputs in the %,d rows of layer %d, %,d of them confirmed by running the network",
                report.outputs().stream()
                        .mapToInt(each -> each.channels().size())
                        .sum(),
                report.outputs().size(),
                report.rows(),
                report.layer(),
                report.confirmed()));
        lines.add(format("mean score %s of the first channels (1 is chance)", decimal(report.meanScore())));
        report.truth().ifPresent(score -> add(score, lines));
        report.outputs().stream()
                .flatMap(each -> each.channels().stream().map(channel -> line(each, channel)))
                .limit(MOST_LINES)
                .forEach(lines::add);
        long all = report.outputs().stream()
                .mapToLong(each -> each.channels().size())
                .sum();
        if (all > MOST_LINES) {
            lines.add(format("and %,d more: --json has all, --output shows one", all - MOST_LINES));
        }
        return lines;
    }

    private static void add(ChannelScore score, List<String> lines) {
        lines.add(format(
                "of %,d true channels of %,d outputs %,d were found: precision %s, recall %s (chance %s)",
                score.truths(),
                score.outputs(),
                score.exact(),
                decimal(score.precision()),
                decimal(score.recall()),
                decimal(score.baselineExact())));
        lines.add(format(
                "inputs: precision %s, recall %s (chance %s); witnesses for: precision %s, recall %s",
                decimal(score.featurePrecision()),
                decimal(score.featureRecall()),
                decimal(score.baselineFeaturePrecision()),
                decimal(score.rowPrecision()),
                decimal(score.rowRecall())));
    }

    private String line(OutputChannels each, Channel channel) {
        return format(
                "  output %s is %s by %s%s: score %s, rows for %s, against %s",
                outputs.isEmpty()
                        ? Integer.toString(each.output())
                        : each.output() + " \"" + outputs.name(each.output()) + "\"",
                each.turnsOff() ? "turned off" : "turned on",
                inputs.isEmpty()
                        ? channel.features().toString()
                        : channel.features() + " = " + inputs.describe(channel.features()),
                channel.isConfirmed() ? "" : " (not confirmed)",
                decimal(report.score(channel)),
                rows(channel.rows(true)),
                rows(channel.rows(false)));
    }

    private static String rows(int[] rows) {
        String shown =
                Arrays.stream(rows).limit(MOST_ROWS).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return rows.length == 0
                ? "none"
                : rows.length <= MOST_ROWS ? shown : shown + " and " + (rows.length - MOST_ROWS) + " more";
    }

    /** All of it, as documented in docs/channels.md. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("layer", report.layer());
        document.put("rows", report.rows());
        document.put("confirmed", report.confirmed());
        document.put("baseline_effect", report.baseline());
        document.put("mean_score", number(report.meanScore()));
        document.put("truth", report.truth().map(ChannelText::document).orElse(null));
        document.put("outputs", report.outputs().stream().map(this::document).toList());
        return document;
    }

    private static Map<String, Object> document(ChannelScore score) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("outputs", score.outputs());
        document.put("true_channels", score.truths());
        document.put("found", score.found());
        document.put("exact", score.exact());
        document.put("precision", number(score.precision()));
        document.put("recall", number(score.recall()));
        document.put("baseline_exact", number(score.baselineExact()));
        document.put("input_precision", number(score.featurePrecision()));
        document.put("input_recall", number(score.featureRecall()));
        document.put("baseline_input_precision", number(score.baselineFeaturePrecision()));
        document.put("row_precision", number(score.rowPrecision()));
        document.put("row_recall", number(score.rowRecall()));
        return document;
    }

    private Map<String, Object> document(OutputChannels each) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("output", each.output());
        if (!outputs.isEmpty()) {
            document.put("name", outputs.name(each.output()));
        }
        document.put("turns", each.turnsOff() ? "off" : "on");
        document.put("channels", each.channels().stream().map(this::document).toList());
        return document;
    }

    private Map<String, Object> document(Channel channel) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("inputs", channel.features().toArray());
        if (!inputs.isEmpty()) {
            document.put("input_names", inputs.describe(channel.features()));
        }
        document.put("confirmed", channel.isConfirmed());
        document.put("effect", number(channel.effect()));
        document.put("score", number(report.score(channel)));
        document.put("rows_for", channel.rows(true));
        document.put("rows_against", channel.rows(false));
        return document;
    }

    /** JSON has no not-a-number. */
    private static Object number(double value) {
        return Double.isFinite(value) ? (Object) value : null;
    }

    private static String decimal(double value) {
        return Double.isFinite(value) ? format("%.3f", value).replaceAll("\\.?0+$", "") : "unknown";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
