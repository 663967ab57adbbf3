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
import org.superpose.core.verify.argument.AdditiveVerifier;
import org.superpose.core.verify.argument.PairwiseVerifier;
import org.superpose.core.verify.chain.CompositionalVerifier;
import org.superpose.core.verify.enumeration.BranchAndBoundVerifier;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

/** Every verifier of core keeps the contract; core itself cannot see the kit. */
class BuiltInVerifiersTest {
    @Test
    void noVerifierIsLeftOut() {
        Set<String> tested = new TreeSet<>();
        for (Class<?> nested : BuiltInVerifiersTest.class.getDeclaredClasses()) {
            if (VerifierContract.class.isAssignableFrom(nested)) {
                tested.add(nested.getSimpleName().toLowerCase(Locale.ROOT));
            }
        }
        assertEquals(
                Catalog.load("verifier", Verifier.class, Verifier.class.getClassLoader()).plugins().stream()
                        .map(verifier -> verifier.id().replace("-", ""))
                        .collect(Collectors.toCollection(TreeSet::new)),
                tested);
    }

    @Nested
    class Additive extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new AdditiveVerifier();
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
            return Set.of("additive", "branch-and-bound", "compositional", "exhaustive", "pairwise", "sampled");
        }
    }

    @Nested
    class BranchAndBound extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new BranchAndBoundVerifier();
        }
    }

    @Nested
    class Compositional extends VerifierContract {
        @Override
        protected Verifier plugin() {
            return new CompositionalVerifier();
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
