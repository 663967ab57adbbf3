package org.superpose.core.problem;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * How unevenly the inputs are read: the feature influences d_j of one layer of gates.
 *
 * @param inputs m
 * @param max d, the largest influence
 * @param mean the mean influence
 * @param unread the number of inputs that no output reads
 * @param total the sum of all influences: the number of reads
 */
@Reference(value = "Definition: feature influence", standing = Standing.ATTESTED)
public record InfluenceProfile(int inputs, int max, double mean, int unread, long total) {
    /** The profile of the given influences, one per input. */
    public static InfluenceProfile of(int[] influences) {
        long total = Arrays.stream(influences).asLongStream().sum();
        return new InfluenceProfile(
                influences.length,
                Arrays.stream(influences).max().orElse(0),
                influences.length == 0 ? 0 : (double) total / influences.length,
                (int) IntStream.of(influences).filter(d -> d == 0).count(),
                total);
    }
}
