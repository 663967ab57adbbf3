package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemInstance;

/**
 * The counts of function classes against the functions themselves: every map that a problem could draw, as the truth
 * table of all its outputs over the domain, made without any code of the problems.
 */
class FunctionClassesTest {
    /** Inputs are bit masks: those of the domain. */
    private static List<Integer> domain(int inputs, int least, int most) {
        return IntStream.range(0, 1 << inputs)
                .filter(x -> Integer.bitCount(x) >= least && Integer.bitCount(x) <= most)
                .boxed()
                .toList();
    }

    private static List<Integer> subsets(int inputs, int size) {
        return domain(inputs, size, size);
    }

    /** The truth table of an output over a domain, as text. */
    private static String table(List<Integer> domain, IntPredicate output) {
        StringBuilder table = new StringBuilder();
        domain.forEach(x -> table.append(output.test(x) ? '1' : '0'));
        return table.toString();
    }

    /** All lists of different elements of a list. */
    private static <T> List<List<T>> arrangements(List<T> of, int length) {
        if (length == 0) {
            return List.of(List.of());
        }
        List<List<T>> longer = new ArrayList<>();
        for (List<T> shorter : arrangements(of, length - 1)) {
            for (T next : of) {
                if (!shorter.contains(next)) {
                    List<T> list = new ArrayList<>(shorter);
                    list.add(next);
                    longer.add(list);
                }
            }
        }
        return longer;
    }

    /** log2 of the least number of functions that a class may have. */
    private static double log2(FunctionClass functions) {
        double log = -functions.boundBits();
        for (int t = 0; t < functions.picks(); t++) {
            log += Math.log(functions.choices().doubleValue() - t) / Math.log(2);
        }
        return log;
    }

    private static Optional<FunctionClass> counted(String problem, Object... settings) {
        return Instances.draw(1, problem, settings).functionClass();
    }

    @ParameterizedTest
    @CsvSource({"4,2,0,1", "4,3,0,2", "5,3,0,2", "6,2,2,3", "5,2,1,1", "3,2,0,1"})
    void xorPairsAndHalfAddersAreCountedExactly(int inputs, int picks, int least, int most) {
        List<Integer> domain = domain(inputs, least, most);
        Set<List<String>> xors = new HashSet<>();
        Set<List<String>> adders = new HashSet<>();
        for (List<Integer> pairs : arrangements(subsets(inputs, 2), picks)) {
            List<String> sums = new ArrayList<>();
            List<String> both = new ArrayList<>();
            for (int pair : pairs) {
                sums.add(table(domain, x -> Integer.bitCount(x & pair) == 1));
                both.add(table(domain, x -> Integer.bitCount(x & pair) == 1));
                both.add(table(domain, x -> (x & pair) == pair));
            }
            xors.add(sums);
            adders.add(both);
        }
        FunctionClass xor = counted(
                        "xor-pairs", "inputs", inputs, "outputs", picks, "max-active", most, "min-active", least)
                .orElseThrow();
        FunctionClass adder = counted(
                        "half-adders", "inputs", inputs, "outputs", 2 * picks, "max-active", most, "min-active", least)
                .orElseThrow();
        assertEquals(picks, xor.outputs());
        assertEquals(2 * picks, adder.outputs());
        assertEquals(picks, adder.picks());
        assertEquals(Math.log(xors.size()) / Math.log(2), log2(xor), 1e-9);
        assertEquals(Math.log(adders.size()) / Math.log(2), log2(adder), 1e-9);
    }

    /** Of four features exactly two active, the XOR of a pair is that of the other two. */
    @Test
    void pairsThatInputsDoNotTellApartAreNotCounted() {
        List<Integer> domain = domain(4, 2, 2);
        assertEquals(
                table(domain, x -> Integer.bitCount(x & 3) == 1), table(domain, x -> Integer.bitCount(x & 12) == 1));
        for (String problem : List.of("xor-pairs", "half-adders")) {
            assertEquals(
                    Optional.empty(), counted(problem, "inputs", 4, "outputs", 2, "max-active", 2, "min-active", 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"2,1,1,0", "3,1,1,0", "4,1,1,0", "5,1,2,1", "6,1,1,0", "5,2,1,0", "5,2,2,1"})
    void aGraphIsOneOfAtLeastSoMany(int nodes, int degree, int most, int least) {
        List<Integer> domain = domain(nodes, least, most);
        Set<List<String>> graphs = new HashSet<>();
        for (List<Integer> sets : arrangements(subsets(nodes, degree), nodes)) {
            if (IntStream.range(0, nodes).noneMatch(i -> (sets.get(i) >> i & 1) == 1)) {
                graphs.add(sets.stream()
                        .map(set -> table(domain, x -> (x & set) != 0))
                        .toList());
            }
        }
        FunctionClass functions = counted(
                        "neighbours", "inputs", nodes, "degree", degree, "max-active", most, "min-active", least)
                .orElseThrow();
        double exact = Math.log(graphs.size()) / Math.log(2);
        assertTrue(log2(functions) <= exact + 1e-9, log2(functions) + " is more than " + exact);
        assertTrue(nodes < 5 || log2(functions) > 0.6 * exact, log2(functions) + " is far below " + exact);
    }

    @Test
    void aGivenGraphAndAFileAreOfNoClass() {
        assertEquals(Optional.empty(), counted("neighbours", "inputs", 6, "max-active", 6, "min-active", 5));
    }

    /** A clause is its positive and its negated inputs. */
    private record Clause(int positive, int negated) {
        boolean isOn(int x) {
            return (x & positive) == positive && (x & negated) == 0;
        }
    }

    /** The functions of m' outputs of c clauses of r literals, as {@code dnf} draws them. */
    private static Set<List<String>> dnfs(
            List<Integer> domain, int inputs, int outputs, int clauses, int literals, int negated) {
        int all = outputs * clauses;
        Set<List<String>> functions = new HashSet<>();
        for (List<Integer> reads : arrangements(subsets(inputs, literals), all)) {
            signs(reads, 0, negated, negated == all * literals, new ArrayList<>(), terms -> {
                List<String> tables = new ArrayList<>();
                for (int i = 0; i < outputs; i++) {
                    List<Clause> own = terms.subList(i * clauses, (i + 1) * clauses);
                    tables.add(table(domain, x -> own.stream().anyMatch(clause -> clause.isOn(x))));
                }
                functions.add(tables);
            });
        }
        return functions;
    }

    private static void signs(
            List<Integer> reads,
            int at,
            int negated,
            boolean allNegated,
            List<Clause> chosen,
            java.util.function.Consumer<List<Clause>> each) {
        if (at == reads.size()) {
            if (negated == 0) {
                each.accept(chosen);
            }
            return;
        }
        int set = reads.get(at);
        for (int signs = set; signs >= 0; signs = signs == 0 ? -1 : signs - 1 & set) {
            int used = Integer.bitCount(signs);
            if (used <= negated && (signs != set || allNegated)) {
                chosen.add(new Clause(set & ~signs, signs));
                signs(reads, at + 1, negated - used, allNegated, chosen, each);
                chosen.remove(at);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // inputs, outputs, clauses, literals, negated, least and most active, whether exact
        "4,2,1,2,0,0,2,true",
        "4,2,1,2,4,0,1,true",
        "5,3,1,2,0,0,3,true",
        "4,2,1,1,2,0,1,true",
        "4,2,1,2,1,0,2,false",
        "4,2,1,2,2,0,2,false",
        "5,2,1,3,2,0,3,false",
        "5,2,1,3,3,0,4,false",
        "6,2,1,2,1,2,3,false",
        "4,1,2,2,0,0,2,false",
        "4,1,2,2,1,0,2,false",
        "4,1,2,2,2,0,3,false",
        "5,1,2,2,2,0,2,false",
        "5,1,2,2,4,0,2,false",
        "5,2,2,2,1,0,2,false",
        "6,1,3,2,2,0,2,false",
        "3,1,3,1,3,0,3,false",
        "8,1,2,2,1,0,2,false",
        "9,1,2,2,1,1,2,false",
    })
    void disjunctionsAreAtLeastAsManyAsCounted(
            int inputs, int outputs, int clauses, int literals, int negated, int least, int most, boolean exact) {
        int all = outputs * clauses * literals;
        FunctionClass functions = counted(
                        "dnf",
                        "inputs",
                        inputs,
                        "outputs",
                        outputs,
                        "clauses",
                        clauses,
                        "literals",
                        literals,
                        "negated",
                        negated == all ? "1" : Double.toString((double) negated / all),
                        "max-active",
                        most,
                        "min-active",
                        least)
                .orElseThrow();
        double drawn = Math.log(dnfs(domain(inputs, least, most), inputs, outputs, clauses, literals, negated)
                        .size())
                / Math.log(2);
        assertTrue(log2(functions) <= drawn + 1e-9, log2(functions) + " is more than " + drawn);
        if (exact) {
            assertEquals(drawn, log2(functions), 1e-9);
        }
        // Disjoint clauses are few where there are few inputs; with one clause little is lost.
        assertTrue(clauses > 1 || log2(functions) > drawn - 3, log2(functions) + " is far below " + drawn);
    }

    @Test
    void disjunctionsThatInputsDoNotTellApartAreNotCounted() {
        assertEquals(Optional.empty(), counted("dnf", "inputs", 8, "literals", 3, "clauses", 1, "max-active", 2));
        assertEquals(
                Optional.empty(),
                counted("dnf", "inputs", 8, "literals", 2, "clauses", 3, "negated", 1, "max-active", 2));
        assertEquals(
                Optional.empty(),
                counted("dnf", "inputs", 8, "literals", 2, "clauses", 1, "max-active", 6, "min-active", 5));
        assertEquals(
                Optional.empty(),
                counted("dnf", "inputs", 5, "outputs", 1, "literals", 2, "clauses", 3),
                "three clauses cannot be disjoint");
    }

    /** With one negation less than would leave none positive, the signs are almost free. */
    @ParameterizedTest
    @CsvSource({"1,2,0", "1,2,1", "7,2,3", "300,2,300", "300,2,150", "5,3,6", "40,3,31", "200,4,333", "64,16,700"})
    void waysToNegateAreBoundedFromBelow(int clauses, int literals, int negated) {
        BigInteger[] ways = {BigInteger.ONE};
        for (int c = 0; c < clauses; c++) {
            BigInteger[] next = new BigInteger[Math.min(negated, (c + 1) * (literals - 1)) + 1];
            for (int w = 0; w < next.length; w++) {
                next[w] = BigInteger.ZERO;
                for (int j = 0; j < literals && j <= w; j++) {
                    if (w - j < ways.length) {
                        next[w] = next[w].add(ways[w - j].multiply(FunctionClass.binomial(literals, j)));
                    }
                }
            }
            ways = next;
        }
        int shift = Math.max(0, ways[negated].bitLength() - 60);
        double exact = Math.log(ways[negated].shiftRight(shift).doubleValue()) / Math.log(2) + shift;
        double counted = ClauseClass.negationsLog2(clauses, literals, negated);
        assertTrue(counted <= exact + 1e-6, counted + " is more than " + exact);
        double lost = literals == 2 ? 1e-6 : 2 + literals * Math.log(clauses + 1) / Math.log(2);
        assertTrue(counted >= exact - lost, counted + " is far below " + exact);
    }

    @Test
    void whatIsDrawnAtSizeIsCountedAlmostWhole() {
        ProblemInstance instance =
                Instances.draw(1, "dnf", "inputs", 512, "outputs", 512, "clauses", 3, "negated", 0.25);
        FunctionClass functions = instance.functionClass().orElseThrow();
        assertEquals("all functions of ORs of 3 clauses of 2 literals, 768 of 3072 negated", functions.description());
        // Each output has about C(130816, 3) sets of pairs; each clause about 1.5 bits of signs.
        double each = 3 * Math.log(130816) / Math.log(2) - Math.log(6) / Math.log(2) + 3 * 1.5;
        assertEquals(
                512 * each,
                512 * Math.log(functions.choices().doubleValue()) / Math.log(2) - functions.boundBits(),
                60);
    }
}
