package org.superpose.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;

class PrefixRangesTest {
    /** Groups without a gap, of unequal sizes. */
    private static InputDomain grouped(int features, int groups, int maxActive) {
        int used = Math.min(groups, features);
        int[] group = IntStream.range(0, features)
                .map(j -> j < used ? j : (j * 7 + j / 3) % used)
                .toArray();
        return InputDomain.grouped(group, Math.min(maxActive, used));
    }

    @Property(tries = 200)
    void everyInputButTheEmptyOneIsInOneRange(
            @ForAll @IntRange(min = 1, max = 14) int features,
            @ForAll @IntRange(min = 1, max = 4) int maxActive,
            @ForAll @IntRange(min = 0, max = 5) int groups,
            @ForAll @IntRange(min = 0, max = 4) int minActive,
            @ForAll @IntRange(min = 1, max = 9) int count) {
        InputDomain domain = groups == 0
                ? InputDomain.sparse(features, Math.min(maxActive, features))
                : grouped(features, groups, maxActive);
        domain = domain.withMinActive(Math.min(minActive, domain.maxActive()));
        List<PrefixRanges.Range> ranges = PrefixRanges.of(domain, count).ranges();
        long[] sizes = new long[features];
        domain.forEach(input -> {
            if (!input.isEmpty()) {
                sizes[input.get(0)]++;
            }
        });
        int next = 0;
        long before = 0;
        for (PrefixRanges.Range range : ranges) {
            assertEquals(next, range.from());
            assertTrue(range.to() > range.from());
            long size = 0;
            for (int a = range.from(); a < range.to(); a++) {
                size += sizes[a];
            }
            assertEquals(BigInteger.valueOf(size), range.size());
            assertEquals(BigInteger.valueOf(before), range.before());
            before += size;
            next = range.to();
        }
        assertEquals(features, next);
        assertTrue(ranges.size() <= count);
    }

    @Property(tries = 100)
    void theSharesOfABudgetOfInputsAreItsFirstInputs(
            @ForAll @IntRange(min = 1, max = 30) int features,
            @ForAll @IntRange(min = 1, max = 3) int maxActive,
            @ForAll @IntRange(min = 0, max = 3) int minActive,
            @ForAll @IntRange(min = 1, max = 9) int count,
            @ForAll @LongRange(min = 1, max = 5000) long limit) {
        InputDomain domain = InputDomain.sparse(features, Math.min(maxActive, features));
        domain = domain.withMinActive(Math.min(minActive, domain.maxActive()));
        PrefixRanges ranges = PrefixRanges.of(domain, count);
        long empty = domain.minActive() == 0 ? 1 : 0;
        long granted = empty;
        for (PrefixRanges.Range range : ranges.ranges()) {
            long own = ranges.allowance(range, limit) - empty;
            assertTrue(own == range.size().longValue() || granted + own == Math.max(granted, limit));
            granted += own;
        }
        assertEquals(Math.min(limit, domain.size().longValue()), granted);
    }

    @Test
    void rangesOfALargeDomainHoldAboutEquallyManyInputs() {
        InputDomain domain = InputDomain.sparse(1 << 24, 2);
        List<PrefixRanges.Range> ranges = PrefixRanges.of(domain, 4000).ranges();
        assertEquals(4000, ranges.size());
        double mean = domain.size().doubleValue() / 4000;
        for (PrefixRanges.Range range : ranges) {
            assertEquals(1, range.size().doubleValue() / mean, 0.02);
        }
    }
}
