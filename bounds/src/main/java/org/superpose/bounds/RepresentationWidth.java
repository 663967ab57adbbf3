package org.superpose.bounds;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

/**
 * The measured smallest width at which random codes tell all inputs of a domain apart from y_0 alone: what representing
 * takes, to be held against what computing takes (theory, section 1).
 *
 * @param width the least n at which some draw of codes worked, by doubling and bisection
 * @param codeWeight k, the number of neurons in each code at that width
 * @param tries the draws of codes at each width
 * @param successRate the fraction of the draws that worked at that width, greater than 0
 */
@Reference(value = "Representing and computing", standing = Standing.ATTESTED)
public record RepresentationWidth(int width, int codeWeight, int tries, double successRate) {
    /** The largest width that is tried. */
    private static final int LARGEST = 1 << 20;

    /**
     * Measures. Each draw is judged exactly, by {@link CodeCollision}.
     *
     * @param codeWeight k, at least 1; if empty, half of the neurons, which needs the fewest
     * @param tries the draws of codes at each width, at least 1
     * @throws InvalidInputException if k or the number of tries is out of range, the domain has more inputs than can be
     *     compared, or no width up to 2^20 works
     */
    public static RepresentationWidth measure(InputDomain domain, OptionalInt codeWeight, int tries, Seed seed) {
        if (tries < 1) {
            throw new InvalidInputException("tries " + tries + " must be at least 1");
        }
        if (codeWeight.isPresent() && codeWeight.getAsInt() < 1) {
            throw new InvalidInputException("code-weight " + codeWeight.getAsInt() + " must be at least 1");
        }
        int least = Math.max(codeWeight.orElse(1), (int)
                Math.ceil(RepresentationBound.of(domain).informationWidth()));
        int failed = least - 1;
        int high = least;
        RepresentationWidth best = at(high, domain, codeWeight, tries, seed);
        while (best.successRate == 0) {
            if (high >= LARGEST) {
                throw new InvalidInputException("no width up to " + LARGEST
                        + " tells all inputs apart with code-weight " + best.codeWeight + " in " + tries + " tries");
            }
            failed = high;
            high = Math.min(LARGEST, 2 * high);
            best = at(high, domain, codeWeight, tries, seed);
        }
        while (best.width - failed > 1) {
            RepresentationWidth middle = at((failed + best.width) >>> 1, domain, codeWeight, tries, seed);
            if (middle.successRate > 0) {
                best = middle;
            } else {
                failed = middle.width;
            }
        }
        return best;
    }

    private static RepresentationWidth at(int width, InputDomain domain, OptionalInt codeWeight, int tries, Seed seed) {
        int weight = codeWeight.orElse(Math.max(1, width / 2));
        int successes = 0;
        for (int trial = 0; trial < tries; trial++) {
            Codes codes = draw(
                    domain.features(),
                    width,
                    weight,
                    seed.child("representation").child(width).child(trial).generator());
            if (tellsApart(codes, domain)) {
                successes++;
            }
        }
        return new RepresentationWidth(width, weight, tries, (double) successes / tries);
    }

    private static boolean tellsApart(Codes codes, InputDomain domain) {
        // two features with one code are found much faster than two sets of features
        return CodeCollision.find(codes, domain.withMaxActive(1)).isEmpty()
                && (domain.maxActive() == 1 || CodeCollision.find(codes, domain).isEmpty());
    }

    private static Codes draw(int features, int width, int weight, RandomGenerator random) {
        int[] members = new int[Math.multiplyExact(features, weight)];
        for (int j = 0; j < features; j++) {
            BitSet code = new BitSet(width);
            while (code.cardinality() < weight) {
                code.set(random.nextInt(width));
            }
            System.arraycopy(code.stream().toArray(), 0, members, j * weight, weight);
        }
        return Codes.ofWeight(width, weight, members);
    }
}
