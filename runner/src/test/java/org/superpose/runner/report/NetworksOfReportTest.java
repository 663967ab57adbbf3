package org.superpose.runner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.report.plot.SuccessPlot;
import org.superpose.runner.report.plot.WidthPlot;
import org.superpose.runner.store.StoredRow;
import org.superpose.runner.workbench.Measurement;

/** What a report counts: networks, each once. */
class NetworksOfReportTest {
    private static final String COMMAND = "superpose run e --seed 1";
    private static final int SEED_ONE_OF_THE_SMALLEST = 4;

    private static Measurement verified() {
        return SampleResults.rich().get(SEED_ONE_OF_THE_SMALLEST).with(Measurement.SECONDS, 1.5);
    }

    private static ReportRow row(int unit, int rowInUnit, Measurement measurement) {
        return new ReportRow(0, new StoredRow("e", unit, rowInUnit, measurement), COMMAND);
    }

    /** The rows of a sweep with one row in each unit. */
    private static List<ReportRow> sweep(List<Measurement> measurements) {
        return IntStream.range(0, measurements.size())
                .mapToObj(unit -> row(unit + 1, 1, measurements.get(unit)))
                .toList();
    }

    private static List<ReportRow> twice(List<ReportRow> rows) {
        List<ReportRow> both = new ArrayList<>(rows);
        both.addAll(rows);
        return both;
    }

    /** Rows, networks, verified, refuted, undecided, and the seconds, of the only family. */
    private static List<String> counts(List<ReportRow> rows) {
        String table = Summary.families(rows);
        List<String> cells = new ArrayList<>();
        for (String cell : table.substring(table.indexOf("<td")).split("</td>")) {
            cells.add(cell.replaceAll("<[^>]*>", "").strip());
        }
        return List.of(cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(11));
    }

    @Test
    void aNetworkWithARowForEachOfItsBlocksIsOneNetwork() {
        List<ReportRow> blocks = IntStream.rangeClosed(1, 3)
                .mapToObj(block -> row(1, block, verified().with("block", block)))
                .toList();
        assertEquals(List.of("3", "1", "1", "0", "0", "1.5"), counts(blocks));
    }

    @Test
    void aNetworkThatTwoFoldersMeasuredIsOneNetworkThoughTheSecondsDiffer() {
        List<ReportRow> both = List.of(
                row(1, 1, verified()),
                new ReportRow(
                        1,
                        new StoredRow("other", 7, 1, verified().with(Measurement.SECONDS, 2.5)),
                        "superpose run other --seed 3"));
        assertEquals(List.of("2", "1", "1", "0", "0", "1.5"), counts(both));
    }

    @Test
    void networksOfOtherSeedsOrOtherParametersAreOthers() {
        Measurement early = Measurement.of(Map.of());
        List<Measurement> networks = new ArrayList<>();
        for (int noise = 1; noise <= 2; noise++) {
            Measurement recipe = early.with("noise", noise);
            for (var field : verified().fields().entrySet()) {
                recipe = recipe.with(field.getKey(), field.getValue());
            }
            networks.add(recipe);
        }
        networks.add(networks.get(0).with(Measurement.SEED, 99L));
        networks.add(networks.get(0).with(Measurement.INSTANCE_SEED, 98L));
        assertEquals("4", counts(sweep(networks)).get(1));
        assertEquals(List.of("8", "4", "4", "0", "0", "6.0"), counts(twice(sweep(networks))));
    }

    @Test
    void ofANetworkThatWasOnceUndecidedTheVerdictCounts() {
        Measurement undecided =
                verified().with(Measurement.VERDICT, "UNDECIDED").with(Measurement.METHOD, "sampled");
        assertEquals(
                List.of("2", "1", "1", "0", "0", "3.0"),
                counts(List.of(row(1, 1, undecided), row(2, 1, verified()))),
                "two methods took their seconds each");
        assertEquals(
                List.of("2", "1", "0", "1", "0", "1.5"),
                counts(List.of(row(1, 1, verified()), row(2, 1, verified().with(Measurement.VERDICT, "REFUTED")))));
    }

    @Test
    void whatWasTooSmallOrNotFoundIsARowButNoNetwork() {
        Measurement notFound = Measurement.of(Map.of())
                .with(Measurement.PROBLEM, "two-and")
                .with(Measurement.CONSTRUCTION, "clipped-and")
                .with(Measurement.VERDICT, Measurement.NOT_FOUND);
        assertEquals(List.of("1", "0", "0", "0", "0", "0.0"), counts(sweep(List.of(notFound))));
    }

    @Test
    void foldersThatShareMeasurementsDoNotNarrowTheIntervalsOfSuccess() {
        List<ReportRow> rows = sweep(SampleResults.rich());
        List<Plot.Point> alone = new SuccessPlot().of(rows).orElseThrow().points();
        List<Plot.Point> together =
                new SuccessPlot().of(twice(rows)).orElseThrow().points();
        assertEquals(
                alone.stream().map(Plot.Point::note).toList(),
                together.stream().map(Plot.Point::note).toList());
        assertEquals(
                alone.stream().map(Plot.Point::low).toList(),
                together.stream().map(Plot.Point::low).toList());
    }

    @Test
    void foldersThatShareSearchesDoNotNarrowTheIntervalsOfTheLaw() {
        List<Measurement> searches = SampleResults.rich().stream()
                .filter(Measurement::isVerified)
                .filter(row -> row.text(Measurement.CONSTRUCTION).equals("clipped-and"))
                .map(row -> row.with(Measurement.TRIES, 8).with(Measurement.SUCCESS_RATE, 1.0))
                .toList();
        List<ReportRow> rows = sweep(searches);
        assertEquals(Summary.laws(rows), Summary.laws(twice(rows)));
        assertEquals(
                new WidthPlot().of(rows).orElseThrow().points().size(),
                new WidthPlot().of(twice(rows)).orElseThrow().points().size());
    }

    @Test
    void aLawThroughThreePointsIsPrintedWithoutIntervals() {
        List<Measurement> rows = SampleResults.rich().stream()
                .filter(row -> row.text(Measurement.CONSTRUCTION).equals("clipped-and"))
                .toList();
        List<ReportRow> three = sweep(rows.subList(0, 3 * 16));
        String laws = Summary.laws(three);
        assertTrue(laws.contains("<td"), laws);
        assertFalse(laws.contains(" to "), laws);
        assertTrue(new WidthPlot().of(three).orElseThrow().bands().isEmpty());
        assertTrue(Summary.laws(sweep(rows.subList(0, 4 * 16))).contains(" to "));
    }
}
