package org.superpose.runner.channel;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.runner.channel.ChannelReport.OutputChannels;
import org.superpose.runner.figure.Canvas;
import org.superpose.runner.figure.Picture;
import org.superpose.runner.figure.Text;

/**
 * Draws the first channel of some outputs as the paper on feature channels does: on the rows of the channel, those for
 * above those against, the signs of the outgoing weight and of the columns of inputs. The columns of the channel's own
 * inputs have the sign of the weight throughout; those of others, which pull the output the most, do not.
 */
public final class ChannelPicture implements Picture {
    private static final int MOST_OUTPUTS = 6;
    private static final int MOST_ROWS = 24;
    private static final int OTHERS = 8;
    private static final int CELL = 14;
    private static final int PANEL_WIDTH = 300;
    private static final int PANEL_TOP = 130;
    private static final int LEFT = 30;

    private static final Color INK = new Color(40, 40, 40);
    private static final Color FAINT = new Color(110, 110, 110);
    private static final Color GRID = new Color(225, 225, 225);
    private static final Color RAISES = new Color(0, 114, 178);
    private static final Color LOWERS = new Color(213, 94, 0);
    private static final Canvas.Pen THIN = Canvas.Pen.solid(1);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final HiddenPaths paths;
    private final ChannelReport report;
    private final FeatureNames inputs;
    private final FeatureNames outputs;
    private final List<OutputChannels> shown;

    /** @param report read out of this network */
    public ChannelPicture(SuperposedNetwork network, ChannelReport report, FeatureNames inputs, FeatureNames outputs) {
        this.paths = HiddenPaths.of(network);
        this.report = report;
        this.inputs = inputs;
        this.outputs = outputs;
        this.shown = report.outputs().stream()
                .filter(each -> !each.channels().isEmpty())
                .limit(MOST_OUTPUTS)
                .toList();
    }

    @Override
    public int width() {
        return Math.max(700, LEFT + shown.size() * PANEL_WIDTH + LEFT);
    }

    @Override
    public int height() {
        int rows = shown.stream()
                .mapToInt(each ->
                        Math.min(MOST_ROWS, each.channels().get(0).witnesses().size()))
                .max()
                .orElse(0);
        return PANEL_TOP + 60 + rows * CELL + 80;
    }

    @Override
    public void draw(Canvas canvas) {
        String title = String.format(
                Locale.ROOT,
                "Feature channels in the %,d rows of layer %d: mean score %.2f (1 is chance)",
                report.rows(),
                report.layer(),
                report.meanScore());
        canvas.write(Text.of(title, TITLE, INK), LEFT, 40);
        for (int p = 0; p < shown.size(); p++) {
            draw(canvas, LEFT + p * PANEL_WIDTH, shown.get(p));
        }
        int y = height() - 40;
        key(canvas, LEFT, y, RAISES, "raises the row; outgoing weight above 0");
        key(canvas, LEFT + 320, y, LOWERS, "lowers it; below 0");
        canvas.write(Text.of("pale: weak for its row", PLAIN, FAINT), LEFT + 500, y);
    }

    private static void key(Canvas canvas, int x, int y, Color colour, String text) {
        canvas.fill(new Rectangle2D.Double(x, y - 11, CELL, CELL), colour);
        canvas.write(Text.of(text, PLAIN, INK), x + CELL + 6, y);
    }

    private void draw(Canvas canvas, int left, OutputChannels each) {
        Channel channel = each.channels().get(0);
        List<Channel.Witness> rows = channel.witnesses().stream()
                .limit(MOST_ROWS)
                .sorted(Comparator.comparing(Channel.Witness::isFor).reversed())
                .toList();
        int[] own = channel.features().toArray();
        int[] others = others(channel);
        String name = outputs.isEmpty() ? Integer.toString(each.output()) : outputs.name(each.output());
        canvas.write(Text.of("Output " + name, HEADING, INK), left, 72);
        canvas.write(
                Text.of(
                        String.format(
                                Locale.ROOT,
                                "score %.2f, %d rows for, %d against",
                                report.score(channel),
                                channel.rows(true).length,
                                channel.rows(false).length),
                        PLAIN,
                        FAINT),
                left,
                90);
        int top = PANEL_TOP + 50;
        int matrix = left + 34;
        canvas.write(Text.of("weight", PLAIN, INK).turned(-90), matrix + 11, top - 6);
        for (int c = 0; c < own.length + others.length; c++) {
            int feature = c < own.length ? own[c] : others[c - own.length];
            canvas.write(
                    Text.of(
                                    inputs.isEmpty() ? Integer.toString(feature) : inputs.name(feature),
                                    PLAIN,
                                    c < own.length ? INK : FAINT)
                            .turned(-90),
                    x(matrix, own.length, c) + 11,
                    top - 6);
        }
        for (int r = 0; r < rows.size(); r++) {
            int y = top + r * CELL;
            Channel.Witness row = rows.get(r);
            canvas.write(
                    Text.of(Integer.toString(row.row()), PLAIN, FAINT).anchored(Text.Anchor.END), matrix - 6, y + 11);
            cell(canvas, matrix, y, row.isFor() ? 1 : -1);
            double largest = IntStream.range(0, paths.features())
                    .mapToDouble(j -> Math.abs(paths.responses(j)[row.row()]))
                    .max()
                    .orElse(1);
            for (int c = 0; c < own.length + others.length; c++) {
                int feature = c < own.length ? own[c] : others[c - own.length];
                cell(canvas, x(matrix, own.length, c), y, paths.responses(feature)[row.row()] / largest);
            }
        }
    }

    /** Gaps part the weight, the channel's inputs and the others. */
    private static int x(int matrix, int own, int column) {
        return matrix + CELL + 8 + column * CELL + (column >= own ? 8 : 0);
    }

    private static void cell(Canvas canvas, int x, int y, double value) {
        Shape place = new Rectangle2D.Double(x, y, CELL, CELL);
        Color full = value >= 0 ? RAISES : LOWERS;
        double share = Math.sqrt(Math.min(1, Math.abs(value)));
        canvas.fill(
                place,
                new Color(mixed(full.getRed(), share), mixed(full.getGreen(), share), mixed(full.getBlue(), share)));
        canvas.stroke(place, GRID, THIN);
    }

    private static int mixed(int colour, double share) {
        return (int) Math.round(255 + share * (colour - 255));
    }

    /** Inputs that are not in the channel, those that pull its rows the most. */
    private int[] others(Channel channel) {
        return IntStream.range(0, paths.features())
                .filter(j -> !channel.features().contains(j))
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -channel.witnesses().stream()
                        .mapToDouble(each -> each.weight() * paths.responses(j)[each.row()])
                        .sum()))
                .limit(OTHERS)
                .mapToInt(j -> j)
                .toArray();
    }
}
