package org.superpose.core.verify.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;

class UnitSizesTest {
    @Property(tries = 200)
    void unitsCountTheInputsByTheirLowestFeature(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int v) {
        InputDomain domain = TestNetworks.randomDomain(9, v, new Seed(seed).generator());
        long[] counted = new long[9];
        domain.forEach(input -> {
            if (!input.isEmpty()) {
                counted[input.get(0)]++;
            }
        });
        BigInteger[] sizes = UnitSizes.of(domain);
        assertArrayEquals(
                counted,
                Arrays.stream(sizes).mapToLong(BigInteger::longValueExact).toArray());
        assertEquals(
                domain.size().subtract(BigInteger.ONE), Arrays.stream(sizes).reduce(BigInteger.ZERO, BigInteger::add));
    }
}
