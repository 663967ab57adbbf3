package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.ExhaustiveVerifier;
import org.superpose.core.verify.PairwiseVerifier;
import org.superpose.core.verify.SampledVerifier;
import org.superpose.core.verify.Verifier;

/** Every verifier of core keeps the contract; core itself cannot see the kit. */
class BuiltInVerifiersTest {
    @Test
    void noVerifierIsLeftOut() {
        Set<String> tested = new TreeSet<>();
        for (Class<?> nested : BuiltInVerifiersTest.class.getDeclaredClasses()) {
            if (VerifierContract.class.isAssignableFrom(nested)) {
                tested.add(nested.getSimpleName().toLowerCase(java.util.Locale.ROOT));
            }
        }
        assertEquals(
                Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader()).plugins().stream()
                        .map(verifier -> verifier.id().replace("-", ""))
                        .collect(Collectors.toCollection(TreeSet::new)),
                tested);
    }

    @Nested
    class Auto extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new AutoVerifier();
        }

        @Override
        protected Set<String> methods() {
            return Set.of("exhaustive", "pairwise", "sampled");
        }
    }

    @Nested
    class Exhaustive extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new ExhaustiveVerifier();
        }
    }

    @Nested
    class Pairwise extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new PairwiseVerifier();
        }
    }

    @Nested
    class Sampled extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new SampledVerifier();
        }
    }
}
