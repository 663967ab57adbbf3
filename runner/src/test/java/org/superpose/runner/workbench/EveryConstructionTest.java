package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.bounds.LowerBound;
import org.superpose.bounds.Metrics;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Bench;

/** Rules for every registered construction on every kind of instance that it accepts. */
@Tag("slow")
class EveryConstructionTest {
    private static final Workbench WORKBENCH = Bench.workbench();
    private static final int WIDTH = 512;

    static Stream<Arguments> pairs() {
        Catalog<Construction> constructions = Bench.catalog(Construction.class);
        List<Arguments> pairs = new ArrayList<>();
        for (Construction construction : constructions.plugins()) {
            for (Map.Entry<String, Map<String, String>> problem : problems().entrySet()) {
                pairs.add(Arguments.of(construction, problem.getKey(), problem.getValue()));
            }
        }
        return pairs.stream();
    }

    private static Map<String, Map<String, String>> problems() {
        Map<String, Map<String, String>> problems = new LinkedHashMap<>();
        problems.put("permutation", Map.of("inputs", "40"));
        problems.put("two-and", Map.of("inputs", "40", "outputs", "40"));
        problems.put("k-and", Map.of("inputs", "20", "outputs", "20", "max-active", "3"));
        return problems;
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("pairs")
    void codesIgnoreTheGatesAndNoVerifiedNetworkBeatsTheLowerBound(
            Construction construction, String problem, Map<String, String> parameters) {
        Assignments assignments = new Assignments(parameters);
        ProblemInstance instance = WORKBENCH.instance(problem, assignments, new Seed(1));
        assumeTrue(construction.accepts(instance).isAccepted());
        BuiltNetwork built = build(instance, construction);
        SuperposedNetwork other = build(WORKBENCH.instance(problem, assignments, new Seed(2)), construction)
                .network();
        assertEquals(built.network().inputCodes(), other.inputCodes(), "input codes depend on the gates");
        if (!readsPairsInItsDecoder(construction)) {
            assertEquals(
                    built.network().decoder().codes(), other.decoder().codes(), "output codes depend on the gates");
        }

        Verdict verdict = WORKBENCH.verify(
                new BuiltNetwork(instance, built.network()), "exhaustive", VerificationBudget.unlimited());
        if (verdict instanceof Verdict.Verified) {
            double limit = Metrics.of(new BuiltNetwork(instance, built.network()))
                    .widthLimit()
                    .orElseThrow();
            assertTrue(limit <= built.network().width(), () -> "limit " + limit);
            assertTrue(
                    LowerBound.of(instance).parameterBits() <= built.network().weightBits(),
                    () -> built.network().weightBits() + " bits");
        } else {
            assertTrue(
                    !construction.id().startsWith("clipped")
                            && !construction.id().equals("dedicated"),
                    () -> construction.id() + " should be right at so generous a width: " + verdict);
        }
    }

    /** Universal AND computes all pairs at once, and the readout picks the pairs of F. */
    private static boolean readsPairsInItsDecoder(Construction construction) {
        return construction.id().startsWith("universal-and-");
    }

    private static BuiltNetwork build(ProblemInstance instance, Construction construction) {
        Map<String, String> values = new LinkedHashMap<>();
        if (construction.parameters().contains(ConstructionParameters.WIDTH)) {
            values.put(ConstructionParameters.WIDTH.name(), Integer.toString(WIDTH));
        }
        // The rules hold after any number of steps.
        if (construction.parameters().stream().anyMatch(each -> each.name().equals("training-steps"))) {
            values.put("training-steps", "20");
        }
        Assignments assignments = new Assignments(values);
        return WORKBENCH.build(instance, construction.id(), assignments, new Seed(3));
    }
}
