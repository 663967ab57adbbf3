package org.superpose.examples.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * How much longer a general solver takes than the verifiers that know the form of the network: right clipped networks
 * of growing size, in one process. Each is verified until the machine is warm and then {@value #RUNS} times in turns, so
 * that what else runs on the computer slows all of them alike; the medians are compared. By hand, as it takes some
 * minutes: {@code mvn test -Dtest=SolverBenchmark}.
 */
class SolverBenchmark {
    private static final int WARM_UPS = 5;
    private static final int RUNS = 11;
    private static final ClassLoader LOADER = SolverBenchmark.class.getClassLoader();

    @Test
    void ratios() {
        System.out.println("two-and regular, m = m', v = 2, clipped-and; medians of " + RUNS);
        for (int m : new int[] {16, 24, 32, 48, 64}) {
            compare(m, Math.max(32, 4 * m / 3));
        }
    }

    private static void compare(int m, int width) {
        BuiltNetwork built = build(m, width);
        Catalog<Verifier> verifiers = Catalog.load("verifier", Verifier.class, LOADER);
        Verifier[] compared = {
            verifiers.require("pairwise"), verifiers.require("exhaustive"), new SolverVerifier()
        };
        double[][] seconds = new double[compared.length][RUNS];
        for (int run = -WARM_UPS; run < RUNS; run++) {
            for (int v = 0; v < compared.length; v++) {
                long start = System.nanoTime();
                Verdict verdict = compared[v].verify(built, VerificationBudget.unlimited());
                double taken = (System.nanoTime() - start) * 1e-9;
                assertEquals("VERIFIED", verdict.status());
                if (run >= 0) {
                    seconds[v][run] = taken;
                }
            }
        }
        double pairwise = median(seconds[0]);
        double exhaustive = median(seconds[1]);
        double solver = median(seconds[2]);
        System.out.printf(
                Locale.ROOT,
                "m = %d, n = %d: pairwise %.3g ms, exhaustive %.3g ms, solver %.4g ms; ratios %.0f and %.0f%n",
                m, width, 1e3 * pairwise, 1e3 * exhaustive, 1e3 * solver, solver / pairwise, solver / exhaustive);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static BuiltNetwork build(int m, int width) {
        Problem problem = Catalog.load("problem", Problem.class, LOADER).require("two-and");
        Construction construction =
                Catalog.load("construction", Construction.class, LOADER).require("clipped-and");
        String features = Integer.toString(m);
        ProblemInstance instance = problem.instantiate(
                ParameterValues.parse(
                        "two-and", problem.parameters(), Map.of("inputs", features, "outputs", features)),
                new Seed(1));
        return new BuiltNetwork(
                instance,
                construction.build(
                        instance,
                        ParameterValues.parse(
                                "clipped-and",
                                construction.parameters(),
                                Map.of("width", Integer.toString(width))),
                        new Seed(1)));
    }
}
