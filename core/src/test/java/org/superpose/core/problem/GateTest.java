package org.superpose.core.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.random.Seed;

class GateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table(00)|0|table(0)|",
                "table(1)||table(1)|",
                "table(01)|7|and|7",
                "parity|7|and|7",
                "at-least(1)|7|and|7",
                "exactly(1)|7|and|7",
                "exactly(0)|7|literals(and,-)|7",
                "table(0001)|3 5|and|3 5",
                "weighted(2,3;5)|5 3|and|3 5",
                "weighted(2,3;6)|5 3|table(0)|",
                "weighted(2,-3;-4)|5 3|table(1)|",
                "weighted(4,1,1;4)|9 1 2|and|9",
                "weighted(1,1,1;2)|9 1 2|at-least(2)|1 2 9",
                "literals(and,++-)|4 2 9|literals(and,++-)|2 4 9",
                "literals(and,-++)|4 2 9|literals(and,+-+)|2 4 9",
                "weighted(1,-1;1)|5 3|literals(and,-+)|3 5",
                "literals(or,--)|1 2|literals(or,--)|1 2",
                "exactly(0)|1 2|literals(and,--)|1 2",
                "exactly(1)|1 2|parity|1 2",
                "exactly(1)|1 2 3|exactly(1)|1 2 3",
                "literals(and,+-)|3 3|table(0)|",
                "literals(or,+-)|3 3|table(1)|",
                "parity|3 3 5|and|5",
                "table(01101001)|1 2 3|parity|1 2 3",
                "table(00110011)|1 2 3|and|2",
                "table(10010110)|1 2 3|table(10010110)|1 2 3",
            })
    void theNormalFormIs(String function, String reads, String expected, String expectedReads) {
        Gate gate = Gate.of(GateFunction.named(function).orElseThrow(), numbers(reads));
        assertEquals(expected, gate.function().name());
        assertArrayEquals(numbers(expectedReads), gate.reads());
    }

    private static int[] numbers(String text) {
        return text == null
                ? new int[0]
                : IntStream.of(List.of(text.split(" ")).stream()
                                .mapToInt(Integer::parseInt)
                                .toArray())
                        .toArray();
    }

    /** All 65,536 functions of four inputs, each written three times in random ways. */
    @Tag("slow")
    @Test
    void equalFunctionsHaveOneNormalFormAndDifferentOnesDiffer() {
        RandomGenerator random = new Seed(3).generator();
        Map<Gate, Integer> tables = new HashMap<>();
        for (int table = 0; table < 1 << 16; table++) {
            int bits = table;
            Gate gate = Gate.of(x -> (bits >> index(x) & 1) != 0, 10, 20, 30, 40);
            assertEquals(null, tables.put(gate, table), () -> "two functions have the form " + gate);
            for (int row = 0; row < 16; row++) {
                assertEquals((table >> row & 1) != 0, value(gate, row), gate + " on row " + row);
            }
            // Another order, and one input twice.
            int[] order = {0, 1, 2, 3, random.nextInt(4)};
            for (int t = 4; t > 0; t--) {
                int other = random.nextInt(t + 1);
                int swapped = order[t];
                order[t] = order[other];
                order[other] = swapped;
            }
            Gate same = Gate.of(
                    x -> {
                        int row = 0;
                        for (int t = 0; t < order.length; t++) {
                            row |= x[t] ? 1 << order[t] : 0;
                        }
                        return (bits >> row & 1) != 0;
                    },
                    IntStream.of(order).map(t -> 10 * (t + 1)).toArray());
            assertEquals(gate, same);
        }
    }

    /** Every kind of function of up to four inputs, in any order of reads: the form is that of its truth table. */
    @Test
    void whateverAFunctionIsCalledItsFormIsThatOfItsTruthTable() {
        RandomGenerator random = new Seed(4).generator();
        int compared = 0;
        for (int fanIn = 1; fanIn <= 4; fanIn++) {
            List<GateFunction> functions = new ArrayList<>(List.of(GateFunction.AND, GateFunction.PARITY));
            for (int count = 0; count <= fanIn + 1; count++) {
                functions.add(GateFunction.exactly(count));
                functions.add(GateFunction.atLeast(count + 1));
            }
            for (int signs = 0; signs < 1 << fanIn; signs++) {
                boolean[] positive = new boolean[fanIn];
                for (int t = 0; t < fanIn; t++) {
                    positive[t] = (signs >> t & 1) != 0;
                }
                functions.add(GateFunction.allOf(positive));
                functions.add(GateFunction.anyOf(positive));
            }
            for (int code = 0; code < Math.pow(5, fanIn); code++) {
                int[] weights = new int[fanIn];
                for (int t = 0, rest = code; t < fanIn; t++, rest /= 5) {
                    weights[t] = rest % 5 - 2;
                }
                functions.add(GateFunction.weighted(random.nextInt(-4, 6), weights));
            }
            for (GateFunction function : functions) {
                int[] reads = random.ints(0, 50).distinct().limit(fanIn).toArray();
                boolean[] rows = new boolean[1 << fanIn];
                for (int x = 0; x < rows.length; x++) {
                    int sum = 0;
                    for (int t = 0; t < fanIn; t++) {
                        sum += (x >> t & 1) == 0 ? 0 : function.step(t);
                    }
                    rows[x] = function.isOn(sum, fanIn);
                }
                assertEquals(Gate.of(GateFunction.table(rows), reads), Gate.of(function, reads), function.name());
                compared++;
            }
        }
        assertTrue(compared > 800);
    }

    private static int index(boolean[] x) {
        return IntStream.range(0, x.length).map(t -> x[t] ? 1 << t : 0).sum();
    }

    private static boolean value(Gate gate, int row) {
        int sum = 0;
        for (int t = 0; t < gate.fanIn(); t++) {
            sum += (row >> gate.read(t) / 10 - 1 & 1) == 0 ? 0 : gate.function().step(t);
        }
        return gate.function().isOn(sum, gate.fanIn());
    }

    @Property(tries = 300)
    void wideGatesKeepTheirFunction(@ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int kind) {
        RandomGenerator random = new Seed(seed).generator();
        int fanIn = 17 + random.nextInt(5);
        int[] reads = IntStream.range(0, fanIn).map(t -> 3 * ((t * 5) % fanIn)).toArray();
        if (fanIn % 5 == 0) {
            return; // the order above is none
        }
        boolean[] signs = new boolean[fanIn];
        int[] weights = new int[fanIn];
        for (int t = 0; t < fanIn; t++) {
            signs[t] = random.nextInt(4) > 0;
            weights[t] = 2 * random.nextInt(-1, 4);
        }
        GateFunction function = switch (kind) {
            case 0 -> GateFunction.allOf(signs);
            case 1 -> GateFunction.anyOf(signs);
            case 2 -> GateFunction.weighted(random.nextInt(-5, 30), weights);
            case 3 -> GateFunction.atLeast(1 + random.nextInt(fanIn + 2));
            default -> GateFunction.exactly(random.nextInt(fanIn + 2));
        };
        Gate gate = Gate.of(function, reads);
        Gates layer = Gates.of(3 * fanIn, List.of(gate));
        for (int trial = 0; trial < 50; trial++) {
            boolean[] active = new boolean[fanIn];
            int sum = 0;
            List<Integer> features = new ArrayList<>();
            for (int t = 0; t < fanIn; t++) {
                active[t] = kind == 0 ? signs[t] ^ random.nextInt(20) == 0 : random.nextInt(10) < trial % 10;
                if (active[t]) {
                    sum += function.step(t);
                    features.add(reads[t]);
                }
            }
            FeatureSet input =
                    FeatureSet.of(features.stream().mapToInt(Integer::intValue).toArray());
            assertEquals(function.isOn(sum, fanIn), layer.evaluate(input).contains(0), function + " on " + input);
        }
    }

    @Test
    void namesAreReadBack() {
        for (GateFunction function : List.of(
                GateFunction.AND,
                GateFunction.PARITY,
                GateFunction.atLeast(2),
                GateFunction.exactly(0),
                GateFunction.weighted(-3, 5, -7, 0),
                GateFunction.allOf(true, false),
                GateFunction.anyOf(false),
                GateFunction.table(true),
                GateFunction.table(false, true, true, false))) {
            assertEquals(Optional.of(function), GateFunction.named(function.name()));
        }
        for (String wrong : List.of(
                "exactly(10000)",
                "exactly(01)",
                "weighted(;1)",
                "weighted(2000000000;1)",
                "weighted(99999999999;1)",
                "literals(and,)",
                "literals(xor,+)",
                "table()",
                "table(011)",
                "table(02)")) {
            assertEquals(Optional.empty(), GateFunction.named(wrong), wrong);
        }
    }

    @Test
    void aWrongNumberOfInputsIsRefused() {
        assertRefused("no function of 3 inputs", () -> Gate.of(GateFunction.allOf(true, false), 1, 2, 3));
        assertRefused("which is negative", () -> Gate.of(GateFunction.AND, -1, 2));
        assertRefused(
                "cannot be tabulated",
                () -> Gate.of(x -> true, IntStream.range(0, 17).toArray()));
        assertRefused(
                "5 occurs twice",
                () -> Gate.of(
                        GateFunction.AND,
                        IntStream.range(0, 17).map(t -> t == 9 ? 5 : t).toArray()));
        assertRefused("rows", () -> GateFunction.table(true, false, true));
        assertRefused("beyond", () -> GateFunction.weighted(1, 1 << 30, 1));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable action) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, action);
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    @Property(tries = 200)
    void aMixedLayerChangesOnlyWhatReadsAnActiveInput(@ForAll long seed) {
        RandomGenerator random = new Seed(seed).generator();
        int inputs = 6;
        List<Gate> gates = new ArrayList<>();
        List<boolean[]> tables = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int[] reads =
                    IntStream.range(0, inputs).filter(j -> random.nextBoolean()).toArray();
            boolean[] rows = new boolean[1 << reads.length];
            for (int x = 0; x < rows.length; x++) {
                rows[x] = random.nextInt(3) == 0;
            }
            gates.add(Gate.of(GateFunction.table(rows), reads));
            tables.add(rows);
            places.add(reads);
        }
        Gates layer = Gates.of(inputs, gates);
        FeatureSet resting = layer.evaluate(FeatureSet.EMPTY);
        assertEquals(resting, layer.resting());
        for (int mask = 0; mask < 1 << inputs; mask++) {
            int state = mask;
            FeatureSet input = FeatureSet.of(IntStream.range(0, inputs)
                    .filter(j -> (state >> j & 1) != 0)
                    .toArray());
            FeatureSet outputs = layer.evaluate(input);
            for (int i = 0; i < gates.size(); i++) {
                int row = 0;
                for (int t = 0; t < places.get(i).length; t++) {
                    row |= (mask >> places.get(i)[t] & 1) << t;
                }
                assertEquals(tables.get(i)[row], outputs.contains(i), "gate " + i + " on " + input);
            }
            assertEquals(outputs, resting.symmetricDifference(layer.changes(input)));
        }
    }

    @Test
    void aLayerIsWrittenInOneWay() {
        Gates mixed = Gates.of(4, List.of(Gate.and(0, 1), Gate.or(1, 2, 3), Gate.and(2, 3), Gate.constant(true)));
        assertEquals("and, at-least(1), table(1)", mixed.functionNames());
        assertEquals(FeatureSet.of(3), mixed.resting());
        assertEquals(mixed, Gates.of(4, mixed.functions(), mixed.functionIndices(), mixed.offsets(), mixed.reads()));
        assertEquals(
                Gates.conjunctions(4, 2, new int[] {0, 1, 2, 3}), Gates.of(4, List.of(Gate.and(1, 0), Gate.and(2, 3))));
        assertRefused(
                "order of the first gate",
                () -> Gates.of(
                        2,
                        List.of(GateFunction.AND, GateFunction.PARITY),
                        new int[] {1, 0},
                        new int[] {0, 1, 2},
                        new int[] {0, 1}));
        assertRefused(
                "number 2 of 2",
                () -> Gates.of(
                        2,
                        List.of(GateFunction.AND, GateFunction.PARITY),
                        new int[] {0, 2},
                        new int[] {0, 1, 2},
                        new int[] {0, 1}));
    }
}
