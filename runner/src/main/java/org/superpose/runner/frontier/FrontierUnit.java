package org.superpose.runner.frontier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.superpose.core.ToolVersion;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.NetworkStatistic;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.SearchTrial;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

/**
 * Searches for the smallest verified width for one instance of a row, from the row's width on, up or down; one row of
 * results, with all that a certificate needs.
 *
 * @param row of the frontier
 * @param instance its number, from 1
 * @param width where the search begins
 * @param recipe of the first network, without its width; the t-th network for the instance has its seed + 1000 t
 * @param tries networks per width
 * @param resolution the step of the widths, as a fraction of the first width
 * @param probes widths that are tried at most
 */
record FrontierUnit(
        FrontierRow row, int instance, int width, NetworkRecipe recipe, int tries, double resolution, int probes)
        implements WorkUnit {
    static final String ROW = "row";
    static final String INSTANCE = "instance";
    static final String SETTINGS = "settings";
    static final String CHOSEN = "chosen";
    static final String DIGEST = "digest";
    static final String VERSION = "version";

    private static final int SEEDS_APART = 1000;

    @Override
    public String label() {
        return row.id() + ", instance " + instance + ", from n = " + width;
    }

    @Override
    public Needs needs() {
        return Needs.ofNetwork(at(width).assignments());
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        List<Integer> widths = new ArrayList<>();
        int step = Math.max(1, (int) Math.round(resolution * width));
        for (int n = width % step == 0 ? step : width % step; n <= 2 * width; n += step) {
            widths.add(n);
        }
        WidthSearch search =
                new WidthSearch(1, tries, widths, widths.indexOf(width), 1 + Math.max(resolution, 1e-9), probes);
        Optional<Measurement> smallest = search.search(
                        (n, attempt) -> trial(n, attempt).attempt(workbench, budget))
                .smallest();
        return List.of(smallest.orElseGet(() -> Measurement.of(Map.of(Measurement.PROBLEM, row.problem()))
                        .with(Measurement.WIDTH, width)
                        .with(Measurement.VERDICT, Measurement.NOT_FOUND)
                        .madeWith(workbench.plugins(recipe)))
                .with(ROW, row.id())
                .with(INSTANCE, instance));
    }

    private NetworkRecipe at(int n) {
        return recipe.with(ConstructionParameters.WIDTH, n);
    }

    private SearchTrial trial(int n, int attempt) {
        Seed seed = new Seed(recipe.seed().value() + (long) SEEDS_APART * attempt);
        return new SearchTrial(new NetworkUnit(
                label(), at(n).withSeed(seed), AutoVerifier.ID, List.of(new CertificateFields(at(n).assignments()))));
    }

    /** What a certificate says besides the row of results. */
    private record CertificateFields(Assignments settings) implements NetworkStatistic {
        @Override
        public Map<String, Object> measure(BuiltNetwork built) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(SETTINGS, CertificateFiles.text(settings.values()));
            Map<String, String> chosen = new TreeMap<>();
            built.network().provenance().parameters().forEach((name, value) -> chosen.put(name, value.toString()));
            fields.put(CHOSEN, CertificateFiles.text(chosen));
            fields.put(DIGEST, NetworkDigest.of(built));
            fields.put(VERSION, ToolVersion.current());
            return fields;
        }
    }
}
