package org.superpose.runner.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.ResultStore;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.RunStatus;
import org.superpose.runner.store.SweepIdentity;
import org.superpose.runner.store.UnitRecord;
import org.superpose.runner.workbench.Measurement;

/** Stores whose reports have every kind of plot, or none. */
final class SampleResults {
    private SampleResults() {}

    /** Rows with something for every plot; widths follow n = 4 sqrt(m' log m') up to rounding. */
    static List<Measurement> rich() {
        List<Measurement> rows = new ArrayList<>();
        for (int size = 6; size <= 12; size++) {
            int outputs = 1 << size;
            int smallest = (int) Math.round(4 * Math.sqrt(outputs * (double) size));
            for (int step = -1; step <= 2; step++) {
                for (int seed = 1; seed <= 4; seed++) {
                    boolean verified = step >= 0 && (step > 0 || seed < 4);
                    rows.add(row("two-and", "clipped-and", outputs, smallest * (10 + step) / 10, seed, verified));
                }
            }
            rows.add(row("two-and", "dedicated", outputs, outputs, 1, true));
            rows.add(row("permutation </script><b>", "linear & bold", outputs, 8 * smallest, 1, true));
        }
        return rows;
    }

    private static Measurement row(
            String problem, String construction, int outputs, int width, int seed, boolean verified) {
        Map<String, Object> row = new LinkedHashMap<>();
        long domain = 1 + outputs + (long) outputs * (outputs - 1) / 2;
        row.put(Measurement.PROBLEM, problem);
        row.put(Measurement.CONSTRUCTION, construction);
        row.put(Measurement.INPUTS, outputs);
        row.put(Measurement.OUTPUTS, outputs);
        row.put(Measurement.MAX_ACTIVE, 2);
        row.put(Measurement.FAN_IN, problem.equals("two-and") ? 2 : 3);
        row.put("influence", problem.equals("two-and") ? "regular" : "star");
        row.put(Measurement.SEED, Long.MAX_VALUE - seed);
        row.put(Measurement.WIDTH, width);
        row.put(Measurement.LAYERS, 2);
        row.put(Measurement.KAPPA, width / Math.sqrt(outputs * Math.log(outputs) / Math.log(2)));
        row.put(Measurement.WIDTH_LIMIT, Math.sqrt(outputs * 5.0));
        row.put(Measurement.LIMIT_RATIO, width / Math.sqrt(outputs * 5.0));
        row.put(Measurement.WEIGHT_BITS, 2L * width * width);
        row.put(Measurement.BIT_EFFICIENCY, outputs * 10.0 / (2.0 * width * width));
        row.put(Measurement.VERDICT, verified ? "VERIFIED" : "REFUTED");
        row.put(Measurement.METHOD, construction.equals("dedicated") ? "exhaustive" : "pairwise");
        row.put(Measurement.INPUTS_COVERED, domain);
        row.put(Measurement.DOMAIN_SIZE, domain);
        row.put(Measurement.SECONDS, domain / 1e6 + 0.001);
        row.put("max_influence", 2 + seed);
        row.put("spurious_rows", seed * 3);
        row.put("spurious_rows_error", 0.5);
        row.put("spurious_rows_predicted_with_noise", seed * 2.5);
        row.put("wrong_share", verified ? 0 : 0.25);
        row.put("depth", seed);
        row.put("block_number", Math.min(seed, Integer.numberOfTrailingZeros(outputs) - 5));
        row.put("block_noise", 0.1 * seed);
        row.put("block_noise_predicted", 0.15);
        row.put("active_of_pair", 0);
        row.put("readout_deviation", 0.2 * seed);
        row.put("readout_deviation_predicted", 0.25);
        row.put("network", construction);
        row.put("weight_places", 1000);
        row.put("removals_tried", 100 * seed);
        row.put("nonzero_weights", 900 - 10 * seed);
        row.put("least_nonzero_weights", 100);
        row.put("superposition_ratio", outputs / (double) width);
        row.put("heavy_inputs", 2 << seed);
        row.put("common_rows_sharing", 0.2 * seed);
        row.put("common_rows_sharing_predicted", 0.25 * seed);
        row.put("saved_bits", seed);
        row.put("share_in_shortest_code", 0.5 / seed);
        row.put("share_bound", 1.0 / seed);
        row.put("bits_per_weight", 8.0);
        row.put("entropy_bits_per_weight", 0.5);
        row.put("clauses_per_neuron", 0.5 * seed);
        row.put("channel_recall", 1.0 / seed);
        row.put("dictionary", construction);
        row.put("explained_variance", 0.9 - 0.1 * seed);
        row.put("mcc", 0.2 * seed);
        row.put("represent_width", Math.log(outputs) * 3);
        return Measurement.of(row);
    }

    /** Makes a store with two units that share the rows, and one unit that failed. */
    static void store(Path folder, List<Measurement> rows) {
        store(folder, rows, "");
    }

    /** @param plots the ids of the plots that its report is to have, or nothing */
    static void store(Path folder, List<Measurement> rows, String plots) {
        store(folder, rows, Map.of(SweepIdentity.PLOTS, plots));
    }

    /** @param properties of its sweep beside the name of the experiment */
    static void store(Path folder, List<Measurement> rows, Map<String, String> properties) {
        int half = rows.size() / 2;
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put(SweepIdentity.EXPERIMENT, "sample & co");
        SweepIdentity sweep = new SweepIdentity(all, List.of("unit <1>", "unit <2>", "unit <3>"));
        RunDescription run =
                RunDescription.here("superpose run sample --out x", "superpose run sample --seed 1", "local", 1);
        try (ResultStore store = ResultStore.open(folder, sweep, run, OnExisting.REFUSE)) {
            store.record(new UnitRecord(0, rows.subList(0, half), Optional.empty(), Instant.EPOCH, 1, 1));
            store.record(new UnitRecord(1, rows.subList(half, rows.size()), Optional.empty(), Instant.EPOCH, 1, 1));
            store.record(new UnitRecord(2, List.of(), Optional.of("<broken>"), Instant.EPOCH, 1, 1));
            store.end(RunStatus.FAILED);
        }
    }
}
