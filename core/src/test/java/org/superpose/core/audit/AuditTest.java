package org.superpose.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.MintermNetworks;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.argument.ClippedPairForm;

/** Audits against loops over the domain in double that share no code with them. */
class AuditTest {
    private static final VerificationBudget BUDGET = VerificationBudget.unlimited();

    private static ProblemInstance randomInstance(RandomGenerator random) {
        int m = 4 + random.nextInt(9);
        List<Gates> layers = new ArrayList<>();
        layers.add(MintermNetworks.randomGates(m, 1 + random.nextInt(20), 3, random));
        if (random.nextInt(3) == 0) {
            layers.add(MintermNetworks.randomGates(layers.get(0).outputs(), 1 + random.nextInt(4), 3, random));
        }
        return TestNetworks.instance(layers, MintermNetworks.randomDomain(m, 1 + random.nextInt(3), random));
    }

    private static AuditReport audit(BuiltNetwork built, int threads) {
        return Audit.of(built).run(BUDGET.withThreads(threads), Optional.empty(), WrongDecisions.NONE);
    }

    /** The values of all outputs by definition. */
    private static double[] values(SuperposedNetwork network, FeatureSet input) {
        List<double[]> states = new ArrayList<>();
        double[] first = new double[network.inputCodes().neurons()];
        for (int feature : input.toArray()) {
            for (int neuron : network.inputCodes().code(feature)) {
                first[neuron]++;
            }
        }
        states.add(first);
        for (Layer layer : network.layers()) {
            double[] x = states.get(states.size() - 1);
            double[] y = new double[layer.rows()];
            for (int r = 0; r < y.length; r++) {
                y[r] = layer.bias(r)
                        + (layer.skip().isPresent() ? states.get(layer.skip().getAsInt())[r] : 0);
                for (int c = 0; c < x.length; c++) {
                    y[r] += (double) layer.weights().get(r, c) * x[c];
                }
                y[r] = layer.hasRelu() ? Math.max(0, y[r]) : y[r];
            }
            states.add(y);
        }
        double[] last = states.get(states.size() - 1);
        Decoder decoder = network.decoder();
        double[] values = new double[decoder.outputs()];
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int neuron : decoder.codes().code(i)) {
                sum += last[neuron];
                least = Math.min(least, last[neuron]);
            }
            values[i] = decoder.kind() == Decoder.Kind.EVERY_ROW ? least : sum;
        }
        return values;
    }

    private static void assertIsTheDefinitions(BuiltNetwork built, AuditReport report) {
        InputDomain domain = built.instance().domain();
        Decoder decoder = built.network().decoder();
        long[] wrongByActive = new long[domain.maxActive() + 1];
        long[] errors = new long[decoder.outputs()];
        double[] leastOn = new double[errors.length];
        double[] mostOff = new double[errors.length];
        java.util.Arrays.fill(leastOn, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(mostOff, Double.NEGATIVE_INFINITY);
        long falsePositives = 0;
        long falseNegatives = 0;
        double worst = Double.POSITIVE_INFINITY;
        for (FeatureSet input : domain) {
            double[] values = values(built.network(), input);
            FeatureSet expected = built.instance().evaluate(input);
            boolean isWrong = false;
            for (int i = 0; i < values.length; i++) {
                boolean isSingle = decoder.threshold(i) == decoder.offThreshold(i);
                boolean isRight;
                if (expected.contains(i)) {
                    isRight = values[i] >= decoder.threshold(i);
                    falseNegatives += isRight ? 0 : 1;
                    leastOn[i] = Math.min(leastOn[i], values[i]);
                    worst = Math.min(worst, values[i] - decoder.threshold(i));
                } else {
                    isRight = isSingle ? values[i] < decoder.threshold(i) : values[i] <= decoder.offThreshold(i);
                    falsePositives += isRight ? 0 : 1;
                    mostOff[i] = Math.max(mostOff[i], values[i]);
                    worst = Math.min(worst, decoder.offThreshold(i) - values[i]);
                }
                errors[i] += isRight ? 0 : 1;
                isWrong |= !isRight;
            }
            wrongByActive[input.size()] += isWrong ? 1 : 0;
        }
        assertTrue(report.isComplete());
        assertEquals(domain.size(), report.inputs());
        assertEquals(java.util.Arrays.stream(wrongByActive).boxed().toList(), report.wrongByActive());
        assertEquals(falsePositives, report.falsePositives());
        assertEquals(falseNegatives, report.falseNegatives());
        assertEquals(worst, report.worstMargin().orElseThrow(), 1e-4);
        assertEquals(
                domain.size().longValue(),
                java.util.Arrays.stream(report.margins().counts()).sum());
        for (int i = 0; i < errors.length; i++) {
            OutputAudit output = report.outputs().get(i);
            assertEquals(errors[i], output.errors());
            assertEquals(Double.isFinite(leastOn[i]), output.leastOn().isPresent());
            assertEquals(Double.isFinite(mostOff[i]), output.mostOff().isPresent());
            output.leastOn().ifPresent(least -> assertSeen(built, least, true));
            output.mostOff().ifPresent(most -> assertSeen(built, most, false));
            if (output.leastOn().isPresent()) {
                assertEquals(leastOn[i], output.leastOn().get().value(), 1e-4);
            }
            if (output.mostOff().isPresent()) {
                assertEquals(mostOff[i], output.mostOff().get().value(), 1e-4);
            }
            if (Math.abs(leastOn[i] - mostOff[i]) > 1e-3) {
                assertEquals(leastOn[i] > mostOff[i], output.isSeparable());
            }
        }
    }

    private static void assertSeen(BuiltNetwork built, Extreme extreme, boolean expected) {
        double[] values = values(built.network(), extreme.input());
        FeatureSet on = built.instance().evaluate(extreme.input());
        assertTrue(built.instance().domain().contains(extreme.input()));
        boolean isThere = false;
        for (int i = 0; i < values.length; i++) {
            isThere |= on.contains(i) == expected && Math.abs(values[i] - extreme.value()) < 1e-9;
        }
        assertTrue(isThere, extreme.toString());
    }

    @Tag("slow")
    @Property(tries = 700)
    void networksMadeElsewhereAreCountedAsByDefinition(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads, @ForAll boolean isWhole) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        BuiltNetwork built = new BuiltNetwork(instance, DenseNetworks.of(instance, isWhole, random));
        AuditReport report = audit(built, threads);
        assertTrue(!isWhole || report.undecided() == 0, "whole numbers are exact");
        if (report.undecided() == 0) { // a decision within 1e-6 of a threshold is rare
            assertIsTheDefinitions(built, report);
        }
        assertEquals(audit(built, 1), report);
    }

    @Tag("slow")
    @Property(tries = 700)
    void networksOfCodesAreCountedAsByDefinition(
            @ForAll long seed, @ForAll @IntRange(max = 3) int flips, @ForAll boolean rounds) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        BuiltNetwork built = new BuiltNetwork(instance, MintermNetworks.of(instance, flips, rounds, random));
        AuditReport report = audit(built, 2);
        assertTrue(rounds || report.undecided() == 0, "whole numbers are exact");
        if (report.undecided() == 0) {
            assertIsTheDefinitions(built, report);
        }
        assertTrue(flips > 0 || report.wrongInputs() == 0);
    }

    /** Gates that at most one active feature does not turn on: majorities, exactly two, a AND b AND NOT c. */
    private static Gates gatesThatTakeTwo(int inputs, int outputs, RandomGenerator random) {
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            int[] reads = TestNetworks.subset(3, inputs, random);
            gates.add(
                    switch (random.nextInt(4)) {
                        case 0 -> Gate.of(GateFunction.atLeast(2), reads);
                        case 1 -> Gate.of(GateFunction.exactly(2), reads);
                        case 2 -> Gate.of(GateFunction.allOf(true, false, true), reads);
                        default -> Gate.and(reads);
                    });
        }
        return Gates.of(inputs, gates);
    }

    /**
     * The argument over pairs finds what the enumeration finds, in networks with faults planted in both matrices, for
     * the map that they were made for and for others.
     */
    @Tag("slow")
    @Property(tries = 400)
    void theArgumentOverPairsFindsWhatTheEnumerationFinds(@ForAll long seed, @ForAll @IntRange(max = 6) int flips) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 6 + random.nextInt(20);
        Gates gates = TestNetworks.randomConjunctions(m, 1 + random.nextInt(30), 2, random);
        InputDomain clippedDomain = TestNetworks.randomDomain(m, 2, random);
        int n = 8 + random.nextInt(24);
        ProblemInstance instance = TestNetworks.instance(List.of(gates), clippedDomain);
        SuperposedNetwork network = withFlips(
                TestNetworks.clipped(instance, n, 2, 1 + random.nextInt(3), 1 + random.nextInt(2), random),
                flips,
                random);
        boolean other = random.nextBoolean();
        InputDomain domain =
                other && random.nextBoolean() ? clippedDomain.withMinActive(1 + random.nextInt(2)) : clippedDomain;
        BuiltNetwork built = new BuiltNetwork(
                TestNetworks.instance(List.of(other ? gatesThatTakeTwo(m, gates.outputs(), random) : gates), domain),
                network);
        assertTrue(ClippedPairForm.accepts(built).isAccepted());
        AuditReport enumerated = Audit.byEnumeration(network, domain, ExpectedOutputs.of(built.instance()))
                .run(BUDGET, Optional.empty(), WrongDecisions.NONE);
        assertEquals(enumerated, audit(built, 2));
        List<String> told = new ArrayList<>();
        Audit.of(built)
                .run(
                        BUDGET.withThreads(2),
                        Optional.empty(),
                        (input, output, margin) -> told.add(input + " " + output + " " + margin));
        List<String> expected = new ArrayList<>();
        Audit.byEnumeration(network, domain, ExpectedOutputs.of(built.instance()))
                .run(
                        BUDGET,
                        Optional.empty(),
                        (input, output, margin) -> expected.add(input + " " + output + " " + margin));
        assertEquals(expected, told);
    }

    private static SuperposedNetwork withFlips(SuperposedNetwork network, int flips, RandomGenerator random) {
        List<Layer> layers = new ArrayList<>(network.layers());
        for (int f = 0; f < flips; f++) {
            int t = random.nextInt(layers.size());
            BitMatrix bits = (BitMatrix) layers.get(t).weights();
            int words = BitMatrix.wordsPerRow(bits.columns());
            long[] flipped = new long[bits.rows() * words];
            for (int r = 0; r < bits.rows(); r++) {
                for (int w = 0; w < words; w++) {
                    flipped[r * words + w] = bits.word(r, w);
                }
            }
            int column = random.nextInt(bits.columns());
            flipped[random.nextInt(bits.rows()) * words + column / Long.SIZE] ^= 1L << column;
            layers.set(t, layers.get(t).withWeights(BitMatrix.ofBits(bits.rows(), bits.columns(), flipped)));
        }
        return network.withLayers(layers);
    }

    @Property(tries = 200)
    void anAuditThatGoesOnFindsTheSame(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        BuiltNetwork built = new BuiltNetwork(instance, DenseNetworks.of(instance, false, random));
        AuditReport whole = audit(built, 1);
        AuditReport nothing = Audit.of(built).run(BUDGET.withMaxSeconds(1e-12), Optional.empty(), WrongDecisions.NONE);
        assertFalse(nothing.isComplete());
        AuditReport both = Audit.of(built).run(BUDGET, Optional.of(nothing), WrongDecisions.NONE);
        assertEquals(whole, both);
        assertThrows(IllegalArgumentException.class, () -> whole.and(both));
    }

    @Tag("slow")
    @Property(tries = 200)
    void rangesAddUpToTheWhole(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        // Whole numbers: where sums round, an input that is an extreme in one order is none in another.
        Audit audit = Audit.of(new BuiltNetwork(instance, DenseNetworks.of(instance, true, random)));
        int parts = instance.inputs() + 1;
        int cut = 1 + random.nextInt(parts - 1);
        AuditReport both = audit.runRange(cut, parts, BUDGET).and(audit.runRange(0, cut, BUDGET.withThreads(2)));
        assertEquals(audit.run(BUDGET, Optional.empty(), WrongDecisions.NONE), both);
        assertThrows(IllegalArgumentException.class, () -> audit.runRange(cut, cut, BUDGET));
        assertThrows(IllegalArgumentException.class, () -> audit.runRange(cut, parts + 1, BUDGET));
    }

    @Tag("slow")
    @Property(tries = 200)
    void everyWrongDecisionIsTold(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        ProblemInstance instance = randomInstance(random);
        BuiltNetwork built = new BuiltNetwork(instance, DenseNetworks.of(instance, false, random));
        List<FeatureSet> inputs = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        AuditReport report = Audit.of(built).run(BUDGET.withThreads(3), Optional.empty(), (input, output, margin) -> {
            inputs.add(input);
            outputs.add(output);
            assertTrue(margin <= 0);
        });
        assertEquals(report.falsePositives() + report.falseNegatives(), inputs.size());
        assertEquals(report.wrongInputs(), inputs.stream().distinct().count());
        List<FeatureSet> order = new ArrayList<>();
        instance.domain().forEach(order::add);
        for (int t = 1; t < inputs.size(); t++) {
            int before = order.indexOf(inputs.get(t - 1));
            int now = order.indexOf(inputs.get(t));
            assertTrue(before < now || before == now && outputs.get(t - 1) < outputs.get(t));
        }
        for (int i = 0; i < instance.outputs(); i++) {
            int output = i;
            assertEquals(
                    report.outputs().get(i).errors(),
                    outputs.stream().filter(each -> each == output).count());
        }
    }

    /** One output that is x_0 or not by a hair: 1 + 2^-23 in float32, or 1, depending on the order of summation. */
    @Test
    void aDecisionWithinRoundingIsUndecided() {
        float tiny = 0x1p-24f;
        Layer layer = Layer.linear(new DenseMatrix(1, 3, new float[] {1, tiny, tiny}), new float[1]);
        float threshold = Math.nextUp(1f);
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(3), List.of(layer), Decoder.readout(new float[] {threshold}), InputDomain.sparse(3, 3));
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.of(3, GateFunction.AND, List.of(new int[] {0, 1, 2}))), InputDomain.sparse(3, 3));
        AuditReport report = audit(new BuiltNetwork(instance, network), 1);
        assertEquals(0, report.wrongInputs());
        assertTrue(report.outputs().get(0).undecided() > 0);
        assertEquals(report.undecided(), report.outputs().get(0).undecided());
        assertEquals(1, report.undecidedByActive().get(3));
    }

    /** Sums that may overflow decide nothing. */
    @Test
    void sumsThatMayOverflowAreUndecided() {
        Layer layer =
                Layer.linear(new DenseMatrix(1, 2, new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}), new float[1]);
        SuperposedNetwork network = TestNetworks.network(
                Codes.identity(2), List.of(layer), Decoder.readout(new float[] {1}), InputDomain.sparse(2, 2));
        ProblemInstance instance = TestNetworks.instance(
                List.of(Gates.of(2, GateFunction.AND, List.of(new int[] {0}))), InputDomain.sparse(2, 2));
        AuditReport report = audit(new BuiltNetwork(instance, network), 1);
        assertEquals(0, report.wrongInputs());
        assertTrue(report.undecidedInputs() >= 3, report.toString());
    }
}
