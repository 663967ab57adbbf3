package org.superpose.constructions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Small instances to build networks for: this module cannot see the real problems. */
public final class SampleProblems {
    private SampleProblems() {}

    public static ProblemInstance instance(Gates gates, int maxActive) {
        return layered(List.of(gates), maxActive);
    }

    public static ProblemInstance layered(List<Gates> layers, int maxActive) {
        return new ProblemInstance(
                "sample",
                ParameterValues.NONE,
                0,
                layers,
                InputDomain.sparse(layers.get(0).inputs(), maxActive),
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    public static Gates permutation(int features, long seed) {
        int[] image = IntStream.range(0, features).toArray();
        shuffle(image, new Seed(seed).generator());
        return Gates.conjunctions(features, 1, image);
    }

    /** Every input is read by the same number of gates, give or take one; no two gates read the same. */
    public static Gates regular(int inputs, int outputs, int fanIn, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        while (true) {
            int[] reads = new int[outputs * fanIn];
            if (drawLeastRead(inputs, fanIn, reads, random)) {
                return Gates.conjunctions(inputs, fanIn, reads);
            }
        }
    }

    /** Each gate reads the inputs that have been read least so far, ties broken at random. */
    private static boolean drawLeastRead(int inputs, int fanIn, int[] reads, RandomGenerator random) {
        int[] influences = new int[inputs];
        int[] order = IntStream.range(0, inputs).toArray();
        Set<List<Integer>> seen = new HashSet<>();
        for (int i = 0; i < reads.length / fanIn; i++) {
            int tries = 0;
            int[] chosen;
            do {
                if (tries++ == 50) {
                    return false;
                }
                shuffle(order, random);
                chosen = leastRead(order, influences, fanIn);
            } while (!seen.add(IntStream.of(chosen).boxed().toList()));
            for (int t = 0; t < fanIn; t++) {
                reads[i * fanIn + t] = chosen[t];
                influences[chosen[t]]++;
            }
        }
        return true;
    }

    /** The inputs that have been read least, of equals those that come first in an order; ascending. */
    private static int[] leastRead(int[] order, int[] influences, int count) {
        int[] least = new int[count];
        for (int t = 0; t < count; t++) {
            int best = -1;
            for (int input : order) {
                if ((best < 0 || influences[input] < influences[best])
                        && IntStream.of(least).limit(t).noneMatch(taken -> taken == input)) {
                    best = input;
                }
            }
            least[t] = best;
        }
        Arrays.sort(least);
        return least;
    }

    /** Distinct pairs whose ends are drawn with probability proportional to 1 / rank^exponent. */
    public static Gates zipf(int inputs, int outputs, double exponent, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        double[] cumulative = new double[inputs];
        double sum = 0;
        for (int j = 0; j < inputs; j++) {
            sum += Math.pow(j + 1, -exponent);
            cumulative[j] = sum;
        }
        Set<List<Integer>> pairs = new HashSet<>();
        List<Integer> reads = new ArrayList<>();
        while (pairs.size() < outputs) {
            int a = draw(cumulative, random);
            int b = draw(cumulative, random);
            if (a != b && pairs.add(List.of(Math.min(a, b), Math.max(a, b)))) {
                reads.add(Math.min(a, b));
                reads.add(Math.max(a, b));
            }
        }
        return Gates.conjunctions(
                inputs, 2, reads.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int draw(double[] cumulative, RandomGenerator random) {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int j = 0;
        while (cumulative[j] < at) {
            j++;
        }
        return j;
    }

    /** Input 0 with every other one. */
    public static Gates star(int inputs) {
        return Gates.conjunctions(
                inputs,
                2,
                IntStream.range(1, inputs).flatMap(j -> IntStream.of(0, j)).toArray());
    }

    /** {@code hubs} hubs, each with the same number of partners of its own. */
    public static Gates bipartite(int hubs, int partnersPerHub) {
        return Gates.conjunctions(
                hubs * (1 + partnersPerHub),
                2,
                IntStream.range(0, hubs * partnersPerHub)
                        .flatMap(i -> IntStream.of(i % hubs, hubs + i))
                        .toArray());
    }

    /** Hubs that all share all their partners. */
    public static Gates sharedPartners(int hubs, int partners) {
        return Gates.conjunctions(
                hubs + partners,
                2,
                IntStream.range(0, hubs * partners)
                        .flatMap(i -> IntStream.of(i % hubs, hubs + i / hubs))
                        .toArray());
    }

    /** All pairs. */
    public static Gates complete(int inputs) {
        return Gates.conjunctions(
                inputs,
                2,
                IntStream.range(0, inputs)
                        .boxed()
                        .flatMapToInt(a -> IntStream.range(a + 1, inputs).flatMap(b -> IntStream.of(a, b)))
                        .toArray());
    }

    /** The gates of several layers side by side, with their inputs side by side. */
    public static Gates beside(Gates... parts) {
        List<Integer> reads = new ArrayList<>();
        int inputs = 0;
        for (Gates part : parts) {
            for (int read : part.reads()) {
                reads.add(inputs + read);
            }
            inputs += part.inputs();
        }
        return Gates.conjunctions(
                inputs,
                parts[0].maxFanIn(),
                reads.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The same gates over more inputs, which no gate reads. */
    public static Gates withUnread(Gates gates, int unread) {
        return Gates.of(
                gates.inputs() + unread, gates.functions(), gates.functionIndices(), gates.offsets(), gates.reads());
    }

    public static Gates withFunction(Gates gates, GateFunction function) {
        return Gates.of(gates.inputs(), function, gates.offsets(), gates.reads());
    }

    private static void shuffle(int[] values, RandomGenerator random) {
        for (int t = values.length - 1; t > 0; t--) {
            swap(values, t, random.nextInt(t + 1));
        }
    }

    private static void swap(int[] values, int s, int t) {
        int kept = values[s];
        values[s] = values[t];
        values[t] = kept;
    }
}
