package org.superpose.examples.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;

/**
 * A general solver comes to the same verdicts as the verifiers of Superpose, on right networks and on wrong ones, and to
 * the same number of inputs; {@code .ci/proofs} has the independent checkers count those of the third and fourth.
 */
class SolverVerifierTest {
    private static final ClassLoader LOADER = SolverVerifierTest.class.getClassLoader();

    @ParameterizedTest
    @CsvSource({
        "two-and, inputs=16 outputs=16, clipped-and, width=32, 137, VERIFIED",
        "two-and, inputs=16 outputs=16, clipped-and, width=12 resampling-rounds=0, 137, REFUTED",
        "two-and, inputs=24 outputs=24, clipped-and, width=40, 301, VERIFIED",
        "k-and, inputs=10 outputs=8 fan-in=3 max-active=3, clipped-and, width=40, 176, VERIFIED",
        "k-and, inputs=10 outputs=8 fan-in=3 max-active=3, clipped-and, width=14 resampling-rounds=0, 176, REFUTED",
        "two-and, inputs=8 outputs=6 max-active=3, clipped-and, width=48, 93, VERIFIED",
        "permutation, inputs=16 max-active=1, clipped-permutation, width=16, 17, REFUTED",
        "permutation, inputs=16 max-active=1, clipped-permutation, width=28, 17, VERIFIED",
        "two-and, inputs=48 outputs=48, clipped-and, width=64, 1177, VERIFIED",
        "neighbours, inputs=12 max-active=2, dedicated, '', 79, VERIFIED",
    })
    void theSolverAgrees(String problem, String size, String construction, String width, long inputs, String expected) {
        BuiltNetwork built = build(problem, size, construction, width);
        long start = System.nanoTime();
        Verdict own = new AutoVerifier().verify(built, VerificationBudget.unlimited());
        long between = System.nanoTime();
        Verdict solver = new SolverVerifier().verify(built, VerificationBudget.unlimited());
        double ratio = (double) (System.nanoTime() - between) / (between - start);
        System.out.printf(
                Locale.ROOT, "%s %s: %s by %s, the solver takes %.0f times as long%n",
                problem, size, own.status(), own.method(), ratio);
        assertEquals(expected, own.status());
        assertEquals(own.status(), solver.status());
        assertEquals(BigInteger.valueOf(inputs), own.domainSize());
        assertEquals(own.domainSize(), solver.domainSize());
        if (solver instanceof Verdict.Refuted refuted) {
            assertTrue(refuted.counterexample().isConfirmedBy(built));
        } else {
            assertEquals(own.inputsCovered(), solver.inputsCovered());
            assertTrue(solver.inputsCovered().compareTo(BigInteger.ONE) > 0);
        }
    }

    private static BuiltNetwork build(String problemId, String size, String constructionId, String width) {
        Problem problem = Catalog.load("problem", Problem.class, LOADER).require(problemId);
        Construction construction =
                Catalog.load("construction", Construction.class, LOADER).require(constructionId);
        ProblemInstance instance = problem.instantiate(
                ParameterValues.parse(problemId, problem.parameters(), settings(size)), new Seed(1));
        return new BuiltNetwork(
                instance,
                construction.build(
                        instance,
                        ParameterValues.parse(constructionId, construction.parameters(), settings(width)),
                        new Seed(1)));
    }

    private static Map<String, String> settings(String words) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String word : words.split(" ")) {
            if (!word.isEmpty()) {
                settings.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
        }
        return settings;
    }
}
