package org.superpose.constructions.clipped.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.constructions.clipped.SmallInstances;
import org.superpose.constructions.clipped.channel.ChannelAllocation;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.constructions.code.LowOverlapCodes;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

class WrongInputTrackerTest {
    private static final int MANY = 1_000_000;

    static Stream<Object[]> narrowInstances() {
        return Stream.of(
                new Object[] {SmallInstances.regular(120, 140, 2, 2, 1), 50, 5, 4, 4},
                new Object[] {SmallInstances.zipf(120, 200, 2), 72, 5, 4, 4},
                new Object[] {SmallInstances.grouped(60, 150, 3), 60, 4, 3, 4},
                new Object[] {SmallInstances.regular(24, 60, 3, 3, 4), 44, 4, 4, 4},
                new Object[] {SmallInstances.regular(16, 40, 4, 4, 5), 44, 5, 4, 4},
                new Object[] {SmallInstances.permutation(150, 1, 6), 40, 4, 3, 3},
                new Object[] {SmallInstances.regular(20, 20, 2, 3, 7), 64, 4, 4, 4},
                new Object[] {SmallInstances.permutation(40, 2, 8), 50, 4, 3, 4},
                new Object[] {SmallInstances.regular(14, 14, 2, 4, 9), 70, 4, 4, 4});
    }

    /** A wiring with all channels placed, everything derived from it, and a search. */
    private record Workshop(
            ProblemInstance instance, ChannelWiring wiring, WrongInputTracker wrong, ConflictSearch search) {
        static Workshop of(ProblemInstance instance, int width, int k, int s, int o) {
            Seed seed = new Seed(77);
            Codes in = new LowOverlapCodes(k, 2, "code-weight")
                    .draw(instance.inputs(), width, seed.child("in").generator());
            Codes out = new LowOverlapCodes(o, 2, "output-code-weight")
                    .draw(instance.outputs(), width, seed.child("out").generator());
            ChannelWiring wiring = new ChannelWiring(instance.gates(), in, out, width, s);
            ChannelAllocation allocation = new ChannelAllocation(wiring);
            allocation.placeAll(seed.child("channels").generator(), Deadline.NEVER);
            WrongInputTracker wrong = count(instance, wiring);
            return new Workshop(
                    instance,
                    wiring,
                    wrong,
                    new ConflictSearch(
                            wiring, wrong, allocation, seed.child("search").generator()));
        }

        /** The same wiring, with lists in the place of bit vectors. */
        Workshop listed() {
            PairTracker wrong = new PairTracker(wiring, instance.domain());
            assertTrue(wrong.recount(MANY));
            ChannelAllocation allocation = new ChannelAllocation(wiring);
            return new Workshop(
                    instance, wiring, wrong, new ConflictSearch(wiring, wrong, allocation, new Seed(78).generator()));
        }

        private static WrongInputTracker count(ProblemInstance instance, ChannelWiring wiring) {
            WrongInputTracker wrong = instance.maxActive() > instance.gates().maxFanIn()
                    ? new OverlapTracker(wiring, instance.domain())
                    : new ContainmentTracker(wiring, instance.domain());
            assertTrue(wrong.recount(MANY));
            return wrong;
        }

        Set<FeatureSet> tracked() {
            return new HashSet<>(wrong.set().all());
        }

        Set<FeatureSet> recounted() {
            return new HashSet<>(count(instance, wiring).set().all());
        }

        SuperposedNetwork network() {
            return SmallInstances.network(wiring, instance.domain());
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("narrowInstances")
    void aRecountFindsWhatPlainEvaluationFinds(ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o);

        Set<FeatureSet> byDefinition = new HashSet<>(SmallInstances.wrongInputs(instance, workshop.network()));

        assertTrue(!byDefinition.isEmpty(), "the width is too comfortable for this test");
        assertEquals(byDefinition, workshop.tracked());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("narrowInstances")
    void bookkeepingAgreesWithARecountAfterEveryFewMoves(ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o);

        for (int t = 0; t < 40 && workshop.wrong().set().size() > 0; t++) {
            for (int u = 0; u < 1 + t / 4 && workshop.wrong().set().size() > 0; u++) {
                workshop.search().step();
            }
            assertEquals(
                    workshop.recounted(),
                    workshop.tracked(),
                    "after " + workshop.search().moves() + " moves");
        }

        assertTrue(workshop.search().kept() > 0);
        assertEquals(new HashSet<>(SmallInstances.wrongInputs(instance, workshop.network())), workshop.tracked());
    }

    @ParameterizedTest
    @MethodSource("narrowInstances")
    void bookkeepingFollowsBlindMovesAndTheirReversal(ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o);
        ChannelWiring wiring = workshop.wiring();
        WrongInputTracker wrong = workshop.wrong();
        RandomGenerator random = new Seed(5).generator();

        for (int t = 0; t < 40; t++) {
            Set<FeatureSet> before = workshop.tracked();
            int mark = wrong.set().mark();
            int output = random.nextInt(instance.outputs());
            int slot = random.nextInt(s);
            int from = wiring.row(output, slot);
            int to = random.nextInt(width);
            if (wiring.slotOf(output, to) >= 0) {
                continue;
            }
            wiring.remove(output, slot);
            wrong.afterRemoval(from);
            wiring.place(output, slot, to);
            wrong.afterPlacement(to, MANY);
            assertEquals(workshop.recounted(), workshop.tracked());
            if (random.nextBoolean()) {
                wiring.remove(output, slot);
                wrong.afterReversal(to);
                wiring.place(output, slot, from);
                wrong.afterReversal(from);
                wrong.set().undoTo(mark);
                assertEquals(before, workshop.tracked());
                assertEquals(before, workshop.recounted());
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("narrowInstances")
    void bookkeepingAgreesWithARecountWhileAnnealing(ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o);
        AnnealedSearch search = new AnnealedSearch(
                workshop.wiring(),
                workshop.wrong(),
                new ChannelAllocation(workshop.wiring()),
                new Seed(79).generator());

        for (int t = 0; t < 20 && workshop.wrong().set().size() > 0; t++) {
            for (int u = 0; u < 20 && workshop.wrong().set().size() > 0; u++) {
                search.step(t % 2 == 0 ? 0.5 : 5);
            }
            assertEquals(workshop.recounted(), workshop.tracked());
        }

        assertTrue(search.kept() > 0);
    }

    static Stream<Object[]> narrowInstancesOfPairs() {
        return narrowInstances().limit(3);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("narrowInstancesOfPairs")
    void listsOfRowsAgreeWithARecountByVectorsAfterEveryFewMoves(
            ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o).listed();
        assertEquals(workshop.recounted(), workshop.tracked());

        for (int t = 0; t < 40 && workshop.wrong().set().size() > 0; t++) {
            for (int u = 0; u < 1 + t / 4 && workshop.wrong().set().size() > 0; u++) {
                workshop.search().step();
            }
            assertEquals(
                    workshop.recounted(),
                    workshop.tracked(),
                    "after " + workshop.search().moves() + " moves");
        }

        assertTrue(workshop.search().kept() > 0);
        assertEquals(new HashSet<>(SmallInstances.wrongInputs(instance, workshop.network())), workshop.tracked());
        assertEquals(false, workshop.listed().wrong().recount(workshop.tracked().size() - 1));
    }

    @ParameterizedTest
    @MethodSource("narrowInstances")
    void aCountBeyondTheLimitIsReportedAsIncomplete(ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o);
        int all = workshop.wrong().set().size();

        assertEquals(false, workshop.wrong().recount(all - 1));
        assertEquals(true, workshop.wrong().recount(all));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("narrowInstances")
    void aSearchLeavesTheBestWiringThatItMet(ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o);
        int best = workshop.wrong().set().size();

        for (int t = 0; t < 6 && best > 0; t++) {
            assertEquals(1, workshop.search().run(1, Deadline.NEVER));
            assertTrue(workshop.wrong().set().size() <= best);
            assertEquals(workshop.recounted(), workshop.tracked());
            best = workshop.wrong().set().size();
        }
    }

    @ParameterizedTest
    @MethodSource("narrowInstances")
    void aListOfTheWholeDomainHasTheSameErrors(ProblemInstance instance, int width, int k, int s, int o) {
        Workshop workshop = Workshop.of(instance, width, k, s, o);
        List<FeatureSet> domain = new ArrayList<>();
        instance.domain().forEach(domain::add);

        WrongInputTracker listed = new ListTracker(workshop.wiring(), domain, false);

        assertTrue(listed.recount(MANY));
        assertEquals(workshop.tracked(), new HashSet<>(listed.set().all()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bookkeepingOverAListFollowsMovesAndTheirReversal(boolean clean) {
        ProblemInstance instance = SmallInstances.regular(14, 24, 2, 4, 3);
        List<FeatureSet> domain = new ArrayList<>();
        instance.domain().forEach(domain::add);
        ChannelWiring wiring = Workshop.of(instance, 70, 4, 4, 4).wiring();
        WrongInputTracker wrong = new ListTracker(wiring, domain, clean);
        assertTrue(wrong.recount(MANY));
        assertTrue(wrong.set().size() > 0);
        RandomGenerator random = new Seed(6).generator();

        for (int t = 0; t < 60; t++) {
            List<FeatureSet> before = wrong.set().all();
            int mark = wrong.set().mark();
            int output = random.nextInt(instance.outputs());
            int slot = random.nextInt(4);
            int from = wiring.row(output, slot);
            int to = random.nextInt(70);
            if (wiring.slotOf(output, to) >= 0) {
                continue;
            }
            wiring.remove(output, slot);
            wrong.afterRemoval(from);
            wiring.place(output, slot, to);
            wrong.afterPlacement(to, MANY);
            WrongInputTracker afresh = new ListTracker(wiring, domain, clean);
            assertTrue(afresh.recount(MANY));
            assertEquals(
                    new HashSet<>(afresh.set().all()), new HashSet<>(wrong.set().all()));
            if (random.nextBoolean()) {
                wiring.remove(output, slot);
                wrong.afterReversal(to);
                wiring.place(output, slot, from);
                wrong.afterReversal(from);
                wrong.set().undoTo(mark);
                assertEquals(new HashSet<>(before), new HashSet<>(wrong.set().all()));
            }
        }
    }

    @Test
    void aSearchWithoutAnythingWrongDoesNothing() {
        Workshop workshop = Workshop.of(SmallInstances.regular(30, 20, 2, 2, 1), 80, 5, 4, 4);

        assertEquals(List.of(), workshop.wrong().set().all());
        assertEquals(0, workshop.search().run(10, Deadline.NEVER));
        assertEquals(0, workshop.search().moves());
    }
}
