package org.superpose.runner.workbench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.bounds.Metrics;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;

/** The row of results of a network, as far as it is known before verification. */
final class NetworkMetrics {
    private NetworkMetrics() {}

    static Measurement of(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(Measurement.PROBLEM, instance.problem());
        row.put(Measurement.CONSTRUCTION, network.provenance().construction());
        row.put(Measurement.INPUTS, instance.inputs());
        row.put(Measurement.OUTPUTS, instance.outputs());
        row.put(Measurement.MAX_ACTIVE, instance.maxActive());
        row.put(Measurement.FAN_IN, fanIn(instance));
        row.put(Measurement.INSTANCE_SEED, instance.seed());
        row.put(Measurement.SEED, network.provenance().seed());
        row.put(Measurement.WIDTH, network.width());
        row.put(Measurement.LAYERS, network.matrices());
        Metrics metrics = Metrics.of(instance, network);
        row.put(Measurement.SUPERPOSITION_RATIO, finite(metrics.superpositionRatio()));
        row.put(Measurement.KAPPA, finite(metrics.kappa()));
        row.put(Measurement.WIDTH_LIMIT, finite(metrics.widthLimit()));
        row.put(Measurement.LIMIT_RATIO, finite(metrics.limitRatio()));
        row.put(Measurement.WEIGHT_BITS, metrics.weightBits());
        row.put(Measurement.BIT_EFFICIENCY, finite(metrics.bitEfficiency()));
        instance.parameters().asMap().forEach((name, value) -> row.putIfAbsent(Measurement.fieldOf(name), value));
        network.provenance().parameters().forEach((name, value) -> row.putIfAbsent(Measurement.fieldOf(name), value));
        return Measurement.of(row);
    }

    /** A ratio that has no finite value does not apply. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static int fanIn(ProblemInstance instance) {
        return instance.layers().stream()
                .mapToInt(gates -> gates.maxFanIn())
                .max()
                .orElseThrow();
    }
}
