package org.superpose.runner.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.ToolVersion;
import org.superpose.core.construction.Construction;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.store.SweepIdentity;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * All networks of a sweep of one map. A width that is too small for a construction makes a row, as in a search.
 *
 * @param request what was asked for
 * @param sweep its units
 */
public record GridPlan(GridRequest request, Sweep sweep) implements Plan {
    /** The name of a sweep of one map in stores, in the place of the id of an experiment. */
    static final String NAME = "sweep";

    private static final int MOST_UNITS = 1_000_000;

    /**
     * Plans a sweep.
     *
     * @param workbench one with the map
     * @throws InvalidInputException if a construction does not build for the map, a parameter is declared by none of
     *     them or does not fit, or there are too many combinations
     */
    static GridPlan of(GridRequest request, Workbench workbench, VerificationBudget budget) {
        ProblemInstance map = workbench.definedMap().orElseThrow();
        List<Construction> builders = request.constructions().stream()
                .map(id -> workbench.requireAccepted(map, id))
                .toList();
        requireDeclared(request, builders);
        requireFew(request);
        Set<WorkUnit> units = new LinkedHashSet<>();
        for (Assignments combination : request.combinations()) {
            for (Construction builder : builders) {
                // A construction that lacks a parameter comes to the same unit for each of its values.
                Assignments own = combination.declaredBy(builder);
                own.of("construction", builder);
                for (int s = 0; s < request.seeds(); s++) {
                    NetworkRecipe recipe = NetworkRecipe.of(
                            map.problem(),
                            builder.id(),
                            own,
                            new Seed(request.seed().value() + s));
                    units.add(MapTrial.of(
                            new SearchTrial(new NetworkUnit(label(recipe), recipe, request.verifier())), map));
                }
            }
        }
        SweepRecipe recipe = request.sweep(NAME, MapText.of(map));
        return new GridPlan(request, new Sweep(recipe, List.copyOf(units), workbench, budget));
    }

    private static void requireDeclared(GridRequest request, List<Construction> builders) {
        Set<String> declared = new LinkedHashSet<>();
        builders.forEach(
                builder -> builder.parameters().stream().map(Parameter::name).forEach(declared::add));
        Set<String> given = new LinkedHashSet<>(request.fixed().values().keySet());
        given.addAll(request.grid().keySet());
        for (String name : given) {
            if (!declared.contains(name)) {
                throw new InvalidInputException("none of " + String.join(", ", request.constructions())
                        + " has a parameter \"" + name + "\"" + NearestName.suggestion(name, declared));
            }
        }
    }

    private static void requireFew(GridRequest request) {
        long count = (long) request.constructions().size() * request.seeds();
        for (List<String> values : request.grid().values()) {
            count = Math.min(2L * MOST_UNITS, count) * values.size();
        }
        if (count > MOST_UNITS) {
            throw new InvalidInputException(
                    "the sweep has more than " + MOST_UNITS + " networks; go over fewer values");
        }
    }

    private static String label(NetworkRecipe recipe) {
        StringBuilder label = new StringBuilder(recipe.problem() + ", " + recipe.construction());
        recipe.assignments()
                .values()
                .forEach((name, value) ->
                        label.append(", ").append(name).append(' ').append(value));
        return label.append(", seed ").append(recipe.seed().value()).toString();
    }

    @Override
    public GridPlan withUnitLimit(double seconds) {
        return new GridPlan(request, sweep.withUnitLimit(seconds));
    }

    @Override
    public SweepIdentity identity() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(SweepIdentity.EXPERIMENT, NAME);
        SweepCommand command = new SweepCommand(sweep);
        command.putMap(properties);
        properties.put("construction", String.join(" ", request.constructions()));
        properties.putAll(request.fixed().values());
        request.grid().forEach((name, values) -> properties.put(name, String.join(", ", values)));
        properties.put("verifier", request.verifier());
        properties.put("seeds", Integer.toString(request.seeds()));
        properties.put("seed", Long.toString(request.seed().value()));
        command.limits().forEach((option, value) -> properties.put(option.substring(2), value));
        command.putTrust(properties);
        properties.put("tool version", ToolVersion.current());
        return new SweepIdentity(properties, sweep.labels());
    }

    @Override
    public String command() {
        List<String> words = new ArrayList<>(List.of(NAME));
        request.constructions().forEach(id -> words.addAll(List.of("--construction", id)));
        request.grid()
                .forEach((name, values) -> words.addAll(List.of("--over", name + "=" + String.join(",", values))));
        words.addAll(List.of("--seeds", Integer.toString(request.seeds()), "--verifier", request.verifier()));
        return new SweepCommand(sweep).text(words);
    }
}
