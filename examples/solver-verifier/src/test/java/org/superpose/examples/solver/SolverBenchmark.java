package org.superpose.examples.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
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
 * of growing size, measured by JMH in a process of their own. By hand, as it takes some minutes:
 * {@code mvn test -Dtest=SolverBenchmark}.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 11)
public class SolverBenchmark {
    private static final ClassLoader LOADER = SolverBenchmark.class.getClassLoader();

    /** Features and outputs. */
    @Param({"16", "24", "32", "48", "64"})
    public int features;

    /** By what. */
    @Param({"pairwise", "exhaustive", "solver"})
    public String verifier;

    private BuiltNetwork built;
    private Verifier chosen;

    /** Builds the network. */
    @Setup
    public void build() {
        Problem problem = Catalog.load("problem", Problem.class, LOADER).require("two-and");
        Construction construction =
                Catalog.load("construction", Construction.class, LOADER).require("clipped-and");
        String m = Integer.toString(features);
        String width = Integer.toString(width(features));
        ProblemInstance instance = problem.instantiate(
                ParameterValues.parse("two-and", problem.parameters(), Map.of("inputs", m, "outputs", m)), new Seed(1));
        built = new BuiltNetwork(
                instance,
                construction.build(
                        instance,
                        ParameterValues.parse("clipped-and", construction.parameters(), Map.of("width", width)),
                        new Seed(1)));
        chosen = verifier.equals("solver")
                ? new SolverVerifier()
                : Catalog.load("verifier", Verifier.class, LOADER).require(verifier);
    }

    private static int width(int features) {
        return Math.max(32, 4 * features / 3);
    }

    /** The whole domain of one network. */
    @Benchmark
    public Verdict verify() {
        Verdict verdict = chosen.verify(built, VerificationBudget.unlimited());
        assertEquals("VERIFIED", verdict.status());
        return verdict;
    }

    @Test
    void ratios() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(SolverBenchmark.class.getName())
                        .shouldFailOnError(true)
                        .build())
                .run();
        for (RunResult result : results) {
            if (!result.getParams().getParam("verifier").equals("solver")) {
                String m = result.getParams().getParam("features");
                System.out.printf(
                        Locale.ROOT, "two-and regular, m = %s, n = %d: the solver takes %.0f times as long as %s%n",
                        m, width(Integer.parseInt(m)), median(results, m, "solver") / median(result),
                        result.getParams().getParam("verifier"));
            }
        }
    }

    private static double median(Collection<RunResult> results, String m, String verifier) {
        return results.stream()
                .filter(result -> result.getParams().getParam("features").equals(m))
                .filter(result -> result.getParams().getParam("verifier").equals(verifier))
                .mapToDouble(SolverBenchmark::median)
                .findFirst()
                .orElseThrow();
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
}
