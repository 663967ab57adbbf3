package org.superpose.core.audit;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.verify.run.UnitSizes;

/**
 * What an audit found on the part of a domain that it went through. Reports of different parts {@link #and add up}.
 * Immutable.
 *
 * <p>A decision is one output on one input. It is <em>wrong</em> if every float32 evaluation of the network gets it
 * wrong, whatever the order of summation, <em>undecided</em> if that lies within rounding, and else right in every
 * evaluation. An input is wrong if one of its decisions is, and undecided if one of its decisions is and none is wrong.
 *
 * @param domain the inputs of the audit
 * @param covered the parts that were gone through, by their lowest active feature; the bit behind the last feature
 *     stands for the empty input
 * @param wrongByActive wrong inputs by the number of active features, 0 to v
 * @param undecidedByActive undecided inputs by the number of active features, 0 to v
 * @param falsePositives wrong decisions on outputs that should be off
 * @param falseNegatives wrong decisions on outputs that should be on
 * @param undecided undecided decisions
 * @param outputs what was found of each output
 * @param margins how many inputs have which worst margin
 * @param worst the inputs with the smallest margins, worst first
 */
public record AuditReport(
        InputDomain domain,
        BitSet covered,
        List<Long> wrongByActive,
        List<Long> undecidedByActive,
        long falsePositives,
        long falseNegatives,
        long undecided,
        List<OutputAudit> outputs,
        MarginHistogram margins,
        List<WorstInput> worst) {
    /** How many of the worst inputs are kept. */
    public static final int WORST_INPUTS = 10;

    /** @throws IllegalArgumentException if the numbers of active features do not fit the domain */
    public AuditReport {
        covered = (BitSet) covered.clone();
        wrongByActive = List.copyOf(wrongByActive);
        undecidedByActive = List.copyOf(undecidedByActive);
        outputs = List.copyOf(outputs);
        worst = List.copyOf(worst);
        if (wrongByActive.size() != domain.maxActive() + 1 || undecidedByActive.size() != domain.maxActive() + 1) {
            throw new IllegalArgumentException(
                    "an audit of " + domain + " counts inputs with 0 to " + domain.maxActive() + " active features");
        }
    }

    /** A copy. */
    @Override
    public BitSet covered() {
        return (BitSet) covered.clone();
    }

    /** How many inputs were gone through. */
    public BigInteger inputs() {
        BigInteger[] sizes = UnitSizes.of(domain);
        BigInteger inputs = coversEmptyInput() && domain.minActive() == 0 ? BigInteger.ONE : BigInteger.ZERO;
        for (int a = covered.nextSetBit(0); a >= 0 && a < sizes.length; a = covered.nextSetBit(a + 1)) {
            inputs = inputs.add(sizes[a]);
        }
        return inputs;
    }

    private boolean coversEmptyInput() {
        return covered.get(domain.features());
    }

    /** Whether that is the whole domain. */
    public boolean isComplete() {
        return covered.cardinality() == domain.features() + 1;
    }

    /** Inputs on which some output is wrong. */
    public long wrongInputs() {
        return sum(wrongByActive);
    }

    /** Inputs that are not wrong, but on which some output lies within rounding. */
    public long undecidedInputs() {
        return sum(undecidedByActive);
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(count -> count).sum();
    }

    /** The smallest margin of all outputs on all inputs, negative if one is wrong; empty before the first input. */
    public OptionalDouble worstMargin() {
        return worst.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(worst.get(0).margin());
    }

    /** The outputs that are wrong on some input, most errors first. */
    public int[] wrongOutputs() {
        return IntStream.range(0, outputs.size())
                .filter(i -> outputs.get(i).errors() > 0)
                .boxed()
                .sorted((i, j) ->
                        Long.compare(outputs.get(j).errors(), outputs.get(i).errors()))
                .mapToInt(i -> i)
                .toArray();
    }

    /** The lowest output that no threshold makes right, or empty if there is none. */
    public OptionalInt firstInseparable() {
        return IntStream.range(0, outputs.size())
                .filter(i -> !outputs.get(i).isSeparable())
                .findFirst();
    }

    /**
     * What two audits of different parts found together.
     *
     * @throws IllegalArgumentException if they are of other domains or thresholds, or a part was gone through in both
     */
    public AuditReport and(AuditReport other) {
        if (!domain.equals(other.domain)
                || outputs.size() != other.outputs.size()
                || covered.intersects(other.covered)) {
            throw new IllegalArgumentException("the two reports are not of different parts of one audit");
        }
        BitSet both = covered();
        both.or(other.covered);
        return new AuditReport(
                domain,
                both,
                sums(wrongByActive, other.wrongByActive),
                sums(undecidedByActive, other.undecidedByActive),
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                undecided + other.undecided,
                IntStream.range(0, outputs.size())
                        .mapToObj(i -> outputs.get(i).and(other.outputs.get(i)))
                        .toList(),
                margins.and(other.margins),
                WorstInput.worst(worst, other.worst, WORST_INPUTS));
    }

    private static List<Long> sums(List<Long> first, List<Long> second) {
        Long[] sums = new Long[first.size()];
        Arrays.setAll(sums, t -> first.get(t) + second.get(t));
        return List.of(sums);
    }
}
