package org.superpose.runner.report.plot;

import java.util.List;
import java.util.Optional;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.report.analysis.ReportRow;

/** A plot that a report has when the data has what it shows. */
public interface PlotKind {
    /** All kinds, in the order of the report. */
    List<PlotKind> ALL = List.of(
            new WidthPlot(),
            ColumnPlot.SUPERPOSITION,
            new LimitRatioPlot(),
            ColumnPlot.LIMIT_BY_FAN_IN,
            ColumnPlot.LIMIT_BY_INFLUENCE,
            new SuccessPlot(),
            new RepresentationPlot(),
            new InfluencePlot(),
            new BlockNoisePlot(),
            new ReadoutPlot(),
            new SpuriousRowsPlot(),
            ColumnPlot.DEPENDENCE,
            ColumnPlot.SAVED_BITS,
            ColumnPlot.WEIGHT_BITS,
            ColumnPlot.CHANNELS,
            ColumnPlot.DICTIONARIES,
            new SparsityPlot(),
            new CostPlot());

    /** Which plot it is. */
    ReportPlot kind();

    /** The plot, or empty if no row has what it shows. */
    Optional<Plot> of(List<ReportRow> rows);
}
