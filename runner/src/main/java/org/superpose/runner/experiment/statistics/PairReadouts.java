package org.superpose.runner.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/**
 * The readouts of a universal AND network (theory, section 5a) on random inputs with v active features, in the units of
 * its authors: 1 for an active pair, but for the bias. Beside each sampled figure stands what the formula gives, which
 * the construction records when it builds.
 *
 * @param ofPair the number of active inputs of each pair, 0 to 2
 * @param readouts the number of sampled readouts
 * @param mean their mean; null without readouts, as are the figures that follow
 * @param deviation their standard deviation
 * @param wrongShare the share of them on the wrong side of the decoder's threshold
 * @param meanPredicted the mean over the draw of the layer
 * @param deviationPredicted the standard deviation over the draw of the layer
 * @param deviationQuoted the authors' leading order of it; null where they give none
 */
@Reference(value = "Random universal AND", standing = Standing.ATTESTED, source = "arXiv 2408.05451")
@Reference(value = "Dense universal AND", standing = Standing.ATTESTED, source = "arXiv 2507.09816")
public record PairReadouts(
        int ofPair,
        long readouts,
        Double mean,
        Double deviation,
        Double wrongShare,
        Double meanPredicted,
        Double deviationPredicted,
        Double deviationQuoted) {
    private static final String REFLECTED_FROM = "reflected-from";
    private static final String SCALE = "readout-scale";

    /**
     * Measures: for 2, 1 and 0 active inputs of the pair, in this order.
     *
     * @param samples the number of random inputs
     * @throws InvalidInputException if the network does not say the scale of its readouts
     */
    public static List<PairReadouts> measure(BuiltNetwork built, int samples, Seed seed) {
        Map<String, Object> facts = built.network().provenance().facts();
        if (!(facts.get(SCALE) instanceof Double scale)) {
            throw new InvalidInputException("construction "
                    + built.network().provenance().construction()
                    + " has no readouts of pairs: it does not note down their " + SCALE);
        }
        int reflectedFrom = facts.get(REFLECTED_FROM) instanceof Integer first ? first : Integer.MAX_VALUE;
        int active = built.instance().maxActive();
        RandomGenerator random = seed.child("pair-readouts").generator();
        Evaluator evaluator = new KernelEvaluator(built.network());
        Decoder decoder = built.network().decoder();
        Gates gates = built.instance().gates();
        SummaryStatistics[] statistics = new SummaryStatistics[3];
        SummaryStatistics[] wrong = new SummaryStatistics[3];
        for (int ofPair = 0; ofPair < statistics.length; ofPair++) {
            statistics[ofPair] = new SummaryStatistics();
            wrong[ofPair] = new SummaryStatistics();
        }
        for (int sample = 0; sample < samples; sample++) {
            FeatureSet input = built.instance().domain().sample(active, random);
            float[][] states = evaluator.activations(input);
            float[] last = states[states.length - 1];
            for (int i = 0; i < gates.outputs(); i++) {
                int ofPair = (input.contains(gates.read(i, 0)) ? 1 : 0) + (input.contains(gates.read(i, 1)) ? 1 : 0);
                double sum = 0;
                int reflected = 0;
                for (int t = 0; t < decoder.codes().weight(i); t++) {
                    int neuron = decoder.codes().neuron(i, t);
                    sum += last[neuron];
                    reflected += neuron >= reflectedFrom ? 1 : 0;
                }
                boolean on = sum >= decoder.threshold(i);
                wrong[ofPair].addValue(on == (ofPair == 2) ? 0 : 1);
                double signed = sum - (double) reflected * active;
                statistics[ofPair].addValue(signed / (decoder.codes().weight(i) * scale));
            }
        }
        List<PairReadouts> rows = new ArrayList<>();
        for (int ofPair = 2; ofPair >= 0; ofPair--) {
            boolean any = statistics[ofPair].getN() > 0;
            rows.add(new PairReadouts(
                    ofPair,
                    statistics[ofPair].getN(),
                    any ? statistics[ofPair].getMean() : null,
                    any ? statistics[ofPair].getStandardDeviation() : null,
                    any ? wrong[ofPair].getMean() : null,
                    number(facts.get("readout-mean-" + ofPair)),
                    number(facts.get("readout-deviation-" + ofPair)),
                    ofPair == 2 ? number(facts.get("readout-deviation")) : null));
        }
        return rows;
    }

    private static Double number(Object fact) {
        return fact instanceof Number value ? value.doubleValue() : null;
    }
}
