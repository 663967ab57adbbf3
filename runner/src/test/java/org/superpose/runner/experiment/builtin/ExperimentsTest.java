package org.superpose.runner.experiment.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.BitFigures;
import org.superpose.runner.experiment.statistics.ChannelFigures;
import org.superpose.runner.experiment.statistics.HubDependence;
import org.superpose.runner.experiment.statistics.SpuriousRows;
import org.superpose.runner.experiment.statistics.WrongInputs;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * Every registered experiment plans the same work for the same seed, and a reduced form of it reaches the expected
 * verdicts.
 */
@Tag("slow")
class ExperimentsTest {
    private static final Seed SEED = new Seed(1);

    /** Assignments with which each experiment takes a second or two. */
    private static final Map<String, String[]> REDUCED = Map.ofEntries(
            Map.entry("bits", new String[] {"features", "64", "linear-width", "500", "clipped-width", "90"}),
            Map.entry("feature-channels", new String[] {
                "shapes",
                "12x1,2x3",
                "inputs",
                "10",
                "literals",
                "2",
                "min-active",
                "2",
                "max-active",
                "3",
                "width",
                "10"
            }),
            Map.entry("frontier", new String[] {"rows", "k-and-4-v4", "probes", "2"}),
            Map.entry("general-two-and", new String[] {
                "outputs", "48", "hubs", "4", "linear-width", "1200", "clipped-width", "160", "samples", "50"
            }),
            Map.entry("high-influence", new String[] {"inputs", "12", "resolution", "0.2"}),
            Map.entry("linear-superposition", new String[] {"networks", "permutation-512,complete-1128"}),
            Map.entry("mixed-influence", new String[] {
                "hubs", "4,8", "light-inputs", "64", "outputs", "128", "width", "1000", "tries", "1", "samples", "300"
            }),
            Map.entry("multi-input", new String[] {
                "inputs",
                "12",
                "outputs",
                "12",
                "fan-ins",
                "2,3",
                "width",
                "300",
                "samples",
                "50",
                "constructions",
                "linear-k-and,clipped-and"
            }),
            Map.entry("multi-layer", new String[] {"depths", "1,4", "inputs", "32", "width", "350", "samples", "30"}),
            Map.entry("phase-change", new String[] {
                "outputs", "128", "influences", "1,12", "width", "500", "tries", "1", "samples", "300"
            }),
            Map.entry("represent-versus-compute", new String[] {"sizes", "32,128", "tries", "1", "resolution", "0.2"}),
            Map.entry(
                    "methods",
                    new String[] {"features", "24", "width", "40", "samples", "1500", "training-steps", "400"}),
            Map.entry("sparsity", new String[] {"networks", "two-and-32", "points", "2"}),
            Map.entry("theorem-3-1", new String[] {"permuted", "4", "pairs", "2", "width", "200", "saved", "1,2"}),
            Map.entry(
                    "theorem-3-2",
                    new String[] {"sizes", "32", "two-and-by", "clipped-and", "tries", "1", "resolution", "0.3"}),
            Map.entry(
                    "theorem-4-1",
                    new String[] {"inputs", "64", "outputs", "64", "widths", "60,400", "tries", "1", "samples", "200"}),
            Map.entry("universal-and", new String[] {"active", "2,4", "inputs", "16", "width", "3000", "samples", "300"
            }));

    static Set<String> ids() {
        return Bench.experiments().plugins().stream()
                .map(Experiment::id)
                .filter(id -> !id.equals("quickstart")) // large and tested through the command line
                .collect(Collectors.toSet());
    }

    private static List<Measurement> rows(String id, Seed seed, String... assignments) {
        Experiment experiment = Bench.experiments().require(id);
        List<Measurement> rows = new ArrayList<>();
        for (WorkUnit unit : experiment.plan(Bench.values(experiment, assignments), seed)) {
            rows.addAll(unit.run(Bench.workbench(), VerificationBudget.unlimited()));
        }
        return rows;
    }

    private static List<Measurement> reduced(String id) {
        return rows(id, SEED, REDUCED.get(id));
    }

    private static List<String> texts(List<Measurement> rows, String field) {
        return rows.stream().map(row -> row.text(field)).toList();
    }

    private static double number(Measurement row, String field) {
        return ((Number) row.find(field).orElseThrow(() -> new AssertionError(field + " is missing in " + row)))
                .doubleValue();
    }

    private static void assertAllVerified(List<Measurement> rows) {
        rows.forEach(row -> assertEquals("VERIFIED", row.text(Measurement.VERDICT), row.toString()));
    }

    /** What the field argues about: much of the variance is explained, and features are not found. */
    @Test
    void autoencodersExplainMoreThanTheyRecover() {
        List<Measurement> rows = reduced("methods");
        assertAllVerified(rows);
        assertEquals(
                List.of("topk-sae", "l1-sae", "topk-sae", "l1-sae", "topk-sae", "l1-sae", "transcoder"),
                texts(rows, "dictionary"));
        assertTrue(rows.stream().anyMatch(row -> number(row, "explained_variance") > 0.8), rows.toString());
        assertTrue(
                rows.stream().anyMatch(row -> number(row, "explained_variance") > number(row, "mcc") + 0.05),
                rows.toString());
        assertTrue(number(rows.get(6), "hop_recall") >= 0);
        assertEquals(
                rows.stream().map(row -> row.find("mcc")).toList(),
                reduced("methods").stream().map(row -> row.find("mcc")).toList(),
                "the same seed gives the same weights");
    }

    @Test
    void everyExperimentIsRegistered() {
        assertTrue(ids().containsAll(REDUCED.keySet()), ids().toString());
        assertEquals(REDUCED.keySet(), ids(), "every experiment has a reduced form here");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPlanDependsOnParametersAndSeedAlone(String id) {
        Experiment experiment = Bench.experiments().require(id);
        List<WorkUnit> plan = experiment.plan(Bench.values(experiment), SEED);
        assertFalse(plan.isEmpty());
        assertEquals(plan, experiment.plan(Bench.values(experiment), SEED));
        assertNotEquals(plan, experiment.plan(Bench.values(experiment), new Seed(2)));
        assertEquals(plan.size(), plan.stream().map(WorkUnit::label).distinct().count(), "labels tell the units apart");
        assertFalse(experiment.title().endsWith("."));
        assertFalse(experiment.expectedDuration().isBlank());
    }

    @Test
    void aUnitGivesTheSameRowHoweverOftenItRuns() {
        assertEquals(withoutSeconds(reduced("multi-layer")), withoutSeconds(reduced("multi-layer")));
    }

    private static List<Map<String, Object>> withoutSeconds(List<Measurement> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, Object> fields = new TreeMap<>(row.fields());
                    fields.remove(Measurement.SECONDS);
                    return fields;
                })
                .toList();
    }

    private static List<Measurement> withColumns(String id) {
        List<Measurement> rows = reduced(id);
        for (String column : Bench.experiments().require(id).columns()) {
            assertTrue(rows.stream().anyMatch(row -> row.find(column).isPresent()), id + " never fills " + column);
        }
        return rows;
    }

    @Test
    void theFrontierEndsAtTheNarrowestOfTheWidthsItTried() {
        List<Measurement> rows = withColumns("frontier");
        Measurement smallest = rows.get(rows.size() - 1);
        assertAllVerified(List.of(smallest));
        assertEquals(2, rows.size(), "every network that was tried has a row");
        for (Measurement row : rows) {
            assertTrue(
                    !row.isVerified() || number(smallest, Measurement.WIDTH) <= number(row, Measurement.WIDTH),
                    row.toString());
        }
    }

    @Test
    void theorem31NoTwoFunctionsShareTheirWeights() {
        List<Measurement> rows = withColumns("theorem-3-1");
        assertAllVerified(rows);
        for (Measurement row : rows) {
            assertEquals(
                    row.text(TheoremThreeOneExperiment.FUNCTIONS),
                    row.text(TheoremThreeOneExperiment.DISTINCT_PARAMETERS),
                    row.toString());
            assertTrue(
                    number(row, TheoremThreeOneExperiment.SHARE_SHORTEST)
                            < number(row, TheoremThreeOneExperiment.SHARE_BOUND),
                    row.toString());
        }
        assertEquals("24", rows.get(0).text(TheoremThreeOneExperiment.FUNCTIONS));
        assertEquals("90", rows.get(rows.size() - 1).text(TheoremThreeOneExperiment.FUNCTIONS));
    }

    @Test
    void theorem31TheShortestCodeUsesEveryStringOnce() {
        // 7 strings of at most 2 bits: the empty one, 0, 1, 00, 01, 10, 11
        assertEquals(7.0 / 120, TheoremThreeOneExperiment.shareInShortestCode(120, 2.9), 1e-12);
        assertEquals(0, TheoremThreeOneExperiment.shareInShortestCode(120, -0.1));
        assertEquals(1, TheoremThreeOneExperiment.shareInShortestCode(120, 7));
    }

    @Test
    void theorem32TheAchievedWidthIsNotBelowTheBound() {
        List<Measurement> rows = withColumns("theorem-3-2");
        assertAllVerified(rows);
        for (Measurement row : rows) {
            assertTrue(number(row, Measurement.LIMIT_RATIO) >= 1, row.toString());
            assertTrue(number(row, SmallestWidth.CAPACITY) >= number(row, Measurement.OUTPUTS), row.toString());
        }
    }

    @Test
    void theorem32AToleranceLowersTheBoundAndNothingElse() {
        Measurement strict = permutation("error", "0");
        Measurement loose = permutation("error", "0.2");
        Measurement failing = permutation("failing", "0.75");
        assertEquals(strict.text(Measurement.WIDTH), loose.text(Measurement.WIDTH));
        assertTrue(number(loose, SmallestWidth.PARAMETER_BITS) < number(strict, SmallestWidth.PARAMETER_BITS));
        assertEquals(
                2,
                number(strict, SmallestWidth.PARAMETER_BITS) - number(failing, SmallestWidth.PARAMETER_BITS),
                1e-9,
                "log(1 / (1 - 0.75))");
    }

    /** The first unit of theorem-3-2 with one more assignment. */
    private static Measurement permutation(String name, String value) {
        Experiment experiment = Bench.experiments().require("theorem-3-2");
        List<WorkUnit> plan = experiment.plan(
                Bench.values(experiment, "sizes", "16", "tries", "1", "resolution", "0.5", name, value), SEED);
        return plan.get(0)
                .run(Bench.workbench(), VerificationBudget.unlimited())
                .get(0);
    }

    @Test
    void theorem41FailsWhenNarrowAndIsVerifiedWhenWide() {
        assertEquals(List.of("REFUTED", "VERIFIED"), texts(withColumns("theorem-4-1"), Measurement.VERDICT));
    }

    @Test
    void phaseChangeSpuriousRowsSwampTheChannelsBeyondTheLimit() {
        List<Measurement> rows = withColumns("phase-change");
        assertEquals(List.of("VERIFIED", "REFUTED"), texts(rows, Measurement.VERDICT));
        assertTrue(
                number(rows.get(1), SpuriousRows.ROWS) > 10 * number(rows.get(0), SpuriousRows.ROWS), rows.toString());
    }

    @Test
    void highInfluenceIsVerifiedByEveryConstruction() {
        assertAllVerified(withColumns("high-influence"));
    }

    @Test
    void recordedNetworksAreStillInSuperpositionAndVerified() {
        List<Measurement> rows = withColumns("linear-superposition");
        assertAllVerified(rows);
        for (Measurement row : rows) {
            assertTrue(number(row, Measurement.OUTPUTS) > number(row, Measurement.WIDTH), row.toString());
        }
    }

    @Test
    void everyInfluenceProfileHasARecordedNetworkWithFewerNeuronsThanOutputs() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "linear.md"));
        Set<String> profiles = new TreeSet<>();
        for (NetworkUnit network : LinearSuperpositionExperiment.recorded(new Seed(1))) {
            ProblemInstance instance = Bench.workbench().instance(network.recipe());
            String width = network.recipe().assignments().values().get("width");
            assertTrue(Integer.parseInt(width) < instance.outputs(), network.toString());
            assertTrue(
                    page.lines()
                            .anyMatch(line -> line.startsWith("| `" + network.label() + "` |")
                                    && line.contains(" | " + instance.outputs() + " | " + width + " |")),
                    "docs/linear.md has no row of " + network);
            Optional.ofNullable(network.recipe().assignments().values().get("influence"))
                    .ifPresent(profiles::add);
        }
        assertEquals(Set.of("bipartite", "complete", "mixed", "regular", "star", "zipf"), profiles);
    }

    @Test
    void anotherSeedDrawsOtherInstancesOfTheRecordedKinds() {
        Experiment experiment = Bench.experiments().require("linear-superposition");
        List<WorkUnit> first = experiment.plan(Bench.values(experiment, "networks", "all"), new Seed(1));
        List<WorkUnit> second = experiment.plan(Bench.values(experiment, "networks", "all"), new Seed(2));
        assertEquals(LinearSuperpositionExperiment.recorded(new Seed(1)), first);
        assertEquals(LinearSuperpositionExperiment.recorded(new Seed(2)), second);
        for (int t = 0; t < first.size(); t++) {
            NetworkRecipe one = ((NetworkUnit) first.get(t)).recipe();
            assertEquals(
                    NetworkRecipe.of(one.problem(), one.construction(), one.assignments(), new Seed(2)),
                    ((NetworkUnit) second.get(t)).recipe());
        }
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> experiment.plan(Bench.values(experiment, "networks", "star-1025"), new Seed(1)));
        assertEquals(
                "networks has the entry \"star-1025\", which is no recorded network; did you mean \"star-1024\"?",
                refused.getMessage());
    }

    @Test
    void mixedInfluenceShowsTheDependenceOfInputsThatShareAHub() {
        List<Measurement> rows = withColumns("mixed-influence");
        assertAllVerified(rows);
        rows.forEach(row ->
                assertTrue(number(row, HubDependence.SHARING) > number(row, HubDependence.APART), row.toString()));
    }

    @Test
    void generalTwoAndIsVerifiedForEveryProfile() {
        List<Measurement> rows = withColumns("general-two-and");
        assertEquals(12, rows.size());
        assertAllVerified(rows);
        assertEquals(
                List.of("regular", "zipf", "star", "bipartite", "complete", "mixed"),
                texts(rows.subList(0, 6), "influence"));
    }

    @Test
    void multiInputIsVerifiedForEveryFanIn() {
        List<Measurement> rows = withColumns("multi-input");
        assertAllVerified(rows);
        assertEquals(List.of("2", "2", "3", "3"), texts(rows, Measurement.FAN_IN));
    }

    @Test
    void featureChannelsAreRecoveredFromVerifiedNetworks() {
        List<Measurement> rows = rows("feature-channels", SEED, REDUCED.get("feature-channels"));
        assertEquals(
                List.of("threshold-readout", "trained-and", "dedicated", "trained-and", "dedicated"),
                texts(rows, Measurement.CONSTRUCTION));
        for (Measurement row : rows) {
            boolean isVerified = row.text(Measurement.VERDICT).equals(Measurement.VERIFIED);
            assertEquals(isVerified, number(row, WrongInputs.WRONG) == 0, row.toString());
            assertTrue(number(row, ChannelFigures.RECALL) >= number(row, ChannelFigures.CHANCE), row.toString());
        }
        assertEquals(1.2, number(rows.get(1), FeatureChannelsExperiment.CLAUSES_PER_NEURON), 1e-9);
        for (Measurement row : rows.subList(0, 2)) {
            assertEquals("VERIFIED", row.text(Measurement.VERDICT), "more clauses than neurons");
            assertEquals(1, number(row, ChannelFigures.RECALL));
        }
        assertEquals(1, number(rows.get(4), ChannelFigures.RECALL), "each clause has a neuron of its own");
        assertThrows(InvalidInputException.class, () -> rows("feature-channels", SEED, "shapes", "2by8"));
    }

    @Test
    void multiLayerNoiseIsThatOfTheFirstBlock() {
        List<Measurement> rows = withColumns("multi-layer");
        assertAllVerified(rows);
        assertEquals(List.of("1", "1", "2", "3", "4"), texts(rows, MultiLayerExperiment.BLOCK));
        double first = number(rows.get(0), MultiLayerExperiment.NOISE);
        assertEquals(first, number(rows.get(4), MultiLayerExperiment.NOISE), 0.3 * first);
    }

    @Test
    void bitsOfClippedNetworksAreOnePerWeightAndOfLinearOnesFarMore() {
        List<Measurement> rows = withColumns("bits");
        assertAllVerified(rows);
        for (Measurement row : rows) {
            boolean linear = row.text(Measurement.CONSTRUCTION).startsWith("linear");
            assertEquals(linear ? 32.0 : 1.0, number(row, BitFigures.BITS_PER_WEIGHT), row.toString());
            assertTrue(number(row, BitFigures.ENTROPY_BITS) <= number(row, BitFigures.INDEX_BITS), row.toString());
        }
    }

    @Test
    void representingTakesFewerNeuronsThanComputingAndTheGapGrows() {
        List<Measurement> all = withColumns("represent-versus-compute");
        Measurement quoted = all.get(all.size() - 1);
        assertEquals("BOUNDS ALONE", quoted.text(Measurement.VERDICT));
        assertEquals(16_619.2, number(quoted, SmallestWidth.ONE_BIT_LIMIT), 0.1);
        assertEquals(5_875.8, number(quoted, RepresentVersusComputeExperiment.EIGHT_BIT_LIMIT), 0.1);
        assertEquals(12_288, number(quoted, RepresentVersusComputeExperiment.GIVEN_WIDTH));
        assertEquals(6_560_282, number(quoted, SmallestWidth.CAPACITY));
        assertEquals(52_482_260, number(quoted, RepresentVersusComputeExperiment.EIGHT_BIT_CAPACITY));
        assertEquals(104_964_521, number(quoted, RepresentVersusComputeExperiment.SIXTEEN_BIT_CAPACITY));
        List<Measurement> rows = all.subList(0, all.size() - 1);
        assertAllVerified(rows);
        for (Measurement row : rows) {
            assertTrue(number(row, SmallestWidth.CAPACITY) >= number(row, Measurement.OUTPUTS), "below what was built");
            assertTrue(
                    number(row, RepresentVersusComputeExperiment.REPRESENT_LIMIT)
                            <= number(row, RepresentVersusComputeExperiment.REPRESENT_WIDTH),
                    row.toString());
        }
        assertTrue(
                number(rows.get(1), RepresentVersusComputeExperiment.GAP)
                        > number(rows.get(0), RepresentVersusComputeExperiment.GAP),
                rows.toString());
    }

    @Test
    void weightsAreRemovedWhileTheNetworkStaysVerifiedAndNeverBelowTheBound() {
        List<Measurement> rows = withColumns("sparsity");
        assertAllVerified(rows);
        assertTrue(rows.size() >= 3, rows.toString());
        for (int t = 1; t < rows.size(); t++) {
            assertTrue(number(rows.get(t), SparsityExperiment.NONZERO)
                    < number(rows.get(t - 1), SparsityExperiment.NONZERO));
            assertTrue(number(rows.get(t), SparsityExperiment.RATIO) >= 1);
        }
        assertThrows(InvalidInputException.class, () -> rows("sparsity", SEED, "networks", "two-and-33"));
    }

    @Test
    void universalAndStraysAsFarAsTheFormulasSay() {
        List<Measurement> rows = withColumns("universal-and");
        assertEquals(24, rows.size());
        for (Measurement row : rows) {
            double deviation = number(row, UniversalAndExperiment.DEVIATION_PREDICTED);
            // all pairs are read from the same neurons, so their errors are not independent
            assertEquals(
                    number(row, UniversalAndExperiment.MEAN_PREDICTED),
                    number(row, UniversalAndExperiment.MEAN),
                    1e-6 + deviation,
                    row.toString());
            // two inputs of a complete graph share an edge, which the formula of a pair that is off leaves out
            boolean sharing = row.text(Measurement.CONSTRUCTION).equals("targeted-and")
                    && number(row, UniversalAndExperiment.OF_PAIR) == 0;
            double tolerance = sharing ? 0.5 : 0.25;
            assertEquals(
                    deviation,
                    number(row, UniversalAndExperiment.DEVIATION),
                    1e-6 + tolerance * deviation,
                    row.toString());
            if (row.find(UniversalAndExperiment.DEVIATION_QUOTED).isPresent()) {
                assertTrue(
                        number(row, UniversalAndExperiment.DEVIATION)
                                <= 1e-6 + number(row, UniversalAndExperiment.DEVIATION_QUOTED),
                        row.toString());
            }
        }
    }

    @Test
    void aListWithAnEntryThatIsNoNumberIsRefusedByName() {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> rows("theorem-4-1", SEED, "widths", "100,two hundred"));
        assertEquals(
                "widths has the entry \"two hundred\": each must be a whole number from 1 to 16777216",
                refused.getMessage());
    }

    @Test
    void aClassTooLargeToBuildOneByOneIsRefusedWithItsSize() {
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> rows("theorem-3-1", SEED, "permuted", "2", "paired", "64", "pairs", "4"));
        assertTrue(refused.getMessage().contains("but at most 1000000 can be built"), refused.getMessage());
    }
}
