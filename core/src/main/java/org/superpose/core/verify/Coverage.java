package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.verify.run.UnitSizes;

/**
 * How far a run of a {@link ResumableVerifier} got: which parts of the domain are proved right, but for inputs that
 * could not be decided, which are counted. The domain is split by the lowest active feature; the empty input belongs to
 * no part and is always looked at again. Immutable.
 */
public final class Coverage {
    /** The coverage of a run that proved nothing. */
    public static final Coverage NONE = new Coverage(new BitSet(), List.of());

    private final BitSet proved;
    private final List<Part> parts;
    private final long undecided;
    private final Optional<FeatureSet> firstUndecided;

    /**
     * A part that is proved up to some input.
     *
     * @param next the first input of the part, in the order of {@link org.superpose.core.feature.InputDomain#iterator},
     *     that is not proved; its lowest feature is that of the part
     * @param covered how many inputs of the part come before it, all of them right
     */
    public record Part(FeatureSet next, long covered) {
        /** @throws IllegalArgumentException if there is no next input or the count is negative */
        public Part {
            if (next.isEmpty() || covered < 0) {
                throw new IllegalArgumentException("no part of a domain ends before " + next + " after " + covered);
            }
        }

        /** The lowest feature of the inputs of the part. */
        public int lowest() {
            return next.get(0);
        }
    }

    /**
     * @param proved the lowest features of the parts that are proved whole
     * @param parts others that are proved up to some input, one for each lowest feature at most
     * @throws IllegalArgumentException if a part occurs twice
     */
    public Coverage(BitSet proved, List<Part> parts) {
        this(proved, parts, 0, Optional.empty());
    }

    private Coverage(BitSet proved, List<Part> parts, long undecided, Optional<FeatureSet> firstUndecided) {
        this.undecided = undecided;
        this.firstUndecided = firstUndecided;
        this.proved = (BitSet) proved.clone();
        this.parts = List.copyOf(parts);
        BitSet seen = (BitSet) proved.clone();
        for (Part part : parts) {
            if (seen.get(part.lowest())) {
                throw new IllegalArgumentException("part " + part.lowest() + " occurs twice");
            }
            seen.set(part.lowest());
        }
    }

    /**
     * The same parts, but some of their inputs could not be decided.
     *
     * @param number how many of the inputs that the parts cover
     * @param first one of them, if there are any
     * @throws IllegalArgumentException if the number is negative, or there is one of them where there are none
     */
    public Coverage withUndecided(long number, Optional<FeatureSet> first) {
        if (number < 0 || first.isPresent() != number > 0) {
            throw new IllegalArgumentException(number + " undecided inputs, the first of which is " + first);
        }
        return new Coverage(proved, parts, number, first);
    }

    /** How many inputs of a domain are in the parts that are covered: all but the empty input can be. */
    public BigInteger inputs(InputDomain domain) {
        BigInteger[] sizes = UnitSizes.of(domain);
        BigInteger inputs = BigInteger.ZERO;
        for (int a = proved.nextSetBit(0); a >= 0; a = proved.nextSetBit(a + 1)) {
            inputs = inputs.add(sizes[a]);
        }
        for (Part part : parts) {
            inputs = inputs.add(BigInteger.valueOf(part.covered()));
        }
        return inputs;
    }

    /** How many of the inputs that the parts cover could not be decided. */
    public long undecided() {
        return undecided;
    }

    /** One of the inputs that could not be decided, if there are any. */
    public Optional<FeatureSet> firstUndecided() {
        return firstUndecided;
    }

    /** Whether nothing is proved. */
    public boolean isEmpty() {
        return proved.isEmpty() && parts.isEmpty();
    }

    /** Whether all inputs with this lowest feature are proved right. */
    public boolean isProved(int lowest) {
        return proved.get(lowest);
    }

    /** The lowest features of the parts that are proved whole; a copy. */
    public BitSet proved() {
        return (BitSet) proved.clone();
    }

    /** The parts that are proved up to some input. */
    public List<Part> parts() {
        return parts;
    }

    /** The part of a lowest feature, or empty if nothing or all of it is proved. */
    public Optional<Part> part(int lowest) {
        return parts.stream().filter(part -> part.lowest() == lowest).findFirst();
    }

    /** One more than the largest feature that is named, 0 if nothing is proved. */
    public int features() {
        int features = proved.length();
        for (Part part : parts) {
            features = Math.max(features, part.next().get(part.next().size() - 1) + 1);
        }
        return features;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coverage that
                && proved.equals(that.proved)
                && parts.equals(that.parts)
                && undecided == that.undecided
                && firstUndecided.equals(that.firstUndecided);
    }

    @Override
    public int hashCode() {
        return 31 * proved.hashCode() + parts.hashCode();
    }

    /** For example {@code parts {0, 1, 2} and up to [{3, 17}]}. */
    @Override
    public String toString() {
        return "parts " + proved + " and up to "
                + parts.stream().map(Part::next).toList();
    }

    /** Collects what is proved, part by part. */
    public static final class Collector {
        private final BitSet proved = new BitSet();
        private final List<Part> parts = new ArrayList<>();

        /** All inputs with this lowest feature are right. */
        public void addWhole(int lowest) {
            proved.set(lowest);
        }

        /**
         * Some inputs with the same lowest feature are right.
         *
         * @param next the first that is not proved
         * @param covered how many come before it
         */
        public void addPart(FeatureSet next, long covered) {
            parts.add(new Part(next, covered));
        }

        /** What was added. */
        public Coverage coverage() {
            return new Coverage(proved, parts);
        }
    }
}
