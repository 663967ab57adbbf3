package org.superpose.runner.proof;

import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.OutputReads;

/**
 * For networks of one layer in which nothing is cut: the decoded sum, or the logit, of each output for each set of
 * active features that it depends on, with those other features that bring it nearest to the wrong side. All sums are
 * exact.
 */
final class ExtremeEvidence {
    private final OutputReads map;
    private final InputDomain domain;
    private final double[] score;
    private final int output;
    private final int[] reads;
    private final double base;
    private final int[] active;
    private final double[] highest;
    private final double[] lowest;

    private long looked;
    private long digest;

    private ExtremeEvidence(BuiltNetwork built, OutputReads map, float[][] scores, int output) {
        this.map = map;
        this.domain = built.instance().domain();
        this.output = output;
        this.reads = map.of(output);
        this.active = new int[domain.maxActive()];
        this.score = new double[scores.length];
        this.base = sumUp(built.network(), scores);
        this.highest = extremes(1);
        this.lowest = extremes(-1);
    }

    /** What the output's sum is without any feature, and into {@link #score} what each feature adds to it. */
    private double sumUp(SuperposedNetwork network, float[][] scores) {
        Layer first = network.layers().get(0);
        Decoder decoder = network.decoder();
        if (!decoder.isReadout()) {
            double sum = 0;
            for (int t = 0; t < decoder.codes().weight(output); t++) {
                sum += add(1, decoder.codes().neuron(output, t), first, scores);
            }
            return sum;
        }
        Layer readout = network.layers().get(1);
        double sum = readout.bias(output);
        for (int row = 0; row < first.rows(); row++) {
            sum += add(readout.weights().get(output, row), row, first, scores);
        }
        return sum;
    }

    private double add(float factor, int row, Layer first, float[][] scores) {
        for (int j = 0; j < score.length; j++) {
            score[j] += (double) factor * scores[j][row];
        }
        return (double) factor * first.bias(row);
    }

    /** Why the method cannot be used on a network of such a shape, if it cannot. */
    static Optional<String> obstacle(BuiltNetwork built) {
        int layers = built.network().layers().size();
        boolean isReadout = built.network().decoder().isReadout();
        return layers == (isReadout ? 2 : 1)
                ? Optional.empty()
                : Optional.of("the method additive is for one layer and what reads it, but the network has " + layers
                        + (isReadout ? " layers with its read-out" : " layers"));
    }

    static Evidence of(BuiltNetwork built) {
        obstacle(built).ifPresent(obstacle -> {
            throw new InvalidInputException(obstacle);
        });
        OutputReads map = new OutputReads(built.instance());
        float[][] scores = FirstLayer.scores(built.network());
        return new Evidence(
                Evidence.Method.ADDITIVE,
                Optional.empty(),
                IntStream.range(0, built.instance().outputs())
                        .parallel()
                        .mapToObj(output -> new ExtremeEvidence(built, map, scores, output).count())
                        .toList());
    }

    private Tally count() {
        visit(0, 0, 0, 0);
        return new Tally(0, 0, digest, looked, 0, 0, 0);
    }

    /** The largest gains of features that the output does not depend on, at most v of them. */
    private double[] extremes(int sign) {
        double[] gains = new double[Math.min(domain.maxActive(), score.length - reads.length)];
        int count = 0;
        int skipped = 0;
        for (int j = 0; j < score.length; j++) {
            if (skipped < reads.length && reads[skipped] == j) {
                skipped++;
                continue;
            }
            double gain = sign * score[j];
            if (count == gains.length && (count == 0 || gain <= gains[count - 1])) {
                continue;
            }
            int at = count < gains.length ? count++ : count - 1;
            for (; at > 0 && gains[at - 1] < gain; at--) {
                gains[at] = gains[at - 1];
            }
            gains[at] = gain;
        }
        return gains;
    }

    private void visit(int size, int from, int sum, double scoreOfSet) {
        if (size + score.length - reads.length >= domain.minActive()) {
            boolean on = map.isOn(output, active, size, sum);
            double others = others(on ? lowest : highest, size);
            double extreme = base + scoreOfSet + (on ? -others : others) + 0.0;
            looked++;
            digest += Decisions.mix(
                    Decisions.output(Decisions.set(active, size), output) + Double.doubleToRawLongBits(extreme));
        }
        for (int t = from; t < reads.length && size < active.length; t++) {
            active[size] = reads[t];
            visit(size + 1, t + 1, sum + map.step(output, t), scoreOfSet + score[reads[t]]);
        }
    }

    /** All gains beside so many active features, and as many features as there have to be. */
    private double others(double[] gains, int size) {
        double total = 0;
        for (int t = 0; t < gains.length && t < domain.maxActive() - size; t++) {
            if (size + t >= domain.minActive() && gains[t] <= 0) {
                break;
            }
            total += gains[t];
        }
        return total;
    }
}
