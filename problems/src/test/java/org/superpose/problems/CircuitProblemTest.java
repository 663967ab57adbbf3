package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class CircuitProblemTest {
    private static final String FULL_ADDER = """
            # a full adder in two half adders
            .model adder
            .inputs a b \\
                    carry-in
            .outputs sum carry-out
            .names a b half
            10 1
            01 1
            .names half carry-in sum
            10 1
            01 1
            .names a b both
            11 1
            .names half carry-in both carry-out
            11- 1
            --1 1
            .end
            """;

    @TempDir
    Path folder;

    private ProblemInstance read(String text, Object... more) throws IOException {
        Path file = Files.writeString(folder.resolve("circuit.blif"), text);
        Object[] all = new Object[more.length + 2];
        all[0] = "file";
        all[1] = file.toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return Instances.draw(1, "circuit", all);
    }

    @Test
    void aFullAdderAddsInTwoLayers() throws IOException {
        ProblemInstance adder = read(FULL_ADDER);
        assertEquals(2, adder.layers().size());
        assertEquals("carry-in", adder.inputNames().names().get(2));
        adder.domain().forEach(input -> {
            FeatureSet outputs = adder.evaluate(input);
            assertEquals(input.size(), (outputs.contains(0) ? 1 : 0) + (outputs.contains(1) ? 2 : 0));
        });
        // half is read by both outputs, carry-in skips a layer, both does too
        assertEquals(3, adder.layers().get(0).outputs());
    }

    @Test
    void theBundledCircuitAddsNumbersOfFourBits() {
        ProblemInstance adder = Instances.draw(1, "circuit", "file", "bundled:adder");
        assertEquals(8, adder.maxActive());
        assertEquals(256, adder.domain().size().intValueExact());
        adder.domain().forEach(input -> {
            int expected = 0;
            for (int j : input.toArray()) {
                expected += 1 << j % 4;
            }
            int sum = 0;
            for (int i : adder.evaluate(input).toArray()) {
                sum += 1 << i;
            }
            assertEquals(expected, sum, input.toString());
        });
        assertTrue(adder.layers().size() > 3, "carries go from bit to bit");
    }

    @Test
    void randomCircuitsAreWhatTheirNodesSay() throws IOException {
        RandomGenerator random = new Seed(9).generator();
        for (int trial = 0; trial < 60; trial++) {
            int inputs = 4;
            int nodes = 3 + random.nextInt(8);
            List<int[]> reads = new ArrayList<>();
            List<boolean[]> tables = new ArrayList<>();
            StringBuilder text =
                    new StringBuilder(".inputs s0 s1 s2 s3\n.outputs s" + (inputs + nodes - 1) + " s5 s0\n");
            for (int i = 0; i < nodes; i++) {
                int[] own = new int[random.nextInt(4)];
                boolean[] table = new boolean[1 << own.length];
                text.append(".names");
                for (int t = 0; t < own.length; t++) {
                    own[t] = random.nextInt(inputs + i);
                    text.append(" s").append(own[t]);
                }
                text.append(" s").append(inputs + i).append('\n');
                boolean value = random.nextBoolean();
                for (int row = 0; row < table.length; row++) {
                    table[row] = random.nextBoolean() == value;
                    if (table[row] == value) {
                        for (int t = 0; t < own.length; t++) {
                            text.append((row >> t & 1) != 0 ? '1' : '0');
                        }
                        text.append(own.length == 0 ? "" : " ")
                                .append(value ? 1 : 0)
                                .append('\n');
                    }
                }
                // A node without rows is off, whatever its rows would have said.
                boolean none = true;
                for (boolean row : table) {
                    none &= row != value;
                }
                if (none) {
                    table = new boolean[table.length];
                }
                reads.add(own);
                tables.add(table);
            }
            ProblemInstance circuit = read(text.toString());
            for (int mask = 0; mask < 16; mask++) {
                boolean[] signals = new boolean[inputs + nodes];
                List<Integer> active = new ArrayList<>();
                for (int j = 0; j < inputs; j++) {
                    signals[j] = (mask >> j & 1) != 0;
                    if (signals[j]) {
                        active.add(j);
                    }
                }
                for (int i = 0; i < nodes; i++) {
                    int row = 0;
                    for (int t = 0; t < reads.get(i).length; t++) {
                        row |= signals[reads.get(i)[t]] ? 1 << t : 0;
                    }
                    signals[inputs + i] = tables.get(i)[row];
                }
                FeatureSet got = circuit.evaluate(FeatureSet.of(
                        active.stream().mapToInt(Integer::intValue).toArray()));
                assertEquals(signals[inputs + nodes - 1], got.contains(0), text.toString());
                assertEquals(signals[5], got.contains(1), text.toString());
                assertEquals(signals[0], got.contains(2));
            }
        }
    }

    @Test
    void aNodeOfOneRowMayReadManySignals() throws IOException {
        StringBuilder text = new StringBuilder(".inputs");
        for (int j = 0; j < 20; j++) {
            text.append(" x").append(j);
        }
        text.append("\n.outputs y\n.names");
        for (int j = 0; j < 20; j++) {
            text.append(" x").append(j);
        }
        ProblemInstance instance = read(text + " y\n" + "1".repeat(2) + "-".repeat(17) + "0 1\n", "max-active", 3);
        assertEquals(FeatureSet.of(0), instance.evaluate(FeatureSet.of(0, 1)));
        assertEquals(FeatureSet.EMPTY, instance.evaluate(FeatureSet.of(0, 1, 19)));
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertRefused(
                "line 5: the node \"c\" is part of a loop through \"b\"",
                ".inputs a\n.outputs b\n.names a c b\n11 1\n.names b c\n1 1\n");
        assertRefused("line 3: \".latch\" is not read", ".inputs a\n.outputs b\n.latch a b\n");
        assertRefused("the signal \"c\" is driven by nothing", ".inputs a\n.outputs b\n.names a c b\n11 1\n");
        assertRefused(
                "the signal \"b\" is driven twice, first on line 3",
                ".inputs a\n.outputs b\n.names a b\n1 1\n.names b\n1\n");
        assertRefused("the signal \"a\" is driven twice: it is an input", ".inputs a\n.outputs a\n.names a\n1\n");
        assertRefused("line 5: a node's rows say all", ".inputs a\n.outputs b\n.names a b\n1 1\n0 0\n");
        assertRefused("must have 1 symbols", ".inputs a\n.outputs b\n.names a b\n11 1\n");
        assertRefused("belongs to no .names", ".inputs a\n11 1\n");
        assertRefused("has no .outputs", ".inputs a\n");
        assertRefused("has no .inputs", ".outputs b\n.names b\n1\n");
        assertRefused(".inputs names \"a\" again", ".inputs a a\n");
        assertRefused("a second .model", ".model a\n.model b\n");
    }

    private void assertRefused(String message, String text) {
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> read(text));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }
}
