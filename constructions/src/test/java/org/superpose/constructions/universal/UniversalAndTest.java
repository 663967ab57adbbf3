package org.superpose.constructions.universal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.constructions.NetworkCheck.assertRightEverywhere;
import static org.superpose.constructions.NetworkCheck.build;
import static org.superpose.constructions.NetworkCheck.values;
import static org.superpose.constructions.SampleProblems.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.constructions.NetworkCheck;
import org.superpose.constructions.SampleProblems;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class UniversalAndTest {
    private final List<Construction> all = List.of(
            new UniversalAndBernoulli(), new UniversalAndRademacher(), new UniversalAndDense(), new TargetedAnd());

    @Test
    void allPairsAreRightOnAllInputsAtAGenerousWidth() {
        ProblemInstance instance = instance(SampleProblems.complete(9), 2);
        for (Construction construction : all) {
            assertRightEverywhere(instance, build(construction, instance, 1, ConstructionParameters.WIDTH, 1200));
        }
    }

    @Test
    void anyPairsOfInputsCanBeReadWhateverTheInfluences() {
        for (Gates gates : List.of(
                SampleProblems.regular(12, 12, 2, 1),
                SampleProblems.star(12),
                SampleProblems.withUnread(SampleProblems.zipf(12, 12, 1, 2), 3))) {
            ProblemInstance instance = instance(gates, 2);
            for (Construction construction : all) {
                assertRightEverywhere(instance, build(construction, instance, 1, ConstructionParameters.WIDTH, 1000));
            }
        }
    }

    @Tag("slow")
    @Test
    void threeActiveInputsNeedAGreaterWidthButAreRightToo() {
        ProblemInstance instance = instance(SampleProblems.complete(8), 3);
        for (Construction construction : all) {
            assertRightEverywhere(instance, build(construction, instance, 1, ConstructionParameters.WIDTH, 4000));
        }
    }

    @Test
    void theScaleOfTheSignReadoutIsThatOfTheFormula() {
        double[] expected = {0.5, 0.25, 0.25, 0.1875, 0.1875};
        for (int active = 2; active <= 6; active++) {
            assertEquals(expected[active - 2], PairSignal.scale(active), 1e-12);
        }
        assertEquals(0.25, PairSignal.leastScale(4), 1e-12);
    }

    @Tag("slow")
    @Test
    void signReadoutsHaveTheMeanOfTheFormulaAndAVarianceWithinIt() {
        int neurons = 2000;
        ProblemInstance instance = instance(SampleProblems.complete(30), 4);
        SuperposedNetwork network =
                build(new UniversalAndRademacher(), instance, 3, ConstructionParameters.WIDTH, 2 * neurons);
        NetworkCheck check = new NetworkCheck(network);
        RandomGenerator random = new Seed(5).generator();
        double onSum = 0;
        double onCount = 0;
        double offSum = 0;
        double offSquares = 0;
        double offCount = 0;
        for (int t = 0; t < 60; t++) {
            FeatureSet active = instance.domain().sample(4, random);
            float[] y = check.lastState(active);
            FeatureSet expected = instance.evaluate(active);
            for (int i = 0; i < instance.outputs(); i++) {
                double readout = signedMean(y, network.decoder().codes(), i, neurons, 4) / PairSignal.scale(4);
                if (expected.contains(i)) {
                    onSum += readout;
                    onCount++;
                } else {
                    offSum += readout;
                    offSquares += readout * readout;
                    offCount++;
                }
            }
        }
        double deviation = (Double) network.provenance().facts().get("readout-deviation");
        assertEquals(1, onSum / onCount, 0.03);
        assertEquals(0, offSum / offCount, 0.01);
        double measured = Math.sqrt(offSquares / offCount);
        assertTrue(measured < 1.1 * deviation && measured > 0.4 * deviation, measured + " against " + deviation);
    }

    private static double signedMean(float[] y, Codes codes, int output, int neurons, int maxActive) {
        double sum = 0;
        for (int neuron : codes.code(output)) {
            sum += neuron < neurons ? y[neuron] : y[neuron] - maxActive;
        }
        return sum / neurons;
    }

    @Test
    void theBernoulliReadoutOfAnActivePairHasTheBiasOfTheFormula() {
        ProblemInstance instance = instance(SampleProblems.complete(30), 5);
        SuperposedNetwork network = build(new UniversalAndBernoulli(), instance, 3, ConstructionParameters.WIDTH, 3000);
        NetworkCheck check = new NetworkCheck(network);
        RandomGenerator random = new Seed(5).generator();
        Codes codes = network.decoder().codes();
        double sum = 0;
        int count = 0;
        for (int t = 0; t < 60; t++) {
            FeatureSet active = instance.domain().sample(5, random);
            float[] y = check.lastState(active);
            for (int i : instance.evaluate(active).toArray()) {
                double readout = 0;
                for (int neuron : codes.code(i)) {
                    readout += y[neuron];
                }
                sum += readout / codes.weight(i);
                count++;
            }
        }
        double bias = (Double) network.provenance().facts().get("readout-bias");
        assertEquals(1 + bias, sum / count, 0.03);
        assertTrue(bias > 0.1);
    }

    /**
     * Every input of a sparse graph has two edges. The formulas are those of inputs without common edges, so the other
     * active inputs are neighbours neither of the pair nor of each other.
     */
    @Test
    void targetedReadoutsOfASparseGraphHaveTheMeanAndTheVarianceOfTheFormulas() {
        int inputs = 100;
        int neurons = 300;
        int weight = 12;
        ProblemInstance instance = instance(SampleProblems.regular(inputs, inputs, 2, 5), 4);
        Gates gates = instance.gates();
        double connected = 1 - Math.pow(1 - (double) weight / neurons, 2);
        double[][] sums = new double[3][3];
        for (int seed = 1; seed <= 8; seed++) {
            SuperposedNetwork network = build(
                    new TargetedAnd(),
                    instance,
                    seed,
                    ConstructionParameters.WIDTH,
                    neurons,
                    TargetedAnd.SET_WEIGHT,
                    weight);
            NetworkCheck check = new NetworkCheck(network);
            RandomGenerator random = new Seed(100 + seed).generator();
            for (int i = 0; i < gates.outputs(); i++) {
                for (int ofPair = 0; ofPair <= 2; ofPair++) {
                    float[] y = check.lastState(apart(gates, i, ofPair, 4, random));
                    double readout = 0;
                    for (int neuron : network.decoder().codes().code(i)) {
                        readout += y[neuron] / weight;
                    }
                    sums[ofPair][0]++;
                    sums[ofPair][1] += readout;
                    sums[ofPair][2] += readout * readout;
                }
            }
        }
        double silent = Math.pow(1 - connected, 4);
        double spread = connected * (1 - connected) / weight;
        double offMean = 4 * connected - 1 + silent;
        // E max(0, B - 1)^2 for B of four inputs connected: E (B - 1)^2 less its part at B = 0
        double offSquare = 4 * connected * (1 - connected) + Math.pow(4 * connected - 1, 2) - silent;
        double[] means = {offMean, 3 * connected, 1 + 2 * connected};
        double[] variances = {(offSquare - offMean * offMean) / weight, 3 * spread, 2 * spread};
        for (int ofPair = 0; ofPair <= 2; ofPair++) {
            double mean = sums[ofPair][1] / sums[ofPair][0];
            assertEquals(means[ofPair], mean, 0.015, "mean with " + ofPair + " of the pair");
            double variance = sums[ofPair][2] / sums[ofPair][0] - mean * mean;
            assertEquals(variances[ofPair], variance, 0.2 * variances[ofPair], "variance with " + ofPair);
        }
    }

    /** Active inputs of which so many are of the pair and no two others share an edge with each other or the pair. */
    private static FeatureSet apart(Gates gates, int output, int ofPair, int active, RandomGenerator random) {
        List<Integer> chosen = new ArrayList<>();
        for (int t = 0; t < ofPair; t++) {
            chosen.add(gates.read(output, t));
        }
        while (chosen.size() < active) {
            int other = random.nextInt(gates.inputs());
            boolean pair = other == gates.read(output, 0) || other == gates.read(output, 1);
            boolean neighbour = Stream.concat(
                            chosen.stream(), IntStream.of(gates.reads(output)).boxed())
                    .anyMatch(each -> shareAnEdge(gates, each, other));
            if (!pair && !neighbour && !chosen.contains(other)) {
                chosen.add(other);
            }
        }
        return FeatureSet.of(chosen.stream().mapToInt(Integer::intValue).toArray());
    }

    private static boolean shareAnEdge(Gates gates, int one, int other) {
        return IntStream.range(0, gates.influence(one))
                .map(t -> gates.reader(one, t))
                .anyMatch(edge -> gates.read(edge, 0) == other || gates.read(edge, 1) == other);
    }

    /** The sets are the claim: w neurons each, an input reads just those of its edges, and the bias is -1. */
    @Test
    void targetedSetsAreOfOneSizeAndAnInputReadsThoseOfItsEdgesOnly() {
        ProblemInstance instance = instance(SampleProblems.regular(30, 30, 2, 5), 3);
        Gates gates = instance.gates();
        SuperposedNetwork network =
                build(new TargetedAnd(), instance, 2, ConstructionParameters.WIDTH, 200, TargetedAnd.SET_WEIGHT, 9);
        Layer layer = network.layers().get(0);
        for (int j = 0; j < gates.inputs(); j++) {
            Set<Integer> own = new TreeSet<>();
            for (int t = 0; t < gates.influence(j); t++) {
                int[] set = network.decoder().codes().code(gates.reader(j, t));
                assertEquals(9, set.length);
                IntStream.of(set).forEach(own::add);
            }
            for (int e = 0; e < layer.rows(); e++) {
                assertEquals(own.contains(e) ? 1 : 0, layer.weights().get(e, j));
                assertEquals(-1, layer.bias(e));
            }
        }
    }

    @Test
    void theDenseReadoutIsExactWhereNoThirdInputIsActive() {
        ProblemInstance instance = instance(SampleProblems.complete(10), 2);
        SuperposedNetwork network = build(new UniversalAndDense(), instance, 2, ConstructionParameters.WIDTH, 160);
        assertTrue(Exactness.of(network, 2).isExact());
        NetworkCheck check = new NetworkCheck(network);
        for (int i = 0; i < instance.outputs(); i++) {
            int a = instance.gates().read(i, 0);
            int b = instance.gates().read(i, 1);
            assertEquals(1, classReadout(network, check.lastState(FeatureSet.of(a, b)), i), 1e-6);
            assertEquals(0, classReadout(network, check.lastState(FeatureSet.of(a)), i), 1e-6);
            assertEquals(0, classReadout(network, check.lastState(FeatureSet.of(b)), i), 1e-6);
            assertEquals(0, classReadout(network, check.lastState(FeatureSet.EMPTY), i), 1e-6);
        }
    }

    /** 4 (A - B1 - B2 + C) at weights of 1/8. */
    private static double classReadout(SuperposedNetwork network, float[] y, int output) {
        Codes codes = network.decoder().codes();
        int neurons = codes.neurons() / 2;
        double sum = 0;
        for (int neuron : codes.code(output)) {
            sum += neuron < neurons ? y[neuron] : y[neuron] - 2;
        }
        return 4 * sum / (codes.weight(output) / 4.0) / 8;
    }

    @Test
    void theRandomLayerDoesNotDependOnThePairs() {
        for (Construction construction : all.subList(0, 3)) {
            SuperposedNetwork one = build(
                    construction,
                    instance(SampleProblems.regular(20, 20, 2, 1), 2),
                    7,
                    ConstructionParameters.WIDTH,
                    600);
            SuperposedNetwork other = build(
                    construction,
                    instance(SampleProblems.regular(20, 20, 2, 2), 2),
                    7,
                    ConstructionParameters.WIDTH,
                    600);
            assertEquals(one.layers(), other.layers());
            assertEquals(one.inputCodes(), other.inputCodes());
        }
    }

    @Test
    void aWidthWithoutANeuronForAPairIsRefused() {
        ProblemInstance instance = instance(SampleProblems.complete(12), 2);
        List<String> expected = List.of(
                "width 20 is too small for density 0.25: no neuron reads both inputs of output ",
                "width 1 is too small: width must be at least 2, "
                        + "half of it for the neurons and half for their reflection",
                "width 8 is too small: one of the four kinds of neurons is missing for output ");
        int[] widths = {20, 1, 8};
        for (int c = 0; c < widths.length; c++) {
            Construction construction = all.get(c);
            int width = widths[c];
            InvalidInputException refusal = assertThrows(
                    InvalidInputException.class,
                    () -> construction.build(instance, values(ConstructionParameters.WIDTH, width), new Seed(1)),
                    construction.id());
            assertTrue(refusal.getMessage().startsWith(expected.get(c)), refusal.getMessage());
        }
    }

    @Test
    void otherGatesThanPairsAreRefusedWithWhatIsWrong() {
        for (Construction construction : all) {
            assertEquals(
                    "and gates of fan-in 3 to 3 are not two-ands, which is all that " + construction.id() + " computes",
                    construction
                            .accepts(instance(SampleProblems.regular(12, 12, 3, 1), 3))
                            .reason()
                            .orElseThrow());
            assertEquals(
                    "the instance has 2 layers of gates, but " + construction.id() + " computes one",
                    construction
                            .accepts(SampleProblems.layered(
                                    List.of(SampleProblems.complete(4), SampleProblems.complete(6)), 2))
                            .reason()
                            .orElseThrow());
        }
    }
}
