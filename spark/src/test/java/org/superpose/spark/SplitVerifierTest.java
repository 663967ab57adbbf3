package org.superpose.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SplitVerifierTest {
    private static final Injector INJECTOR = Guice.createInjector(new SuperposeModule());
    private static final Workbench WORKBENCH = INJECTOR.getInstance(Workbench.class);

    private static SparkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SparkCluster.open(
                "test", new EngineSettings(Map.of("spark.master", "local[3]"), EngineSettings.NONE.pluginFolder()), 3);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static BuiltNetwork build(
            String problem, String construction, int inputs, int maxActive, int width, long seed) {
        Assignments assignments = Assignments.NONE.with("inputs", inputs).with("width", width);
        if (problem.equals("two-and")) {
            assignments = assignments.with("outputs", inputs);
        }
        if (maxActive != 2) {
            assignments = assignments.with("max-active", maxActive);
        }
        return WORKBENCH.build(NetworkRecipe.of(problem, construction, assignments, new Seed(seed)));
    }

    /** The verifier's own verdict, once the verdict from parts has been found to be the same. */
    private static Verdict bothWays(String id, BuiltNetwork built, VerificationBudget budget) {
        Verifier whole = INJECTOR.getInstance(Key.get(new TypeLiteral<Catalog<Verifier>>() {}))
                .require(id);
        Verdict expected = whole.verify(built, budget);
        Verifier split = SplitVerifier.of(whole, cluster, 0);
        assertInstanceOf(SplitVerifier.class, split);
        assertEquals(expected, split.verify(built, budget));
        return expected;
    }

    /**
     * The network for an instance in which one gate reads another pair: the network is wrong on that pair and right on
     * all inputs before it.
     */
    private static BuiltNetwork withWrongGate(BuiltNetwork built, int first, int second) {
        ProblemInstance instance = built.instance();
        Gates gates = instance.gates();
        int[] read = gates.reads();
        // The gate whose own pair comes last, so that the fault is noticed late.
        int last = 0;
        for (int i = 0; i < gates.outputs(); i++) {
            last = Math.min(read[2 * i], read[2 * i + 1]) > Math.min(read[2 * last], read[2 * last + 1]) ? i : last;
        }
        read[2 * last] = first;
        read[2 * last + 1] = second;
        return new BuiltNetwork(
                instance.with(List.of(Gates.conjunctions(gates.inputs(), 2, read)), instance.domain()),
                built.network());
    }

    @Test
    void partsVerifyWhatTheWholeVerifies() {
        BuiltNetwork two = build("two-and", "clipped-and", 70, 2, 96, 1);
        for (String verifier : List.of("exhaustive", "pairwise")) {
            assertEquals(
                    "VERIFIED",
                    bothWays(verifier, two, VerificationBudget.unlimited()).status());
        }
        BuiltNetwork one = build("permutation", "clipped-permutation", 40, 1, 64, 1);
        bothWays("exhaustive", one, VerificationBudget.unlimited());
    }

    @Test
    void partsFindTheFirstWrongInputAndCountTheInputsUpToIt() {
        BuiltNetwork right = build("two-and", "clipped-and", 70, 2, 96, 1);
        for (int[] pair : new int[][] {{0, 1}, {3, 60}, {20, 21}, {45, 69}}) {
            BuiltNetwork wrong = withWrongGate(right, pair[0], pair[1]);
            for (String verifier : List.of("exhaustive", "pairwise")) {
                Verdict verdict = bothWays(verifier, wrong, VerificationBudget.unlimited());
                Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, verdict);
                assertEquals(FeatureSet.of(pair), refuted.counterexample().input());
            }
        }
    }

    /** A read-out of two thresholds: pairs with feature 49 are neither on nor off, all others as they should be. */
    @Test
    void partsTellOfAnOutputBetweenItsThresholds() {
        ProblemInstance instance = build("two-and", "clipped-and", 50, 2, 96, 1).instance();
        float[] weights = new float[50 * 50];
        for (int i = 0; i < 50; i++) {
            for (int j : instance.gates().reads(i)) {
                weights[50 * i + j] = 1;
            }
            weights[50 * i + 49] += 0.25f;
        }
        float[] bias = new float[50];
        Arrays.fill(bias, -2);
        float[] on = new float[50];
        float[] off = new float[50];
        Arrays.fill(off, -1);
        BuiltNetwork built = new BuiltNetwork(
                instance,
                new SuperposedNetwork(
                        Codes.identity(50),
                        List.of(Layer.linear(new DenseMatrix(50, 50, weights), bias)),
                        Decoder.readout(on, off),
                        instance.domain(),
                        false,
                        new Provenance("by-hand", Map.of(), 0, Map.of())));
        Verdict verdict = bothWays("exhaustive", built, VerificationBudget.unlimited());
        Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, verdict);
        assertEquals(OutputState.BETWEEN, refuted.counterexample().got());
        assertTrue(refuted.counterexample().input().contains(49));
    }

    @Test
    void aBudgetOfInputsCoversTheFirstInputsOfTheOrderInPartsToo() {
        BuiltNetwork built = build("two-and", "clipped-and", 60, 2, 96, 1);
        for (long inputs : new long[] {1, 2, 100, 1000, 1830}) {
            Verdict verdict =
                    bothWays("exhaustive", built, VerificationBudget.unlimited().withMaxInputs(inputs));
            assertEquals("UNDECIDED", verdict.status());
            assertEquals(inputs, verdict.inputsCovered().longValue());
        }
    }

    private static BuiltNetwork dedicated(String problem, String... settings) {
        Assignments assignments = Assignments.parse(List.of(settings));
        return WORKBENCH.build(NetworkRecipe.of(problem, "dedicated", assignments, new Seed(3)));
    }

    /** Outputs that are on at rest, gates of different functions, and domains with a lower bound on activity. */
    static List<BuiltNetwork> networksOfAnyMap() {
        return List.of(
                dedicated("dnf", "inputs=20", "outputs=10", "clauses=1", "negated=1", "max-active=3"),
                dedicated("dnf", "inputs=20", "outputs=10", "clauses=2", "max-active=3", "min-active=1"),
                dedicated("half-adders", "inputs=20", "min-active=2", "max-active=3"),
                dedicated("neighbours", "inputs=20", "max-active=3", "min-active=3"));
    }

    @ParameterizedTest
    @MethodSource("networksOfAnyMap")
    void anyMapIsSplitAndALostOutputFound(BuiltNetwork built) {
        InputDomain domain = built.instance().domain();
        assertEquals(
                "VERIFIED",
                bothWays("exhaustive", built, VerificationBudget.unlimited()).status());
        for (long inputs : new long[] {1, 2, 7, 400}) {
            Verdict verdict =
                    bothWays("exhaustive", built, VerificationBudget.unlimited().withMaxInputs(inputs));
            assertEquals(inputs, verdict.inputsCovered().longValue());
        }
        // The last output is another one: wrong on some inputs, which are found from parts as from the whole.
        ProblemInstance instance = built.instance();
        int last = instance.layers().size() - 1;
        Gates gates = instance.layers().get(last);
        int[] order = IntStream.range(0, gates.outputs()).toArray();
        order[order.length - 1] = 0;
        List<Gates> layers = new ArrayList<>(instance.layers());
        layers.set(last, gates.withOutputs(order));
        BuiltNetwork wrong = new BuiltNetwork(instance.with(layers, domain), built.network());
        Verdict.Refuted refuted =
                assertInstanceOf(Verdict.Refuted.class, bothWays("exhaustive", wrong, VerificationBudget.unlimited()));
        assertTrue(domain.contains(refuted.counterexample().input()));
    }

    @Test
    void thePairsOfAnyMapAreSplit() {
        BuiltNetwork two = build("two-and", "clipped-and", 40, 2, 96, 1);
        ProblemInstance instance = two.instance();
        for (int least = 0; least <= 2; least++) {
            ProblemInstance bounded = instance.with(
                    List.of(Gates.of(
                            40,
                            GateFunction.exactly(2),
                            instance.gates().offsets(),
                            instance.gates().reads())),
                    instance.domain().withMinActive(least));
            BuiltNetwork built = new BuiltNetwork(bounded, two.network());
            assertEquals(
                    "VERIFIED",
                    bothWays("pairwise", built, VerificationBudget.unlimited()).status());
            List<Gates> layers = withWrongGate(two, 12, 33).instance().layers();
            BuiltNetwork wrong = new BuiltNetwork(instance.with(layers, bounded.domain()), two.network());
            assertEquals(
                    "REFUTED",
                    bothWays("pairwise", wrong, VerificationBudget.unlimited()).status());
        }
    }

    @Test
    void whenTimeHasRunOutNothingIsVerified() {
        BuiltNetwork built = build("two-and", "clipped-and", 60, 2, 96, 1);
        Verifier split = SplitVerifier.of(
                INJECTOR.getInstance(Key.get(new TypeLiteral<Catalog<Verifier>>() {}))
                        .require("exhaustive"),
                cluster,
                0);
        Verdict verdict = split.verify(built, VerificationBudget.unlimited().withMaxSeconds(Double.MIN_NORMAL));
        assertEquals("UNDECIDED", verdict.status());
        assertEquals(1, verdict.inputsCovered().longValue());
    }

    @Test
    void theAutomaticChoiceIsAmongTheVerifiersThatAreSplit() {
        BuiltNetwork built = build("two-and", "clipped-and", 64, 2, 96, 2);
        List<String> asked = new ArrayList<>();
        Workbench splitting = WORKBENCH.replacingVerifiers(verifier -> {
            asked.add(verifier.id());
            return SplitVerifier.of(verifier, cluster, 0);
        });
        int before = cluster.context().statusTracker().getJobIdsForGroup(null).length;
        Verdict verdict = splitting.verify(built, "auto", VerificationBudget.unlimited());
        assertEquals(WORKBENCH.verify(built, "auto", VerificationBudget.unlimited()), verdict);
        assertTrue(asked.contains("pairwise"));
        assertTrue(cluster.context().statusTracker().getJobIdsForGroup(null).length > before, "no job was submitted");
    }
}
