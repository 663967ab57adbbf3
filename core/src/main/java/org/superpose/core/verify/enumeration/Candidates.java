package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;

/** The features that may join an input, as bit sets of {@link Kernel#paddedWords} words. Immutable. */
final class Candidates {
    private final InputDomain domain;
    /** The members of each group, or null where the domain is not grouped. */
    private final int[][] members;

    Candidates(InputDomain domain) {
        this.domain = domain;
        this.members = domain.isGrouped() ? membersOf(domain) : null;
    }

    private static int[][] membersOf(InputDomain domain) {
        int[] counts = new int[domain.groupCount()];
        for (int j = 0; j < domain.features(); j++) {
            counts[domain.groupOf(j)]++;
        }
        int[][] members = new int[counts.length][];
        for (int g = 0; g < counts.length; g++) {
            members[g] = new int[counts[g]];
        }
        for (int j = domain.features() - 1; j >= 0; j--) {
            int group = domain.groupOf(j);
            members[group][--counts[group]] = j;
        }
        return members;
    }

    /** An empty set. */
    long[] none() {
        return new long[Kernel.paddedWords(domain.features())];
    }

    /**
     * The features from one on that may join an input.
     *
     * @param from the lowest feature to take, above or below those of the input
     * @param active the features of the input, of which {@code count} count
     * @param set overwritten
     * @return how many there are
     */
    long fill(int from, int[] active, int count, long[] set) {
        Arrays.fill(set, 0);
        if (from == domain.features()) {
            return 0;
        }
        int firstWord = from / Long.SIZE;
        int lastWord = (domain.features() - 1) / Long.SIZE;
        Arrays.fill(set, firstWord, lastWord + 1, -1L);
        set[firstWord] &= -1L << from;
        set[lastWord] &= -1L >>> (Long.SIZE - 1 - (domain.features() - 1) % Long.SIZE);
        for (int t = 0; t < count; t++) {
            if (members == null) {
                set[active[t] / Long.SIZE] &= ~(1L << active[t]);
                continue;
            }
            for (int member : members[domain.groupOf(active[t])]) {
                set[member / Long.SIZE] &= ~(1L << member);
            }
        }
        long number = 0;
        for (int w = firstWord; w <= lastWord; w++) {
            number += Long.bitCount(set[w]);
        }
        return number;
    }

    /** The lowest feature of a set from one on, or -1. */
    static int next(long[] set, int from) {
        int w = from / Long.SIZE;
        if (w >= set.length) {
            return -1;
        }
        long word = set[w] & -1L << from;
        while (word == 0) {
            if (++w == set.length) {
                return -1;
            }
            word = set[w];
        }
        return w * Long.SIZE + Long.numberOfTrailingZeros(word);
    }
}
