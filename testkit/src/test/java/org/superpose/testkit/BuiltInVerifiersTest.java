package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.SampledVerifier;
import org.superpose.core.verify.Verifier;

/** Every verifier of core keeps the contract; core itself cannot see the kit. */
class BuiltInVerifiersTest {
    static final Catalog<Verifier> BUILT_IN = Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader());

    @Test
    void noVerifierIsLeftOut() {
        Set<String> tested = new TreeSet<>();
        for (Class<?> nested : BuiltInVerifiersTest.class.getDeclaredClasses()) {
            if (VerifierContract.class.isAssignableFrom(nested)) {
                tested.add(nested.getSimpleName().toLowerCase(Locale.ROOT));
            }
        }
        assertEquals(
                BUILT_IN.plugins().stream()
                        .map(verifier -> verifier.id().replace("-", ""))
                        .collect(Collectors.toCollection(TreeSet::new)),
                tested);
    }

    @Nested
    class Additive extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return BUILT_IN.require("additive");
        }

        @Override
        protected List<BuiltNetwork> right() {
            return List.of(AdditiveNetworks.network(0, 4), AdditiveNetworks.network(2, 4));
        }

        @Override
        protected List<BuiltNetwork> wrong() {
            // A score that is too high, one that is too low, and thresholds out of reach on either side.
            return List.of(
                    AdditiveNetworks.network(5, 4),
                    AdditiveNetworks.network(-5, 4),
                    AdditiveNetworks.network(0, 0),
                    AdditiveNetworks.network(0, 9));
        }
    }

    @Nested
    class Auto extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new AutoVerifier();
        }

        @Override
        protected Set<String> methods() {
            return Set.of(
                    "additive", "branch-and-bound", "compositional", "exhaustive", "monotone", "pairwise", "sampled");
        }
    }

    @Nested
    class BranchAndBound extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return BUILT_IN.require("branch-and-bound");
        }
    }

    @Nested
    class Compositional extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return BUILT_IN.require("compositional");
        }

        @Override
        protected List<BuiltNetwork> right() {
            return List.of(Chains.right());
        }

        @Override
        protected List<BuiltNetwork> wrong() {
            return Chains.wrong();
        }
    }

    @Nested
    class Exhaustive extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return BUILT_IN.require("exhaustive");
        }
    }

    @Nested
    class Monotone extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return BUILT_IN.require("monotone");
        }
    }

    @Nested
    class Pairwise extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return BUILT_IN.require("pairwise");
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
