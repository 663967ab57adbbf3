package org.superpose.problems;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code dnf}: every output is a disjunction of clauses, each a conjunction of literals, some of them negated: the maps
 * of Adler, Alistarh and Shavit, Towards Combinatorial Interpretability of Neural Computation (arXiv 2504.08842). All
 * clauses read different sets of inputs, and each input is read equally often.
 *
 * <p>With one clause an output the instance is one layer of conjunctions. With more it is layered: the clauses, and
 * above them one OR for each output, so that an output may have any number of clauses.
 *
 * <p>The function class is all such functions with as many negated literals, as {@link ClauseClass} counts them.
 */
public final class DnfProblem implements Problem {
    private static final int MOST = 64;
    private static final Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.chosen("as inputs");
    private static final Parameter<Integer> CLAUSES = Parameter.whole(
                    "clauses", 1, MOST, "the number of clauses of each output")
            .withDefault(3);
    private static final Parameter<Integer> LITERALS = Parameter.whole(
                    "literals", 1, 16, "the number of literals of each clause")
            .withDefault(2);
    private static final Parameter<Double> NEGATED = Parameter.real(
                    "negated",
                    0,
                    1,
                    "the share of literals that are negated; every clause keeps one that is not, unless all are")
            .withDefault(0.25);
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.chosen("as literals");

    @Override
    public String id() {
        return "dnf";
    }

    @Override
    public String title() {
        return "every output is an OR of clauses, each the AND of a few inputs or their negations";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                ProblemParameters.INPUTS,
                OUTPUTS,
                CLAUSES,
                LITERALS,
                NEGATED,
                MAX_ACTIVE,
                ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        int inputs = parameters.get(ProblemParameters.INPUTS);
        int outputs = parameters.find(OUTPUTS).orElse(inputs);
        int clauses = parameters.get(CLAUSES);
        int literals = parameters.get(LITERALS);
        Subsets subsets = new Subsets(inputs, literals);
        long all = (long) outputs * clauses;
        if (all > ProblemParameters.MAX_FEATURES) {
            throw new InvalidInputException(outputs + " outputs of " + clauses + " clauses are " + all
                    + " clauses: at most " + ProblemParameters.MAX_FEATURES + " are allowed");
        }
        subsets.requireRoomFor((int) all);
        int[] reads = RegularGates.draw(subsets, (int) all, seed.child("gates"));
        int wanted = negatedLiterals((int) all, literals, parameters.get(NEGATED));
        boolean[] negated =
                negations((int) all, literals, wanted, seed.child("negations").generator());
        List<Gate> terms = new ArrayList<>();
        for (int c = 0; c < all; c++) {
            boolean[] positive = new boolean[literals];
            for (int t = 0; t < literals; t++) {
                positive[t] = !negated[c * literals + t];
            }
            terms.add(
                    Gate.of(GateFunction.allOf(positive), Arrays.copyOfRange(reads, c * literals, (c + 1) * literals)));
        }
        List<Gates> layers = new ArrayList<>(List.of(Gates.of(inputs, terms)));
        if (clauses > 1) {
            layers.add(Gates.of(
                    (int) all,
                    GateFunction.atLeast(1),
                    IntStream.rangeClosed(0, outputs).map(i -> i * clauses).toArray(),
                    IntStream.range(0, (int) all).toArray()));
        }
        InputDomain domain = SparseDomain.of(
                inputs,
                parameters.get(ProblemParameters.MIN_ACTIVE),
                parameters.find(MAX_ACTIVE).orElse(literals),
                1);
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                layers,
                domain,
                new ClauseClass(subsets, outputs, clauses, wanted).functions(domain),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    /** How many literals are negated: the share, but not all of a clause unless all of all are. */
    private static int negatedLiterals(int clauses, int literals, double share) {
        if (share == 1) {
            return clauses * literals;
        }
        int wanted = (int) Math.round(share * (clauses * literals));
        if (wanted > clauses * (literals - 1)) {
            throw new InvalidInputException("negated " + share + " would leave a clause of " + literals
                    + " literals without one that is not negated: it must be at most "
                    + (literals - 1) / (double) literals + ", or 1");
        }
        return wanted;
    }

    /** Which literals are negated, at random, but not all of a clause unless all are. */
    private static boolean[] negations(int clauses, int literals, int negatedLiterals, RandomGenerator random) {
        boolean[] negated = new boolean[clauses * literals];
        if (negatedLiterals == negated.length) {
            Arrays.fill(negated, true);
            return negated;
        }
        int wanted = negatedLiterals;
        int[] left = new int[clauses];
        Arrays.fill(left, literals);
        int[] order = Shuffle.permutation(negated.length, random);
        for (int t = 0; wanted > 0; t++) {
            int clause = order[t] / literals;
            if (left[clause] > 1) {
                left[clause]--;
                negated[order[t]] = true;
                wanted--;
            }
        }
        return negated;
    }
}
