package org.superpose.runner.experiment.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.construction.Construction;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;

/**
 * An experiment from a file: every case times every combination of parameter values times every construction times
 * every seed.
 *
 * @param id its name
 * @param title one line
 * @param problem the problem
 * @param constructions the constructions
 * @param verifier id of the verifier
 * @param seeds the seeds, or how many to count from the seed of the command
 * @param cases parameters that go together; at least one case, possibly without parameters
 * @param grid values by parameter name
 * @param limits of the verifications
 * @param search how to look for the smallest width, or empty
 * @param columns of the table
 * @param plots of the report, or empty
 */
record FileExperiment(
        String id,
        String title,
        Problem problem,
        List<Construction> constructions,
        String verifier,
        SeedChoice seeds,
        List<Map<String, String>> cases,
        Map<String, List<String>> grid,
        Limits limits,
        Optional<WidthSearch> search,
        List<String> columns,
        List<ReportPlot> plots)
        implements Experiment {

    /**
     * Which seeds.
     *
     * @param explicit the seeds themselves, or empty
     * @param count how many to count up from the seed of the command, if there are no explicit ones
     */
    record SeedChoice(List<Long> explicit, int count) {
        List<Seed> from(Seed first) {
            List<Seed> seeds = new ArrayList<>();
            explicit.forEach(seed -> seeds.add(new Seed(seed)));
            for (int s = 0; explicit.isEmpty() && s < count; s++) {
                seeds.add(new Seed(first.value() + s));
            }
            return seeds;
        }
    }

    @Override
    public String expectedDuration() {
        return "from a file";
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        Set<WorkUnit> units =
                new LinkedHashSet<>(); // a construction that has no use for a parameter meets the same unit again
        for (Map<String, String> combination : combinations()) {
            for (Construction construction : constructions) {
                Assignments own = ownOf(combination, problem, construction);
                for (Seed s : seeds.from(seed)) {
                    units.add(FileUnit.of(
                            NetworkRecipe.of(problem.id(), construction.id(), own, s), verifier, limits, search));
                }
            }
        }
        return List.copyOf(units);
    }

    /** Every case with every combination of the grid; the last parameter changes fastest. */
    List<Map<String, String>> combinations() {
        List<Map<String, String>> all = new ArrayList<>(cases);
        for (Map.Entry<String, List<String>> dimension : grid.entrySet()) {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> combination : all) {
                for (String value : dimension.getValue()) {
                    Map<String, String> longer = new LinkedHashMap<>(combination);
                    longer.put(dimension.getKey(), value);
                    more.add(longer);
                }
            }
            all = more;
        }
        return all;
    }

    /** The parameters that one of the plugins declares. */
    static Assignments ownOf(Map<String, String> combination, Plugin... plugins) {
        Map<String, String> own = new LinkedHashMap<>();
        combination.forEach((name, value) -> {
            for (Plugin plugin : plugins) {
                if (plugin.parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals(name))) {
                    own.put(name, value);
                }
            }
        });
        return new Assignments(own);
    }
}
