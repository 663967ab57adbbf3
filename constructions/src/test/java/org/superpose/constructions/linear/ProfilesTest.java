package org.superpose.constructions.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.assertRightEverywhere;
import static org.superpose.constructions.NetworkCheck.build;
import static org.superpose.constructions.SampleProblems.instance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Which two-and construction accepts which influence profile, and each is right on all inputs of those that it accepts.
 */
class ProfilesTest {
    private static final int GENEROUS = 1100;

    /** Small instances of every profile, and of the arrangements in which classes and hubs meet. */
    private static final Map<String, Gates> PROFILES = profiles();

    private static Map<String, Gates> profiles() {
        Map<String, Gates> profiles = new LinkedHashMap<>();
        profiles.put("regular", SampleProblems.regular(40, 50, 2, 1));
        profiles.put("zipf", SampleProblems.zipf(40, 50, 1, 2));
        profiles.put("star", SampleProblems.star(50));
        profiles.put("bipartite", SampleProblems.bipartite(5, 9));
        profiles.put("complete", SampleProblems.complete(12));
        profiles.put(
                "mixed",
                SampleProblems.beside(
                        SampleProblems.regular(15, 15, 2, 3),
                        SampleProblems.bipartite(3, 7),
                        SampleProblems.complete(7)));
        profiles.put("double star", doubleStar(24));
        profiles.put("two hubs that share all partners", SampleProblems.sharedPartners(2, 30));
        profiles.put("regular with unread inputs", SampleProblems.withUnread(SampleProblems.regular(25, 25, 2, 4), 15));
        profiles.put("star with unread inputs", SampleProblems.withUnread(SampleProblems.star(30), 10));
        profiles.put("complete with unread inputs", SampleProblems.withUnread(SampleProblems.complete(11), 10));
        profiles.put("influence at the limit", star(4));
        profiles.put("influence above the limit", star(5));
        return profiles;
    }

    /** Two hubs with equally many leaves, and the pair of the hubs themselves. */
    private static Gates doubleStar(int leaves) {
        Gates stars = SampleProblems.bipartite(2, leaves);
        int[] reads = Arrays.copyOf(stars.reads(), stars.reads().length + 2);
        reads[reads.length - 2] = 0;
        reads[reads.length - 1] = 1;
        return Gates.conjunctions(stars.inputs(), 2, reads);
    }

    /**
     * One input of the given influence among light ones: 40 outputs, of which 4 is the largest influence that is light.
     */
    private static Gates star(int influence) {
        return SampleProblems.beside(
                SampleProblems.star(influence + 1), SampleProblems.regular(40 - influence, 40 - influence, 2, 5));
    }

    private static List<Construction> constructions() {
        return List.of(
                new LinearLowInfluenceAnd(),
                new LinearHighInfluenceAnd(),
                new LinearMixedInfluenceAnd(),
                new LinearTwoAnd(),
                new LinearKAnd());
    }

    static Stream<Arguments> acceptances() {
        List<String> light = List.of("regular", "regular with unread inputs", "influence at the limit");
        return Stream.of(
                Arguments.of("linear-low-influence-and", light),
                Arguments.of("linear-high-influence-and", List.of("complete", "complete with unread inputs")),
                Arguments.of(
                        "linear-mixed-influence-and",
                        List.of("star", "bipartite", "two hubs that share all partners", "star with unread inputs")),
                Arguments.of("linear-two-and", List.copyOf(PROFILES.keySet())),
                Arguments.of("linear-k-and", light));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("acceptances")
    void aConstructionIsRightOnEveryInputOfEveryProfileThatItAccepts(String id, List<String> expected) {
        Construction construction = constructions().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(
                expected.stream().sorted().toList(),
                PROFILES.keySet().stream()
                        .filter(profile -> construction
                                .accepts(instance(PROFILES.get(profile), 2))
                                .isAccepted())
                        .sorted()
                        .toList());
        for (String profile : expected) {
            ProblemInstance instance = instance(PROFILES.get(profile), 2);
            assertRightEverywhere(instance, build(construction, instance, 1, ConstructionParameters.WIDTH, GENEROUS));
        }
    }

    /** Always the same instances: at this width a few in ten thousand inputs are wrong by chance. */
    @Property(tries = 15, seed = "1")
    void theOutputIsThatOfTheGatesForRandomInstancesSeedsAndInputs(
            @ForAll @IntRange(min = 0, max = 20) int exponentTenths,
            @ForAll @LongRange(min = 0, max = 1000) long seed) {
        ProblemInstance instance = instance(SampleProblems.zipf(40, 50, exponentTenths / 10.0, seed), 2);
        for (Construction construction : constructions()) {
            if (construction.accepts(instance).isAccepted()) {
                NetworkCheck network =
                        new NetworkCheck(build(construction, instance, seed, ConstructionParameters.WIDTH, GENEROUS));
                var random = new Seed(seed).child("inputs").generator();
                for (int t = 0; t < 40; t++) {
                    FeatureSet input = t % 2 == 0
                            ? FeatureSet.of(instance.gates().reads(random.nextInt(instance.outputs())))
                            : instance.domain().sample(random);
                    assertEquals(
                            instance.evaluate(input),
                            network.evaluate(input),
                            () -> construction.id() + " on input " + input);
                }
            }
        }
    }

    /** The wider the network, the more seeds are right everywhere. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("trends")
    void successGrowsWithTheWidth(Construction construction, Gates gates, List<Integer> widths) {
        int seeds = 6;
        ProblemInstance instance = instance(gates, 2);
        List<Long> right = widths.stream()
                .map(width -> Stream.iterate(0, seed -> seed + 1)
                        .limit(seeds)
                        .filter(seed -> NetworkCheck.wrongInputs(
                                        instance,
                                        build(construction, instance, seed, ConstructionParameters.WIDTH, width))
                                == 0)
                        .count())
                .toList();
        assertEquals(right.stream().sorted().toList(), right, construction.id());
        assertTrue(right.get(0) < seeds / 2 && right.get(right.size() - 1) == seeds, construction.id() + " " + right);
    }

    static Stream<Arguments> trends() {
        return Stream.of(
                Arguments.of(new LinearPermutation(), SampleProblems.permutation(40, 1), List.of(100, 200, 400)),
                Arguments.of(new LinearLowInfluenceAnd(), SampleProblems.regular(48, 48, 2, 1), List.of(100, 200, 400)),
                Arguments.of(new LinearMixedInfluenceAnd(), SampleProblems.bipartite(4, 10), List.of(150, 250, 600)),
                Arguments.of(new LinearHighInfluenceAnd(), SampleProblems.complete(12), List.of(90, 150, 600)),
                Arguments.of(new LinearTwoAnd(), SampleProblems.star(60), List.of(60, 120, 400)));
    }
}
