package org.superpose.core.audit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.verify.block.Readout;

/** Counts what an audit finds in one part of the domain. Belongs to one thread. */
final class Tally {
    private final InputDomain domain;
    private final Readout readout;
    private final long[] wrongByActive;
    private final long[] undecidedByActive;
    private long falsePositives;
    private long falseNegatives;
    private long undecided;
    private final long[] errors;
    private final long[] undecidedOf;
    private final FeatureSet[] leastOnInput;
    private final float[] leastOn;
    private final FeatureSet[] mostOffInput;
    private final float[] mostOff;
    private final long[] margins = new long[MarginHistogram.BINS];
    private final PriorityQueue<WorstInput> worst = new PriorityQueue<>(WorstInput.ORDER.reversed());

    Tally(InputDomain domain, Readout readout) {
        this.domain = domain;
        this.readout = readout;
        this.wrongByActive = new long[domain.maxActive() + 1];
        this.undecidedByActive = new long[domain.maxActive() + 1];
        int outputs = readout.outputs();
        this.errors = new long[outputs];
        this.undecidedOf = new long[outputs];
        this.leastOnInput = new FeatureSet[outputs];
        this.leastOn = new float[outputs];
        this.mostOffInput = new FeatureSet[outputs];
        this.mostOff = new float[outputs];
        Arrays.fill(leastOn, Float.POSITIVE_INFINITY);
        Arrays.fill(mostOff, Float.NEGATIVE_INFINITY);
    }

    void wrongDecision(int output, boolean expected) {
        errors[output]++;
        if (expected) {
            falseNegatives++;
        } else {
            falsePositives++;
        }
    }

    void undecidedDecision(int output) {
        undecidedOf[output]++;
        undecided++;
    }

    void wrongInput(int active) {
        wrongByActive[active]++;
    }

    void undecidedInput(int active) {
        undecidedByActive[active]++;
    }

    /** Whether a value would be a new extreme of an output. */
    boolean isExtreme(int output, boolean expected, float value) {
        return expected
                ? value < leastOn[output] || leastOnInput[output] == null
                : value > mostOff[output] || mostOffInput[output] == null;
    }

    /** Takes a value of an output as a new extreme. */
    void extreme(int output, boolean expected, float value, FeatureSet input) {
        if (expected) {
            leastOn[output] = value;
            leastOnInput[output] = input;
        } else {
            mostOff[output] = value;
            mostOffInput[output] = input;
        }
    }

    void margin(double margin) {
        margins(margin, 1);
    }

    void margins(double margin, long inputs) {
        margins[MarginHistogram.bin(margin)] += inputs;
    }

    /** Whether an input with this margin would be one of the worst. */
    boolean isAmongWorst(double margin) {
        return worst.size() < AuditReport.WORST_INPUTS
                || !(margin >= worst.peek().margin());
    }

    /** The margin beyond which no further input would be one of the worst. */
    double leastReportedMargin() {
        return worst.size() < AuditReport.WORST_INPUTS
                ? Double.POSITIVE_INFINITY
                : worst.peek().margin();
    }

    void worst(WorstInput input) {
        worst.add(input);
        if (worst.size() > AuditReport.WORST_INPUTS) {
            worst.poll();
        }
    }

    /** Adds what was found in another part. */
    void add(Tally other) {
        add(wrongByActive, other.wrongByActive);
        add(undecidedByActive, other.undecidedByActive);
        add(errors, other.errors);
        add(undecidedOf, other.undecidedOf);
        add(margins, other.margins);
        falsePositives += other.falsePositives;
        falseNegatives += other.falseNegatives;
        undecided += other.undecided;
        for (int i = 0; i < errors.length; i++) {
            if (other.leastOnInput[i] != null) {
                offer(i, true, other.leastOn[i], other.leastOnInput[i]);
            }
            if (other.mostOffInput[i] != null) {
                offer(i, false, other.mostOff[i], other.mostOffInput[i]);
            }
        }
        other.worst.forEach(this::worst);
    }

    private static void add(long[] sums, long[] others) {
        for (int t = 0; t < sums.length; t++) {
            sums[t] += others[t];
        }
    }

    /** Takes a value of an output if it is a new extreme, or an old one on an input that comes earlier. */
    void offer(int output, boolean expected, float value, FeatureSet input) {
        FeatureSet own = expected ? leastOnInput[output] : mostOffInput[output];
        boolean isEqual = value == (expected ? leastOn[output] : mostOff[output]);
        if (isExtreme(output, expected, value) || isEqual && Extreme.isBefore(input, own)) {
            extreme(output, expected, value, input);
        }
    }

    /**
     * Makes the report.
     *
     * @param covered the parts that were counted
     * @param point gives the figures of extreme inputs in double; empty where the values that were counted are exact
     */
    AuditReport report(BitSet covered, Optional<PointEvaluation> point) {
        return new AuditReport(
                domain,
                covered,
                boxed(wrongByActive),
                boxed(undecidedByActive),
                falsePositives,
                falseNegatives,
                undecided,
                IntStream.range(0, readout.outputs())
                        .mapToObj(i -> output(i, point))
                        .toList(),
                new MarginHistogram(margins),
                worst.stream().sorted(WorstInput.ORDER).toList());
    }

    private OutputAudit output(int output, Optional<PointEvaluation> point) {
        return new OutputAudit(
                readout.on(output),
                readout.off(output),
                errors[output],
                undecidedOf[output],
                extreme(output, leastOn[output], leastOnInput[output], point),
                extreme(output, mostOff[output], mostOffInput[output], point));
    }

    private static Optional<Extreme> extreme(
            int output, float value, FeatureSet input, Optional<PointEvaluation> point) {
        if (input == null) {
            return Optional.empty();
        }
        double exact = value;
        if (point.isPresent()) {
            point.get().at(input);
            exact = point.get().value(output);
        }
        return Optional.of(new Extreme(exact, input));
    }

    private static List<Long> boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
