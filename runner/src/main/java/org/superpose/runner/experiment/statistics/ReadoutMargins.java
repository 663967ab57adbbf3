package org.superpose.runner.experiment.statistics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.NetworkStatistic;

/**
 * How clearly a network tells on from off: what the decoder reads, as a fraction of the threshold tau_i, and how often
 * it is wrong. Half of the inputs activate all that a random gate reads, the others are drawn from the whole domain. A
 * sample shows trends; only a verifier decides. The thresholds of logits may have any sign, so of a linear read-out
 * only the share of wrong inputs is told.
 *
 * @param samples the number of random inputs
 * @param seed of the random inputs
 */
public record ReadoutMargins(int samples, Seed seed) implements NetworkStatistic {
    /** The share of the sampled inputs on which some output is wrong. */
    public static final String WRONG_SHARE = "wrong_share";

    /**
     * The least reading of an output that has to be on, as a fraction of its threshold: right if at least 1. Null if
     * none was on.
     */
    public static final String LEAST_ON = "least_on";

    /** The largest reading of an output that has to be off, as a fraction of its threshold: right if below 1. */
    public static final String LARGEST_OFF = "largest_off";

    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        RandomGenerator random = seed.child("readout-margins").generator();
        Evaluator evaluator = new KernelEvaluator(built.network());
        Decoder decoder = built.network().decoder();
        double leastOn = Double.POSITIVE_INFINITY;
        double largestOff = 0;
        int wrong = 0;
        boolean hasFractions = !decoder.isReadout();
        for (int sample = 0; sample < samples; sample++) {
            FeatureSet input = sample % 2 == 0
                    ? holdingAGate(
                            built.instance().layers().get(0), built.instance().domain(), random)
                    : built.instance().domain().sample(random);
            FeatureSet expected = built.instance().evaluate(input);
            float[][] states = evaluator.activations(input);
            float[] last = states[states.length - 1];
            boolean right = hasFractions || evaluator.read(input).is(expected);
            for (int i = 0; hasFractions && i < decoder.outputs(); i++) {
                double reading = reading(decoder, i, last) / decoder.threshold(i);
                if (expected.contains(i)) {
                    leastOn = Math.min(leastOn, reading);
                    right &= reading >= 1;
                } else {
                    largestOff = Math.max(largestOff, reading);
                    right &= reading < 1;
                }
            }
            wrong += right ? 0 : 1;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(WRONG_SHARE, (double) wrong / samples);
        fields.put(LEAST_ON, Double.isFinite(leastOn) ? leastOn : null);
        fields.put(LARGEST_OFF, hasFractions ? largestOff : null);
        return fields;
    }

    private static double reading(Decoder decoder, int output, float[] y) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int t = 0; t < decoder.codes().weight(output); t++) {
            float value = y[decoder.codes().neuron(output, t)];
            sum += value;
            least = Math.min(least, value);
        }
        return decoder.kind() == Decoder.Kind.SUM ? sum : least;
    }

    /** As many inputs of a random gate as may be active together, beginning with a random one. */
    private static FeatureSet holdingAGate(Gates gates, InputDomain domain, RandomGenerator random) {
        int gate = random.nextInt(gates.outputs());
        int fanIn = gates.fanIn(gate);
        int start = random.nextInt(fanIn);
        int[] active = new int[domain.maxActive()];
        int count = 0;
        for (int t = 0; t < fanIn && count < active.length; t++) {
            int feature = gates.read(gate, (start + t) % fanIn);
            if (domain.fits(active, count, feature)) {
                active[count++] = feature;
            }
        }
        return FeatureSet.of(Arrays.copyOf(active, count));
    }
}
