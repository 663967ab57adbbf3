package org.superpose.runner.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.bounds.LowerBound;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.SweepRecipe;
import org.superpose.runner.store.SweepIdentity;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

/**
 * All trials that a width search may ask for: trial t of the width of index w is unit w x trials + t.
 *
 * @param request what was asked for
 * @param search which trials are made
 * @param sweep its units
 */
public record SearchPlan(SearchRequest request, WidthSearch search, Sweep sweep) implements Plan {
    private static final String NAME = "search";
    private static final int MOST_UNITS = 200_000;

    static SearchPlan of(SearchRequest request, Workbench workbench, VerificationBudget budget) {
        if (workbench.definedMap().isPresent() && request.instances() > 1) {
            throw new InvalidInputException("--instances " + request.instances() + " must be 1: "
                    + request.first().problem() + " is one map; --tries says how many networks are tried for it");
        }
        ProblemInstance instance = workbench.instance(request.first());
        Construction builder =
                workbench.requireAccepted(instance, request.first().construction());
        NetworkRecipe.requireWidth(builder);
        int start = request.from().orElseGet(() -> startWidth(instance));
        int largest = request.upTo().orElse((int) Math.min(ConstructionParameters.MAX_WIDTH, 64L * start));
        if (start < 1 || largest < start) {
            throw new InvalidInputException("--from " + start + " must be at least 1 and at most --up-to " + largest);
        }
        WidthSearch search =
                WidthSearch.upwards(request.instances(), request.tries(), start, largest, request.resolution());
        if ((long) search.widths().size() * request.trials() > MOST_UNITS) {
            throw new InvalidInputException("from width " + start + " to " + largest + " in steps of "
                    + request.resolution() + " there are " + search.widths().size() + " widths, too many with "
                    + request.instances() + " x " + request.tries()
                    + " trials each; take a coarser --resolution, or narrow them with --from and --up-to");
        }
        Optional<ProblemInstance> map = workbench.definedMap();
        SweepRecipe recipe =
                request.sweep(NAME, start, largest, map.map(MapText::of).orElse(""));
        List<WorkUnit> units = units(request, search).stream()
                .map(trial ->
                        map.<WorkUnit>map(known -> MapTrial.of(trial, known)).orElse(trial))
                .toList();
        return new SearchPlan(request, search, new Sweep(recipe, units, workbench, budget));
    }

    private static int startWidth(ProblemInstance instance) {
        if (LowerBound.find(instance).isEmpty()) {
            throw new InvalidInputException("nothing is known of the class of functions that this " + instance.problem()
                    + " was drawn from, so no bound says where to begin: --from must name the first width");
        }
        return WidthSearch.startWidth(instance);
    }

    private static List<SearchTrial> units(SearchRequest request, WidthSearch search) {
        List<SearchTrial> units = new ArrayList<>();
        for (int width : search.widths()) {
            for (int number = 0; number < request.trials(); number++) {
                int instance = number % request.instances();
                units.add(new SearchTrial(new NetworkUnit(
                        "n = " + width + ", instance " + (instance + 1)
                                + (request.tries() == 1 ? "" : ", network " + (number / request.instances() + 1)),
                        request.recipe(width, number),
                        request.verifier())));
            }
        }
        return units;
    }

    /** The units that are trials of a width. */
    List<Integer> unitsOf(int width, List<Integer> trials) {
        int first = search.widths().indexOf(width) * request.trials();
        return trials.stream().map(number -> first + number).toList();
    }

    @Override
    public SearchPlan withUnitLimit(double seconds) {
        return new SearchPlan(request, search, sweep.withUnitLimit(seconds));
    }

    /** The recipe of the network whose row a probe has. */
    public NetworkRecipe recipe(WidthSearch.Probe probe) {
        long seed = probe.measurement().whole(Measurement.SEED);
        int trial = (int) (seed - request.first().seed().value());
        return request.recipe(probe.width(), trial);
    }

    @Override
    public SweepIdentity identity() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(SweepIdentity.EXPERIMENT, NAME);
        properties.put("problem", request.first().problem());
        new SweepCommand(sweep).putMap(properties);
        properties.put("construction", request.first().construction());
        properties.putAll(request.first().assignments().values());
        settings().forEach((option, value) -> properties.put(option.substring(2), value));
        properties.put("seed", Long.toString(request.first().seed().value()));
        properties.put("max-seconds", Double.toString(sweep.budget().maxSeconds()));
        properties.put("max-inputs", Long.toString(sweep.budget().maxInputs()));
        properties.put("samples", Long.toString(sweep.budget().samples()));
        new SweepCommand(sweep).putTrust(properties);
        properties.put("tool version", ToolVersion.current());
        return new SweepIdentity(properties, sweep.labels());
    }

    @Override
    public String command() {
        List<String> words = new ArrayList<>(List.of(
                NAME,
                "--problem",
                request.first().problem(),
                "--construction",
                request.first().construction()));
        settings().forEach((option, value) -> words.addAll(List.of(option, value)));
        return new SweepCommand(sweep).text(words);
    }

    /** What the search itself was told or chose, by option. */
    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("--verifier", request.verifier());
        settings.put("--instances", Integer.toString(request.instances()));
        settings.put("--tries", Integer.toString(request.tries()));
        settings.put("--from", Integer.toString(search.widths().get(0)));
        settings.put(
                "--up-to", Integer.toString(search.widths().get(search.widths().size() - 1)));
        settings.put("--resolution", Double.toString(request.resolution()));
        return settings;
    }
}
