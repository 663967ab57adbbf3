package org.superpose.problems.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

class FormulaGateTest {
    private static final int FEATURES = 24;

    private static Formula parse(String text) {
        try {
            return FormulaParser.parse(text, name -> Integer.parseInt(name.substring(1)));
        } catch (FormulaException wrong) {
            throw new AssertionError(text + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Optional<Gate> gate(String text) {
        return FormulaGate.of(parse(text));
    }

    private static String joined(String operator, int count, String... more) {
        List<String> parts = IntStream.range(0, count)
                .mapToObj(j -> (j % 5 == 2 ? "!" : "") + "x" + j)
                .collect(Collectors.toCollection(ArrayList::new));
        parts.addAll(List.of(more));
        return String.join(operator, parts);
    }

    @Test
    void aNarrowFormulaBecomesTheNormalFormOfItsTable() {
        assertEquals("and of [1, 3]", gate("x3 & x1 & x3").orElseThrow().toString());
        assertEquals(
                "at-least(2) of [0, 1, 2]",
                gate("x0 & x1 | x2 & (x0 | x1)").orElseThrow().toString());
        assertEquals(
                "literals(and,+-) of [4, 7]", gate("!(!x4 | x7)").orElseThrow().toString());
        assertEquals(
                "exactly(1) of [0, 1, 2]",
                gate("(x0 ^ x1 ^ x2) & !(x0 & x1 & x2)").orElseThrow().toString());
        assertEquals("table(1) of []", gate("x0 | !x0").orElseThrow().toString());
        assertEquals("table(0) of []", gate("0").orElseThrow().toString());
    }

    /** The first 20 features, every fifth of them negated. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "AND; literals(and",
                "OR; literals(or",
                "NOT AND; literals(or",
                "NOT OR; literals(and",
                "EXCEPT; literals(and",
                "XOR; parity",
                "AT LEAST; weighted",
                "NOT AT LEAST; weighted",
                "WEIGHTED; weighted",
                "COUNT; at-least(3)",
                "CANCELS; table(1)"
            })
    void aWideFormulaOfLiteralsComputesWhatItSays(String kind, String function) {
        String text = switch (kind) {
            case "AND" -> joined(" & ", 20, "(x20 & !!x21)", "x0");
            case "OR" -> joined(" | ", 20, "(x20 | x21)");
            case "NOT AND" -> "!(" + joined(" & ", 20) + ")";
            case "NOT OR" -> "!(" + joined(" | ", 20) + ")";
            case "EXCEPT" -> "x20 & x21 & !(" + joined(" | ", 20) + ")";
            case "XOR" -> joined(" ^ ", 20, "(x20 ^ !x21)", "!(x22 ^ x0)");
            case "AT LEAST" -> "at-least(3, " + joined(", ", 20) + ")";
            case "NOT AT LEAST" -> "!at-least(3, " + joined(", ", 20) + ")";
            case "WEIGHTED" -> "at-least(4, 3*x20, -2*!x21, x0, " + joined(", ", 20) + ")";
            case "COUNT" -> "at-least(3, " + joined(", ", 20).replace("!", "") + ")";
            case "CANCELS" -> joined(" | ", 20, "!x0");
            default -> throw new AssertionError(kind);
        };
        Formula formula = parse(text);
        Gate gate = FormulaGate.of(formula).orElseThrow();
        assertTrue(gate.function().name().startsWith(function), gate.function().name());
        Gates gates = Gates.of(FEATURES, List.of(gate));
        RandomGenerator random = new Seed(3).generator();
        int on = 0;
        for (int sample = 0; sample < 4000; sample++) {
            boolean[] active = new boolean[FEATURES];
            int changes = random.nextInt(5);
            for (int j = 0; j < FEATURES; j++) {
                // Near an input on which all literals are true, near one on which all are false, and anywhere.
                active[j] = switch (sample % 3) {
                    case 0 -> j % 5 != 2;
                    case 1 -> j >= 20 || j % 5 == 2;
                    default -> random.nextBoolean();
                };
            }
            for (int t = 0; t < changes; t++) {
                active[random.nextInt(FEATURES)] ^= true;
            }
            int[] indices = IntStream.range(0, FEATURES).filter(j -> active[j]).toArray();
            boolean got = gates.evaluate(FeatureSet.of(indices)).contains(0);
            assertEquals(formula.value(active), got, text);
            on += got ? 1 : 0;
        }
        assertTrue(on > 0, "the samples never turn the gate on");
    }

    @Test
    void otherWideFormulasAreRefused() {
        assertEquals(Optional.empty(), gate(joined(" & ", 17, "(x18 | x19)")));
        assertEquals(Optional.empty(), gate("!(" + joined(" ^ ", 17).replace("!", "") + ")"));
        assertEquals(Optional.empty(), gate("at-least(2, x18 & x19, " + joined(", ", 17) + ")"));
        assertEquals(Optional.empty(), gate("at-least(2, 999999999*x0, 999999999*x1, " + joined(", ", 17) + ")"));
    }
}
