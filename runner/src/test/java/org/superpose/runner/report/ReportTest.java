package org.superpose.runner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Palette;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.VegaLiteSpec;
import org.superpose.runner.report.analysis.Families;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.report.analysis.ScalingLaw;
import org.superpose.runner.report.analysis.SmallestWidths;
import org.superpose.runner.report.plot.PlotKind;
import org.superpose.runner.report.plot.SpuriousRowsPlot;
import org.superpose.runner.report.plot.SuccessPlot;
import org.superpose.runner.report.plot.WidthPlot;
import org.superpose.runner.store.LargeStore;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.SmallSweep;
import org.superpose.runner.store.StoredRow;
import org.superpose.runner.workbench.Measurement;

class ReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    Path folder;

    private String page(Report report) throws IOException {
        Path page = folder.resolve("report.html");
        report.writePage(page);
        return Files.readString(page);
    }

    private static JsonNode data(String page) throws IOException {
        Matcher data = DATA.matcher(page);
        assertTrue(data.find());
        return new ObjectMapper().readTree(data.group(1));
    }

    private static List<String> ids(Report report) {
        return report.plots().stream().map(Plot::id).toList();
    }

    private static List<ReportRow> rows(List<Measurement> measurements) {
        return IntStream.range(0, measurements.size())
                .mapToObj(index -> new ReportRow(
                        index, new StoredRow("e", index + 1, 1, measurements.get(index)), "superpose run e"))
                .toList();
    }

    @Test
    void rowsThatHaveEverythingGiveEveryPlot() {
        SampleResults.store(folder, SampleResults.rich());
        assertEquals(ReportPlot.ids(), ids(Report.of(List.of(folder))));
    }

    @Test
    void anExperimentThatNamesItsPlotsGetsThoseInItsOrder() {
        SampleResults.store(folder, SampleResults.rich(), "cost width unheard-of");
        assertEquals(List.of("cost", "width"), ids(Report.of(List.of(folder))));
        Path open = folder.resolve("open");
        SampleResults.store(open, SampleResults.rich());
        assertEquals(
                ReportPlot.values().length,
                Report.of(List.of(folder, open)).plots().size(),
                "one experiment that leaves it open leaves it open for all");
    }

    @Tag("slow")
    @Test
    void namesOnThePageNeitherChangeTheDirectionNorHideNorBecomeMarkup() throws IOException {
        String name = "x\u202edeifireV\u200b\u0007<b onclick='a'>";
        List<Measurement> painted = SampleResults.rich().stream()
                .map(row -> row.with(Measurement.CONSTRUCTION, name))
                .toList();
        SampleResults.store(folder, painted);
        Report report = Report.of(List.of(folder));
        String page = page(report);
        assertTrue(
                page.contains("x\\u202EdeifireV\\u200B\\u0007&lt;b onclick=&#39;a&#39;&gt;"), "the table of families");
        assertFalse(page.contains("<b onclick"));
        for (String deceiving : List.of("\u202e", "\u200b", "\u0007")) {
            assertFalse(page.contains(deceiving), "the page has a character that deceives");
        }
        String data = data(page).toString();
        assertFalse(data.matches("(?s).*(\u202e|\\\\u202e).*"), "the data of the page, as they are read");
        assertTrue(data.contains("x\\\\u202EdeifireV"), data.substring(0, 2000));
        for (Path figure : report.writeFigures(folder.resolve("figures"))) {
            if (figure.toString().endsWith(".svg")) {
                assertFalse(Files.readString(figure).contains("\u202e"), figure.toString());
            }
        }
    }

    @Test
    void rowsWithoutWhatAPlotShowsGiveNoPlot() {
        Measurement bare = Measurement.of(Map.of("anything", 1));
        for (PlotKind kind : PlotKind.ALL) {
            assertTrue(kind.of(rows(List.of(bare))).isEmpty(), kind.getClass().getSimpleName());
            assertTrue(kind.of(List.of()).isEmpty(), kind.getClass().getSimpleName());
        }
    }

    @Test
    void theWidthPlotShowsTheSmallestVerifiedWidthItsLawAndTheBound() {
        Plot plot = new WidthPlot().of(rows(SampleResults.rich())).orElseThrow();
        List<Plot.Point> clipped = plot.points().stream()
                .filter(point -> point.series().equals("two-and, clipped-and"))
                .toList();
        assertEquals(7, clipped.size(), "one point for each m'");
        assertEquals(Math.round(4 * Math.sqrt(64 * 6.0)), clipped.get(0).y());
        assertTrue(
                plot.series().contains("lower bound: two-and, 2 matrices"),
                plot.series().toString());
        Plot.Line bound = plot.lines().stream()
                .filter(line -> line.series().equals("lower bound: two-and, 2 matrices"))
                .findFirst()
                .orElseThrow();
        assertEquals(Math.sqrt(64 * 10 / 2.0), bound.y()[0], 1e-9, "sqrt(log|F| / L), one bit per weight");
        ScalingLaw law = SmallestWidths.among(
                        Families.of(rows(SampleResults.rich())).get("two-and, clipped-and"))
                .laws()
                .get(0);
        assertEquals(0.5, law.b(), 0.01);
        assertEquals(4, law.a(), 0.2);
    }

    @Test
    void whatIsALineWithoutPointsIsADashInTheLegend() {
        Plot plot = new WidthPlot().of(rows(SampleResults.rich())).orElseThrow();
        JsonNode spec = new ObjectMapper().valueToTree(VegaLiteSpec.of(plot));
        JsonNode layers = spec.get("layer");
        JsonNode shapes = layers.get(layers.size() - 1).at("/encoding/shape/scale");
        for (int s = 0; s < shapes.get("domain").size(); s++) {
            String series = shapes.get("domain").get(s).textValue();
            assertEquals(
                    series.startsWith("lower bound"),
                    shapes.get("range").get(s).textValue().equals("stroke"),
                    series);
        }
    }

    @Test
    void spuriousRowsStandAgainstTheInfluenceWhereItVariesAndAgainstTheOutputsElsewhere() {
        Measurement row = SampleResults.rich().get(0);
        List<Measurement> varied =
                List.of(row.with("max_influence", 2), row.with("max_influence", 4), row.with("max_influence", null));
        Plot byInfluence = new SpuriousRowsPlot().of(rows(varied)).orElseThrow();
        assertEquals(
                List.of(2.0, 4.0),
                byInfluence.points().stream().map(Plot.Point::x).toList());
        Plot byOutputs = new SpuriousRowsPlot().of(rows(varied.subList(1, 3))).orElseThrow();
        assertEquals(
                List.of(64.0, 64.0),
                byOutputs.points().stream().map(Plot.Point::x).toList());
    }

    @Test
    void theSuccessPlotCountsSeedsAndSearchesAlikeAndItsIntervalsAreClopperPearson() {
        Plot plot = new SuccessPlot().of(rows(SampleResults.rich())).orElseThrow();
        Plot.Point three = plot.points().stream()
                .filter(point -> point.note().startsWith("3 of 4"))
                .findFirst()
                .orElseThrow();
        assertEquals(0.75, three.y());
        assertEquals(0.1941, three.low(), 1e-4);
        assertEquals(0.9937, three.high(), 1e-4);
        Plot.Point none = plot.points().stream()
                .filter(point -> point.note().startsWith("0 of 4"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, none.low());
        assertEquals(0.6024, none.high(), 1e-4);
        List<Measurement> search = new ArrayList<>();
        for (int width : new int[] {90, 95, 100}) {
            search.add(SampleResults.rich()
                    .get(0)
                    .with(Measurement.WIDTH, width)
                    .with(Measurement.TRIES, 20)
                    .with(Measurement.SUCCESS_RATE, width / 100.0));
        }
        assertEquals(
                "18 of 20 seeds verified at n = 90",
                new SuccessPlot().of(rows(search)).orElseThrow().points().get(0).note());
    }

    @Test
    void familiesAreNamedByWhatTellsThemApart() {
        Measurement row = SampleResults.rich().get(0);
        Set<String> names = Families.of(rows(List.of(
                        row, row.with(Measurement.MAX_ACTIVE, 3), row.with(Measurement.CONSTRUCTION, "dedicated"))))
                .keySet();
        assertEquals(Set.of("two-and, clipped-and, v = 2", "two-and, clipped-and, v = 3", "two-and, dedicated"), names);
    }

    @Test
    void thePageHoldsEveryRowWithItsCommandAndNothingFromElsewhere() throws IOException {
        SampleResults.store(folder, SampleResults.rich());
        String page = page(Report.of(List.of(folder)));
        JsonNode data = data(page);
        assertEquals(SampleResults.rich().size(), data.get("count").intValue());
        assertEquals(
                "superpose run sample --seed 1", data.get("commands").get(0).textValue());
        assertEquals(1, data.get("units").get(1).intValue());
        assertEquals(2, data.get("units").get(SampleResults.rich().size() - 1).intValue());
        assertTrue(page.contains("Content-Security-Policy\" content=\"default-src 'none'"));
        String withoutScripts = Pattern.compile("<script>.*?</script>", Pattern.DOTALL)
                .matcher(page)
                .replaceAll("");
        assertFalse(Pattern.compile("(src|href)\\s*=|url\\(")
                .matcher(withoutScripts)
                .find());
    }

    @Test
    void thePageOpensWithTheQuestionAndTheTableWithTheVerdictAndTheColumnsOfTheExperiment() throws IOException {
        SampleResults.store(
                folder,
                SampleResults.rich(),
                Map.of("question", "How <wide>?", "results", "Theorem 9.9\nOurs", "columns", "width kappa"));
        String page = page(Report.of(List.of(folder)));
        assertTrue(page.contains("<p class=\"question\">How &lt;wide&gt;?</p>"));
        assertTrue(page.contains("Theorem 9.9, Ours"));
        assertTrue(page.contains("<dt>kappa</dt>"), "the glossary");
        JsonNode columns = data(page).get("columns");
        List<String> first = IntStream.range(0, 4)
                .mapToObj(c -> columns.get(c).get("title").textValue() + " "
                        + columns.get(c).get("shown").booleanValue() + " "
                        + columns.get(c).get("digits").textValue())
                .toList();
        assertEquals(List.of("verdict true count", "n true count", "kappa true real", "problem false count"), first);
    }

    @Test
    void theInfluencePlotMarksTheFourthRootOfTheOutputs() {
        List<Measurement> rows = SampleResults.rich().subList(0, 8);
        Plot plot = new InfluenceRows(rows).plot();
        assertEquals(1, plot.marks().size());
        assertEquals(Math.pow(64, 0.25), plot.marks().get(0).value());
        assertTrue(plot.marks().get(0).upright());
        String spec = VegaLiteSpec.of(plot).toString();
        assertTrue(spec.contains("m'^(1/4) = 2.8"), spec);
    }

    /** The plot of kind influence of some rows. */
    private record InfluenceRows(List<Measurement> measurements) {
        Plot plot() {
            return PlotKind.ALL.stream()
                    .filter(kind -> kind.kind() == ReportPlot.INFLUENCE)
                    .findFirst()
                    .orElseThrow()
                    .of(rows(measurements))
                    .orElseThrow();
        }
    }

    @Test
    void aSeedOfSixtyFourBitsKeepsAllItsDigits() throws IOException {
        SampleResults.store(folder, SampleResults.rich());
        JsonNode columns = data(page(Report.of(List.of(folder)))).get("columns");
        JsonNode seed = columns.get(columns.size() - 1);
        assertEquals("seed", seed.get("name").textValue(), "the longest numbers stand last");
        assertEquals(
                Long.toString(Long.MAX_VALUE - 1), seed.get("numbers").get(0).textValue());
    }

    @Test
    void whatUsersNamedCannotBreakOutOfTheirPlaceInThePage() throws IOException {
        SampleResults.store(folder, SampleResults.rich());
        String page = page(Report.of(List.of(folder)));
        assertFalse(page.contains("</script><b>"));
        assertFalse(page.contains("<broken>"));
        assertTrue(page.contains("&lt;broken&gt;"));
        assertTrue(page.contains("<title>sample &amp; co"));
    }

    @Test
    void aReportOfNoRowSaysSo() throws IOException {
        SampleResults.store(folder, List.of());
        Report report = Report.of(List.of(folder));
        assertEquals(List.of(), report.plots());
        assertTrue(page(report).contains("There are no measurements yet"));
        assertEquals(List.of(), report.writeFigures(folder.resolve("figures")));
        assertFalse(Files.exists(folder.resolve("figures")));
    }

    @Tag("slow")
    @Test
    void aReportOfOneRowHasThePlotsOfOnePoint() throws Exception {
        SampleResults.store(folder, SampleResults.rich().subList(27, 28));
        Report report = Report.of(List.of(folder));
        assertTrue(ids(report).contains("limit-ratio"), ids(report).toString());
        assertFalse(ids(report).contains("width"), "one width is not the smallest of anything");
        assertEquals(1, data(page(report)).get("count").intValue());
        assertEquals(2 * report.plots().size(), checkFigures(report));
    }

    @Tag("slow")
    @Test
    void everyPlotIsDrawnAsSvgAndPng() throws Exception {
        SampleResults.store(folder, SampleResults.rich());
        Report report = Report.of(List.of(folder));
        assertEquals(2 * report.plots().size(), checkFigures(report));
    }

    private int checkFigures(Report report) throws Exception {
        List<Path> files = report.writeFigures(folder.resolve("figures"));
        for (Path file : files) {
            if (file.toString().endsWith(".svg")) {
                DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
                factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
                assertTrue(
                        factory.newDocumentBuilder()
                                        .parse(file.toFile())
                                        .getElementsByTagName("path")
                                        .getLength()
                                > 3,
                        file.toString());
            } else {
                BufferedImage image = ImageIO.read(file.toFile());
                assertTrue(isDrawnOn(image), file.toString());
            }
        }
        return files.size();
    }

    /** Some pixel has the colour of the first series. */
    private static boolean isDrawnOn(BufferedImage image) {
        int colour = Integer.decode(Palette.colour(0));
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xffffff) == colour) {
                    return true;
                }
            }
        }
        return false;
    }

    @Tag("slow")
    @Test
    void aHundredThousandRowsMakeAPageOfBoundedPlots() throws IOException, SQLException {
        LargeStore.fill(folder, 100_000);
        Report report = Report.of(List.of(folder));
        assertEquals(100_000, report.rows().size());
        JsonNode data = data(page(report));
        assertEquals(100_000, data.get("count").intValue());
        for (JsonNode plot : data.get("plots")) {
            assertTrue(
                    plot.get("spec").get("datasets").get("points").size() <= 3000,
                    plot.get("id").textValue());
        }
        assertTrue(Files.size(folder.resolve("report.html")) < 20_000_000);
    }

    @Test
    void ofAThousandFailuresAndMoreTheFirstAreShownAndAllAreCounted() throws IOException {
        try (ResultStore store =
                ResultStore.open(folder, SmallSweep.identity(1500), SmallSweep.run(), OnExisting.REFUSE)) {
            for (int number = 0; number < 1500; number++) {
                store.record(SmallSweep.failed(number));
            }
        }
        String page = page(Report.of(List.of(folder)));
        assertTrue(page.contains("the first 1000 of 1500 that failed"));
        assertTrue(page.contains("<td>unit 999</td>"));
        assertFalse(page.contains("<td>unit 1000</td>"));
    }

    @Test
    void severalFoldersAreOneReport() {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        SampleResults.store(first, SampleResults.rich().subList(0, 3));
        SampleResults.store(second, SampleResults.rich().subList(3, 5));
        assertEquals(5, Report.of(List.of(first, second)).rows().size());
    }

    @Test
    void aFolderWithoutResultsIsRefused() {
        assertThrows(InvalidInputException.class, () -> Report.of(List.of(folder)));
    }
}
