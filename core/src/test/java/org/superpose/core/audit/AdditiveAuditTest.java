package org.superpose.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.MintermNetworks;
import org.superpose.core.verify.PowersOfTwo;
import org.superpose.core.verify.TestNetworks;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.argument.AdditiveForm;

/** The argument over single features, on broken networks, against going through all inputs. */
class AdditiveAuditTest {
    private static final VerificationBudget BUDGET = VerificationBudget.unlimited();

    /** Above what a row may lose. */
    private static final int BIAS = 60;

    private static InputDomain randomDomain(int features, RandomGenerator random) {
        InputDomain domain = InputDomain.sparse(features, 1 + random.nextInt(Math.min(4, features)));
        return random.nextInt(3) > 0 ? domain : domain.withMinActive(random.nextInt(domain.maxActive() + 1));
    }

    /** Rows that favour what their outputs read, with some of their weights broken. */
    private static SuperposedNetwork network(ProblemInstance instance, int broken, RandomGenerator random) {
        Gates gates = instance.gates();
        int width = 8 + random.nextInt(8);
        int weight = 1 + random.nextInt(2);
        Codes inputs = TestNetworks.randomCodes(instance.inputs(), width, weight, random);
        Codes outputs = TestNetworks.randomCodes(gates.outputs(), width, weight, random);
        int own = 1 + random.nextInt(3);
        short[] weights = new short[width * width];
        for (int i = 0; i < gates.outputs(); i++) {
            for (int f : outputs.code(i)) {
                for (int read : gates.reads(i)) {
                    for (int c : inputs.code(read)) {
                        weights[f * width + c] = (short) own;
                    }
                }
            }
        }
        for (int x = 0; x < broken; x++) {
            weights[random.nextInt(weights.length)] = (short) random.nextInt(-3, 4);
        }
        int most = weight * weight * own;
        return TestNetworks.network(
                inputs,
                List.of(Layer.withBias(new IntegerMatrix(width, width, weights), BIAS)),
                Decoder.withThreshold(
                        outputs, Decoder.Kind.SUM, weight * BIAS + random.nextInt(most + 1) + random.nextInt(most + 1)),
                instance.domain());
    }

    private static BuiltNetwork randomNetwork(long seed, int broken) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 4 + random.nextInt(8);
        Gates gates = random.nextBoolean()
                ? TestNetworks.randomConjunctions(m, 1 + random.nextInt(12), 1, random)
                : MintermNetworks.randomGates(m, 1 + random.nextInt(8), 3, random);
        ProblemInstance instance = TestNetworks.instance(List.of(gates), randomDomain(m, random));
        BuiltNetwork built = new BuiltNetwork(instance, network(instance, broken, random));
        return random.nextInt(4) > 0 ? built : PowersOfTwo.scaled(built, random.nextInt(-20, 21));
    }

    private static AuditReport additive(BuiltNetwork built, int threads, WrongDecisions wrong) {
        Audit audit = Audit.withAdditiveArgument(built);
        AuditReport report = audit.run(BUDGET.withThreads(threads), Optional.empty(), wrong);
        assertFalse(report.margins().isCounted(), "the argument was not made use of");
        return report;
    }

    private static AuditReport enumerated(BuiltNetwork built, WrongDecisions wrong) {
        InputDomain domain = built.instance().domain();
        AuditReport found = Audit.byEnumeration(built.network(), domain, ExpectedOutputs.of(built.instance()))
                .run(BUDGET, Optional.empty(), wrong);
        assertTrue(found.margins().isCounted());
        return new AuditReport(
                found.domain(),
                found.covered(),
                found.wrongByActive(),
                found.undecidedByActive(),
                found.falsePositives(),
                found.falseNegatives(),
                found.undecided(),
                found.outputs(),
                MarginHistogram.NONE,
                found.worst());
    }

    @Tag("slow")
    @Property(tries = 400)
    void itFindsWhatGoingThroughAllInputsFinds(
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int broken,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        BuiltNetwork built = randomNetwork(seed, broken);
        assertTrue(AdditiveForm.accepts(built).isAccepted());
        List<String> expected = new ArrayList<>();
        AuditReport enumerated =
                enumerated(built, (input, output, margin) -> expected.add(input + " " + output + " " + margin));
        assertEquals(enumerated, additive(built, threads, WrongDecisions.NONE));
        List<String> told = new ArrayList<>();
        additive(built, threads, (input, output, margin) -> told.add(input + " " + output + " " + margin));
        assertEquals(expected, told);
    }

    @net.jqwik.api.Tag("slow")
    @Property(tries = 300)
    void wrongInputsAreThoseOfTheDefinition(@ForAll long seed, @ForAll @IntRange(max = 12) int broken) {
        BuiltNetwork built = randomNetwork(seed, broken);
        PlainEvaluator evaluator = new PlainEvaluator(built.network());
        Long[] wrong = new Long[built.instance().maxActive() + 1];
        Arrays.fill(wrong, 0L);
        for (FeatureSet input : built.instance().domain()) {
            wrong[input.size()] += evaluator.read(input).is(built.instance().evaluate(input)) ? 0 : 1;
        }
        assertEquals(List.of(wrong), additive(built, 1, WrongDecisions.NONE).wrongByActive());
    }

    /** m features, each copied by a row of its own; what the rows of some read in place of their features is broken. */
    private static BuiltNetwork copies(int m, int maxActive, int[] dead, int[] shorted) {
        int[] reads = new int[m];
        short[] weights = new short[m * m];
        for (int j = 0; j < m; j++) {
            reads[j] = j;
            weights[j * m + j] = 1;
        }
        for (int j : dead) {
            weights[j * m + j] = 0;
        }
        for (int j : shorted) {
            weights[j * m + j + 1] = 1;
        }
        InputDomain domain = InputDomain.sparse(m, maxActive);
        return new BuiltNetwork(
                TestNetworks.instance(List.of(Gates.conjunctions(m, 1, reads)), domain),
                TestNetworks.network(
                        Codes.identity(m),
                        List.of(Layer.withBias(new IntegerMatrix(m, m, weights), 0)),
                        Decoder.withThreshold(Codes.identity(m), Decoder.Kind.SUM, 1),
                        domain));
    }

    private static long choose(long n, int r) {
        return r == 0 ? 1 : choose(n - 1, r - 1) * n / r;
    }

    /**
     * With four active features of 300 there are 333 million inputs; who contains one of the dead features is wrong.
     */
    @org.junit.jupiter.api.Tag("slow")
    @Test
    void aLargeDomainIsCountedByItsFormulas() {
        BuiltNetwork built = copies(300, 4, new int[] {7, 200}, new int[] {50});
        AuditReport report = Audit.of(built).run(BUDGET.withThreads(2), Optional.empty(), WrongDecisions.NONE);
        assertFalse(report.margins().isCounted());
        assertTrue(report.isComplete());
        for (int t = 1; t <= 4; t++) {
            // 7 or 200; else 51 and not 50, which output 50 takes for 50
            long wrong = choose(300, t) - choose(298, t) + choose(296, t - 1);
            assertEquals(wrong, report.wrongByActive().get(t));
        }
        assertEquals(FeatureSet.of(0, 1, 2, 7), report.worst().get(0).input());
        assertEquals(7, report.worst().get(0).output());
    }

    @Test
    void aRowThatCutsIsLeftToTheEnumeration() {
        BuiltNetwork built = copies(6, 2, new int[] {}, new int[] {});
        short[] negative = new short[36];
        negative[0] = -1;
        SuperposedNetwork cut =
                TestNetworks.withLayers(built.network(), Layer.withBias(new IntegerMatrix(6, 6, negative), 0));
        AuditReport report = Audit.withAdditiveArgument(new BuiltNetwork(built.instance(), cut))
                .run(BUDGET, Optional.empty(), WrongDecisions.NONE);
        assertTrue(report.margins().isCounted());
        assertEquals(21, report.wrongInputs());
    }

    @Test
    void withoutTimeNothingIsFound() {
        AuditReport report = Audit.withAdditiveArgument(copies(6, 2, new int[] {}, new int[] {}))
                .run(BUDGET.withMaxSeconds(1e-12), Optional.empty(), WrongDecisions.NONE);
        assertFalse(report.isComplete());
        assertEquals(0, report.inputs().signum());
    }
}
