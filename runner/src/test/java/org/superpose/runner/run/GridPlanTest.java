package org.superpose.runner.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Problems;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

class GridPlanTest {
    private final Planner planner = Bench.of(Planner.class);

    private static ProblemInstance ring(int step) {
        return Problems.define("ring")
                .inputs(12)
                .outputs(12, j -> Gate.of(x -> x[0] && !x[1], j, (j + step) % 12))
                .build();
    }

    private static GridRequest request(Map<String, List<String>> grid, String... constructions) {
        return new GridRequest(List.of(constructions), Assignments.NONE, grid, new Seed(3), 2, "auto");
    }

    private GridPlan plan(ProblemInstance map, GridRequest request) {
        return planner.grid(request, map, VerificationBudget.unlimited().withThreads(1));
    }

    static Stream<ProblemInstance> maps() {
        List<ProblemInstance> maps = new ArrayList<>(List.of(
                ring(3),
                Bench.workbench()
                        .instance(
                                "pairs-file",
                                Assignments.parse(List.of("file=bundled:bigrams-gpl3")),
                                new Seed(1)), // groups, names, a parameter that is text
                Bench.workbench()
                        .instance(
                                "dnf",
                                Assignments.parse(List.of("inputs=20", "outputs=5", "negated=0.25", "min-active=1")),
                                new Seed(2)), // layers, a class, a parameter that is a real number
                Bench.workbench()
                        .instance(
                                "two-and",
                                Assignments.parse(List.of("inputs=9", "outputs=8")),
                                new Seed(Long.MIN_VALUE))));
        RandomGenerator random = new Seed(8).generator();
        GateFunction[] functions = {
            GateFunction.AND,
            GateFunction.PARITY,
            GateFunction.atLeast(2),
            GateFunction.exactly(1),
            GateFunction.weighted(3, 2, -1, 4),
            GateFunction.allOf(true, false, true),
            GateFunction.anyOf(true, false, false),
            GateFunction.table(true, false, false, true, false, true, true, true)
        };
        maps.add(Problems.define("mixed")
                .inputs(List.of("a", "b \u00b7", "c\n", "\"d\"", "e", "f"))
                .minActive(1)
                .maxActive(4)
                .outputs(
                        40,
                        i -> i == 0
                                ? Gate.constant(true)
                                : Gate.of(
                                        functions[random.nextInt(functions.length)],
                                        random.ints(0, 6).distinct().limit(3).toArray()))
                .outputs(2, i -> Gate.or(IntStream.range(i, 30 + i).toArray()))
                .outputNames(List.of("first", "second"))
                .build());
        return maps.stream();
    }

    @ParameterizedTest
    @MethodSource("maps")
    void aMapIsTheSameBehindItsText(ProblemInstance map) {
        assertEquals(map, MapText.parse(MapText.of(map)));
    }

    @Test
    void anotherProcessPlansTheSameAgainFromTheRecipeAlone() {
        Map<String, List<String>> grid = new LinkedHashMap<>();
        grid.put("width", List.of("10", "12"));
        grid.put("training-steps", List.of("20", "40"));
        GridPlan plan = plan(ring(3), request(grid, "trained-gates", "dedicated"));
        Planner other = Bench.of(Planner.class);
        Plan again = other.again(plan.sweep().recipe(), VerificationBudget.unlimited());
        assertEquals(plan.identity(), again.identity());
        assertEquals(plan.command(), again.command());
        assertEquals(8 + 2, again.sweep().units().size()); // dedicated takes neither width nor steps
        assertEquals(row(plan, 9), row(again, 9));

        SearchPlan search = planner.search(
                new SearchRequest(
                        NetworkRecipe.of("ring", "trained-gates", Assignments.NONE, new Seed(3)),
                        "auto",
                        1,
                        2,
                        OptionalInt.of(8),
                        OptionalInt.of(16),
                        0.2),
                ring(3),
                VerificationBudget.unlimited());
        Plan searchAgain = other.again(search.sweep().recipe(), VerificationBudget.unlimited());
        assertEquals(search.identity(), searchAgain.identity());
        assertEquals(search.command(), searchAgain.command());
    }

    private static Map<String, Object> row(Plan plan, int unit) {
        Measurement row = plan.sweep()
                .units()
                .get(unit)
                .run(plan.sweep().workbench(), plan.sweep().budget())
                .get(0);
        Map<String, Object> fields = new LinkedHashMap<>(row.fields());
        fields.remove(Measurement.SECONDS);
        assertEquals("ring", fields.get(Measurement.PROBLEM));
        return fields;
    }

    @Test
    void anotherMapOfTheSameNameIsAnotherSweep() {
        GridRequest request = request(Map.of(), "dedicated");
        assertEquals(plan(ring(3), request).identity(), plan(ring(3), request).identity());
        List<String> differences = plan(ring(4), request)
                .identity()
                .differencesFrom(plan(ring(3), request).identity());
        assertEquals(1, differences.size());
        assertTrue(differences.get(0).matches("map was sha256 [0-9a-f]{64} and is now sha256 [0-9a-f]{64}"));
        assertNotEquals(plan(ring(4), request).command(), plan(ring(3), request).command());
        assertTrue(plan(ring(3), request).command().startsWith("# a program with the map ring, sha256 "));
    }

    @Test
    void aDefinedMapTakesThePlaceOfAProblemOfItsNameForThatPlanOnly() {
        ProblemInstance map = Problems.define("two-and")
                .inputs(5)
                .outputs(5, j -> Gate.and(j, (j + 1) % 5))
                .build();
        assertEquals(
                5L,
                plan(map, request(Map.of(), "dedicated")).sweep().units().stream()
                        .limit(1)
                        .map(unit -> unit.run(
                                        Bench.workbench().with(map),
                                        VerificationBudget.unlimited().withThreads(1))
                                .get(0)
                                .whole(Measurement.INPUTS))
                        .findFirst()
                        .orElseThrow());
        assertThrows(
                InvalidInputException.class,
                () -> Bench.workbench().instance("two-and", Assignments.NONE, new Seed(1)));
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnyNetworkIsBuilt() {
        assertRefused(
                "none of dedicated has a parameter \"width\"", request(Map.of("width", List.of("3")), "dedicated"));
        assertRefused(
                "none of trained-gates has a parameter \"widht\"; did you mean \"width\"?",
                request(Map.of("widht", List.of("3")), "trained-gates"));
        assertRefused(
                "width \"-3\" must be a whole number from 1", request(Map.of("width", List.of("-3")), "trained-gates"));
        assertRefused("trained-gates needs width", request(Map.of(), "trained-gates"));
        assertRefused("construction clipped-and does not accept this ring", request(Map.of(), "clipped-and"));
        assertRefused(
                "the sweep has more than 1000000 networks",
                request(
                        Map.of(
                                "width",
                                IntStream.range(1, 1001)
                                        .mapToObj(Integer::toString)
                                        .toList(),
                                "training-steps",
                                IntStream.range(1, 1001)
                                        .mapToObj(Integer::toString)
                                        .toList()),
                        "trained-gates"));
        assertEquals(
                "the sweep goes over width 3 twice",
                assertThrows(
                                InvalidInputException.class,
                                () -> request(Map.of("width", List.of("3", "4", "3")), "trained-gates"))
                        .getMessage());
        assertEquals(
                "the sweep needs at least one construction",
                assertThrows(InvalidInputException.class, () -> request(Map.of()))
                        .getMessage());
    }

    private void assertRefused(String message, GridRequest request) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> plan(ring(3), request));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }
}
