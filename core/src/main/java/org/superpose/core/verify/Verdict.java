package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/** What a verifier found out about a network and an instance (theory, section 7). */
public sealed interface Verdict {
    /** The name in results: VERIFIED, REFUTED, UNDECIDED. */
    String status();

    /** Id of the verifier that came to the verdict. */
    String method();

    /** How many different inputs of the domain are covered, by enumeration or by an exact argument. */
    BigInteger inputsCovered();

    /** How many inputs the domain has. */
    BigInteger domainSize();

    /**
     * The network is right on every input of the domain, in any float32 evaluation: products and sums rounded to
     * nearest, in any order, without reduced precision. Numbers below the smallest normal one may be taken for zero.
     */
    record Verified(String method, BigInteger domainSize) implements Verdict {
        @Override
        public String status() {
            return "VERIFIED";
        }

        @Override
        public BigInteger inputsCovered() {
            return domainSize;
        }
    }

    /**
     * The network is wrong on an input; the counterexample was replayed through the plain evaluator.
     *
     * @param inputsCovered how many different inputs are decided: those proved right before the counterexample was
     *     found, and the counterexample itself, so at least 1. Right random inputs do not count
     * @param samples how many random inputs were tried up to the counterexample, itself included, where it was found so
     */
    record Refuted(
            String method,
            Counterexample counterexample,
            BigInteger inputsCovered,
            BigInteger domainSize,
            OptionalLong samples)
            implements Verdict {
        /** A counterexample that was found otherwise than by random inputs. */
        public Refuted(String method, Counterexample counterexample, BigInteger inputsCovered, BigInteger domainSize) {
            this(method, counterexample, inputsCovered, domainSize, OptionalLong.empty());
        }

        @Override
        public String status() {
            return "REFUTED";
        }
    }

    /**
     * Nothing is proved.
     *
     * @param reason why not, as a sentence
     * @param inputsCovered how many different inputs are proved right, so that at most all others are wrong
     * @param sampling what random inputs tell, if any were tried
     * @param isEnumerated whether every input was looked at, so that random ones would tell nothing more
     */
    record Undecided(
            String method,
            String reason,
            BigInteger inputsCovered,
            BigInteger domainSize,
            Optional<Sampling> sampling,
            boolean isEnumerated)
            implements Verdict {
        /** A verdict of a domain that was not enumerated. */
        public Undecided(
                String method,
                String reason,
                BigInteger inputsCovered,
                BigInteger domainSize,
                Optional<Sampling> sampling) {
            this(method, reason, inputsCovered, domainSize, sampling, false);
        }

        @Override
        public String status() {
            return "UNDECIDED";
        }

        /** A verdict without sampling: the budget ran out or no argument applies. */
        public static Undecided unsampled(
                String method, String reason, BigInteger inputsCovered, BigInteger domainSize) {
            return new Undecided(method, reason, inputsCovered, domainSize, Optional.empty());
        }

        /** A verdict on a domain of which every input was looked at, but some could not be decided. */
        public static Undecided enumerated(
                String method, String reason, BigInteger inputsCovered, BigInteger domainSize) {
            return new Undecided(method, reason, inputsCovered, domainSize, Optional.empty(), true);
        }

        /** The most inputs that can be wrong: all that are not proved right. */
        public BigInteger mostWrong() {
            return domainSize.subtract(inputsCovered);
        }

        /**
         * The most inputs that are wrong, with the confidence of the sampling; all of them are among those that are not
         * proved right. {@link #mostWrong} without sampling.
         */
        public BigInteger mostWrongWithConfidence() {
            return sampling.map(tried -> tried.mostWrong(domainSize).min(mostWrong()))
                    .orElseGet(this::mostWrong);
        }
    }
}
