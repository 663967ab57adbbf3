package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;

class CandidatesTest {
    @Property(tries = 300)
    void areTheFeaturesFromOneOnThatMayJoinAnInput(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 600) int features) {
        RandomGenerator random = new Seed(seed).generator();
        InputDomain domain = TestNetworks.randomDomain(features, 3, random);
        Candidates candidates = new Candidates(domain);
        int[] active = TestNetworks.subset(3, features, random);
        int count = random.nextInt(4);
        int from = random.nextInt(8) == 0 ? features : random.nextInt(features);
        long[] expected = new long[(features + 511) / 512 * 8];
        long number = 0;
        for (int j = from; j < features; j++) {
            if (domain.fits(active, count, j)) {
                expected[j / 64] |= 1L << j % 64;
                number++;
            }
        }
        long[] set = candidates.none();
        assertArrayEquals(new long[expected.length], set);
        set[0] = -1; // left by an earlier use
        assertEquals(number, candidates.fill(from, active, count, set));
        assertArrayEquals(expected, set);
        for (int j = 0; j <= 64 * set.length; j++) {
            int next = j;
            while (next < features && (expected[next / 64] >>> next & 1) == 0) {
                next++;
            }
            assertEquals(next < features ? next : -1, Candidates.next(set, j));
        }
    }
}
