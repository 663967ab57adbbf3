package org.superpose.runner.inspect;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.figure.Canvas;
import org.superpose.runner.figure.Picture;
import org.superpose.runner.figure.Text;

/**
 * Draws what the caption of the partition figure describes, of a real network: the matrix C_1' that writes the results
 * of one map, its rows parted into the sub-problems of the next map, and the results that feed one of them or both.
 */
@Reference(value = "Figure 5: partition", standing = Standing.RECONSTRUCTED)
public final class PartitionFigure implements Picture {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 720;
    private static final int LEFT = 150;
    private static final int TOP = 150;
    private static final int MATRIX_WIDTH = 800;
    private static final int MATRIX_HEIGHT = 500;
    private static final int GAP = 12;

    private static final Color INK = new Color(40, 40, 40);
    private static final Color FAINT = new Color(110, 110, 110);
    private static final Color ONE = new Color(0, 114, 178);
    private static final Color SEVERAL = new Color(213, 94, 0);
    private static final Canvas.Pen THIN = Canvas.Pen.solid(1);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private final BuiltNetwork built;
    private final FedSubProblems fed;
    /** Neurons from the first part to the last, those that no part reads at the end. */
    private final List<Integer> order;

    /**
     * @param built the network
     * @param fed read off the same network
     */
    public PartitionFigure(BuiltNetwork built, FedSubProblems fed) {
        this.built = built;
        this.fed = fed;
        this.order = IntStream.range(0, fed.neurons().size())
                .boxed()
                .sorted((a, b) -> {
                    int byPart = Integer.compare(place(a), place(b));
                    return byPart != 0 ? byPart : Integer.compare(a, b);
                })
                .toList();
    }

    private int place(int neuron) {
        int part = fed.neurons().get(neuron);
        return part < 0 ? fed.subProblems() : part;
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public void draw(Canvas canvas) {
        canvas.write(
                Text.of(
                        "Where the results of the first map are written: "
                                + built.network().provenance().construction() + ", "
                                + built.network().width() + " neurons",
                        TITLE,
                        INK),
                40,
                40);
        long several = fed.results().size() - fed.feeding(1) - fed.feeding(0);
        canvas.write(
                Text.of(
                        fed.feeding(1) + " results feed one sub-problem of the next map (blue), " + several
                                + " feed more than one and are written into the rows of each (red)",
                        PLAIN,
                        INK),
                40,
                72);
        canvas.write(
                Text.of("columns: the " + fed.results().size() + " results, by what they feed", PLAIN, FAINT),
                LEFT,
                TOP - 30);
        drawOnes(canvas);
        drawParts(canvas);
    }

    private void drawOnes(Canvas canvas) {
        int[] rank = new int[order.size()];
        for (int y = 0; y < rank.length; y++) {
            rank[order.get(y)] = y;
        }
        double wide = (double) MATRIX_WIDTH / fed.results().size();
        double tall = (double) MATRIX_HEIGHT / order.size();
        for (int place = 0; place < fed.results().size(); place++) {
            Color colour = fed.fed(place).cardinality() > 1 ? SEVERAL : ONE;
            for (int neuron : fed.written().get(place)) {
                canvas.fill(new Rectangle2D.Double(LEFT + place * wide, TOP + rank[neuron] * tall, wide, tall), colour);
            }
        }
        canvas.stroke(new Rectangle2D.Double(LEFT, TOP, MATRIX_WIDTH, MATRIX_HEIGHT), INK, THIN);
    }

    /** A line between two parts, and how many neurons each has. */
    private void drawParts(Canvas canvas) {
        int from = 0;
        for (int part = 0; part <= fed.subProblems(); part++) {
            int here = part;
            int size =
                    (int) order.stream().filter(neuron -> place(neuron) == here).count();
            if (size == 0) {
                continue;
            }
            double start = TOP + (double) MATRIX_HEIGHT * from / order.size();
            from += size;
            double end = TOP + (double) MATRIX_HEIGHT * from / order.size();
            if (from < order.size()) {
                canvas.stroke(new Line2D.Double(LEFT - GAP, end, LEFT + MATRIX_WIDTH + GAP, end), INK, THIN);
            }
            String name = part < fed.subProblems() ? "sub-problem " + (char) ('A' + part) : "not read";
            double middle = (start + end) / 2;
            canvas.write(Text.of(name, PLAIN, INK).anchored(Text.Anchor.END), LEFT - GAP, middle);
            canvas.write(
                    Text.of(size + (size == 1 ? " neuron" : " neurons"), PLAIN, FAINT)
                            .anchored(Text.Anchor.END),
                    LEFT - GAP,
                    middle + 16);
        }
    }
}
