package org.superpose.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Problems;
import org.superpose.core.random.Seed;

/**
 * Networks for random maps of gates of every function, some of them on at rest, on domains with and without a lower
 * bound on activity, of which it is known whether they are right: each row of each truth table in which a gate is on
 * has a neuron of its own, and in the wrong ones a gate computes another function than it should on one input.
 */
final class AnyMapNetworks {
    private static final int INPUTS = 7;
    private static final int READS = 3;

    private AnyMapNetworks() {}

    /** Networks that are right on all inputs. */
    static List<BuiltNetwork> right() {
        return IntStream.range(0, 4)
                .mapToObj(number -> {
                    ProblemInstance instance = instance(number);
                    return new BuiltNetwork(instance, network(instance));
                })
                .toList();
    }

    /** Networks that are wrong on at least one input. */
    static List<BuiltNetwork> wrong() {
        return IntStream.range(0, 4)
                .mapToObj(number -> {
                    ProblemInstance instance = instance(number);
                    return new BuiltNetwork(instance, network(withOneFault(instance)));
                })
                .toList();
    }

    /** One gate of each function, of three random inputs each; half of the domains have a lower bound. */
    private static ProblemInstance instance(int number) {
        RandomGenerator random = new Seed(number).child("any-map").generator();
        List<GateFunction> functions = List.of(
                GateFunction.AND,
                GateFunction.PARITY,
                GateFunction.atLeast(1 + random.nextInt(READS)),
                GateFunction.exactly(random.nextInt(READS + 1)),
                GateFunction.weighted(random.nextInt(-1, 4), 2, -1, 1 + random.nextInt(2)),
                GateFunction.allOf(true, random.nextBoolean(), false),
                GateFunction.anyOf(false, random.nextBoolean(), true),
                GateFunction.table(table(random)));
        InputDomain domain = InputDomain.sparse(INPUTS, 2 + number % 2);
        return Problems.define("any-map")
                .inputs(INPUTS)
                .maxActive(domain.maxActive())
                .minActive(number / 2)
                .outputs(functions.size(), i -> Gate.of(functions.get(i), reads(random)))
                .build();
    }

    private static boolean[] table(RandomGenerator random) {
        boolean[] rows = new boolean[1 << READS];
        for (int x = 0; x < rows.length; x++) {
            rows[x] = x == 0 || random.nextBoolean();
        }
        return rows;
    }

    private static int[] reads(RandomGenerator random) {
        return random.ints(0, INPUTS).distinct().limit(READS).toArray();
    }

    /**
     * The map in which the first gate that reads anything has the other value where its first input alone is active.
     */
    private static ProblemInstance withOneFault(ProblemInstance instance) {
        Gates gates = instance.gates();
        int changed = IntStream.range(0, gates.outputs())
                .filter(i -> gates.fanIn(i) > 0)
                .findFirst()
                .orElseThrow();
        List<Gate> all = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            int each = i;
            all.add(Gate.of(
                    x -> {
                        int sum = 0;
                        int active = 0;
                        for (int t = 0; t < x.length; t++) {
                            sum += x[t] ? gates.function(each).step(t) : 0;
                            active += x[t] ? 1 : 0;
                        }
                        return gates.isOn(each, sum) ^ (each == changed && active == 1 && x[0]);
                    },
                    gates.reads(i)));
        }
        return instance.with(List.of(Gates.of(gates.inputs(), all)), instance.domain());
    }

    private static SuperposedNetwork network(ProblemInstance instance) {
        Gates gates = instance.gates();
        int m = gates.inputs();
        List<short[]> rows = new ArrayList<>();
        List<Float> biases = new ArrayList<>();
        List<int[]> codes = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            int begin = rows.size();
            for (int x = 0; x < 1 << gates.fanIn(i); x++) {
                short[] row = new short[m];
                List<Integer> active = new ArrayList<>();
                for (int t = 0; t < gates.fanIn(i); t++) {
                    boolean positive = (x >> t & 1) == 1;
                    row[gates.read(i, t)] = (short) (positive ? 1 : -1);
                    if (positive) {
                        active.add(gates.read(i, t));
                    }
                }
                int[] features = active.stream().mapToInt(j -> j).toArray();
                if (gates.evaluate(FeatureSet.of(features)).contains(i)) {
                    rows.add(row);
                    biases.add(1f - features.length);
                }
            }
            if (rows.size() == begin) { // never on
                rows.add(new short[m]);
                biases.add(0f);
            }
            codes.add(IntStream.range(begin, rows.size()).toArray());
        }
        short[] weights = new short[rows.size() * m];
        float[] bias = new float[rows.size()];
        for (int r = 0; r < bias.length; r++) {
            System.arraycopy(rows.get(r), 0, weights, r * m, m);
            bias[r] = biases.get(r);
        }
        return new SuperposedNetwork(
                Codes.identity(m),
                List.of(new Layer(new IntegerMatrix(bias.length, m, weights), bias)),
                Decoder.withThreshold(Codes.of(bias.length, codes), Decoder.Kind.SUM, 1),
                instance.domain(),
                false,
                new Provenance("reference", ParameterValues.NONE.asMap(), new Seed(0).value(), Map.of()));
    }
}
