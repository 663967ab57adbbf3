package org.superpose.constructions.trained.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.ExpectedOutputs;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.VerificationBudget;

/**
 * A sweep over the whole domain for the inputs on which some output is wrong or nearly so: an audit of the network with
 * a gap about its thresholds. What is found does not depend on the number of threads.
 */
final class Sweep implements WrongDecisions {
    private final HardInputs hard;
    private final float gap;
    private final RestingState rest;
    private FeatureSet lastHard;
    private FeatureSet lastWrong;
    private long hardInputs;
    private long wrongInputs;

    private Sweep(HardInputs hard, float gap, RestingState rest) {
        this.hard = hard;
        this.gap = gap;
        this.rest = rest;
    }

    /**
     * What a sweep found.
     *
     * @param wrongInputs inputs on which an output is wrong
     * @param hardInputs inputs on which an output is wrong or within the gap
     */
    record Found(long wrongInputs, long hardInputs) {}

    /**
     * Goes through the domain.
     *
     * @param network one with one threshold for each output
     * @param gap how far from its threshold an output is not hard
     * @param hard is given the hard inputs
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before the domain is
     */
    static Found of(
            ProblemInstance instance, SuperposedNetwork network, float gap, HardInputs hard, Deadline deadline) {
        float[] thresholds = network.decoder().thresholds();
        float[] on = new float[thresholds.length];
        float[] off = new float[thresholds.length];
        for (int i = 0; i < thresholds.length; i++) {
            on[i] = thresholds[i] + gap;
            off[i] = thresholds[i] - gap;
        }
        Sweep sweep = new Sweep(hard, gap, RestingState.of(instance));
        SuperposedNetwork strict = withReadout(network, Decoder.readout(on, off));
        run(Audit.byEnumeration(strict, instance.domain(), ExpectedOutputs.of(instance)), sweep, deadline);
        long wrong = sweep.wrongInputs;
        if (wrong == 0 && !Exactness.of(network, instance.domain().maxActive()).isExact()) {
            wrong = within(
                    run(Audit.byEnumeration(network, instance.domain(), ExpectedOutputs.of(instance)), NONE, deadline));
        }
        return new Found(wrong, sweep.hardInputs);
    }

    /** What is within rounding is not right either. */
    private static long within(AuditReport report) {
        return report.wrongInputs() + report.undecidedInputs();
    }

    private static AuditReport run(Audit audit, WrongDecisions listener, Deadline deadline) {
        AuditReport report = audit.run(budget(deadline), Optional.empty(), listener);
        if (!report.isComplete()) {
            deadline.check();
            throw new IllegalStateException("a sweep over the inputs ended early");
        }
        return report;
    }

    /** The network with thresholds of two sides; sums over codes become a last layer of their own for it. */
    private static SuperposedNetwork withReadout(SuperposedNetwork network, Decoder readout) {
        if (network.decoder().isReadout()) {
            return network.withDecoder(readout);
        }
        Codes codes = network.decoder().codes();
        short[] sums = new short[Math.multiplyExact(codes.features(), codes.neurons())];
        for (int i = 0; i < codes.features(); i++) {
            for (int t = 0; t < codes.weight(i); t++) {
                sums[i * codes.neurons() + codes.neuron(i, t)] = 1;
            }
        }
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.add(
                Layer.linear(new IntegerMatrix(codes.features(), codes.neurons(), sums), new float[codes.features()]));
        return new SuperposedNetwork(
                network.inputCodes(), layers, readout, network.domain(), network.clean(), network.provenance());
    }

    private static VerificationBudget budget(Deadline deadline) {
        return new VerificationBudget(
                Double.POSITIVE_INFINITY,
                Long.MAX_VALUE,
                Runtime.getRuntime().availableProcessors(),
                1,
                0.5,
                new Seed(0),
                VerificationBudget.Progress.NONE,
                deadline::isOver);
    }

    @Override
    public void accept(FeatureSet input, int output, float margin) {
        if (!input.equals(lastHard)) {
            lastHard = input;
            hardInputs++;
            hard.add(input.toArray());
        }
        boolean isWrong = margin < -gap || margin == -gap && !isOn(input, output);
        if (isWrong && !input.equals(lastWrong)) {
            lastWrong = input;
            wrongInputs++;
        }
    }

    /** Whether an output should be on, which it is from its threshold on. */
    private boolean isOn(FeatureSet input, int output) {
        return rest.outputs().contains(output) != rest.changes(input).contains(output);
    }
}
