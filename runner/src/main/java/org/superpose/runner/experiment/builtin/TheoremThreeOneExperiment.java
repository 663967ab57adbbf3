package org.superpose.runner.experiment.builtin;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.superpose.bounds.DescriptionBound;
import org.superpose.bounds.LowerBound;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Layer;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkMetrics;
import org.superpose.runner.workbench.Workbench;

/**
 * Theorem 3.1 on whole classes of functions, small enough to enumerate: with the codes fixed, a construction is a
 * parameter-driven algorithm T, whose P(F) are the weights. Every network is verified, so T is right on the whole
 * class, and P has to be injective.
 *
 * <p>Beside the bound on the share of functions that save c bits stands the share that the shortest possible code
 * reaches, the one that gives the functions the bit strings in order of length.
 */
@Reference(value = "Theorem 3.1", standing = Standing.ATTESTED)
@Reference(value = "Definition: parameter-driven algorithm", standing = Standing.RECONSTRUCTED)
public final class TheoremThreeOneExperiment implements Experiment {
    static final String FUNCTIONS = "functions";

    /** The number of different sets of weights among the networks of all functions. */
    static final String DISTINCT_PARAMETERS = "distinct_parameters";

    /** log|F|. */
    static final String FUNCTION_BITS = "function_count_log2";

    /** c, the bits that a description falls short of log|F|. */
    static final String SAVED_BITS = "saved_bits";

    /** Theorem 3.1: less than this share of the functions saves c bits. */
    static final String SHARE_BOUND = "share_bound";

    /** The share that saves c bits in the shortest possible code. */
    static final String SHARE_SHORTEST = "share_in_shortest_code";

    /** The share of the networks whose weights, as stored, save c bits. */
    static final String SHARE_NETWORKS = "share_of_networks";

    /** The fewest bits that the weights of a network of the class take, as stored. */
    static final String LEAST_WEIGHT_BITS = "least_weight_bits";

    private static final int MOST_FUNCTIONS = 1_000_000;

    private static final Parameter<Integer> PERMUTED = Parameter.whole(
                    "permuted", 2, 9, "m of the permutations; all m! of them are built")
            .withDefault(5);
    private static final Parameter<Integer> PAIRED =
            Parameter.whole("paired", 3, 64, "m of the two-ands").withDefault(5);
    private static final Parameter<Integer> PAIRS = Parameter.whole(
                    "pairs", 1, 8, "m' of the two-ands; all ways to choose that many labelled pairs are built")
            .withDefault(2);
    private static final NumberList SAVED = NumberList.declare("saved", "1,2,4", "c, the bits saved, one row each");
    private static final Parameter<Integer> WIDTH = Parameter.whole(
                    ConstructionParameters.WIDTH.name(), 1, 4096, "n of the constructions that are not dedicated")
            .withDefault(300);

    @Override
    public String id() {
        return "theorem-3-1";
    }

    @Override
    public String title() {
        return "All functions of a small class, each with a verified network: no two share their weights";
    }

    @Override
    public String question() {
        return "Does every function of a small class need weights of its own, as counting says?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.SAVED_BITS);
    }

    @Override
    public String expectedDuration() {
        return "seconds";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(PERMUTED, PAIRED, PAIRS, SAVED.parameter(), WIDTH);
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.PROBLEM,
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                FUNCTIONS,
                DISTINCT_PARAMETERS,
                FUNCTION_BITS,
                LEAST_WEIGHT_BITS,
                SAVED_BITS,
                SHARE_BOUND,
                SHARE_SHORTEST,
                SHARE_NETWORKS,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        int permuted = parameters.get(PERMUTED);
        int paired = parameters.get(PAIRED);
        Assignments width = Assignments.NONE.with(WIDTH, parameters.get(WIDTH));
        FunctionSet permutations = new FunctionSet(
                "permutation", permuted, 1, FunctionClass.permutations(permuted), InputDomain.sparse(permuted, 1));
        FunctionSet twoAnds = new FunctionSet(
                "two-and",
                paired,
                2,
                FunctionClass.distinctSubsets(paired, 2, parameters.get(PAIRS)),
                InputDomain.sparse(paired, 2));
        List<Integer> saved = SAVED.of(parameters);
        return List.of(
                new EveryFunction(permutations, "dedicated", Assignments.NONE, saved, seed),
                new EveryFunction(permutations, "linear-permutation", width, saved, seed),
                new EveryFunction(twoAnds, "dedicated", Assignments.NONE, saved, seed),
                new EveryFunction(twoAnds, "linear-two-and", width, saved, seed));
    }

    /** All functions of a class in which each output ANDs a subset of its own of one size. */
    private record FunctionSet(String problem, int inputs, int fanIn, FunctionClass functions, InputDomain domain) {
        long count() {
            BigInteger count = BigInteger.ONE;
            for (int t = 0; t < functions.outputs(); t++) {
                count = count.multiply(functions.choices().subtract(BigInteger.valueOf(t)));
            }
            if (count.compareTo(BigInteger.valueOf(MOST_FUNCTIONS)) > 0) {
                throw new InvalidInputException("the class of " + problem + " has " + count + " functions, but at most "
                        + MOST_FUNCTIONS + " can be built one by one");
            }
            return count.longValueExact();
        }

        /**
         * The function of a number in 0..count-1: its digits, in falling bases, choose among the subsets that are left.
         */
        ProblemInstance instance(long number) {
            List<int[]> left = new ArrayList<>(subsets());
            int[] reads = new int[functions.outputs() * fanIn];
            long digits = number;
            for (int i = 0; i < functions.outputs(); i++) {
                int[] chosen = left.remove((int) (digits % left.size()));
                digits /= left.size() + 1L;
                System.arraycopy(chosen, 0, reads, i * fanIn, fanIn);
            }
            return ProblemInstance.of(
                    problem, ParameterValues.NONE, number, Gates.conjunctions(inputs, fanIn, reads), domain, functions);
        }

        private List<int[]> subsets() {
            return fanIn == 1
                    ? IntStream.range(0, inputs).mapToObj(j -> new int[] {j}).toList()
                    : IntStream.range(0, inputs)
                            .boxed()
                            .flatMap(a -> IntStream.range(a + 1, inputs).mapToObj(b -> new int[] {a, b}))
                            .toList();
        }
    }

    /** Builds and verifies a network for every function of a class; one row per number of saved bits. */
    private record EveryFunction(
            FunctionSet functions, String construction, Assignments assignments, List<Integer> saved, Seed seed)
            implements WorkUnit {
        @Override
        public String label() {
            return "every " + functions.problem() + " by " + construction;
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            long count = functions.count();
            Set<List<Layer>> distinct = new HashSet<>();
            List<Long> bits = new ArrayList<>();
            String verdict = null;
            Measurement first = null;
            for (long number = 0; number < count; number++) {
                var built = workbench.build(
                        functions.instance(number),
                        construction,
                        assignments,
                        seed.child("network"),
                        budget.deadline());
                Verdict found = workbench.verify(built, AutoVerifier.ID, budget);
                if (!(found instanceof Verdict.Verified) || verdict == null) {
                    verdict = found.status();
                }
                if (first == null) {
                    first = NetworkMetrics.of(built, workbench.declaredParameters(built));
                }
                distinct.add(built.network().layers());
                bits.add(built.network().weightBits());
                if (!(found instanceof Verdict.Verified)) {
                    break;
                }
            }
            List<Measurement> rows = new ArrayList<>();
            for (int c : saved) {
                DescriptionBound bound = LowerBound.of(functions.functions()).description(c);
                long saving =
                        bits.stream().filter(b -> b <= bound.descriptionBits()).count();
                rows.add(first.with(FUNCTIONS, count)
                        .with(DISTINCT_PARAMETERS, distinct.size())
                        .with(FUNCTION_BITS, bound.functionCountLog2())
                        .with(
                                LEAST_WEIGHT_BITS,
                                bits.stream().mapToLong(Long::longValue).min().orElseThrow())
                        .with(SAVED_BITS, c)
                        .with(SHARE_BOUND, bound.fractionBelow())
                        .with(SHARE_SHORTEST, shareInShortestCode(count, bound.descriptionBits()))
                        .with(SHARE_NETWORKS, (double) saving / count)
                        .with(Measurement.VERDICT, verdict));
            }
            return rows;
        }
    }

    /** There are 2^(x+1) - 1 bit strings of at most x bits, and each describes one function. */
    static double shareInShortestCode(long functions, double bits) {
        double strings = bits < 0 ? 0 : Math.pow(2, Math.floor(bits) + 1) - 1;
        return Math.min(1, strings / functions);
    }
}
