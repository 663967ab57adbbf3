package org.superpose.runner.inspect;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.figure.Canvas;
import org.superpose.runner.figure.Picture;
import org.superpose.runner.figure.Text;

/**
 * Draws the dependence between light inputs that share a heavy one: their channels within the rows of the heavy input,
 * beside light inputs of other heavy ones, and in how many rows the pairs of either kind meet.
 */
@Reference(value = "Figure 6: dependence", standing = Standing.RECONSTRUCTED)
public final class DependenceFigure implements Picture {
    private static final int WIDTH = 1200;
    private static final int LEFT = 60;
    private static final int TOP = 150;
    private static final int CELL = 13;
    private static final int MOST_ROWS = 48;
    private static final int MOST_COLUMNS = 24;
    private static final int GAP = 16;
    private static final int BARS_LEFT = 800;
    private static final int BARS_WIDTH = 340;
    private static final int BAR = 9;

    private static final Color INK = new Color(40, 40, 40);
    private static final Color FAINT = new Color(110, 110, 110);
    private static final Color GRID = new Color(225, 225, 225);
    private static final Color SHARING = new Color(0, 114, 178);
    private static final Color APART = new Color(230, 159, 0);
    private static final Canvas.Pen THIN = Canvas.Pen.solid(1);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private final BuiltNetwork built;
    private final SharedHub shared;
    private final FeatureNames names;

    /**
     * @param built the network
     * @param shared read off the same network
     */
    public DependenceFigure(BuiltNetwork built, SharedHub shared) {
        this.built = built;
        this.shared = shared;
        this.names = built.instance().inputNames();
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return TOP + Math.max(400, MOST_ROWS * CELL + 60);
    }

    @Override
    public void draw(Canvas canvas) {
        String hub = names.name(shared.hub());
        write(
                canvas,
                TITLE,
                INK,
                LEFT,
                40,
                "Light inputs that share the heavy input " + hub + ": "
                        + built.network().provenance().construction() + ", "
                        + built.network().width() + " neurons");
        drawChannels(canvas, hub);
        drawMeetings(canvas);
    }

    private void drawChannels(Canvas canvas, String hub) {
        int sharing = Math.min(MOST_COLUMNS, shared.sharing().size());
        int apart = Math.min(MOST_COLUMNS, shared.apart().size());
        write(canvas, HEADING, INK, LEFT, 76, "The " + shared.rows().size() + " rows that listen to " + hub);
        write(canvas, PLAIN, SHARING, LEFT, 100, "inputs with an output of " + hub);
        int otherLeft = LEFT + sharing * CELL + GAP;
        write(canvas, PLAIN, APART, otherLeft, 120, "other inputs that are as light");
        for (int r = 0; r < Math.min(MOST_ROWS, shared.rows().size()); r++) {
            List<Boolean> listens = shared.listens().get(r);
            int y = TOP + r * CELL;
            Text number = Text.of(Integer.toString(shared.rows().get(r)), PLAIN, FAINT);
            canvas.write(number.anchored(Text.Anchor.END), LEFT - 8, y + CELL - 2);
            for (int c = 0; c < sharing; c++) {
                cell(canvas, LEFT + c * CELL, y, listens.get(c) ? SHARING : Color.WHITE);
            }
            for (int c = 0; c < apart; c++) {
                boolean heard = listens.get(shared.sharing().size() + c);
                cell(canvas, otherLeft + c * CELL, y, heard ? APART : Color.WHITE);
            }
        }
        if (shared.rows().size() > MOST_ROWS) {
            String more = "and " + (shared.rows().size() - MOST_ROWS) + " more rows";
            write(canvas, PLAIN, FAINT, LEFT, TOP + MOST_ROWS * CELL + 18, more);
        }
    }

    private static void cell(Canvas canvas, int x, int y, Color colour) {
        Shape cell = new Rectangle2D.Double(x, y, CELL, CELL);
        canvas.fill(cell, colour);
        canvas.stroke(cell, GRID, THIN);
    }

    /** Bars: the share of the pairs of either kind that have so many rows in common. */
    private void drawMeetings(Canvas canvas) {
        write(canvas, HEADING, INK, BARS_LEFT, 76, "Rows that two light inputs have in common");
        write(canvas, PLAIN, SHARING, BARS_LEFT, 100, sentence("sharing the heavy input", shared.meetingsSharing()));
        write(canvas, PLAIN, APART, BARS_LEFT, 120, sentence("one of another", shared.meetingsApart()));
        int most = Math.max(last(shared.meetingsSharing()), last(shared.meetingsApart()));
        double tallest = Math.max(largest(shared.meetingsSharing()), largest(shared.meetingsApart()));
        for (int common : IntStream.rangeClosed(0, most).toArray()) {
            int y = TOP + common * (2 * BAR + 6);
            Text number = Text.of(Integer.toString(common), PLAIN, INK);
            canvas.write(number.anchored(Text.Anchor.END), BARS_LEFT - 8, y + BAR + 4);
            bar(canvas, y, share(shared.meetingsSharing(), common) / tallest, SHARING);
            bar(canvas, y + BAR, share(shared.meetingsApart(), common) / tallest, APART);
        }
    }

    private static void bar(Canvas canvas, int y, double part, Color colour) {
        canvas.fill(new Rectangle2D.Double(BARS_LEFT, y, Math.max(0.5, part * BARS_WIDTH), BAR - 1), colour);
    }

    private static String sentence(String pairs, TreeMap<Integer, Integer> meetings) {
        return meetings.isEmpty()
                ? pairs + ": no such pairs"
                : String.format(Locale.ROOT, "%s: %.2f on average", pairs, SharedHub.mean(meetings));
    }

    private static int last(TreeMap<Integer, Integer> meetings) {
        return meetings.isEmpty() ? 0 : meetings.lastKey();
    }

    private static double largest(TreeMap<Integer, Integer> meetings) {
        return meetings.keySet().stream()
                .mapToDouble(common -> share(meetings, common))
                .max()
                .orElse(0);
    }

    private static double share(TreeMap<Integer, Integer> meetings, int common) {
        long pairs = meetings.values().stream().mapToLong(Integer::longValue).sum();
        return pairs == 0 ? 0 : (double) meetings.getOrDefault(common, 0) / pairs;
    }

    private static void write(Canvas canvas, Font font, Color colour, int x, int y, String text) {
        canvas.write(Text.of(text, font, colour), x, y);
    }
}
