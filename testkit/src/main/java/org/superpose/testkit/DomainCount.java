package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;

/** Compares the claimed size of a domain with its enumeration: "verified on every input" is worth no more than this. */
final class DomainCount {
    /** The most inputs that a test enumerates: a sample need not be large. */
    static final long LARGEST = 200_000;

    private DomainCount() {}

    static void assertCountIsRight(InputDomain domain) {
        assertTrue(
                domain.size().compareTo(BigInteger.valueOf(LARGEST)) <= 0,
                () -> "a sample has " + domain.size()
                        + " inputs, too many to enumerate in a test: choose a smaller one (at most " + LARGEST + ")");
        assertCountIsRight(domain.size(), domain.sizesByActive(), domain::forEach, domain::contains);
    }

    static void assertCountIsRight(
            BigInteger size,
            BigInteger[] sizesByActive,
            Consumer<Consumer<FeatureSet>> enumeration,
            Predicate<FeatureSet> contains) {
        long[] counts = new long[sizesByActive.length];
        Set<FeatureSet> seen = new HashSet<>();
        enumeration.accept(input -> {
            assertTrue(seen.add(input), () -> "the enumeration has " + input + " twice");
            assertTrue(
                    contains.test(input), () -> "the enumeration has " + input + ", which the domain does not contain");
            counts[input.size()]++;
        });
        assertEquals(BigInteger.valueOf(seen.size()), size, "the size of the domain is not the number of its inputs");
        assertEquals(
                Arrays.stream(counts).mapToObj(BigInteger::valueOf).toList(),
                Arrays.asList(sizesByActive),
                "the sizes by number of active features are not those of the enumeration");
    }
}
