package org.superpose.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;

class InputDomainTest {
    @Property(tries = 60)
    void sizeIsTheNumberOfEnumeratedInputs(
            @ForAll @IntRange(min = 1, max = 14) int features,
            @ForAll @IntRange(min = 1, max = 4) int maxActive,
            @ForAll @IntRange(min = 0, max = 4) int groupCount) {
        InputDomain domain = domain(features, maxActive, groupCount);
        Set<FeatureSet> seen = new HashSet<>();
        domain.forEach(input -> {
            assertTrue(domain.contains(input), () -> input + " is not in its own domain");
            assertTrue(seen.add(input), () -> input + " came twice");
        });
        assertEquals(domain.size(), BigInteger.valueOf(seen.size()));
    }

    @Test
    void aLoopOverTheInputsMayBeLeftAndComesToAnEnd() {
        List<FeatureSet> seen = new ArrayList<>();
        for (FeatureSet input : InputDomain.sparse(1_000_000, 3)) {
            seen.add(input);
            if (seen.size() == 5) {
                break;
            }
        }
        assertEquals(
                List.of(
                        FeatureSet.EMPTY,
                        FeatureSet.of(0),
                        FeatureSet.of(0, 1),
                        FeatureSet.of(0, 1, 2),
                        FeatureSet.of(0, 1, 3)),
                seen);
        Iterator<FeatureSet> both = InputDomain.grouped(new int[] {0, 0}, 1).iterator();
        assertEquals(
                List.of(FeatureSet.EMPTY, FeatureSet.of(0), FeatureSet.of(1)),
                List.of(both.next(), both.next(), both.next()));
        assertFalse(both.hasNext());
        assertThrows(NoSuchElementException.class, both::next);
    }

    @Property(tries = 60)
    void aDomainContainsExactlyTheSparseSetsThatRespectTheGroups(
            @ForAll @IntRange(min = 2, max = 9) int features,
            @ForAll @IntRange(min = 1, max = 3) int maxActive,
            @ForAll @IntRange(min = 0, max = 3) int groupCount) {
        InputDomain domain = domain(features, maxActive, groupCount);
        long members = 0;
        for (int mask = 0; mask < 1 << features; mask++) {
            FeatureSet input = ofMask(mask);
            boolean allowed = input.size() <= domain.maxActive();
            for (int a = 0; a < features; a++) {
                for (int b = a + 1; b < features; b++) {
                    boolean both = (mask >> a & 1) != 0 && (mask >> b & 1) != 0;
                    allowed &= !(both && domain.isGrouped() && domain.groupOf(a) == domain.groupOf(b));
                }
            }
            assertEquals(allowed, domain.contains(input), () -> domain + " and " + input);
            members += allowed ? 1 : 0;
        }
        assertEquals(BigInteger.valueOf(members), domain.size());
    }

    @Test
    void samplesAreUniformOverTheDomainEvenWhenGroupsAreUnequal() {
        InputDomain domain = InputDomain.grouped(new int[] {0, 0, 0, 0, 1, 2}, 2);
        RandomGenerator random = new Seed(5).generator();
        int draws = 160_000;
        Map<FeatureSet, Integer> counts = new HashMap<>();
        for (int t = 0; t < draws; t++) {
            counts.merge(domain.sample(random), 1, Integer::sum);
        }
        int inputs = domain.size().intValueExact(); // 1 + 6 + (4 + 4 + 1) = 16
        assertEquals(16, inputs);
        assertEquals(inputs, counts.size());
        double expected = (double) draws / inputs;
        double chiSquare = counts.values().stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertTrue(chiSquare < 44.3, "chi-square " + chiSquare + " is beyond the 0.0001 quantile of 15 degrees");
    }

    @Test
    void sizesOfLargeDomainsAreExact() {
        assertEquals(new BigInteger("8390657"), InputDomain.sparse(4096, 2).size());
        assertEquals(
                new BigInteger("549756338177"), InputDomain.sparse(1 << 20, 2).size());
    }

    @Test
    void featuresOutsideTheDomainAreNotContained() {
        assertFalse(InputDomain.sparse(4, 2).contains(FeatureSet.of(4)));
        assertFalse(InputDomain.sparse(4, 2).contains(FeatureSet.of(0, 1, 2)));
        assertTrue(InputDomain.sparse(4, 2).contains(FeatureSet.EMPTY));
    }

    @Test
    void impossibleDomainsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> InputDomain.sparse(0, 1));
        assertThrows(IllegalArgumentException.class, () -> InputDomain.sparse(4, 5));
        assertThrows(IllegalArgumentException.class, () -> InputDomain.grouped(new int[] {0, 2}, 1));
        assertThrows(IllegalArgumentException.class, () -> InputDomain.grouped(new int[] {0, 1}, 3));
    }

    private static InputDomain domain(int features, int maxActive, int groupCount) {
        if (groupCount == 0 || groupCount > features) {
            return InputDomain.sparse(features, Math.min(maxActive, features));
        }
        int[] groups = new int[features];
        for (int j = 0; j < features; j++) {
            groups[j] = j < groupCount ? j : j * j % groupCount;
        }
        return InputDomain.grouped(groups, Math.min(maxActive, groupCount));
    }

    private static FeatureSet ofMask(int mask) {
        return FeatureSet.of(
                IntStream.range(0, 32).filter(j -> (mask >> j & 1) != 0).toArray());
    }

    @Test
    void onlyADomainOfGroupsIsGroupedAndAllItsSamplesAreInputs() {
        assertFalse(InputDomain.sparse(3, 2).isGrouped());
        InputDomain grouped = InputDomain.grouped(new int[] {0, 0, 1}, 2);
        assertTrue(grouped.isGrouped());
        RandomGenerator random = new Seed(5).generator();
        for (int t = 0; t < 200; t++) {
            assertTrue(grouped.contains(grouped.sample(random)));
        }
    }

    @Test
    void domainsAreEqualIfTheyHoldTheSameInputs() {
        InputDomain sparse = InputDomain.sparse(4, 2);
        InputDomain grouped = InputDomain.grouped(new int[] {0, 0, 1, 1}, 2);
        assertEquals(InputDomain.sparse(4, 2), sparse);
        assertEquals(InputDomain.sparse(4, 2).hashCode(), sparse.hashCode());
        assertEquals(InputDomain.grouped(new int[] {0, 0, 1, 1}, 2), grouped);
        assertEquals(InputDomain.grouped(new int[] {0, 0, 1, 1}, 2).hashCode(), grouped.hashCode());
        List<InputDomain> others = List.of(
                InputDomain.sparse(5, 2),
                InputDomain.sparse(4, 3),
                InputDomain.grouped(new int[] {0, 1, 2, 3}, 2),
                InputDomain.grouped(new int[] {0, 1, 0, 1}, 2),
                InputDomain.grouped(new int[] {0, 0, 1, 1}, 1));
        for (InputDomain other : others) {
            assertNotEquals(sparse, other);
            assertNotEquals(grouped, other);
            assertNotEquals(sparse.hashCode(), other.hashCode());
        }
        assertNotEquals(grouped, sparse);
        assertNotEquals((Object) sparse, "at most 2 of 4 features");
    }

    @Test
    void aDomainKeepsItsGroupsWithAnotherActivityBound() {
        int[] groups = {0, 1, 1, 2, 2, 2};
        assertEquals(
                InputDomain.grouped(groups, 3), InputDomain.grouped(groups, 1).withMaxActive(3));
        assertEquals(InputDomain.sparse(6, 4), InputDomain.sparse(6, 1).withMaxActive(4));
        assertEquals(3, InputDomain.grouped(groups, 1).groupCount());
        assertEquals(6, InputDomain.sparse(6, 1).groupCount());
    }

    @Test
    void aDomainIsDescribedByItsBoundAndItsGroups() {
        assertEquals("at most 2 of 4096 features", InputDomain.sparse(4096, 2).toString());
        assertEquals(
                "at most 1 of 4 features, one of each of 2 groups",
                InputDomain.grouped(new int[] {0, 0, 1, 1}, 1).toString());
    }

    @Test
    void featuresAreDescribedByNameOrIndex() {
        FeatureNames names = new FeatureNames(List.of("the", " licence", "of"));
        assertEquals("{the, of}", names.describe(FeatureSet.of(0, 2)));
        assertEquals("{0, 2}", FeatureNames.NONE.describe(FeatureSet.of(0, 2)));
        assertTrue(FeatureNames.NONE.isEmpty());
        assertFalse(names.isEmpty());
    }
}
