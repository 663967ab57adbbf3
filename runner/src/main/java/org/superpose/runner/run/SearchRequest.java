package org.superpose.runner.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.random.Seed;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * A width search as people ask for it; the names are those of the options of {@code superpose search}.
 *
 * @param first recipe of the first network, without its width, with one seed for instance and network; the instances
 *     and networks that follow have the seeds that follow
 * @param verifier id of the verifier
 * @param instances how many are tried at each width, at least 1
 * @param tries networks for each instance at each width, at least 1
 * @param from the first width; the information limit at one bit per weight if empty
 * @param upTo the width at which the search gives up; 64 times the first if empty
 * @param resolution how close the bisection goes, as a fraction of the width, at least 0 and below 1
 */
public record SearchRequest(
        NetworkRecipe first,
        String verifier,
        int instances,
        int tries,
        OptionalInt from,
        OptionalInt upTo,
        double resolution) {
    /** The default number of instances. */
    public static final int INSTANCES = 5;
    /** The default number of networks for each instance at each width. */
    public static final int TRIES = 1;
    /** The default resolution. */
    public static final double RESOLUTION = 0.01;

    private static final String PROBLEM = "problem";
    private static final String CONSTRUCTION = "construction";
    private static final String VERIFIER = "verifier";
    private static final String INSTANCES_NAME = "instances";
    private static final String TRIES_NAME = "tries";
    private static final String FROM = "from";
    private static final String UP_TO = "up-to";
    private static final String RESOLUTION_NAME = "resolution";

    /** @throws InvalidInputException if a number is out of its range, or the recipe has a width */
    public SearchRequest {
        if (tries < 1 || instances < 1 || !(resolution >= 0 && resolution < 1)) {
            throw new InvalidInputException("--tries " + tries + " must be at least 1, --instances " + instances
                    + " too, and --resolution " + resolution + " from 0 up to 1");
        }
        if (first.assignments().values().containsKey(Measurement.WIDTH)) {
            throw new InvalidInputException(
                    "--set width=" + first.assignments().values().get(Measurement.WIDTH)
                            + ": a search chooses the width itself; --from and --up-to bound it");
        }
        if (!first.instanceSeed().equals(first.seed())) {
            throw new InvalidInputException("a search counts instances and networks from one seed, but was given "
                    + first.instanceSeed().value() + " and " + first.seed().value());
        }
    }

    /** How many networks are tried at each width. */
    int trials() {
        return instances * tries;
    }

    /** The recipe of a trial. */
    NetworkRecipe recipe(int width, int trial) {
        long seed = first.seed().value();
        return first.withInstanceSeed(new Seed(seed + trial % instances))
                .withSeed(new Seed(seed + trial))
                .with(ConstructionParameters.WIDTH, width);
    }

    /**
     * The request of a sweep that was planned for one, as {@link #sweep} says.
     *
     * @param recipe one that {@link SearchPlan} made
     */
    static SearchRequest of(SweepRecipe recipe) {
        Map<String, String> search = recipe.request();
        return new SearchRequest(
                NetworkRecipe.of(
                        search.get(PROBLEM),
                        search.get(CONSTRUCTION),
                        new Assignments(recipe.assignments()),
                        recipe.source()),
                search.get(VERIFIER),
                Integer.parseInt(search.get(INSTANCES_NAME)),
                Integer.parseInt(search.get(TRIES_NAME)),
                OptionalInt.of(Integer.parseInt(search.get(FROM))),
                OptionalInt.of(Integer.parseInt(search.get(UP_TO))),
                Double.parseDouble(search.get(RESOLUTION_NAME)));
    }

    /**
     * The recipe of the sweep of this search.
     *
     * @param start the first width
     * @param largest the last one that may be tried
     * @param map the map that a program defined, as text, or ""
     */
    SweepRecipe sweep(String name, int start, int largest, String map) {
        Map<String, String> search = new LinkedHashMap<>();
        search.put(PROBLEM, first.problem());
        search.put(CONSTRUCTION, first.construction());
        search.put(VERIFIER, verifier);
        search.put(INSTANCES_NAME, Integer.toString(instances));
        search.put(TRIES_NAME, Integer.toString(tries));
        search.put(FROM, Integer.toString(start));
        search.put(UP_TO, Integer.toString(largest));
        search.put(RESOLUTION_NAME, Double.toString(resolution));
        return new SweepRecipe(
                name, "", first.assignments().values(), first.seed().value(), search, Double.POSITIVE_INFINITY, map);
    }
}
