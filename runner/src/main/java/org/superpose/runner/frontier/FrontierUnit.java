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
 * Searches for the smallest verified width for one instance of a row, from the row's width on, up or down, by strides
 * and then by bisection; a row of results for every network that was tried, with all that a certificate needs.
 *
 * @param row of the frontier
 * @param instance its number, from 1
 * @param width where the search begins
 * @param recipe of the first network, without its width; the t-th network for the instance has its seed + 1000 t
 * @param variants settings of the construction that the tries take in turn, at least one
 * @param tries networks per width
 * @param resolution the step of the widths, as a fraction of the first width
 * @param probes widths that are tried at most
 */
record FrontierUnit(
        FrontierRow row,
        int instance,
        int width,
        NetworkRecipe recipe,
        List<Assignments> variants,
        int tries,
        double resolution,
        int probes)
        implements WorkUnit {
    static final String ROW = "row";
    static final String INSTANCE = "instance";
    static final String SETTINGS = "settings";
    static final String CHOSEN = "chosen";
    static final String DIGEST = "digest";
    static final String VERSION = "version";

    private static final int SEEDS_APART = 1000;

    /** Steps that the width is enlarged or made smaller by before the bisection. */
    private static final int STRIDE = 4;

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
        WidthSearch search = new WidthSearch(
                1, tries, widths, widths.indexOf(width), 1 + Math.max(STRIDE * resolution, 1e-9), probes);
        List<Measurement> tried = new ArrayList<>();
        Optional<Measurement> smallest = search.search((n, attempt) -> {
                    List<Measurement> rows = trial(n, attempt).run(workbench, budget);
                    tried.addAll(rows);
                    return rows.stream().filter(Measurement::isVerified).findFirst();
                })
                .smallest();
        if (smallest.isEmpty()) {
            tried.add(Measurement.of(Map.of(Measurement.PROBLEM, row.problem()))
                    .with(Measurement.WIDTH, width)
                    .with(Measurement.VERDICT, Measurement.NOT_FOUND)
                    .madeWith(workbench.plugins(recipe)));
        } else {
            // The row of the smallest width, with its success rate, comes last.
            tried.removeIf(each -> isOf(smallest.get(), each));
            tried.add(smallest.get());
        }
        return tried.stream()
                .map(each -> each.with(ROW, row.id()).with(INSTANCE, instance))
                .toList();
    }

    private static boolean isOf(Measurement smallest, Measurement trial) {
        return trial.isVerified()
                && trial.whole(Measurement.WIDTH) == smallest.whole(Measurement.WIDTH)
                && trial.whole(Measurement.SEED) == smallest.whole(Measurement.SEED);
    }

    private NetworkRecipe at(int n) {
        return recipe.with(ConstructionParameters.WIDTH, n);
    }

    private SearchTrial trial(int n, int attempt) {
        Seed seed = new Seed(recipe.seed().value() + (long) SEEDS_APART * attempt);
        NetworkRecipe tried = at(n).withSeed(seed);
        Assignments variant = variants.get(attempt % variants.size());
        for (Map.Entry<String, String> each : variant.values().entrySet()) {
            tried = tried.with(tried.assignments().with(each.getKey(), each.getValue()));
        }
        return new SearchTrial(
                new NetworkUnit(label(), tried, AutoVerifier.ID, List.of(new CertificateFields(tried.assignments()))));
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
