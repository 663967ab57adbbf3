package org.superpose.core.verify;

import java.math.BigInteger;
import java.util.Optional;

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

    /** The network is right on every input of the domain. */
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

    /** The network is wrong on an input; the counterexample was replayed through the plain evaluator. */
    record Refuted(String method, Counterexample counterexample, BigInteger inputsCovered, BigInteger domainSize)
            implements Verdict {
        @Override
        public String status() {
            return "REFUTED";
        }
    }

    /**
     * Nothing is proved.
     *
     * @param reason why not, as a sentence
     * @param sampling what random inputs tell, if any were tried
     */
    record Undecided(
            String method, String reason, BigInteger inputsCovered, BigInteger domainSize, Optional<Sampling> sampling)
            implements Verdict {
        @Override
        public String status() {
            return "UNDECIDED";
        }

        /** A verdict without sampling: the budget ran out or no argument applies. */
        public static Undecided unsampled(
                String method, String reason, BigInteger inputsCovered, BigInteger domainSize) {
            return new Undecided(method, reason, inputsCovered, domainSize, Optional.empty());
        }
    }
}
