package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class EveryProblemTest {
    /** One request for each problem and profile. */
    static Stream<List<Object>> requests() {
        return Stream.of(
                List.of("permutation", "inputs", 40),
                List.of("permutation", "inputs", 40, "max-active", 3),
                List.of("two-and", "inputs", 40),
                List.of("two-and", "inputs", 40, "outputs", 700),
                List.of("two-and", "inputs", 40, "outputs", 90, "influence", "zipf", "zipf-exponent", 1.3),
                List.of("two-and", "inputs", 40, "outputs", 30, "influence", "star"),
                List.of("two-and", "inputs", 40, "outputs", 60, "influence", "bipartite", "hubs", 3),
                List.of("two-and", "inputs", 12, "influence", "complete"),
                List.of("two-and", "inputs", 200, "outputs", 200, "influence", "mixed"),
                List.of("k-and", "inputs", 30, "fan-in", 4, "outputs", 50),
                List.of("k-and", "inputs", 30, "fan-in", 3, "outputs", 50, "influence", "zipf"),
                List.of("layered", "inputs", 30, "layers", "permutation,two-and(outputs=25),k-and(fan-in=2)"));
    }

    private static ProblemInstance draw(List<Object> request, long seed) {
        return Instances.draw(
                seed,
                (String) request.get(0),
                request.subList(1, request.size()).toArray());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void gives_an_equal_instance_for_the_same_seed(List<Object> request) {
        assertEquals(draw(request, 7), draw(request, 7));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void gives_other_gates_for_another_seed(List<Object> request) {
        assertNotEquals(draw(request, 7).layers(), draw(request, 8).layers());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void keeps_the_seed_and_the_request(List<Object> request) {
        ProblemInstance instance = draw(request, 7);
        assertEquals(7, instance.seed());
        assertEquals(request.get(0), instance.problem());
        assertEquals(request.get(2), instance.parameters().asMap().get("inputs"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void turns_an_output_on_exactly_when_all_that_it_reads_is_active(List<Object> request) {
        ProblemInstance instance = draw(request, 7);
        var random = new Seed(1).generator();
        for (int trial = 0; trial < 100; trial++) {
            FeatureSet active = instance.domain().sample(instance.maxActive(), random);
            boolean[] state = new boolean[instance.inputs()];
            for (int feature : active.toArray()) {
                state[feature] = true;
            }
            for (Gates layer : instance.layers()) {
                boolean[] next = new boolean[layer.outputs()];
                for (int i = 0; i < next.length; i++) {
                    next[i] = true;
                    for (int input : layer.reads(i)) {
                        next[i] &= state[input];
                    }
                }
                state = next;
            }
            FeatureSet on = instance.evaluate(active);
            for (int i = 0; i < state.length; i++) {
                assertEquals(state[i], on.contains(i));
            }
        }
    }

    @Test
    void is_found_through_the_service_loader() {
        assertEquals(
                List.of(
                        "at-least",
                        "circuit",
                        "dnf",
                        "feature-pairs",
                        "formulas",
                        "half-adders",
                        "k-and",
                        "layered",
                        "neighbours",
                        "pairs-file",
                        "permutation",
                        "truth-table",
                        "two-and",
                        "xor-pairs"),
                Instances.catalog().plugins().stream().map(Problem::id).toList());
        assertEquals(List.of(), Instances.catalog().failures());
    }

    @Test
    void declares_each_parameter_once_and_explains_it() {
        for (Problem problem : Instances.catalog().plugins()) {
            assertFalse(problem.title().isBlank());
            var byName = problem.parameters().stream()
                    .collect(Collectors.groupingBy(parameter -> parameter.name(), Collectors.counting()));
            assertTrue(byName.values().stream().allMatch(count -> count == 1), problem.id());
            assertTrue(
                    problem.parameters().stream()
                            .noneMatch(p -> p.help().isBlank()
                                    || p.help().endsWith(".")
                                    || p.help().contains("\n")),
                    problem.id());
        }
    }

    @Test
    void means_the_same_by_influence_and_its_parameters_everywhere() {
        Function<String, List<Object>> facts = id -> Instances.catalog().require(id).parameters().stream()
                .filter(parameter -> parameter.name().equals("zipf-exponent"))
                .map(parameter -> (Object) parameter)
                .toList();
        assertEquals(1, facts.apply("two-and").size());
        assertEquals(facts.apply("two-and"), facts.apply("k-and"));
    }

    @Test
    void refuses_more_active_features_than_inputs() {
        var failure = assertThrows(
                InvalidInputException.class, () -> Instances.draw(1, "permutation", "inputs", 3, "max-active", 4));
        assertEquals("max-active 4 is larger than inputs 3: it must be at most inputs", failure.getMessage());
    }

    @Test
    void refuses_so_few_active_features_that_every_output_would_stay_off() {
        var two = assertThrows(
                InvalidInputException.class, () -> Instances.draw(1, "two-and", "inputs", 9, "max-active", 1));
        assertEquals(
                "max-active 1 is too small: no output can be on with fewer than 2 active inputs", two.getMessage());
        assertThrows(
                InvalidInputException.class,
                () -> Instances.draw(1, "k-and", "inputs", 9, "fan-in", 4, "max-active", 3));
    }
}
