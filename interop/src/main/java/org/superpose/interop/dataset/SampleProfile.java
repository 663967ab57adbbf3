package org.superpose.interop.dataset;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.InvalidInputException;

/**
 * The distribution that the inputs of a data set are drawn from. {@code docs/truth.md} describes it for readers.
 *
 * @param gates how many gates of the first layer have all that they read made active
 * @param features how many further features are drawn
 * @param gateFrequencies how often each gate is drawn, relative to the others
 * @param featureFrequencies how often each further feature is drawn, relative to the others
 * @param correlation which of them are drawn together, or empty
 * @param hierarchy which features are active only with others, or empty
 * @param magnitudes of active features, or empty: 1
 * @param noise the deviation of the normal noise that is added to every activation, at least 0
 * @param rotates whether each state is turned by a random rotation of its own
 * @param isBeyondDomain whether inputs outside the verified domain are allowed
 */
public record SampleProfile(
        Range gates,
        Range features,
        Frequencies gateFrequencies,
        Frequencies featureFrequencies,
        Optional<Correlation> correlation,
        Optional<Hierarchy> hierarchy,
        Optional<Magnitudes> magnitudes,
        double noise,
        boolean rotates,
        boolean isBeyondDomain) {

    /** @throws InvalidInputException if the noise is negative or not finite */
    public SampleProfile {
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("noise " + noise + " must be a number from 0");
        }
    }

    /** One gate, drawn from all alike, no further features, nothing added. */
    public static SampleProfile oneGate() {
        return new SampleProfile(
                new Range(1, 1),
                new Range(0, 0),
                Frequencies.EQUAL,
                Frequencies.EQUAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                false);
    }

    /**
     * A number that is drawn uniformly.
     *
     * @param min at least 0
     * @param max at least {@code min}
     */
    public record Range(int min, int max) {
        private static final int MOST = 10_000;

        /** @throws InvalidInputException if the range is empty, or not in 0..10000 */
        public Range {
            if (min < 0 || max < min || max > MOST) {
                throw new InvalidInputException("the range " + min + " to " + max + " must be within 0 to " + MOST
                        + ", the smaller number first");
            }
        }
    }

    /** How often things are drawn, relative to each other. */
    public sealed interface Frequencies {
        /** All alike. */
        Frequencies EQUAL = new Zipf(0);

        /**
         * Zipf's law: the thing of rank k has the weight k^-exponent. Ranks are dealt out at random.
         *
         * @param exponent 0..10; 0 is all alike
         */
        record Zipf(double exponent) implements Frequencies {
            /** @throws InvalidInputException if the exponent is out of range */
            public Zipf {
                if (!(exponent >= 0 && exponent <= 10)) {
                    throw new InvalidInputException("zipf " + exponent + " must be a number from 0 to 10");
                }
            }
        }

        /** Given weights, one for each thing. */
        record Given(double[] weights) implements Frequencies {
            /** @throws InvalidInputException if a weight is negative or not finite, or all are 0 */
            public Given {
                weights = weights.clone();
                if (Arrays.stream(weights).anyMatch(weight -> !(weight >= 0 && weight < Double.POSITIVE_INFINITY))
                        || !(Arrays.stream(weights).sum() > 0)) {
                    throw new InvalidInputException("given frequencies must be numbers from 0, and not all 0");
                }
            }

            @Override
            public double[] weights() {
                return weights.clone();
            }
        }
    }

    /**
     * Low-rank correlation: each thing has a random unit vector of {@code rank} numbers, each sample a normal one z; a
     * thing that was drawn is kept with probability 1 / (1 + exp(-scale (a, z))), or else drawn again.
     *
     * @param rank 1..256
     * @param scale 0..100
     */
    public record Correlation(int rank, double scale) {
        /** @throws InvalidInputException if a value is out of range */
        public Correlation {
            if (rank < 1 || rank > 256 || !(scale >= 0 && scale <= 100)) {
                throw new InvalidInputException("correlation of rank " + rank + " and scale " + scale
                        + " must have a rank from 1 to 256 and a scale from 0 to 100");
            }
        }
    }

    /**
     * A random forest over the input features: a feature is active only together with its parent.
     *
     * @param branching children of a feature, 1..1000
     * @param depth levels of a tree, 1..20; with 1 there are only roots
     * @param isExclusive whether a feature is left out where one of its siblings is active already
     */
    public record Hierarchy(int branching, int depth, boolean isExclusive) {
        /** @throws InvalidInputException if a value is out of range */
        public Hierarchy {
            if (branching < 1 || branching > 1000 || depth < 1 || depth > 20) {
                throw new InvalidInputException("hierarchy of branching " + branching + " and depth " + depth
                        + " must have a branching from 1 to 1000 and a depth from 1 to 20");
            }
        }
    }

    /**
     * Normal magnitudes of active features, cut off at 0.
     *
     * @param mean above 0
     * @param deviation at least 0
     */
    public record Magnitudes(double mean, double deviation) {
        /** @throws InvalidInputException if a value is out of range */
        public Magnitudes {
            if (!(mean > 0 && mean <= 1e6 && deviation >= 0 && deviation <= 1e6)) {
                throw new InvalidInputException("magnitudes of mean " + mean + " and deviation " + deviation
                        + " must have a mean above 0 and a deviation from 0");
            }
        }
    }

    /** What it says, for the description of a data set. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("gates", new int[] {gates.min(), gates.max()});
        document.put("features", new int[] {features.min(), features.max()});
        document.put("gate_frequencies", document(gateFrequencies));
        document.put("feature_frequencies", document(featureFrequencies));
        hierarchy.ifPresent(value -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("branching", value.branching());
            entry.put("depth", value.depth());
            entry.put("exclusive", value.isExclusive());
            document.put("hierarchy", entry);
        });
        magnitudes.ifPresent(value -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("mean", value.mean());
            entry.put("deviation", value.deviation());
            document.put("magnitudes", entry);
        });
        correlation.ifPresent(value -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("rank", value.rank());
            entry.put("scale", value.scale());
            document.put("correlation", entry);
        });
        document.put("noise", noise);
        document.put("rotation", rotates);
        document.put("beyond_domain", isBeyondDomain ? "allow" : "refuse");
        return document;
    }

    private static Object document(Frequencies frequencies) {
        return frequencies instanceof Frequencies.Zipf zipf
                ? Map.of("zipf", zipf.exponent())
                : ((Frequencies.Given) frequencies).weights();
    }
}
