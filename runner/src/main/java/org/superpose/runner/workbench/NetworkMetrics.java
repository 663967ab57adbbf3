package org.superpose.runner.workbench;

import java.util.LinkedHashMap;
import java.util.Map;
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
        instance.parameters().asMap().forEach((name, value) -> row.putIfAbsent(Measurement.fieldOf(name), value));
        network.provenance().parameters().forEach((name, value) -> row.putIfAbsent(Measurement.fieldOf(name), value));
        return Measurement.of(row);
    }

    private static int fanIn(ProblemInstance instance) {
        return instance.layers().stream()
                .mapToInt(gates -> gates.maxFanIn())
                .max()
                .orElseThrow();
    }
}
