package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

class TruthTableProblemTest {
    @TempDir
    Path folder;

    private ProblemInstance read(String text, Object... more) throws IOException {
        Path file = Files.writeString(folder.resolve("table.pla"), text);
        Object[] all = new Object[more.length + 2];
        all[0] = "file";
        all[1] = file.toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return Instances.draw(1, "truth-table", all);
    }

    @Test
    void aHalfAdderKeepsItsNames() throws IOException {
        ProblemInstance adder = read("""
                # a half adder
                .i 2
                .o 2
                .ilb a b
                .ob sum carry
                .p 3
                01 10
                10 10   # either
                11 01
                .e
                """);
        assertEquals(FeatureSet.of(0), adder.evaluate(FeatureSet.of(0)));
        assertEquals(FeatureSet.of(0), adder.evaluate(FeatureSet.of(1)));
        assertEquals(FeatureSet.of(1), adder.evaluate(FeatureSet.of(0, 1)));
        assertEquals(FeatureSet.EMPTY, adder.evaluate(FeatureSet.EMPTY));
        assertEquals("carry", adder.outputNames().names().get(1));
        assertEquals("a", adder.inputNames().names().get(0));
        assertEquals(2, adder.maxActive());
        assertEquals("parity, and", adder.gates().functionNames());
    }

    @Test
    void theBundledTableDrawsDigitsThatDiffer() {
        ProblemInstance display = Instances.draw(1, "truth-table", "file", "bundled:seven-segment");
        assertEquals(
                List.of("a", "b", "c", "d", "e", "f", "g"),
                display.outputNames().names());
        Set<FeatureSet> shapes = new HashSet<>();
        int segments = 0;
        for (int digit = 0; digit < 16; digit++) {
            int shown = digit;
            int[] active =
                    IntStream.range(0, 4).filter(j -> (shown >> 3 - j & 1) != 0).toArray();
            FeatureSet shape = display.evaluate(FeatureSet.of(active));
            shapes.add(shape);
            segments += shape.size();
        }
        assertEquals(16, shapes.size());
        // 6 2 5 5 4 5 6 3 7 6 segments for the ten digits, 6 5 4 5 5 4 for A b C d E F.
        assertEquals(49 + 29, segments);
        assertEquals(7, display.evaluate(FeatureSet.of(0)).size(), "an 8 has every segment");
        assertEquals(FeatureSet.of(1, 2), display.evaluate(FeatureSet.of(3)), "a 1 is on the right");
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> Instances.draw(1, "truth-table", "file", "bundled:seven-segments"))
                .getMessage();
        assertEquals("no PLA file \"seven-segments\" is bundled; did you mean \"seven-segment\"?", message);
    }

    @Tag("slow")
    @Test
    void anyCubesMeanWhatTheirRowsSay() throws IOException {
        RandomGenerator random = new Seed(5).generator();
        for (int trial = 0; trial < 40; trial++) {
            int inputs = trial % 2 == 0 ? 6 : 20; // with 20, some outputs read too many for one table
            List<String> ins = new ArrayList<>();
            List<String> outs = new ArrayList<>();
            StringBuilder text = new StringBuilder(".i " + inputs + "\n.o 4\n.type f\n");
            for (int row = 0; row < 7; row++) {
                ins.add(symbols(inputs, "01-", random));
                outs.add(symbols(4, "01", random));
                text.append(ins.get(row))
                        .append(row % 2 == 0 ? " " : "|")
                        .append(outs.get(row))
                        .append('\n');
            }
            ProblemInstance instance = read(text.toString(), "max-active", 3);
            for (int sample = 0; sample < 300; sample++) {
                boolean[] x = new boolean[inputs];
                int[] active = IntStream.range(0, inputs)
                        .filter(j -> random.nextInt(3) == 0)
                        .toArray();
                for (int j : active) {
                    x[j] = true;
                }
                FeatureSet got = instance.evaluate(FeatureSet.of(active));
                for (int i = 0; i < 4; i++) {
                    boolean expected = false;
                    for (int row = 0; row < 7; row++) {
                        expected |= outs.get(row).charAt(i) == '1' && matches(ins.get(row), x);
                    }
                    assertEquals(expected, got.contains(i));
                }
            }
        }
    }

    private static String symbols(int count, String alphabet, RandomGenerator random) {
        StringBuilder symbols = new StringBuilder();
        for (int t = 0; t < count; t++) {
            symbols.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return symbols.toString();
    }

    private static boolean matches(String cube, boolean[] x) {
        return IntStream.range(0, x.length).allMatch(j -> cube.charAt(j) == '-' || (cube.charAt(j) == '1') == x[j]);
    }

    @Test
    void anOutputThatIsOnForEveryInputIsAConstant() throws IOException {
        ProblemInstance instance = read(".i 2\n.o 2\n-- 10\n");
        assertEquals(FeatureSet.of(0), instance.gates().resting());
        assertEquals("table(1), table(0)", instance.gates().functionNames());
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertRefused("line 1: .i with a positive number is missing", "01 1\n");
        assertRefused("line 3: the row has 2 symbols", ".i 2\n.o 1\n01\n");
        assertRefused("line 3: the inputs \"0x\"", ".i 2\n.o 1\n0x 1\n");
        assertRefused("line 3: the outputs \"3\"", ".i 2\n.o 1\n00 3\n");
        assertRefused("line 1: .i must be followed", ".i two\n");
        assertRefused("line 2: .i is given twice", ".i 2\n.i 2\n");
        assertRefused("line 2: .ilb has 1 names, but .i says 2", ".i 2\n.ilb a\n");
        assertRefused("line 2: .ilb has a name twice", ".i 2\n.ilb a a\n");
        assertRefused("line 1: \".mv\" is not read", ".mv 4\n");
        assertRefused("type \"fd\" is not read", ".i 1\n.o 1\n.type fd\n");
        assertRefused("line 3: an output is -", ".i 1\n.o 1\n1 -\n");
        assertRefused("line 5: \"1 1\" follows the end", ".i 1\n.o 1\n1 1\n.e\n1 1\n");
        assertRefused("line 5: output 0 is on by line 4 and off by line 5", ".i 2\n.o 1\n.type fr\n1- 1\n-1 0\n");
    }

    private void assertRefused(String message, String text) {
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> read(text));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }
}
