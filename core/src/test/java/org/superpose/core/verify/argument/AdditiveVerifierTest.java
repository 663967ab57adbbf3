package org.superpose.core.verify.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Table;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.MintermNetworks;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.enumeration.ExhaustiveVerifier;

class AdditiveVerifierTest {
    private static final int BIAS = 60;

    private final AdditiveVerifier additive = new AdditiveVerifier();
    private final ExhaustiveVerifier exhaustive = new ExhaustiveVerifier();

    /** Every output copies a random input; its weights are large for that input, and small and random for others. */
    private static SuperposedNetwork network(ProblemInstance instance, int own, int bias, RandomGenerator random) {
        return network(instance, own, bias, own, random);
    }

    /** @param slack how far the thresholds are below what an output's own input adds */
    private static SuperposedNetwork network(
            ProblemInstance instance, int own, int bias, int slack, RandomGenerator random) {
        int width = 14;
        Codes inputs = TestNetworks.randomCodes(instance.inputs(), width, 2, random);
        Codes outputs = TestNetworks.randomCodes(instance.outputs(), width, 2, random);
        short[] weights = new short[width * width];
        for (int x = 0; x < weights.length; x++) {
            weights[x] = (short) random.nextInt(-1, 2);
        }
        for (int i = 0; i < instance.outputs(); i++) {
            for (int f : outputs.code(i)) {
                for (int c : inputs.code(instance.gates().read(i, 0))) {
                    weights[f * width + c] = (short) own;
                }
            }
        }
        return TestNetworks.network(
                inputs,
                List.of(Layer.withBias(new IntegerMatrix(width, width, weights), bias)),
                Decoder.withThreshold(outputs, Decoder.Kind.SUM, 2 * bias + 4 * own - slack),
                instance.domain());
    }

    private static ProblemInstance copies(int inputs, int outputs, int maxActive, RandomGenerator random) {
        return TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(inputs, outputs, 1, random)),
                InputDomain.sparse(inputs, maxActive));
    }

    @Property(tries = 500)
    void agreesWithLookingAtEveryInput(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int maxActive,
            @ForAll @IntRange(min = 1, max = 9) int own) {
        RandomGenerator random = new Seed(seed).generator();
        int inputs = 4 + random.nextInt(8);
        ProblemInstance instance = copies(inputs, 1 + random.nextInt(inputs), maxActive, random);
        agreed(new BuiltNetwork(instance, network(instance, own, BIAS, random.nextInt(2 * own), random)));
    }

    /** The verdict of the argument, which has to be that of going through all inputs. */
    private Verdict agreed(BuiltNetwork built) {
        assertTrue(additive.accepts(built).isAccepted());
        Verdict expected = exhaustive.verify(built, VerificationBudget.unlimited());
        Verdict got = additive.verify(built, VerificationBudget.unlimited());
        assertEquals(expected.status(), got.status());
        assertEquals(expected.domainSize(), got.domainSize());
        if (got instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(built));
            assertTrue(
                    built.instance().domain().contains(refuted.counterexample().input()));
        }
        return got;
    }

    /** Features as vectors that a read-out in quarters tells apart, the better the larger {@code own} is. */
    private static SuperposedNetwork readout(ProblemInstance instance, int own, RandomGenerator random) {
        int m = instance.inputs();
        short[] vectors = new short[m * m];
        for (int x = 0; x < vectors.length; x++) {
            vectors[x] = (short) (x % (m + 1) == 0 ? 2 : random.nextInt(20) == 0 ? random.nextInt(-1, 2) : 0);
        }
        float[] directions = new float[instance.outputs() * m];
        float[] offsets = new float[instance.outputs()];
        float[] thresholds = new float[instance.outputs()];
        for (int i = 0; i < instance.outputs(); i++) {
            int base = random.nextInt(-3, 4);
            offsets[i] = base / 4f;
            for (int f = 0; f < m; f++) {
                int entry = random.nextInt(-1, 2) + (f == instance.gates().read(i, 0) ? own : 0);
                directions[i * m + f] = entry / 4f;
                base += entry * 6;
            }
            thresholds[i] = (base + own) / 4f;
        }
        return TestNetworks.network(
                Codes.identity(m),
                List.of(
                        Layer.withBias(new IntegerMatrix(m, m, vectors), 6),
                        Layer.linear(new DenseMatrix(instance.outputs(), m, directions), offsets)),
                Decoder.readout(thresholds),
                instance.domain());
    }

    @Property(tries = 500)
    void agreesWithLookingAtEveryInputWhereAReadoutFollows(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int maxActive,
            @ForAll @IntRange(min = 1, max = 12) int own) {
        RandomGenerator random = new Seed(seed).generator();
        int inputs = 4 + random.nextInt(8);
        ProblemInstance instance = copies(inputs, 1 + random.nextInt(inputs), maxActive, random);
        agreed(new BuiltNetwork(instance, readout(instance, own, random)));
    }

    @Test
    void bothVerdictsOccurAmongTheReadouts() {
        Set<String> seen = new HashSet<>();
        for (int own = 1; own <= 12; own++) {
            RandomGenerator random = new Seed(own).generator();
            ProblemInstance instance = copies(8, 4, 2, random);
            seen.add(additive.verify(
                            new BuiltNetwork(instance, readout(instance, own, random)), VerificationBudget.unlimited())
                    .status());
        }
        assertEquals(Set.of("VERIFIED", "REFUTED"), seen);
    }

    @Test
    void readoutsOfOtherFormsAreLeftToOthers() {
        RandomGenerator random = new Seed(3).generator();
        ProblemInstance instance = copies(6, 4, 2, random);
        SuperposedNetwork good = readout(instance, 12, random);
        Layer hidden = good.layers().get(0);
        Layer last = good.layers().get(1);
        float[] off = good.decoder().thresholds();
        off[2] -= 1;
        Layer rescaled = Layer.withBias(DiagonalMatrix.ofValue(hidden.rows(), 1), 0);
        for (SuperposedNetwork other : List.of(
                TestNetworks.network(
                        good.inputCodes(),
                        good.layers(),
                        Decoder.readout(good.decoder().thresholds(), off),
                        good.domain()),
                good.withLayers(List.of(Layer.linear(hidden.weights(), hidden.bias()), last)),
                good.withLayers(List.of(hidden, rescaled, last)),
                good.withLayers(List.of(rescaled, last)))) {
            assertFalse(additive.accepts(new BuiltNetwork(instance, other)).isAccepted());
        }
    }

    /** One row for each output, which weighs what the gate reads and adds a little of everything else. */
    private static SuperposedNetwork weighing(ProblemInstance instance, int own, int noise, RandomGenerator random) {
        Gates gates = instance.gates();
        int m = instance.inputs();
        short[] weights = new short[gates.outputs() * m];
        float[] thresholds = new float[gates.outputs()];
        for (int i = 0; i < gates.outputs(); i++) {
            for (int j = 0; j < m; j++) {
                weights[i * m + j] = (short) random.nextInt(-noise, noise + 1);
            }
            GateFunction function = gates.function(i);
            int least = 1000;
            for (int x = 0; x < 1 << gates.fanIn(i); x++) {
                int sum = 0;
                for (int t = 0; t < gates.fanIn(i); t++) {
                    sum += (x >> t & 1) == 0 ? 0 : step(function, t);
                }
                least = isOn(gates, i, x) ? Math.min(least, sum) : least;
            }
            for (int t = 0; t < gates.fanIn(i); t++) {
                weights[i * m + gates.read(i, t)] = (short) (own * step(function, t));
            }
            thresholds[i] = BIAS + (least == 1000 ? 30 : own * least - (own - 1) / 2);
        }
        return TestNetworks.network(
                Codes.identity(m),
                List.of(Layer.withBias(new IntegerMatrix(gates.outputs(), m, weights), BIAS)),
                new Decoder(Codes.identity(gates.outputs()), Decoder.Kind.SUM, thresholds),
                instance.domain());
    }

    private static int step(GateFunction function, int position) {
        return function instanceof Table ? 1 : function.step(position);
    }

    private static boolean isOn(Gates gates, int output, int row) {
        int sum = 0;
        for (int t = 0; t < gates.fanIn(output); t++) {
            sum += (row >> t & 1) == 0 ? 0 : gates.function(output).step(t);
        }
        return gates.isOn(output, sum);
    }

    /** Threshold functions can be weighed; the others are mostly wrong. */
    @Property(tries = 2000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void agreesWithLookingAtEveryInputWhateverTheGatesCompute(
            @ForAll long seed, @ForAll @IntRange(max = 2) int noise, @ForAll @IntRange(min = 1, max = 5) int own) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 4 + random.nextInt(5);
        InputDomain domain = InputDomain.sparse(m, 1 + random.nextInt(4));
        domain = random.nextBoolean() ? domain : domain.withMinActive(random.nextInt(domain.maxActive() + 1));
        Gates gates = MintermNetworks.randomGates(m, 1 + random.nextInt(2), 3, random);
        ProblemInstance instance = TestNetworks.instance(List.of(gates), domain);
        BuiltNetwork built = new BuiltNetwork(instance, weighing(instance, own, noise, random));
        Verdict got = agreed(built);
        Statistics.collect(got.status(), domain.minActive() > 0);
        Statistics.coverage(seen -> {
            for (boolean lower : new boolean[] {false, true}) {
                seen.check("VERIFIED", lower).percentage(share -> share > 1);
                seen.check("REFUTED", lower).percentage(share -> share > 1);
            }
        });
    }

    @Test
    void aGateThatReadsTooManyInputsIsLeftToOthers() {
        for (int maxActive : new int[] {2, 3}) {
            InputDomain domain = InputDomain.sparse(100, maxActive);
            int[] all = IntStream.range(0, 100).toArray();
            Gates gates = Gates.of(100, GateFunction.atLeast(1), List.of(all));
            short[] ones = new short[100];
            java.util.Arrays.fill(ones, (short) 1);
            BuiltNetwork built = new BuiltNetwork(
                    TestNetworks.instance(List.of(gates), domain),
                    TestNetworks.network(
                            Codes.identity(100),
                            List.of(Layer.withBias(new IntegerMatrix(1, 100, ones), 0)),
                            Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, 1),
                            domain));
            assertEquals(
                    maxActive == 2
                            ? Optional.empty()
                            : Optional.of(
                                    "an output depends on 100 inputs, of which more than 65536 sets may be active"),
                    additive.accepts(built).reason());
            if (maxActive == 2) {
                assertInstanceOf(Verdict.Verified.class, additive.verify(built, VerificationBudget.unlimited()));
            }
        }
    }

    @Test
    void bothVerdictsOccurAmongTheNetworksOfThatProperty() {
        int verified = 0;
        int refuted = 0;
        for (long seed = 0; seed < 60; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            ProblemInstance instance = copies(6, 3, 2, random);
            Verdict verdict = additive.verify(
                    new BuiltNetwork(instance, network(instance, 9, BIAS, random)), VerificationBudget.unlimited());
            verified += verdict instanceof Verdict.Verified ? 1 : 0;
            refuted += verdict instanceof Verdict.Refuted ? 1 : 0;
        }
        assertTrue(verified > 5 && refuted > 5, verified + " verified, " + refuted + " refuted");
    }

    @Test
    void whereAReluCutsNothingIsClaimed() {
        RandomGenerator random = new Seed(1).generator();
        ProblemInstance instance = copies(6, 3, 2, random);
        Verdict verdict = additive.verify(
                new BuiltNetwork(instance, network(instance, 9, 1, random)), VerificationBudget.unlimited());
        assertTrue(assertInstanceOf(Verdict.Undecided.class, verdict).reason().contains("cuts"));
    }

    @Test
    void groupedDomainsAreLeftToOthers() {
        RandomGenerator random = new Seed(1).generator();
        ProblemInstance instance = copies(6, 3, 2, random);
        SuperposedNetwork network = network(instance, 9, BIAS, random);
        ProblemInstance grouped =
                TestNetworks.instance(instance.layers(), InputDomain.grouped(new int[] {0, 0, 0, 1, 1, 1}, 2));
        assertFalse(additive.accepts(new BuiltNetwork(grouped, network)).isAccepted());
    }

    /** ANDs of ANDs are threshold functions of what they depend on; of other second layers most networks are wrong. */
    @Property(tries = 1000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void agreesWithLookingAtEveryInputWhereLayersFollowOneAnother(
            @ForAll long seed, @ForAll @IntRange(max = 1) int noise, @ForAll @IntRange(min = 1, max = 5) int own) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(4);
        InputDomain domain = InputDomain.sparse(m, 1 + random.nextInt(4));
        Gates first = TestNetworks.randomConjunctions(m, 4, 1 + random.nextInt(2), random);
        Gates second = random.nextInt(4) == 0
                ? MintermNetworks.randomGates(4, 2, 2, random)
                : TestNetworks.randomConjunctions(4, 2, 1 + random.nextInt(2), random);
        ProblemInstance instance = TestNetworks.instance(List.of(first, second), domain);
        short[] weights = new short[2 * m];
        float[] thresholds = new float[2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < m; j++) {
                weights[i * m + j] = (short) random.nextInt(-noise, noise + 1);
            }
            int count = 0;
            for (int gate : second.reads(i)) {
                for (int input : first.reads(gate)) {
                    count += weights[i * m + input] == own + 1 ? 0 : 1;
                    weights[i * m + input] = (short) (own + 1);
                }
            }
            thresholds[i] = BIAS + (own + 1) * count - own / 2;
        }
        BuiltNetwork built = new BuiltNetwork(
                instance,
                TestNetworks.network(
                        Codes.identity(m),
                        List.of(Layer.withBias(new IntegerMatrix(2, m, weights), BIAS)),
                        new Decoder(Codes.identity(2), Decoder.Kind.SUM, thresholds),
                        domain));
        Verdict got = agreed(built);
        Statistics.collect(got.status());
        Statistics.coverage(seen -> {
            seen.check("VERIFIED").percentage(share -> share > 5);
            seen.check("REFUTED").percentage(share -> share > 5);
        });
    }

    /** Copies of four features by one neuron each, of which one row also loses from another feature. */
    private static SuperposedNetwork copier(int row, int loss, Layer... more) {
        short[] weights = new short[16];
        for (int f = 0; f < 4; f++) {
            weights[5 * f] = 3;
        }
        weights[4 * row + (row + 1) % 4] = (short) -loss;
        List<Layer> layers = new ArrayList<>(List.of(Layer.withBias(new IntegerMatrix(4, 4, weights), 2)));
        layers.addAll(List.of(more));
        return TestNetworks.network(
                Codes.identity(4),
                layers,
                Decoder.withThreshold(Codes.identity(4), Decoder.Kind.SUM, 3),
                InputDomain.sparse(4, 2));
    }

    private static ProblemInstance fourCopies() {
        return TestNetworks.instance(
                List.of(Gates.conjunctions(4, 1, new int[] {0, 1, 2, 3})), InputDomain.sparse(4, 2));
    }

    @Test
    void aRowThatMayGetBelowZeroIsNamedAndOneThatReachesZeroIsFine() {
        for (int row = 0; row < 4; row++) {
            Verdict cut =
                    additive.verify(new BuiltNetwork(fourCopies(), copier(row, 3)), VerificationBudget.unlimited());
            assertEquals(
                    "the ReLU of row " + row + " cuts on some input, so scores do not add up",
                    assertInstanceOf(Verdict.Undecided.class, cut).reason());
            Verdict fine =
                    additive.verify(new BuiltNetwork(fourCopies(), copier(row, 2)), VerificationBudget.unlimited());
            assertInstanceOf(Verdict.Verified.class, fine);
        }
    }

    @Test
    void formsForWhichScoresDoNotAddUpAreLeftToOthers() {
        ProblemInstance instance = fourCopies();
        SuperposedNetwork good = copier(0, 1);
        assertTrue(additive.accepts(new BuiltNetwork(instance, good)).isAccepted());
        assertEquals((4 + 4) * 4, additive.cost(new BuiltNetwork(instance, good)));
        Layer layer = good.layers().get(0);
        SuperposedNetwork everyRow = TestNetworks.network(
                good.inputCodes(),
                good.layers(),
                Decoder.withThreshold(Codes.identity(4), Decoder.Kind.EVERY_ROW, 3),
                good.domain());
        for (SuperposedNetwork other : List.of(
                copier(0, 1, Layer.withBias(DiagonalMatrix.ofValue(4, 1), 0)),
                TestNetworks.withLayers(good, Layer.withBias(DiagonalMatrix.ofValue(4, 3), 2)),
                everyRow,
                TestNetworks.withLayers(good, Layer.withBias(layer.weights(), 2.3f)),
                TestNetworks.withLayers(good, Layer.withBias(layer.weights(), 1 << 24)))) {
            assertFalse(additive.accepts(new BuiltNetwork(instance, other)).isAccepted());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> additive.verify(new BuiltNetwork(instance, other), VerificationBudget.unlimited()));
        }
    }

    @Test
    void noTimeMeansUndecidedAndProgressIsToldNowAndThen() {
        Verdict verdict = additive.verify(
                new BuiltNetwork(fourCopies(), copier(0, 1)),
                VerificationBudget.unlimited().withMaxSeconds(1e-9));
        assertTrue(assertInstanceOf(Verdict.Undecided.class, verdict).reason().endsWith("s ran out"));
        ProblemInstance many = TestNetworks.instance(
                List.of(Gates.conjunctions(130, 1, IntStream.range(0, 130).toArray())), InputDomain.sparse(130, 1));
        List<Double> reached = new ArrayList<>();
        SuperposedNetwork identity = TestNetworks.network(
                Codes.identity(130),
                List.of(Layer.withBias(
                        BitMatrix.ofBits(
                                130,
                                130,
                                IntStream.range(0, 390)
                                        .mapToLong(t -> t % 3 == t / 3 / 64 ? 1L << t / 3 : 0)
                                        .toArray()),
                        0)),
                Decoder.withThreshold(Codes.identity(130), Decoder.Kind.SUM, 1),
                many.domain());
        assertInstanceOf(
                Verdict.Verified.class,
                additive.verify(
                        new BuiltNetwork(many, identity),
                        VerificationBudget.unlimited().withProgress(reached::add)));
        assertEquals(List.of(63 / 130.0, 127 / 130.0), reached);
    }

    /** One output copies feature 0, which adds 10; each other feature adds something else; the bias is 20. */
    private Verdict one(int[] others, int maxActive, int threshold) {
        short[] weights = new short[others.length + 1];
        weights[0] = 10;
        for (int j = 0; j < others.length; j++) {
            weights[j + 1] = (short) others[j];
        }
        InputDomain domain = InputDomain.sparse(weights.length, maxActive);
        return additive.verify(
                new BuiltNetwork(
                        TestNetworks.instance(List.of(Gates.conjunctions(weights.length, 1, new int[] {0})), domain),
                        TestNetworks.network(
                                Codes.identity(weights.length),
                                List.of(Layer.withBias(new IntegerMatrix(1, weights.length, weights), 20)),
                                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.SUM, threshold),
                                domain)),
                VerificationBudget.unlimited());
    }

    @Test
    void theFeaturesThatAddOrTakeMostAreFoundWhereverTheyAre() {
        int[] sizes = {5, 4, 2, 1};
        for (int first = 0; first < 4; first++) {
            for (int second = 0; second < 4; second++) {
                if (second == first) {
                    continue;
                }
                // The two largest are at these places, the others in between.
                int[] raising = new int[4];
                raising[first] = sizes[0];
                raising[second] = sizes[1];
                int next = 2;
                for (int j = 0; j < 4; j++) {
                    raising[j] = raising[j] == 0 ? sizes[next++] : raising[j];
                }
                int[] lowering = IntStream.of(raising).map(size -> -size).toArray();
                FeatureSet extreme = FeatureSet.of(first + 1, second + 1);
                assertInstanceOf(Verdict.Verified.class, one(raising, 2, 20 + 10));
                assertEquals(extreme, wrong(one(raising, 2, 20 + 9)));
                assertInstanceOf(Verdict.Verified.class, one(lowering, 3, 20 + 10 - 9));
                assertEquals(FeatureSet.of(0, first + 1, second + 1), wrong(one(lowering, 3, 20 + 10 - 8)));
            }
        }
    }

    private static FeatureSet wrong(Verdict verdict) {
        return assertInstanceOf(Verdict.Refuted.class, verdict).counterexample().input();
    }
}
