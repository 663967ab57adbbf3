package org.superpose.runner.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Band;
import org.superpose.runner.figure.Plot.Line;
import org.superpose.runner.figure.Plot.Mark;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.figure.Plot.Scale;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotPictureTest {
    @TempDir
    Path folder;

    private static Plot categories(int count, int letters) {
        List<String> names = IntStream.range(0, count)
                .mapToObj(number -> number + "-" + "w".repeat(letters))
                .toList();
        List<Point> points = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            points.add(new Point("series " + place % 5, place, 1 + place, -1, ""));
        }
        return plot(Axis.ofCategories("construction", names), Axis.of("n / limit", Scale.LOG10), points);
    }

    private static Plot plot(Axis x, Axis y, List<Point> points) {
        return new Plot("plot", "A plot", "", x, y, points, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 24", "3, 26", "12, 24", "40, 3", "40, 60", "90, 8", "2, 4000"})
    void everyCategoryIsNamedAndNoNameLiesOnAnother(int count, int letters) {
        Plot plot = categories(count, letters);
        PlotPicture picture = PlotPicture.withHeading(plot);
        WrittenTexts texts = WrittenTexts.of(picture);
        assertTrue(texts.full().containsAll(plot.x().categories()), texts.full().toString());
        assertTrue(texts.full().containsAll(plot.series()), texts.full().toString());
        assertTrue(texts.full().containsAll(List.of("A plot", "construction", "n / limit")));
        assertEquals(List.of(), texts.faults(picture));
    }

    @ParameterizedTest
    @CsvSource({
        "LOG2, 1, 1e9",
        "LOG10, 1e-9, 1e9",
        "LINEAR, -1e6, 1e6",
        "LINEAR, 5, 5",
        "LOG2, 190, 190",
        "LOG10, 1e-300, 1e300"
    })
    void numbersOfAnAxisStandApart(Scale scale, double least, double greatest) {
        Axis axis = Axis.of("axis", scale);
        Plot plot = plot(
                axis, axis, List.of(new Point("s", least, least, -1, ""), new Point("s", greatest, greatest, -1, "")));
        PlotPicture picture = PlotPicture.of(plot);
        WrittenTexts texts = WrittenTexts.of(picture);
        assertTrue(texts.full().size() >= 3 + 4, texts.full() + " are the titles, the series and two numbers each");
        assertEquals(List.of(), texts.faults(picture));
    }

    private static Plot lines(double... ends) {
        List<Line> lines = new ArrayList<>();
        for (double end : ends) {
            lines.add(new Line("line " + lines.size(), false, new double[] {0, 10}, new double[] {0, end}));
        }
        Axis axis = Axis.of("axis", Scale.LINEAR);
        return new Plot("p", "P", "", axis, axis, List.of(), lines, List.of(), List.of(new Mark("mark", true, 9)));
    }

    @Test
    void fewLinesAreNamedAtTheirEndsByThePictureAndByThePageAlike() {
        Plot plot = lines(100, 0, 52);
        assertEquals(
                List.of("line 1", "line 2", "line 0"),
                plot.endLabels().stream().map(EndLabel::series).toList());
        PlotPicture picture = PlotPicture.of(plot);
        WrittenTexts texts = WrittenTexts.of(picture);
        assertEquals(List.of(), texts.faults(picture));
        assertEquals(1, texts.full().stream().filter("line 2"::equals).count(), "there is no legend beside the names");
        String layers = VegaLiteSpec.endLabels(plot).orElseThrow().get("layers").toString();
        plot.series().forEach(name -> assertTrue(layers.contains("\"" + name + "\""), layers));
    }

    @Test
    void linesThatEndInsideAreNamedThereWhereNothingElseIs() {
        Axis axis = Axis.of("axis", Scale.FROM_ZERO);
        List<Line> lines = new ArrayList<>();
        for (int end : new int[] {1, 2, 4, 8, 16}) {
            lines.add(new Line(end + " blocks", false, new double[] {0.9, end}, new double[] {8, 8 + end / 16.0}));
        }
        lines.add(new Line("predicted", true, new double[] {1, 16}, new double[] {10, 10}));
        Plot plot = new Plot("p", "P", "", axis, axis, List.of(), lines, List.of(), List.of());
        List<EndLabel> labels = plot.endLabels();
        assertEquals(6, labels.size());
        assertEquals(4, labels.stream().filter(EndLabel::isInside).count());
        ShownAxis across = ShownAxis.of(plot, true, 1);
        ShownAxis up = ShownAxis.of(plot, false, 1);
        for (EndLabel label : labels.stream().filter(EndLabel::isInside).toList()) {
            for (Line line : lines) {
                for (int step = 0; step <= 1000; step++) {
                    double share = step / 1000.0;
                    double x = across.place(line.x()[0] + share * (line.x()[1] - line.x()[0])) - label.across();
                    double y = up.place(line.y()[0] + share * (line.y()[1] - line.y()[0])) - label.up();
                    assertTrue(x < 0 || x > 0.1 || Math.abs(y) > 0.028, label + " lies on " + line.series());
                }
            }
        }
        PlotPicture picture = PlotPicture.of(plot);
        WrittenTexts texts = WrittenTexts.of(picture);
        assertEquals(List.of(), texts.faults(picture));
        assertEquals(
                1, texts.full().stream().filter("2 blocks"::equals).count(), "there is no legend beside the names");
        String layers = VegaLiteSpec.endLabels(plot).orElseThrow().get("layers").toString();
        plot.series().forEach(name -> assertTrue(layers.contains("\"" + name + "\""), layers));
    }

    @Test
    void linesThatAreManyOrEndTogetherHaveALegend() {
        for (Plot plot : List.of(lines(10, 20, 30, 40, 50, 60, 70), lines(50, 50.1, 50.2, 50.3), lines())) {
            assertEquals(List.of(), plot.endLabels());
            assertTrue(VegaLiteSpec.endLabels(plot).isEmpty());
            assertEquals(List.of(), WrittenTexts.of(PlotPicture.of(plot)).faults(PlotPicture.of(plot)));
        }
    }

    @Test
    void manySeriesOfLongNamesStandInALegendBelow() {
        List<Point> points = IntStream.range(0, 60)
                .mapToObj(s -> new Point("series " + s + ", " + "long ".repeat(s), s + 1, s + 1, s, s + 2, -1, ""))
                .toList();
        PlotPicture picture = PlotPicture.of(plot(Axis.of("m'", Scale.LOG2), Axis.of("rows", Scale.LINEAR), points));
        WrittenTexts texts = WrittenTexts.of(picture);
        assertEquals(
                points.stream().map(Point::series).collect(Collectors.toSet()),
                texts.full().stream().filter(text -> text.startsWith("series")).collect(Collectors.toSet()));
        assertEquals(List.of(), texts.faults(picture));
    }

    @Test
    void whatWasLeftOutOfANameIsToldByTheSvgFile() throws Exception {
        String hostile = "<b> & \"\u0001 \ud83d" + "x".repeat(300) + "</b>";
        Plot plot = plot(
                Axis.ofCategories("a ]]> b", List.of(hostile, "other")),
                Axis.of("y", Scale.LINEAR),
                List.of(new Point(hostile, 0, 1, -1, ""), new Point("s", 1, 2, -1, "")));
        String svg = SvgCanvas.draw(PlotPicture.of(plot));
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertEquals(2, document.getElementsByTagName("title").getLength(), "the category and the series");
        assertEquals(
                hostile.replace('\u0001', '?').replace('\ud83d', '?'),
                document.getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void aBandThatIsWiderThanThePlotEndsAtItsEdges() {
        double[] x = {1, 2};
        Plot plot = new Plot(
                "p",
                "P",
                "",
                Axis.of("x", Scale.LOG2),
                Axis.of("y", Scale.LOG2),
                List.of(new Point("s", 1, 1, -1, ""), new Point("s", 2, 2, -1, "")),
                List.of(new Line("s", true, x, x)),
                List.of(new Band("s", x, new double[] {0, 0}, new double[] {9, Double.POSITIVE_INFINITY})));
        String svg = SvgCanvas.draw(PlotPicture.of(plot));
        assertTrue(svg.contains("stroke-dasharray") && svg.contains("fill-opacity"), svg);
        assertTrue(!svg.contains("Infinity") && !svg.contains("NaN") && !svg.contains("9223372"), svg);
    }

    @Test
    void valuesThatAnAxisCannotShowAreNoPlot() {
        assertThrowsFor(Axis.of("x", Scale.LOG10), 0);
        assertThrowsFor(Axis.of("x", Scale.LINEAR), Double.NaN);
        assertThrowsFor(Axis.of("x", Scale.LINEAR), Double.POSITIVE_INFINITY);
    }

    private static void assertThrowsFor(Axis axis, double value) {
        assertThrows(
                IllegalArgumentException.class,
                () -> plot(axis, Axis.of("y", Scale.LINEAR), List.of(new Point("s", value, 1, -1, ""))));
    }

    @Test
    void aFileOfAnotherFormatIsRefused() {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> PictureFile.of("--plot", folder.resolve("plot.pdf")));
        assertTrue(refused.getMessage().endsWith("plot.pdf must end with .svg or .png"), refused.getMessage());
    }
}
