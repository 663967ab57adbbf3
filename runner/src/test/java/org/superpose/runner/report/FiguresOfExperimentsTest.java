package org.superpose.runner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.PlotPicture;
import org.superpose.runner.figure.WrittenTexts;
import org.superpose.runner.workbench.Measurement;

/** The figures of every registered experiment, for results of every registered construction. */
@Tag("slow")
class FiguresOfExperimentsTest {
    @TempDir
    Path folder;

    private static <P extends Plugin> Catalog<P> catalog(String kind, Class<P> type) {
        return Catalog.load(kind, type, FiguresOfExperimentsTest.class.getClassLoader());
    }

    static List<Experiment> experiments() {
        return catalog("experiment", Experiment.class).plugins();
    }

    private static List<Measurement> results() {
        List<Measurement> rows = new ArrayList<>(SampleResults.rich());
        for (Construction construction :
                catalog("construction", Construction.class).plugins()) {
            SampleResults.rich().stream()
                    .filter(row -> row.text(Measurement.VERDICT).equals(Measurement.VERIFIED))
                    .limit(3)
                    .map(row -> row.with(Measurement.CONSTRUCTION, construction.id()))
                    .forEach(rows::add);
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void everyLabelIsThereAndNoneLiesOnAnother(Experiment experiment) throws Exception {
        List<String> wanted = (experiment.plots().isEmpty()
                        ? Stream.of(ReportPlot.values())
                        : experiment.plots().stream())
                .map(ReportPlot::id)
                .toList();
        SampleResults.store(folder, results(), String.join(" ", wanted));
        Report report = Report.of(List.of(folder));
        assertEquals(wanted, report.plots().stream().map(Plot::id).toList());
        for (Plot plot : report.plots()) {
            PlotPicture picture = PlotPicture.of(plot);
            WrittenTexts texts = WrittenTexts.of(picture);
            List<String> labels = new ArrayList<>(plot.x().categories());
            labels.addAll(plot.series());
            labels.add(plot.x().title());
            labels.add(plot.y().title());
            assertFalse(labels.isEmpty());
            assertTrue(texts.full().containsAll(labels), () -> plot.id() + " has only " + texts.full());
            assertEquals(List.of(), texts.faults(picture), plot.id());
        }
        for (Path file : report.writeFigures(folder.resolve("figures"))) {
            assertTrue(Files.size(file) > 1000, file.toString());
        }
    }
}
