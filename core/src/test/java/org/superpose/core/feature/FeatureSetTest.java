package org.superpose.core.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FeatureSetTest {
    @Property
    void itHoldsExactlyWhatItWasGivenInAscendingOrder(
            @ForAll @Size(max = 12) Set<@IntRange(min = 0, max = 40) Integer> given) {
        int[] features = given.stream().mapToInt(Integer::intValue).toArray();
        FeatureSet set = FeatureSet.of(features);
        Arrays.sort(features);
        assertArrayEquals(features, set.toArray());
        for (int j = 0; j <= 40; j++) {
            assertEquals(given.contains(j), set.contains(j));
        }
        assertEquals(set, FeatureSet.ofSorted(features, features.length));
    }

    @Test
    void itCannotBeChangedThroughTheArraysItWasMadeFromOrGaveOut() {
        int[] given = {1, 2};
        FeatureSet set = FeatureSet.ofSorted(given, 2);
        given[0] = 0;
        set.toArray()[1] = 9;
        assertEquals(FeatureSet.of(1, 2), set);
    }

    @Test
    void repeatedDescendingAndNegativeFeaturesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> FeatureSet.of(3, 3));
        assertThrows(IllegalArgumentException.class, () -> FeatureSet.ofSorted(new int[] {4, 2}, 2));
        assertThrows(IllegalArgumentException.class, () -> FeatureSet.of(-1));
    }

    @Test
    void itReadsAsASet() {
        assertEquals("{3, 17}", FeatureSet.of(17, 3).toString());
        assertEquals("{}", FeatureSet.EMPTY.toString());
    }

    @Test
    void setsAreEqualIffTheirFeaturesAre() {
        assertEquals(FeatureSet.of(1, 2).hashCode(), FeatureSet.of(2, 1).hashCode());
        assertNotEquals(FeatureSet.of(1, 2), FeatureSet.of(1, 3));
        assertNotEquals(FeatureSet.of(1, 2), FeatureSet.of(1));
        assertNotEquals(FeatureSet.EMPTY, FeatureSet.of(0));
        assertNotEquals(FeatureSet.of(1, 2).hashCode(), FeatureSet.of(1, 3).hashCode());
    }

    @Property
    void unionsAndSymmetricDifferencesAreThoseOfSets(
            @ForAll @Size(max = 8) Set<@IntRange(max = 12) Integer> first,
            @ForAll @Size(max = 8) Set<@IntRange(max = 12) Integer> second) {
        Set<Integer> union = new TreeSet<>(first);
        union.addAll(second);
        Set<Integer> difference = new TreeSet<>(union);
        difference.removeIf(feature -> first.contains(feature) && second.contains(feature));
        assertEquals(of(union), of(first).union(of(second)));
        assertEquals(of(difference), of(first).symmetricDifference(of(second)));
    }

    private static FeatureSet of(Set<Integer> features) {
        return FeatureSet.of(features.stream().mapToInt(Integer::intValue).toArray());
    }
}
