package org.superpose.runner.plugin;

import java.util.Arrays;

/**
 * The numbers of a version: {@code 0.2.0-SNAPSHOT} is 0, 2, 0.
 *
 * @param numbers what stands before the first hyphen, at the dots; a part that is no number counts as 0
 */
record ReleaseNumber(int... numbers) {
    static ReleaseNumber of(String version) {
        String release = version.strip().split("[-+ ]", 2)[0];
        return new ReleaseNumber(Arrays.stream(release.split("\\."))
                .mapToInt(part -> part.matches("\\d{1,9}") ? Integer.parseInt(part) : 0)
                .toArray());
    }

    boolean isNewerThan(ReleaseNumber other) {
        for (int t = 0; t < Math.max(numbers.length, other.numbers.length); t++) {
            int difference = Integer.compare(part(t), other.part(t));
            if (difference != 0) {
                return difference > 0;
            }
        }
        return false;
    }

    private int part(int t) {
        return t < numbers.length ? numbers[t] : 0;
    }
}
