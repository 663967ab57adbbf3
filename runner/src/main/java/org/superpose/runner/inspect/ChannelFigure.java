package org.superpose.runner.inspect;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.figure.Canvas;
import org.superpose.runner.figure.Picture;
import org.superpose.runner.figure.Text;
import org.superpose.runner.inspect.Channels.Meeting;
import org.superpose.runner.inspect.Channels.Part;
import org.superpose.runner.inspect.Channels.Row;

/**
 * Draws what the captions of the paper's Figures 2 to 5 describe, of a real network: which hidden rows listen to which
 * inputs, parted into sub-problems; the channel of one output, lined up for its inputs; and the rows in which inputs of
 * different outputs meet by chance.
 */
@Reference(
        value = {
            "Figure 2: column specifications",
            "Figure 3: channel",
            "Figure 4: spurious ones",
            "Figure 5: partition"
        },
        standing = Standing.RECONSTRUCTED)
public final class ChannelFigure implements Picture {
    private static final int WIDTH = 1440;
    private static final int BELOW_TOP = 710;
    private static final int HEADING_TOP = 91;
    private static final int HEADING_LINE = 16;
    private static final int LEAST_NAME = 30;
    private static final int MATRIX_LEFT = 40;
    private static final int CHANNEL_LEFT = 640;
    private static final int COINCIDENCE_LEFT = 1050;
    private static final int MATRIX_SIDE = 520;
    private static final int CELL = 14;
    private static final int MOST_ROWS = 40;
    private static final int MOST_LETTERS = 16;
    private static final int HEADING_WIDTH = 375;
    /** Steps of the picture of the matrix to one unit of the drawing. */
    private static final int FINENESS = 2;

    private static final Color INK = new Color(40, 40, 40);
    private static final Color FAINT = new Color(110, 110, 110);
    private static final Color GRID = new Color(225, 225, 225);
    private static final Color LISTENS = new Color(200, 200, 200);
    private static final Color ACTIVE = new Color(85, 85, 85);
    private static final Map<Part, Color> PARTS =
            Map.of(Part.CHANNEL, new Color(0, 114, 178), Part.SPURIOUS, new Color(213, 94, 0), Part.QUIET, ACTIVE);

    private static final Canvas.Pen THIN = Canvas.Pen.solid(1);

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private final BuiltNetwork built;
    private final Channels channels;
    private final FeatureNames names;
    private final List<Panel> panels;
    /** Where the matrices begin, below the longest heading and the longest name of a column. */
    private final int top;

    /** A matrix with its heading. */
    private record Panel(int left, String title, List<Text> text, Optional<Meeting> meeting) {
        Panel(int left, String title, String text, Optional<Meeting> meeting) {
            this(left, title, Text.of(text, PLAIN, FAINT).wrapped(HEADING_WIDTH), meeting);
        }
    }

    /**
     * @param built the network
     * @param channels read off the same network
     */
    public ChannelFigure(BuiltNetwork built, Channels channels) {
        this.built = built;
        this.channels = channels;
        this.names = built.instance().inputNames();
        this.panels = List.of(matrix(), channel(channels.channel()), coincidence(channels.coincidence()));
        int lines = panels.stream().mapToInt(panel -> panel.text().size()).max().orElseThrow();
        double longest = panels.stream()
                .flatMap(panel -> panel.meeting().stream())
                .flatMap(meeting -> meeting.columns().stream())
                .mapToDouble(column -> columnName(column, INK).width())
                .max()
                .orElse(0);
        this.top = HEADING_TOP + HEADING_LINE * lines + (int) Math.ceil(Math.max(LEAST_NAME, longest)) + 12;
    }

    private Panel matrix() {
        int shown = channels.features().length;
        String inputs = shown == built.instance().inputs()
                ? "Inputs from the most to the least influential"
                : "The " + counted(shown) + " most influential inputs";
        return new Panel(
                MATRIX_LEFT,
                "Which rows listen to which inputs",
                inputs + "; hidden rows by the sub-problem of the outputs they work for.",
                Optional.empty());
    }

    private Panel channel(Meeting channel) {
        boolean several = channel.active().size() > 1;
        return new Panel(
                CHANNEL_LEFT,
                "The channel of output " + outputName(),
                joined(channel.active()) + (several ? " belong together: " : " is active: ")
                        + counted(channel.count(Part.CHANNEL))
                        + " rows fire for them and turn the output on; the others hear "
                        + (several ? "some of them" : "nothing") + " and stay off.",
                Optional.of(channel));
    }

    private Panel coincidence(Optional<Meeting> coincidence) {
        String text = coincidence
                .map(meeting -> joined(meeting.active()) + " belong to different outputs, and no output is on: "
                        + counted(meeting.count(Part.SPURIOUS))
                        + " rows fire all the same. None of the inputs has more rows in common with "
                        + joined(meeting.active().subList(0, meeting.active().size() - 1)) + ".")
                .orElse(
                        channels.channel().active().size() > 1
                                ? "There are none: no other input has a row in common with those of this output."
                                : "There are none: each output copies one input.");
        return new Panel(COINCIDENCE_LEFT, "Spurious coincidences", text, coincidence);
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return top + BELOW_TOP;
    }

    @Override
    public void draw(Canvas canvas) {
        String title = built.instance().problem() + " by "
                + built.network().provenance().construction() + ": "
                + counted(built.instance().inputs())
                + " inputs, " + counted(built.instance().outputs()) + " outputs, "
                + counted(built.network().width()) + " neurons";
        canvas.write(Text.of(title, TITLE, INK), MATRIX_LEFT, 40);
        for (Panel panel : panels) {
            canvas.write(Text.of(panel.title(), HEADING, INK), panel.left(), HEADING_TOP - 19);
            for (int line = 0; line < panel.text().size(); line++) {
                canvas.write(panel.text().get(line), panel.left(), HEADING_TOP + HEADING_LINE * line);
            }
            panel.meeting().ifPresent(meeting -> drawMeeting(canvas, panel.left() + 50, meeting));
        }
        drawMatrix(canvas);
        drawKey(canvas);
    }

    /**
     * Hidden rows by sub-problem, inputs by influence; grey is the share of ones in the part of the matrix under a dot.
     */
    private void drawMatrix(Canvas canvas) {
        int[] features = channels.features();
        Map<Integer, SubProblem> subProblems = channels.subProblems();
        Map<SubProblem, Integer> outputs =
                SubProblem.counts(built.instance().layers().get(0));
        List<Integer> order = IntStream.range(0, channels.rows())
                .boxed()
                .sorted((a, b) -> {
                    int byPart = Integer.compare(place(subProblems.get(a)), place(subProblems.get(b)));
                    return byPart != 0 ? byPart : Integer.compare(a, b);
                })
                .toList();
        Rectangle2D place = new Rectangle2D.Double(MATRIX_LEFT, top, MATRIX_SIDE, MATRIX_SIDE);
        canvas.show(picture(order, features), place);
        canvas.stroke(place, INK, THIN);
        drawColumns(canvas, channels.heavyFeatures(), features.length);
        Map<Integer, Integer> sizes = new TreeMap<>();
        order.forEach(row -> sizes.merge(place(subProblems.get(row)), 1, Integer::sum));
        int from = 0;
        int y = top + MATRIX_SIDE + 22;
        for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
            int start = top + (int) ((long) MATRIX_SIDE * from / channels.rows());
            from += size.getValue();
            int end = top + (int) ((long) MATRIX_SIDE * from / channels.rows());
            boolean works = size.getKey() < SubProblem.values().length;
            String text = works
                    ? counted(size.getValue()) + " rows mostly for outputs of "
                            + SubProblem.values()[size.getKey()].title() + " ("
                            + counted(outputs.getOrDefault(SubProblem.values()[size.getKey()], 0)) + " outputs)"
                    : counted(size.getValue()) + " rows that hold no whole output";
            String letter = String.valueOf((char) ('A' + size.getKey()));
            if (from < channels.rows()) {
                canvas.stroke(new Line2D.Double(MATRIX_LEFT - 8, end, MATRIX_LEFT + MATRIX_SIDE + 8, end), INK, THIN);
            }
            Text name = Text.of(letter, HEADING, INK);
            canvas.write(name, MATRIX_LEFT - 24, (start + end) / 2.0 + 5);
            canvas.write(name, MATRIX_LEFT, y);
            canvas.write(Text.of(text, PLAIN, INK), MATRIX_LEFT + 20, y);
            y += 19;
        }
    }

    private void drawColumns(Canvas canvas, int heavy, int all) {
        double border = MATRIX_LEFT + (double) MATRIX_SIDE * heavy / all;
        if (heavy > 0 && heavy < all) {
            canvas.stroke(new Line2D.Double(border, top - 8, border, top + MATRIX_SIDE + 8), INK, THIN);
        }
        if (heavy > 0) {
            canvas.write(Text.of(counted(heavy) + " heavy inputs", PLAIN, INK), MATRIX_LEFT, top - 24);
        }
        if (heavy < all) {
            Text light = Text.of(counted(all - heavy) + " light inputs", PLAIN, INK);
            canvas.write(light.anchored(Text.Anchor.END), MATRIX_LEFT + MATRIX_SIDE, top - 10);
        }
    }

    private Text columnName(int column, Color colour) {
        return Text.of(shortened(names.name(column)), PLAIN, colour);
    }

    private static int place(SubProblem subProblem) {
        return subProblem == null ? SubProblem.values().length : subProblem.ordinal();
    }

    private BufferedImage picture(List<Integer> order, int[] features) {
        int side = FINENESS * MATRIX_SIDE;
        int[][] ones = new int[side][side];
        int[][] cells = new int[side][side];
        int tall = Math.max(side, order.size());
        int wide = Math.max(side, features.length);
        int[] rowAt = IntStream.range(0, tall)
                .map(y -> order.get((int) ((long) y * order.size() / tall)))
                .toArray();
        boolean[] listening = new boolean[features.length];
        for (int y = 0; y < tall; y++) {
            if (y == 0 || rowAt[y] != rowAt[y - 1]) {
                for (int f = 0; f < features.length; f++) {
                    listening[f] = channels.listens(rowAt[y], features[f]);
                }
            }
            int into = (int) ((long) y * side / tall);
            for (int x = 0; x < wide; x++) {
                int column = (int) ((long) x * side / wide);
                cells[into][column]++;
                ones[into][column] += listening[(int) ((long) x * features.length / wide)] ? 1 : 0;
            }
        }
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                // The square root shows the sparse parts too.
                int shade = 255 - (int) Math.round(215 * Math.sqrt((double) ones[y][x] / cells[y][x]));
                image.setRGB(x, y, shade << 16 | shade << 8 | shade);
            }
        }
        return image;
    }

    private void drawMeeting(Canvas canvas, int matrix, Meeting meeting) {
        int active = meeting.active().size();
        int columns = meeting.columns().size();
        List<Row> shown = meeting.rows().stream().limit(MOST_ROWS).toList();
        for (int c = 0; c < columns; c++) {
            Text name = columnName(meeting.columns().get(c), c < active ? INK : FAINT);
            canvas.write(name.turned(-90), x(matrix, active, c) + 11, top - 6);
        }
        for (int r = 0; r < shown.size(); r++) {
            Row row = shown.get(r);
            int y = top + r * CELL;
            Text number = Text.of(Integer.toString(row.row()), PLAIN, FAINT);
            canvas.write(number.anchored(Text.Anchor.END), matrix - 8, y + CELL - 3);
            for (int c = 0; c < columns; c++) {
                boolean listens = row.listens().get(c);
                Shape cell = new Rectangle2D.Double(x(matrix, active, c), y, CELL, CELL);
                canvas.fill(cell, listens ? c < active ? PARTS.get(row.part()) : LISTENS : Color.WHITE);
                canvas.stroke(cell, GRID, THIN);
            }
            if (row.part() != Part.QUIET) {
                canvas.fill(
                        new Ellipse2D.Double(x(matrix, active, columns) + 6, y + 3, CELL - 5, CELL - 5),
                        PARTS.get(row.part()));
            }
        }
        if (shown.size() < meeting.rows().size()) {
            String more = "and " + counted(meeting.rows().size() - shown.size()) + " more rows";
            canvas.write(Text.of(more, PLAIN, FAINT), matrix, top + shown.size() * CELL + 18);
        }
        canvas.write(Text.of("fires", PLAIN, FAINT).turned(-90), x(matrix, active, columns) + 15, top - 6);
    }

    /** A gap parts the active inputs from the others. */
    private static int x(int matrix, int active, int column) {
        return matrix + column * CELL + (column >= active ? 10 : 0);
    }

    private void drawKey(Canvas canvas) {
        Map<Color, String> key = new LinkedHashMap<>();
        key.put(PARTS.get(Part.CHANNEL), "the row listens to an active input and fires for the output");
        key.put(PARTS.get(Part.SPURIOUS), "fires though no output wants it");
        key.put(ACTIVE, "listens to an active input and stays off");
        key.put(LISTENS, "listens to an input that is off");
        int y = height() - 82;
        for (Map.Entry<Color, String> entry : key.entrySet()) {
            canvas.fill(new Rectangle2D.Double(690, y - 11, CELL, CELL), entry.getKey());
            canvas.write(Text.of(entry.getValue(), PLAIN, INK), 712, y);
            y += 20;
        }
    }

    private String outputName() {
        FeatureNames outputs = built.instance().outputNames();
        return built.instance().isLayered()
                ? channels.output() + " of the first map"
                : shortened(outputs.name(channels.output()));
    }

    private String joined(List<Integer> inputs) {
        return inputs.stream().map(input -> shortened(names.name(input))).collect(Collectors.joining(" and "));
    }

    private static String shortened(String name) {
        int[] letters = name.codePoints().limit(MOST_LETTERS + 1).toArray();
        return letters.length <= MOST_LETTERS ? name : new String(letters, 0, MOST_LETTERS - 1) + "\u2026";
    }

    private static String counted(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
