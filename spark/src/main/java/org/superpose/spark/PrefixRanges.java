package org.superpose.spark;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.verify.Coverage;

/**
 * The inputs of a domain in ranges of their lowest active feature, cut so that each holds about as many inputs. The
 * empty input, where the domain has it, is in no range: every part looks at it. Together the ranges hold every other
 * input once, in the order of {@link InputDomain#iterator}.
 */
final class PrefixRanges {
    private final InputDomain domain;
    private final List<Range> ranges;

    /**
     * @param from the first lowest feature
     * @param to one more than the last
     * @param before how many inputs, without the empty one, come before the range
     * @param size how many inputs it holds
     */
    record Range(int from, int to, BigInteger before, BigInteger size) {}

    private PrefixRanges(InputDomain domain, List<Range> ranges) {
        this.domain = domain;
        this.ranges = ranges;
    }

    /** @param count how many ranges there should be; fewer where there are fewer features */
    static PrefixRanges of(InputDomain domain, int count) {
        BigInteger all = inputsFrom(domain, 0);
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        for (int r = 1; r <= count && from < domain.features(); r++) {
            BigInteger goal = all.multiply(BigInteger.valueOf(r)).divide(BigInteger.valueOf(count));
            int to = r == count ? domain.features() : firstBeyond(domain, from + 1, all.subtract(goal));
            BigInteger here = inputsFrom(domain, from);
            ranges.add(new Range(from, to, all.subtract(here), here.subtract(inputsFrom(domain, to))));
            from = to;
        }
        return new PrefixRanges(domain, List.copyOf(ranges));
    }

    /** The least feature, from {@code least} on, such that at most {@code left} inputs begin there or later. */
    private static int firstBeyond(InputDomain domain, int least, BigInteger left) {
        int low = least;
        int high = domain.features();
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (inputsFrom(domain, middle).compareTo(left) <= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** How many inputs have their lowest active feature at {@code lowest} or behind it. */
    private static BigInteger inputsFrom(InputDomain domain, int lowest) {
        BigInteger[] byActive = new BigInteger[domain.maxActive() + 1];
        Arrays.fill(byActive, BigInteger.ZERO);
        byActive[0] = BigInteger.ONE;
        if (!domain.isGrouped()) {
            for (int t = 1; t <= domain.maxActive(); t++) {
                long choices = Math.max(0, (long) domain.features() - lowest - t + 1);
                byActive[t] =
                        byActive[t - 1].multiply(BigInteger.valueOf(choices)).divide(BigInteger.valueOf(t));
            }
        } else {
            long[] members = new long[domain.groupCount()];
            for (int j = lowest; j < domain.features(); j++) {
                members[domain.groupOf(j)]++;
            }
            for (long size : members) {
                for (int t = domain.maxActive(); size > 0 && t >= 1; t--) {
                    byActive[t] = byActive[t].add(byActive[t - 1].multiply(BigInteger.valueOf(size)));
                }
            }
        }
        return Arrays.stream(byActive, Math.max(1, domain.minActive()), byActive.length)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** 1 if the empty input is in the domain, else 0. */
    BigInteger emptyInputs() {
        return domain.minActive() == 0 ? BigInteger.ONE : BigInteger.ZERO;
    }

    List<Range> ranges() {
        return ranges;
    }

    /** What is left to prove in a range, told as a run that has proved everything else. */
    static Coverage allBut(int features, int from, int to) {
        BitSet elsewhere = new BitSet(features);
        elsewhere.set(0, from);
        elsewhere.set(to, features);
        return new Coverage(elsewhere, List.of());
    }

    /**
     * How many inputs of its range a part has looked at.
     *
     * @param covered what its verdict counts: the empty input, what it took for proved, and its own
     * @param refuted whether the count ends at a wrong input, so that nothing behind the range is in it
     */
    BigInteger ownOf(Range range, BigInteger covered, boolean refuted) {
        BigInteger others =
                refuted ? range.before() : domain.size().subtract(emptyInputs()).subtract(range.size());
        return covered.subtract(emptyInputs()).subtract(others);
    }

    /**
     * The share of a budget of inputs, which covers the first inputs of the order; with the empty one, that each part
     * looks at. It is 0 where no input is left and the domain has no empty one.
     */
    long allowance(Range range, long maxInputs) {
        BigInteger left = BigInteger.valueOf(maxInputs).subtract(emptyInputs()).subtract(range.before());
        BigInteger own = left.max(BigInteger.ZERO).min(range.size()).add(emptyInputs());
        return own.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
