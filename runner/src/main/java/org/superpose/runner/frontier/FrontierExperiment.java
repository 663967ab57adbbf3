package org.superpose.runner.frontier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;

/**
 * The smallest verified widths for a table of problems, instance by instance; {@code superpose frontier} makes
 * certificates of them, and the page that shows these.
 */
@Reference(value = "Metrics", standing = Standing.OURS)
public final class FrontierExperiment implements Experiment {
    private static final Parameter<String> ROWS = Parameter.text(
                    "rows", "quick, all, or ids of rows separated by commas", "the rows of the table")
            .withDefault("quick");
    private static final Parameter<Integer> INSTANCES =
            Parameter.whole("instances", 1, 1000, "instances of each row").withDefault(1);
    private static final Parameter<Integer> FIRST = Parameter.whole(
                    "first-instance", 1, 1000, "number of the first instance; the others follow")
            .withDefault(1);
    private static final Parameter<Integer> WIDTH =
            ConstructionParameters.WIDTH.chosen("as the smallest width known for the row");
    private static final Parameter<Integer> PROBES = Parameter.whole(
                    "probes", 1, 1000, "widths that are tried at most for each instance, the row's width first")
            .withDefault(1);
    private static final Parameter<Integer> TRIES = Parameter.whole(
                    "tries", 1, 1000, "networks, each with a seed of its own, for each instance and width")
            .withDefault(1);
    private static final Parameter<String> VARIANTS = Parameter.text(
                    "variants",
                    "settings NAME=VALUE of the construction separated by spaces, and variants by semicolons, like"
                            + " \"code-weight=7; code-weight=8 annealing-sweeps=100\"",
                    "settings that the tries of a width take in turn")
            .chosen("as those of the row");
    private static final Parameter<Double> RESOLUTION = Parameter.real(
                    "resolution", 0, 0.5, "the step of the widths, as a fraction of the first")
            .withDefault(0.02);

    @Override
    public String id() {
        return "frontier";
    }

    @Override
    public String title() {
        return "The smallest verified widths for a table of problems";
    }

    @Override
    public String question() {
        return "How narrow can a verified network for each problem be?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.SUPERPOSITION, ReportPlot.LIMIT_RATIO, ReportPlot.COST);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores; all rows with five instances take hours";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ROWS, INSTANCES, FIRST, WIDTH, PROBES, TRIES, VARIANTS, RESOLUTION);
    }

    @Override
    public List<String> columns() {
        return List.of(
                FrontierUnit.ROW,
                FrontierUnit.INSTANCE,
                Measurement.CONSTRUCTION,
                Measurement.WIDTH,
                Measurement.KAPPA,
                Measurement.WIDTH_LIMIT,
                Measurement.LIMIT_RATIO,
                Measurement.VERDICT,
                Measurement.METHOD,
                Measurement.INPUTS_COVERED,
                Measurement.SECONDS);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<FrontierRow> rows = FrontierRow.named(parameters.get(ROWS));
        Optional<Integer> width = parameters.find(WIDTH);
        if (width.isPresent() && rows.size() > 1) {
            throw new InvalidInputException("width " + width.get() + " goes with one row, but rows has " + rows.size());
        }
        List<Assignments> variants = variants(parameters.find(VARIANTS).orElse(""));
        List<WorkUnit> units = new ArrayList<>();
        for (FrontierRow row : rows) {
            for (int t = 0; t < parameters.get(INSTANCES); t++) {
                int instance = parameters.get(FIRST) + t;
                units.add(new FrontierUnit(
                        row,
                        instance,
                        width.orElse(row.width()),
                        row.recipe(new Seed(seed.value() + instance - 1)),
                        variants,
                        parameters.get(TRIES),
                        parameters.get(RESOLUTION),
                        parameters.get(PROBES)));
            }
        }
        return units;
    }

    private static List<Assignments> variants(String text) {
        return Stream.of(text.split(";", -1))
                .map(variant -> Assignments.parse(Stream.of(variant.strip().split("\\s+"))
                        .filter(setting -> !setting.isEmpty())
                        .toList()))
                .toList();
    }
}
