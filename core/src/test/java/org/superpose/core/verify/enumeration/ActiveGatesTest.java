package org.superpose.core.verify.enumeration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.MintermNetworks;
import org.superpose.core.verify.TestNetworks;

class ActiveGatesTest {
    /** Pushes an ascending set, after another one was pushed and popped. */
    private static ActiveGates with(ProblemInstance instance, int[] features, RandomGenerator random) {
        ActiveGates active = new ActiveGates(instance);
        int[] others = TestNetworks.subset(random.nextInt(instance.maxActive() + 1), instance.inputs(), random);
        Arrays.stream(others).forEach(active::push);
        for (int t = 0; t < others.length; t++) {
            active.pop();
        }
        Arrays.stream(features).forEach(active::push);
        return active;
    }

    private static boolean anyOn(Gates gates, FeatureSet input) {
        return !gates.evaluate(input).isEmpty();
    }

    private static long[] setOf(int[] features, int inputs) {
        long[] set = new long[Kernel.paddedWords(inputs)];
        for (int j : features) {
            set[j / Long.SIZE] |= 1L << j;
        }
        return set;
    }

    @Property(tries = 300)
    void followsTheGatesThatAnInputTouches(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 3 + random.nextInt(90);
        Gates gates = TestNetworks.randomGates(m, 1 + random.nextInt(60), random);
        ProblemInstance instance = TestNetworks.instance(List.of(gates), InputDomain.sparse(m, 3));
        int[] features = TestNetworks.subset(random.nextInt(3), m, random);
        ActiveGates active = with(instance, features, random);
        FeatureSet input = FeatureSet.of(features);
        assertEquals(input, active.input());
        assertEquals(features.length, active.size());
        assertEquals(!anyOn(gates, input), active.allRest());
        for (int gate = 0; gate < gates.outputs(); gate++) {
            int reads = (int)
                    Arrays.stream(gates.reads(gate)).filter(input::contains).count();
            assertEquals(reads, active.sum(gate));
        }
        int[] candidates = IntStream.range(0, m)
                .filter(j -> !input.contains(j) && random.nextInt(4) > 0)
                .toArray();
        int[] before = IntStream.range(0, m).filter(j -> random.nextInt(9) == 0).toArray();
        // If a gate is on, all candidates are left to evaluation: it may stay on.
        int[] expected = Arrays.stream(candidates)
                .filter(j -> anyOn(gates, input) || anyOn(gates, active.inputWith(j)))
                .toArray();
        long[] result = setOf(before, m);
        active.addCandidatesThatChange(setOf(candidates, m), result);
        assertArrayEquals(
                setOf(
                        IntStream.concat(Arrays.stream(before), Arrays.stream(expected))
                                .toArray(),
                        m),
                result);
    }

    @Property(tries = 500)
    void noCandidateThatMayChangeAGateOfAnyFunctionIsMissed(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 5 + random.nextInt(4);
        Gates gates = MintermNetworks.randomGates(m, 1 + random.nextInt(5), 4, random);
        ProblemInstance instance = TestNetworks.instance(List.of(gates), InputDomain.sparse(m, 4));
        int[] features = TestNetworks.subset(random.nextInt(3), m, random);
        ActiveGates active = with(instance, features, random);
        FeatureSet input = FeatureSet.of(features);
        assertEquals(gates.evaluate(input).equals(gates.resting()), active.allRest());
        int from = features.length == 0 ? 0 : features[features.length - 1] + 1;
        int later = random.nextInt(4 - features.length);
        int[] candidates = IntStream.range(from, m).toArray();
        long[] result = setOf(new int[0], m);
        active.addCandidatesThatMayChange(setOf(candidates, m), later, result);
        long[] last = setOf(new int[0], m);
        active.addCandidatesThatChange(setOf(candidates, m), last);
        for (int c : candidates) {
            boolean changes = !gates.evaluate(active.inputWith(c)).equals(gates.resting());
            assertTrue(!changes || (last[0] >> c & 1) != 0, "candidate " + c + " changes a gate");
            boolean may = changes;
            for (int behind = 0; behind < 1 << m; behind++) {
                if (Integer.bitCount(behind) <= later && (behind & (2 << c) - 1) == 0) {
                    int more = behind;
                    int[] all = IntStream.concat(
                                    IntStream.concat(Arrays.stream(features), IntStream.of(c)),
                                    IntStream.range(0, m).filter(j -> (more >> j & 1) != 0))
                            .toArray();
                    may |= !gates.evaluate(FeatureSet.of(all)).equals(gates.resting());
                }
            }
            assertTrue(!may || (result[0] >> c & 1) != 0, "candidate " + c + " may change a gate");
        }
    }

    /** Whether c and at most {@code later} features behind it can turn an AND gate on. */
    private static boolean mayTurnOn(Gates gates, FeatureSet input, int c, int later) {
        for (int gate = 0; gate < gates.outputs(); gate++) {
            List<Integer> missing = new ArrayList<>();
            for (int j : gates.reads(gate)) {
                if (!input.contains(j)) {
                    missing.add(j);
                }
            }
            boolean reads = missing.remove((Integer) c);
            boolean behind = missing.stream().allMatch(j -> j > c);
            if (behind && missing.size() <= later && (reads || !missing.isEmpty())) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 500)
    void findsTheCandidatesWithWhichLaterFeaturesMayTurnAGateOn(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int m = 6 + random.nextInt(random.nextBoolean() ? 12 : 130);
        List<int[]> reads = new ArrayList<>();
        int gateCount = 1 + random.nextInt(6);
        for (int i = 0; i < gateCount; i++) {
            reads.add(TestNetworks.subset(1 + random.nextInt(4), m, random));
        }
        Gates gates = Gates.of(m, GateFunction.AND, reads);
        ProblemInstance instance = TestNetworks.instance(List.of(gates), InputDomain.sparse(m, 4));
        int[] features = random.nextBoolean()
                ? TestNetworks.subset(random.nextInt(4), m, random)
                : Arrays.copyOf(gates.reads(0), random.nextInt(gates.fanIn(0) + 1));
        ActiveGates active = with(instance, features, random);
        FeatureSet input = FeatureSet.of(features);
        int from = features.length == 0 ? 0 : features[features.length - 1] + 1;
        int later = random.nextInt(4);
        int[] candidates =
                IntStream.range(from, m).filter(j -> random.nextInt(5) > 0).toArray();
        int[] expected = Arrays.stream(candidates)
                .filter(j -> anyOn(gates, input) || mayTurnOn(gates, input, j, later))
                .toArray();
        long[] result = setOf(new int[0], m);
        active.addCandidatesThatMayChange(setOf(candidates, m), later, result);
        assertArrayEquals(setOf(expected, m), result);
    }
}
