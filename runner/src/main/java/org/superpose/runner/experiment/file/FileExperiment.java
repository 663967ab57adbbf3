package org.superpose.runner.experiment.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterType;
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
 * An experiment from a file: all cases times all combinations of values times all constructions times all seeds.
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
        List<Assignments> cases,
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

    /** Those of the problem and its constructions: a value that is set takes the place of what the file says. */
    @Override
    public List<Parameter<?>> parameters() {
        Map<String, Parameter<?>> overriding = new LinkedHashMap<>();
        for (Plugin plugin : plugins()) {
            for (Parameter<?> declared : plugin.parameters()) {
                overriding.putIfAbsent(
                        declared.name(),
                        Parameter.text(
                                        declared.name(),
                                        declared.type().range() + ", or several of them separated by commas",
                                        declared.help())
                                .chosen("by the file"));
            }
        }
        return List.copyOf(overriding.values());
    }

    private List<Plugin> plugins() {
        List<Plugin> plugins = new ArrayList<>(List.of(problem));
        plugins.addAll(constructions);
        return plugins;
    }

    /** The file with the values that the command sets; several values of a number are a dimension of the grid. */
    private FileExperiment with(ParameterValues set) {
        Map<String, List<String>> dimensions = new LinkedHashMap<>(grid);
        List<Assignments> kept = cases;
        for (Parameter<?> parameter : parameters()) {
            Optional<String> value = set.find(parameter).map(Object::toString);
            if (value.isPresent()) {
                String name = parameter.name();
                dimensions.put(name, values(name, value.get()));
                kept = kept.stream()
                        .map(each -> each.only(other -> !other.equals(name)))
                        .distinct()
                        .toList();
            }
        }
        return new FileExperiment(
                id, title, problem, constructions, verifier, seeds, kept, dimensions, limits, search, columns, plots);
    }

    private List<String> values(String name, String text) {
        ParameterType<?> type = plugins().stream()
                .flatMap(plugin -> plugin.parameters().stream())
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow()
                .type();
        boolean isList = !(type instanceof ParameterType.Text);
        List<String> values =
                isList ? Arrays.stream(text.split(",", -1)).map(String::strip).toList() : List.of(text);
        for (String value : values) {
            if (type.parse(value).isEmpty()) {
                throw new InvalidInputException("--set " + name + "=" + text + ": \"" + value + "\" must be "
                        + type.range() + type.suggestion(value));
            }
        }
        return values;
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        return with(parameters).plan(seed);
    }

    private List<WorkUnit> plan(Seed seed) {
        // A construction that lacks a parameter comes to the same unit for each of its values.
        Set<WorkUnit> units = new LinkedHashSet<>();
        for (Assignments combination : combinations()) {
            for (Construction construction : constructions) {
                Assignments own = combination.declaredBy(problem, construction);
                for (Seed s : seeds.from(seed)) {
                    units.add(FileUnit.of(
                            NetworkRecipe.of(problem.id(), construction.id(), own, s), verifier, limits, search));
                }
            }
        }
        return List.copyOf(units);
    }

    /** Every case with every combination of the grid; the last parameter changes fastest. */
    List<Assignments> combinations() {
        List<Assignments> all = cases;
        for (Map.Entry<String, List<String>> dimension : grid.entrySet()) {
            all = all.stream()
                    .flatMap(combination ->
                            dimension.getValue().stream().map(value -> combination.with(dimension.getKey(), value)))
                    .toList();
        }
        return all;
    }
}
