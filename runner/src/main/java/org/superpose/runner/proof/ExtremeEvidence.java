package org.superpose.runner.proof;

import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.problem.OutputReads;

/**
 * For networks of one layer in which nothing is cut: the decoded sum of each output for each set of active features
 * that it depends on, with those other features that bring it nearest to the wrong side. All sums are exact.
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
        Layer layer = built.network().layers().get(0);
        Decoder decoder = built.network().decoder();
        double sum = 0;
        for (int t = 0; t < decoder.codes().weight(output); t++) {
            int row = decoder.codes().neuron(output, t);
            sum += layer.bias(row);
            for (int j = 0; j < score.length; j++) {
                score[j] += scores[j][row];
            }
        }
        this.base = sum;
        this.highest = extremes(1);
        this.lowest = extremes(-1);
    }

    /** Why the method is none for a network that the verifier of the same name has verified, if it is not. */
    static Optional<String> obstacle(BuiltNetwork built) {
        return built.network().decoder().isReadout()
                ? Optional.of(
                        "the method additive is for sums over codes, but the outputs are read by a linear read-out")
                : Optional.empty();
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
