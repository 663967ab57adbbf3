package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.random.Seed;

class RepresentationTest {
    private static List<Integer> sum(Codes codes, FeatureSet input) {
        Integer[] sum = new Integer[codes.neurons()];
        Arrays.fill(sum, 0);
        for (int j : input.toArray()) {
            for (int neuron : codes.code(j)) {
                sum[neuron]++;
            }
        }
        return List.of(sum);
    }

    private static Codes randomCodes(int features, int neurons, RandomGenerator random) {
        int[] offsets = new int[features + 1];
        int[] members = new int[features * neurons];
        for (int j = 0; j < features; j++) {
            int filled = offsets[j];
            for (int e = 0; e < neurons; e++) {
                if (random.nextBoolean()) {
                    members[filled++] = e;
                }
            }
            if (filled == offsets[j]) {
                members[filled++] = random.nextInt(neurons);
            }
            offsets[j + 1] = filled;
        }
        return Codes.of(neurons, offsets, Arrays.copyOf(members, offsets[features]));
    }

    @Property(tries = 300)
    void finds_a_collision_exactly_when_two_inputs_have_one_sum(
            @ForAll @IntRange(min = 3, max = 12) int features,
            @ForAll @IntRange(min = 2, max = 14) int neurons,
            @ForAll @IntRange(min = 1, max = 3) int maxActive,
            @ForAll boolean grouped,
            @ForAll long seed) {
        Codes codes = randomCodes(features, neurons, new Seed(seed).generator());
        int[] groups = new int[features];
        for (int j = 0; j < features; j++) {
            groups[j] = j % 3;
        }
        InputDomain domain = grouped ? InputDomain.grouped(groups, maxActive) : InputDomain.sparse(features, maxActive);
        Set<List<Integer>> sums = new HashSet<>();
        domain.forEach(input -> sums.add(sum(codes, input)));
        boolean allApart = sums.size() == domain.size().intValueExact();
        long[] poorHash = new long[neurons]; // makes all inputs with as many entries candidates
        Arrays.fill(poorHash, 1);
        assertCollision(allApart, CodeCollision.find(codes, domain), codes, domain);
        assertCollision(allApart, CodeCollision.find(codes, domain, poorHash), codes, domain);
    }

    private static void assertCollision(
            boolean allApart, Optional<CodeCollision> collision, Codes codes, InputDomain domain) {
        assertEquals(allApart, collision.isEmpty());
        collision.ifPresent(found -> {
            assertNotEquals(found.first(), found.second());
            assertTrue(domain.contains(found.first()) && domain.contains(found.second()));
            assertEquals(sum(codes, found.first()), sum(codes, found.second()));
        });
    }

    @Test
    void refuses_domains_too_large_to_compare() {
        var failure = assertThrows(
                InvalidInputException.class,
                () -> CodeCollision.find(Codes.identity(20_000), InputDomain.sparse(20_000, 2)));
        assertTrue(failure.getMessage().contains("at most 67108864"), failure.getMessage());
    }

    @Test
    void bounds_the_width_by_the_number_of_inputs() {
        RepresentationBound one = RepresentationBound.of(InputDomain.sparse(1023, 1));
        assertEquals(10, one.inputsLog2(), 1e-12);
        assertEquals(10, one.informationWidth(), 1e-12);
        RepresentationBound two = RepresentationBound.of(InputDomain.sparse(4096, 2));
        assertEquals(Math.log(1 + 4096 + 4096.0 * 4095 / 2) / Math.log(3), two.informationWidth(), 1e-9);
    }

    @Test
    void states_the_johnson_lindenstrauss_figure() {
        // 4 ln(1000) / (1/8 - 1/24) = 331.57...
        assertEquals(332, RepresentationBound.johnsonLindenstrauss(999, 0.5));
        long small = RepresentationBound.johnsonLindenstrauss(1 << 10, 0.3);
        long large = RepresentationBound.johnsonLindenstrauss(1 << 20, 0.3);
        assertEquals(2, (double) large / small, 0.01); // it grows as log m
        assertThrows(InvalidInputException.class, () -> RepresentationBound.johnsonLindenstrauss(5, 1));
        assertEquals(34, RepresentationBound.johnsonLindenstrauss(1, 0.5)); // 4 ln(2) / (1/12) = 33.27...
        assertThrows(InvalidInputException.class, () -> RepresentationBound.johnsonLindenstrauss(5, 0));
        assertThrows(InvalidInputException.class, () -> RepresentationBound.johnsonLindenstrauss(0, 0.5));
    }

    @Test
    void measures_a_width_between_the_information_bound_and_a_few_times_it() {
        for (int maxActive = 1; maxActive <= 2; maxActive++) {
            InputDomain domain = InputDomain.sparse(300, maxActive);
            RepresentationWidth measured = RepresentationWidth.measure(domain, OptionalInt.empty(), 3, new Seed(1));
            double bound = RepresentationBound.of(domain).informationWidth();
            assertTrue(measured.width() >= bound, measured + " against " + bound);
            assertTrue(measured.width() <= 4 * bound, measured + " against " + bound);
            assertTrue(measured.successRate() > 0);
            assertEquals(measured.width() / 2, measured.codeWeight());
        }
    }

    @Test
    void measures_the_same_again_and_more_for_thin_codes() {
        InputDomain domain = InputDomain.sparse(200, 2);
        RepresentationWidth thin = RepresentationWidth.measure(domain, OptionalInt.of(4), 2, new Seed(3));
        assertEquals(thin, RepresentationWidth.measure(domain, OptionalInt.of(4), 2, new Seed(3)));
        RepresentationWidth thick = RepresentationWidth.measure(domain, OptionalInt.empty(), 2, new Seed(3));
        assertTrue(thin.width() > thick.width());
        assertEquals(4, thin.codeWeight());
    }

    @Test
    void needs_one_neuron_for_one_feature_in_every_try() {
        InputDomain domain = InputDomain.sparse(1, 1);
        assertEquals(
                new RepresentationWidth(1, 1, 2, 1),
                RepresentationWidth.measure(domain, OptionalInt.empty(), 2, new Seed(1)));
        assertEquals(
                new RepresentationWidth(1, 1, 1, 1),
                RepresentationWidth.measure(domain, OptionalInt.of(1), 1, new Seed(1)));
    }

    @Test
    void tells_pairs_apart_and_not_only_single_features() {
        OptionalInt half = OptionalInt.empty();
        int singles = RepresentationWidth.measure(InputDomain.sparse(300, 1), half, 3, new Seed(2))
                .width();
        int pairs = RepresentationWidth.measure(InputDomain.sparse(300, 2), half, 3, new Seed(2))
                .width();
        assertTrue(pairs > singles + 2, pairs + " for pairs, " + singles + " for single features");
    }

    @Tag("slow")
    @Test
    void gives_up_where_a_million_neurons_do_not_tell_codes_of_one_neuron_apart() {
        InputDomain domain = InputDomain.sparse(5000, 1); // twelve collisions are expected
        var failure = assertThrows(
                InvalidInputException.class,
                () -> RepresentationWidth.measure(domain, OptionalInt.of(1), 1, new Seed(1)));
        assertEquals(
                "no width up to 1048576 tells all inputs apart with code-weight 1 in 1 tries", failure.getMessage());
    }

    @Test
    void needs_no_more_neurons_than_features() {
        assertTrue(CodeCollision.find(Codes.identity(30), InputDomain.sparse(30, 3))
                .isEmpty());
        assertFalse(CodeCollision.find(Codes.ofWeight(3, 1, new int[] {0, 1, 2, 0}), InputDomain.sparse(4, 1))
                .isEmpty());
        assertArrayEquals(
                new int[] {0},
                CodeCollision.find(Codes.ofWeight(3, 1, new int[] {0, 1, 2, 0}), InputDomain.sparse(4, 1))
                        .orElseThrow()
                        .first()
                        .toArray());
    }

    @Test
    void refuses_to_measure_without_tries() {
        InputDomain domain = InputDomain.sparse(10, 1);
        assertThrows(
                InvalidInputException.class,
                () -> RepresentationWidth.measure(domain, OptionalInt.empty(), 0, new Seed(1)));
        assertThrows(
                InvalidInputException.class,
                () -> RepresentationWidth.measure(domain, OptionalInt.of(0), 1, new Seed(1)));
    }
}
