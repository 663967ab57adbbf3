package org.superpose.problems;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code neighbours}: the features are the nodes of a graph, and the output of a node is the OR over its neighbours:
 * what one step of a search through the graph reaches.
 *
 * <p>A random graph is directed: each node has {@code degree} neighbours, no two nodes the same ones, none itself, and
 * each is the neighbour of equally many. The function class is all such graphs; a product that is surely not too large
 * is counted, N (N - 1) ... (N - m + 1) with N = C(m - 1, degree): of the sets without node i, those before it have
 * taken at most i. With degree 1 these are the permutations without a fixed point, of which there are at least m! / 3.
 * The single features that turn an output on tell its neighbours.
 *
 * <p>A graph from a CSV file with a header and two columns, an edge a line, may be directed or not; it belongs to no
 * class that could be counted, so there are no bounds.
 */
public final class NeighboursProblem implements Problem {
    private static final Parameter<Integer> INPUTS = Parameter.whole(
                    "inputs", 2, ProblemParameters.MAX_FEATURES, "m, the number of nodes of a random graph")
            .chosen("as the nodes of the file");
    private static final Parameter<Integer> DEGREE = Parameter.whole(
                    "degree", 1, 8, "the number of neighbours of each node of a random graph")
            .withDefault(2);
    private static final Parameter<String> FILE = Parameter.text(
                    "file", "a CSV file of edges", "the graph: a header, two columns, an edge a line")
            .chosen("at random");
    private static final Parameter<Boolean> DIRECTED = Parameter.flag(
                    "directed", "whether an edge of the file makes only its second node a neighbour of its first")
            .withDefault(false);
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(1);

    @Override
    public String id() {
        return "neighbours";
    }

    @Override
    public String title() {
        return "the output of each node of a graph is the OR over its neighbours";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(INPUTS, DEGREE, FILE, DIRECTED, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        return parameters
                .find(FILE)
                .map(file -> ofFile(parameters, seed, PairsFile.read(file)))
                .orElseGet(() -> ofRandomGraph(parameters, seed));
    }

    private ProblemInstance ofRandomGraph(ParameterValues parameters, Seed seed) {
        int nodes = parameters
                .find(INPUTS)
                .orElseThrow(() -> new InvalidInputException(
                        "inputs is missing: neighbours needs the number of nodes of a random graph, "
                                + "or a file of edges"));
        int degree = parameters.get(DEGREE);
        BigInteger choices = FunctionClass.binomial(nodes - 1, degree);
        if (nodes < 2 * degree || degree > 1 && choices.compareTo(BigInteger.valueOf(nodes)) < 0) {
            throw new InvalidInputException("degree " + degree + " is too large for inputs " + nodes
                    + ": each node needs neighbours of its own, and is not among them");
        }
        Subsets subsets = new Subsets(nodes, degree);
        int[] reads = RegularGates.draw(subsets, nodes, seed.child("gates"));
        withoutLoops(reads, degree, seed.child("loops").generator());
        Gates gates = Gates.of(nodes, GateFunction.atLeast(1), subsets.offsets(nodes), reads);
        FunctionClass functions = degree == 1
                ? new FunctionClass(
                        "all permutations that leave no node in its place", BigInteger.valueOf(nodes), nodes, 1, 2)
                : new FunctionClass(
                        "all graphs in which each node has " + degree + " neighbours of its own", choices, nodes);
        InputDomain domain =
                SparseDomain.of(nodes, parameters.get(ProblemParameters.MIN_ACTIVE), parameters.get(MAX_ACTIVE), 1);
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                List.of(gates),
                domain,
                Optional.of(functions).filter(counted -> SparseDomain.tellsApart(domain, degree)),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    /** Exchanges the sets of nodes that would be their own neighbours with those of random others. */
    private static void withoutLoops(int[] reads, int degree, RandomGenerator random) {
        int nodes = reads.length / degree;
        for (int i = 0; i < nodes; i++) {
            while (reads(reads, degree, i, i)) {
                int other = random.nextInt(nodes);
                if (!reads(reads, degree, other, i) && !reads(reads, degree, i, other)) {
                    for (int t = 0; t < degree; t++) {
                        int kept = reads[i * degree + t];
                        reads[i * degree + t] = reads[other * degree + t];
                        reads[other * degree + t] = kept;
                    }
                }
            }
        }
    }

    private static boolean reads(int[] reads, int degree, int set, int node) {
        return Arrays.stream(reads, set * degree, (set + 1) * degree).anyMatch(read -> read == node);
    }

    private ProblemInstance ofFile(ParameterValues parameters, Seed seed, PairsFile edges) {
        parameters.find(INPUTS).ifPresent(inputs -> {
            throw new InvalidInputException("inputs " + inputs + " has no meaning beside file: the file has the nodes");
        });
        Map<String, Integer> nodes = new LinkedHashMap<>();
        for (PairsFile.Row edge : edges.rows()) {
            nodes.putIfAbsent(edge.first(), nodes.size());
            nodes.putIfAbsent(edge.second(), nodes.size());
        }
        List<TreeSet<Integer>> neighbours = new ArrayList<>();
        nodes.keySet().forEach(any -> neighbours.add(new TreeSet<>()));
        for (PairsFile.Row edge : edges.rows()) {
            neighbours.get(nodes.get(edge.first())).add(nodes.get(edge.second()));
            if (!parameters.get(DIRECTED)) {
                neighbours.get(nodes.get(edge.second())).add(nodes.get(edge.first()));
            }
        }
        List<Gate> gates = neighbours.stream()
                .map(set -> set.isEmpty()
                        ? Gate.constant(false)
                        : Gate.or(set.stream().mapToInt(Integer::intValue).toArray()))
                .toList();
        FeatureNames names = new FeatureNames(List.copyOf(nodes.keySet()));
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                List.of(Gates.of(nodes.size(), gates)),
                SparseDomain.of(
                        nodes.size(), parameters.get(ProblemParameters.MIN_ACTIVE), parameters.get(MAX_ACTIVE), 1),
                Optional.empty(),
                names,
                names);
    }
}
