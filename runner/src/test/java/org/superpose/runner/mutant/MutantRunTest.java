package org.superpose.runner.mutant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.construction.Construction;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.experiment.Bench;

/** Mutants of verified networks: none of our verifiers judges one falsely, and one that did would be found out. */
@Tag("slow")
@Tag("jdk")
class MutantRunTest {
    private static final Seed SEED = new Seed(7);
    private static List<BuiltNetwork> originals;

    @BeforeAll
    static void buildOriginals() {
        originals = Bench.of(VerifiedOriginals.class).build(SEED);
    }

    private static List<Verifier> verifiers() {
        return Bench.catalog(Verifier.class).plugins();
    }

    private static MutantCounts run(int count, int threads, List<? extends Verifier> verifiers) {
        return new MutantRun(originals, verifiers, SEED).run(count, threads, VerificationBudget.Progress.NONE);
    }

    @Test
    void everyConstructionHasAnOriginal() {
        Set<String> built = originals.stream()
                .map(original -> original.network().provenance().construction())
                .collect(Collectors.toSet());
        Catalog<Construction> catalog = Bench.catalog(Construction.class);
        Set<String> expected = catalog.plugins().stream().map(Construction::id).collect(Collectors.toSet());
        expected.add(ResidualStream.ID); // of a shape that no construction makes
        assertEquals(expected, built);
    }

    @Test
    void noVerifierLetsAWrongMutantPass() {
        int count = 8 * Mutation.values().length * originals.size();
        MutantCounts counts = run(count, 2, verifiers());
        assertEquals(List.of(), counts.slips());
        assertEquals(count, counts.all().equal() + counts.all().refuted());
        for (Mutation mutation : Mutation.values()) {
            assertTrue(counts.byMutation().get(mutation).refuted() > 0, mutation + " never did harm");
        }
        for (int t = 0; t < originals.size(); t++) {
            assertTrue(counts.byOriginal().get(t).refuted() > 0, "no mutant of network " + t + " was refuted");
        }
        assertTrue(counts.all().equal() > 0);
        for (Verifier verifier : verifiers()) {
            assertTrue(counts.byVerifier().containsKey(verifier.id()), verifier.id() + " accepted no mutant");
        }
    }

    @Test
    void theCountsDoNotDependOnThreads() {
        MutantCounts one = run(200, 1, verifiers());
        MutantCounts three = run(200, 3, verifiers());
        assertEquals(one.byVerifier().keySet(), three.byVerifier().keySet());
        one.byVerifier()
                .forEach(
                        (id, each) -> assertArrayEquals(each, three.byVerifier().get(id), id));
        for (Mutation mutation : Mutation.values()) {
            assertEquals(
                    one.byMutation().get(mutation).refuted(),
                    three.byMutation().get(mutation).refuted());
        }
    }

    @Test
    void everyMutantDiffersFromItsOriginal() {
        MutantRun run = new MutantRun(originals, List.of(), SEED);
        int same = 0;
        int total = 20 * originals.size();
        for (int number = 0; number < total; number++) {
            MutantRun.Mutant mutant = run.mutant(number);
            boolean swap = mutant.mutation() == Mutation.CHANNELS; // of two equal rows
            same += !swap && mutant.built().equals(originals.get(mutant.original())) ? 1 : 0;
        }
        assertEquals(0, same);
    }

    @Test
    void aVerifierThatVerifiesEverythingIsFoundOut() {
        MutantCounts counts = run(
                220,
                1,
                with((instance, network) ->
                        new Verdict.Verified("fake", instance.domain().size())));
        int wrong = counts.byVerifier().get(MutantTrial.EXHAUSTIVE)[MutantTrial.Opinion.REFUTED.ordinal()];
        assertTrue(wrong > 0);
        assertEquals(wrong, counts.all().slipped());
        assertFalse(counts.slips().isEmpty());
    }

    @Test
    void aVerifierWithoutAGenuineCounterexampleIsFoundOut() {
        MutantCounts counts = run(220, 1, with((instance, network) -> {
            boolean on = instance.evaluate(FeatureSet.EMPTY).contains(0);
            return new Verdict.Refuted(
                    "fake",
                    new Counterexample(FeatureSet.EMPTY, 0, !on, on), // what it takes for right is wrong
                    instance.domain().size(),
                    instance.domain().size());
        }));
        assertEquals(220, counts.all().slipped());
    }

    private interface Opinion {
        Verdict of(ProblemInstance instance, SuperposedNetwork network);
    }

    private static List<Verifier> with(Opinion opinion) {
        Verifier fake = new Verifier() {
            @Override
            public String id() {
                return "fake";
            }

            @Override
            public String title() {
                return "says what it is told to";
            }

            @Override
            public List<Parameter<?>> parameters() {
                return List.of();
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
                return opinion.of(built.instance(), built.network());
            }
        };
        List<Verifier> both = new ArrayList<>(Stream.of(fake).toList());
        both.addAll(verifiers().stream()
                .filter(verifier -> verifier.id().equals(MutantTrial.EXHAUSTIVE))
                .toList());
        return both;
    }

    @Test
    void everyKindOfMatrixDecoderAndDomainIsAmongTheOriginals() {
        Set<String> kinds = originals.stream()
                .flatMap(original -> original.network().layers().stream())
                .map(layer -> layer.weights().kind())
                .collect(Collectors.toSet());
        assertTrue(kinds.containsAll(Set.of("bit", "dense", "diagonal", "integer")), kinds.toString());
        assertEquals(
                Set.of(Decoder.Kind.values()),
                originals.stream()
                        .map(original -> original.network().decoder().kind())
                        .collect(Collectors.toSet()));
        assertEquals(
                6,
                originals.stream()
                        .filter(original -> original.network().departure().isPresent())
                        .count());
        assertTrue(originals.stream()
                .anyMatch(original -> original.instance().domain().isGrouped()));
        assertTrue(originals.stream().anyMatch(original -> original.instance().isLayered()));
        assertEquals(
                List.of(false, true),
                Arrays.asList(
                        originals.stream()
                                .allMatch(original -> original.instance().maxActive() == 2),
                        originals.stream()
                                .anyMatch(original -> original.instance().maxActive() == 4)));
    }
}
