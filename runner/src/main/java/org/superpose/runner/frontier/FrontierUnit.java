package org.superpose.runner.frontier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.superpose.core.ToolVersion;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;
import org.superpose.runner.workbench.Workbench;

/**
 * Searches the smallest verified width for one instance of a row, from the row's width on, up or down; one row of
 * results, with all that a certificate needs.
 *
 * @param row of the frontier
 * @param instance its number, from 1
 * @param width where the search begins
 * @param seed of the instance; the t-th network for it has seed + 1000 t
 * @param tries networks per width
 * @param resolution the step of the widths, as a fraction of the first width
 * @param probes widths that are tried at most
 */
public record FrontierUnit(
        FrontierRow row, int instance, int width, long seed, int tries, double resolution, int probes)
        implements WorkUnit {
    static final String ROW = "row";
    static final String INSTANCE = "instance";
    static final String SETTINGS = "settings";
    static final String CHOSEN = "chosen";
    static final String DIGEST = "digest";
    static final String VERSION = "version";

    private static final String NOT_FOUND = "NOT FOUND";
    private static final String VERIFIER = "auto";
    private static final int SEEDS_APART = 1000;

    @Override
    public String label() {
        return row.id() + ", instance " + instance + ", from n = " + width;
    }

    @Override
    public Needs needs() {
        return Needs.ofNetwork(row.assignments().with(ConstructionParameters.WIDTH.name(), width));
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
        Optional<Measurement> smallest = search.search((n, attempt) -> attempt(workbench, budget, n, attempt))
                .smallest();
        return List.of(smallest.orElseGet(() -> Measurement.of(Map.of(
                        Measurement.PROBLEM, row.problem(), Measurement.WIDTH, width, Measurement.VERDICT, NOT_FOUND)))
                .with(ROW, row.id())
                .with(INSTANCE, instance));
    }

    private Optional<Measurement> attempt(Workbench workbench, VerificationBudget budget, int n, int attempt) {
        Assignments assignments = row.assignments().with(ConstructionParameters.WIDTH.name(), n);
        try {
            NetworkRecipe recipe = NetworkRecipe.of(row.problem(), row.construction(), assignments, new Seed(seed));
            Workbench.Outcome outcome = workbench.buildAndVerify(
                    recipe.withSeed(new Seed(seed + (long) SEEDS_APART * attempt)), VERIFIER, budget);
            Map<String, String> chosen = new LinkedHashMap<>();
            new TreeMap<>(outcome.built().network().provenance().parameters())
                    .forEach((name, value) -> chosen.put(name, value.toString()));
            return Optional.of(outcome.measurement())
                    .filter(Measurement::isVerified)
                    .map(found -> found.with(SETTINGS, CertificateFiles.text(assignments.values()))
                            .with(CHOSEN, CertificateFiles.text(chosen))
                            .with(DIGEST, NetworkDigest.of(outcome.built()))
                            .with(VERSION, ToolVersion.current()));
        } catch (WidthTooSmallException tooSmall) {
            return Optional.empty();
        }
    }
}
