package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.bounds.LowerBound;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.BoundsCurve;

/** {@code bounds --plot}: the right points, and files that open. */
class BoundsPlotTest {
    private static final Assignments TWO_AND = Assignments.parse(List.of("inputs=256", "outputs=512"));

    @TempDir
    Path folder;

    private Printed bounds(String plot, String... set) {
        String[] parameters =
                Stream.of(set).skip(1).flatMap(each -> Stream.of("--set", each)).toArray(String[]::new);
        return superpose("bounds", "--problem", set[0], "--plot", folder.resolve(plot), parameters);
    }

    @Test
    void thePointsAreTheBoundsOfTheProblemHalvedAgainAndAgain() {
        List<BoundsCurve.Point> points =
                new BoundsCurve(1, OptionalInt.of(2), 0, 0).points(Bench.workbench(), "two-and", TWO_AND, new Seed(1));
        assertEquals(
                List.of(32, 64, 128, 256, 512),
                points.stream()
                        .map(BoundsCurve.Point::outputs)
                        .skip(points.size() - 5)
                        .toList());
        ProblemInstance half = Bench.workbench()
                .instance("two-and", Assignments.parse(List.of("inputs=128", "outputs=256")), new Seed(1));
        BoundsCurve.Point point = points.get(points.size() - 2);
        assertEquals(LowerBound.of(half).widthLimit(1, 2), point.computing(), 1e-9);
        for (int t = 1; t < points.size(); t++) {
            assertTrue(points.get(t).computing() > points.get(t - 1).computing());
        }
    }

    @Test
    void moreBitsAndErrorsLowerTheCurve() {
        Seed seed = new Seed(1);
        double one = last(new BoundsCurve(1, OptionalInt.empty(), 0, 0), seed);
        assertEquals(one / 2, last(new BoundsCurve(4, OptionalInt.empty(), 0, 0), seed), 1e-9);
        assertTrue(last(new BoundsCurve(1, OptionalInt.empty(), 0.1, 0), seed) < one);
    }

    private static double last(BoundsCurve curve, Seed seed) {
        List<BoundsCurve.Point> points = curve.points(Bench.workbench(), "two-and", TWO_AND, seed);
        return points.get(points.size() - 1).computing();
    }

    private static void assertDone(Printed printed) {
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
    }

    private static void assertRefused(String reason, Printed printed) {
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains(reason), printed.err());
    }

    @Test
    void anSvgFileSaysWhatIsDrawn() throws IOException {
        assertDone(bounds("bounds.svg", "permutation", "inputs=1024"));
        String svg = Files.readString(folder.resolve("bounds.svg"));
        assertTrue(svg.startsWith("<?xml") && svg.contains("<svg"), svg.substring(0, 80));
        assertTrue(svg.strip().endsWith("</svg>"));
    }

    @Tag("slow")
    @Test
    void aPngFileOpensAndHasTheCurvesInTheirColours() throws IOException {
        assertDone(bounds("bounds.png", "two-and", "inputs=1024"));
        BufferedImage image = ImageIO.read(folder.resolve("bounds.png").toFile());
        Set<Integer> colours = new TreeSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        assertTrue(colours.containsAll(List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7)), "four curves");
    }

    @Test
    void whatCannotBeDrawnIsRefusedAndLeavesNoFile() throws IOException {
        assertRefused("must end with .svg or .png", bounds("bounds.pdf", "two-and", "inputs=64"));
        assertRefused("no inputs to vary", bounds("bounds.svg", "pairs-file", "file=bundled:bigrams-gpl3"));
        assertRefused("too small to halve", bounds("bounds.svg", "permutation", "inputs=5"));
        assertFalse(Files.exists(folder.resolve("bounds.svg")));
    }
}
