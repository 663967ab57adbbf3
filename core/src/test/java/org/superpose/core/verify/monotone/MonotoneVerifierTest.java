package org.superpose.core.verify.monotone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;

class MonotoneVerifierTest {
    private final MonotoneVerifier monotone = new MonotoneVerifier();

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    void agreesWithLookingAtEveryInputOfClippedNetworks(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int maxActive) {
        RandomGenerator random = new Seed(seed).generator();
        int fanIn = 1 + random.nextInt(3);
        int inputs = 6 + random.nextInt(5);
        ProblemInstance instance = TestNetworks.instance(
                List.of(TestNetworks.randomConjunctions(inputs, 1 + random.nextInt(6), fanIn, random)),
                InputDomain.sparse(inputs, maxActive));
        SuperposedNetwork clipped = TestNetworks.clipped(instance, 30, 3 + random.nextInt(3), 3, 3, random);
        agreed(new BuiltNetwork(instance, random.nextBoolean() ? clipped : TestNetworks.saturated(clipped)));
        Statistics.coverage(seen -> {
            seen.check("VERIFIED").percentage(share -> share > 10);
            seen.check("REFUTED").percentage(share -> share > 10);
        });
    }

    @Property(tries = 200)
    @StatisticsReport(onFailureOnly = true)
    void agreesWithLookingAtEveryInputOfChains(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int maxActive) {
        RandomGenerator random = new Seed(seed).generator();
        int inputs = 6 + random.nextInt(3);
        int between = 3 + random.nextInt(4);
        ProblemInstance instance = TestNetworks.instance(
                List.of(
                        TestNetworks.randomConjunctions(inputs, between, 1 + random.nextInt(2), random),
                        TestNetworks.randomConjunctions(between, 3, 1 + random.nextInt(2), random)),
                InputDomain.sparse(inputs, maxActive));
        agreed(new BuiltNetwork(instance, TestNetworks.clippedChain(instance, 40, 4, 3, random)));
        Statistics.coverage(seen -> {
            seen.check("VERIFIED").percentage(share -> share > 10);
            seen.check("REFUTED").percentage(share -> share > 10);
        });
    }

    /** One row for each output with weights up to 3, its biases and thresholds at random: values above 1 count. */
    @Property(tries = 400)
    @StatisticsReport(onFailureOnly = true)
    void agreesWithLookingAtEveryInputWhereWeightsDiffer(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int maxActive) {
        RandomGenerator random = new Seed(seed).generator();
        int inputs = 4 + random.nextInt(5);
        List<int[]> reads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            reads.add(TestNetworks.subset(2 + random.nextInt(2), inputs, random));
        }
        int threshold = 1 + random.nextInt(2);
        Gates gates = Gates.of(inputs, GateFunction.atLeast(threshold), reads);
        ProblemInstance instance = TestNetworks.instance(List.of(gates), InputDomain.sparse(inputs, maxActive));
        short[] weights = new short[6 * inputs];
        for (int r = 0; r < 6; r++) {
            for (int j : reads.get(r / 2)) {
                weights[r * inputs + j] = (short) (1 + random.nextInt(3));
            }
            if (random.nextInt(6) == 0) {
                weights[r * inputs + random.nextInt(inputs)] = 1;
            }
        }
        Codes codes = Codes.of(6, List.of(new int[] {0, 1}, new int[] {2, 3}, new int[] {4, 5}));
        Decoder.Kind kind = random.nextBoolean() ? Decoder.Kind.SUM : Decoder.Kind.EVERY_ROW;
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(inputs),
                List.of(Layer.withBias(new IntegerMatrix(6, inputs, weights), -random.nextInt(3))),
                Decoder.withThreshold(codes, kind, 1 + random.nextInt(3)),
                instance.domain());
        agreed(new BuiltNetwork(instance, network));
        Statistics.coverage(seen -> {
            seen.check("VERIFIED").percentage(share -> share > 1);
            seen.check("REFUTED").percentage(share -> share > 10);
        });
    }

    private void agreed(BuiltNetwork built) {
        assertTrue(
                monotone.accepts(built).isAccepted(),
                () -> monotone.accepts(built).reason().orElseThrow());
        TestNetworks.Naive naive = TestNetworks.Naive.verify(built);
        Verdict got = monotone.verify(built, VerificationBudget.unlimited());
        Statistics.collect(got.status());
        assertEquals(
                naive.wrong() == null ? "VERIFIED" : "REFUTED", got.status().toString());
        assertEquals(built.instance().domain().size(), got.domainSize());
        if (got instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(built));
            assertTrue(
                    built.instance().domain().contains(refuted.counterexample().input()));
        }
    }

    /** Of 60 features 12 may be active: 2.0 * 10^12 inputs, and one set of 12 that turns the gate on. */
    @Test
    void aGateOfAsManyFeaturesAsMayBeActiveTakesOneSet() {
        int inputs = 60;
        int[] reads = IntStream.range(0, 12).map(t -> 5 * t).toArray();
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.of(inputs, GateFunction.AND, List.of(reads))), InputDomain.sparse(inputs, 12));
        for (int missing : new int[] {0, 1}) {
            short[] weights = new short[inputs];
            for (int t = missing; t < reads.length; t++) {
                weights[reads[t]] = 1;
            }
            BuiltNetwork built = new BuiltNetwork(
                    instance,
                    TestNetworks.network(
                            Codes.identity(inputs),
                            List.of(Layer.withBias(new IntegerMatrix(1, inputs, weights), missing - 11)),
                            Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                            instance.domain()));
            Verdict got = monotone.verify(built, VerificationBudget.unlimited());
            assertEquals(missing == 0, got instanceof Verdict.Verified, got.toString());
            assertEquals(missing == 0 ? instance.domain().size() : BigInteger.ONE, got.inputsCovered());
        }
    }

    @Test
    void whatDoesNotOnlyRiseIsLeftToOthers() {
        ProblemInstance parity = TestNetworks.instance(
                List.of(Gates.of(4, GateFunction.PARITY, List.of(new int[] {0, 1}))), InputDomain.sparse(4, 2));
        ProblemInstance and = TestNetworks.instance(
                List.of(Gates.of(4, GateFunction.AND, List.of(new int[] {0, 1}))), InputDomain.sparse(4, 2));
        assertTrue(refusal(parity, 1, 1).contains("gate 0 computes parity, which features can turn off"));
        assertTrue(refusal(and, 1, -1).contains("layer 0 has positive and negative weights in a row"));
        ProblemInstance grouped = and.with(InputDomain.grouped(new int[] {0, 1, 2, 2}, 2));
        assertTrue(refusal(grouped, 1, 1).contains("the domain has groups"));
        assertFalse(monotone.accepts(pair(and, 0.3f, 0.3f)).isAccepted());
        // Each row has one sign, but what the second reads both rises and falls.
        SuperposedNetwork mixed = TestNetworks.network(
                Codes.identity(4),
                List.of(
                        new Layer(new IntegerMatrix(2, 4, new short[] {1, 1, 0, 0, 0, 0, -1, -1}), new float[] {0, 1}),
                        Layer.withBias(new IntegerMatrix(1, 2, new short[] {1, 1}), -2)),
                Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                and.domain());
        Verdict.Undecided undecided = assertInstanceOf(
                Verdict.Undecided.class, monotone.verify(new BuiltNetwork(and, mixed), VerificationBudget.unlimited()));
        assertEquals("row 0 of layer 1 is cut, and some features raise it and others lower it", undecided.reason());
    }

    private String refusal(ProblemInstance instance, int first, int second) {
        return monotone.accepts(pair(instance, first, second)).reason().orElseThrow();
    }

    private static BuiltNetwork pair(ProblemInstance instance, float first, float second) {
        float[] weights = {first, second, 0, 0};
        return new BuiltNetwork(
                instance,
                TestNetworks.network(
                        Codes.identity(4),
                        List.of(Layer.withBias(new DenseMatrix(1, 4, weights), -1)),
                        Decoder.withThreshold(Codes.identity(1), Decoder.Kind.EVERY_ROW, 1),
                        instance.domain()));
    }
}
