package org.superpose.runner.explore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.superpose.bounds.Metrics;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.random.Seed;
import org.superpose.runner.inspect.CodeLoad;
import org.superpose.runner.trace.Trace;

/**
 * One of two networks that are compared.
 *
 * @param title what it is called
 * @param built the network and its map
 * @param audit what an audit on the network's own domain and map found
 */
public record ComparedNetwork(String title, BuiltNetwork built, AuditReport audit) {
    /** Random inputs on which rows are counted. */
    private static final int SAMPLES = 200;

    /** The figures by name: numbers and words, in one order for all networks; null where one does not apply. */
    public Map<String, Object> figures() {
        Metrics metrics = Metrics.of(built);
        CodeLoad load = CodeLoad.of(built.network().inputCodes());
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("problem", built.instance().problem());
        figures.put("construction", built.network().provenance().construction());
        figures.put("inputs", built.network().inputs());
        figures.put("outputs", built.network().outputs());
        figures.put("max_active", built.instance().maxActive());
        figures.put("width", built.network().width());
        figures.put("matrices", built.network().matrices());
        figures.put("superposition_ratio", metrics.superpositionRatio());
        figures.put("limit_ratio", metrics.limitRatio().orElse(null));
        figures.put("weight_bits", metrics.weightBits());
        figures.put("bit_efficiency", metrics.bitEfficiency().orElse(null));
        figures.put("mean_input_code_load", load.mean());
        figures.put("largest_input_code_load", load.largest());
        if (built.network().decoder().isReadout()) {
            figures.put("mean_output_code_load", null);
            figures.put("largest_output_code_load", null);
        } else {
            CodeLoad outputLoad = CodeLoad.of(built.network().decoder().codes());
            figures.put("mean_output_code_load", outputLoad.mean());
            figures.put("largest_output_code_load", outputLoad.largest());
        }
        figures.put(
                "smallest_margin",
                audit.worstMargin().isPresent() ? audit.worstMargin().getAsDouble() : null);
        figures.put("wrong_inputs", audit.wrongInputs());
        figures.put("audited_inputs", audit.inputs());
        figures.put("spurious_rows", spuriousRows());
        return figures;
    }

    /**
     * The mean number of spurious rows of all hidden layers together, on random inputs with the largest number of
     * active features.
     */
    private double spuriousRows() {
        RandomGenerator random = new Seed(0).child("compare").generator();
        long spurious = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Trace trace = Trace.of(
                    built, built.instance().domain().sample(built.instance().maxActive(), random));
            for (int t = 1; t < trace.states().size(); t++) {
                spurious += trace.count(t, Trace.Reason.SPURIOUS);
            }
        }
        return (double) spurious / SAMPLES;
    }
}
