package org.superpose.runner.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.mutant.MutantCounts;
import org.superpose.runner.mutant.MutantRun;
import org.superpose.runner.mutant.VerifiedOriginals;

/** A network that is followed to the end is right; plain evaluation and enumeration say so of each. */
class DisjunctNeuronsTest {
    private static final Seed SEED = new Seed(11);

    /** The argument as a verifier, so that mutants can be judged by it. */
    private record Followed() implements Verifier {
        @Override
        public String id() {
            return "followed";
        }

        @Override
        public String title() {
            return "neuron by neuron";
        }

        @Override
        public Acceptance accepts(BuiltNetwork built) {
            return Acceptance.accepted();
        }

        @Override
        public double cost(BuiltNetwork built) {
            return 1;
        }

        @Override
        public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
            BigInteger size = built.instance().domain().size();
            return DisjunctNeurons.follow(built)
                    ? new Verdict.Verified(id(), size)
                    : Verdict.Undecided.unsampled(id(), "it is none of these", BigInteger.ZERO, size);
        }
    }

    private static List<BuiltNetwork> gatesInTurn() {
        return List.of(
                Bench.build("two-and", "sequential", "inputs", "20", "outputs", "30", "width", "30"),
                Bench.build("k-and", "sequential", "inputs", "14", "outputs", "20", "fan-in", "3", "width", "24"),
                Bench.build("permutation", "sequential", "inputs", "40", "max-active", "2", "width", "50"),
                Bench.build(
                        "layered",
                        "sequential",
                        "inputs",
                        "16",
                        "layers",
                        "two-and(outputs=16),two-and(outputs=8)",
                        "max-active",
                        "3",
                        "width",
                        "40"));
    }

    @Test
    void networksOfGatesInTurnAreFollowed() {
        for (BuiltNetwork built : gatesInTurn()) {
            assertTrue(DisjunctNeurons.follow(built), built.network().provenance() + " was not followed");
        }
    }

    @Test
    @Tag("slow")
    void noMutantIsFollowedThatIsWrong() {
        MutantRun run = new MutantRun(gatesInTurn(), List.of(new Followed(), new ExhaustiveVerifier()), SEED);
        MutantCounts counts = run.run(4000, 2, VerificationBudget.Progress.NONE);
        assertEquals(List.of(), counts.slips());
        assertTrue(counts.all().refuted() > 1000, counts.all().refuted() + " mutants are wrong");
        assertTrue(counts.byVerifier().get("followed")[0] > 100, "too few mutants were followed");
    }

    @Test
    @Tag("slow")
    void networksOfOtherConstructionsAreNot() {
        Set<String> followed = Bench.of(VerifiedOriginals.class).build(SEED).stream()
                .filter(DisjunctNeurons::follow)
                .map(built -> built.network().provenance().construction())
                .collect(Collectors.toSet());
        assertEquals(Set.of("sequential", "dedicated"), followed);
    }
}
