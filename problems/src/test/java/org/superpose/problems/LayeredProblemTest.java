package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;

class LayeredProblemTest {
    private static List<Integer> widths(String layers) {
        return Instances.draw(2, "layered", "inputs", 64, "layers", layers).layers().stream()
                .map(Gates::outputs)
                .toList();
    }

    @Test
    void reads_its_layers_in_order() {
        assertEquals(List.of(64, 64, 64), widths("3*permutation"));
        assertEquals(List.of(64, 200, 200), widths("permutation,two-and(outputs=200),permutation"));
        assertEquals(
                List.of(64, 30, 30), widths(" permutation , k-and( fan-in = 4 , outputs = 30 ) , 1 * permutation "));
        assertEquals(List.of(63, 63), widths("two-and(influence=star),two-and()"));
    }

    @Test
    void draws_repeated_maps_anew() {
        var layers = Instances.draw(2, "layered", "inputs", 64, "layers", "2*permutation")
                .layers();
        assertTrue(!layers.get(0).equals(layers.get(1)));
    }

    @Test
    void lets_every_output_be_on_unless_told_otherwise() {
        assertEquals(
                6,
                Instances.draw(2, "layered", "inputs", 64, "layers", "two-and,permutation,k-and(fan-in=3)")
                        .maxActive());
        assertEquals(
                1,
                Instances.draw(2, "layered", "inputs", 64, "layers", "4*permutation")
                        .maxActive());
    }

    private static String refusal(String layers) {
        return assertThrows(
                        InvalidInputException.class, () -> Instances.draw(1, "layered", "inputs", 16, "layers", layers))
                .getMessage();
    }

    @Test
    void says_what_is_wrong_with_a_list_of_layers() {
        assertEquals(
                "map 2 of layers \"permutation,,two-and\" is empty: write maps separated by single commas",
                refusal("permutation,,two-and"));
        assertEquals(
                "map 1 of layers has the unknown kind \"permutatoin\"; did you mean \"permutation\"?",
                refusal("permutatoin"));
        assertEquals("layers \"two-and(outputs=4\" lacks a closing parenthesis", refusal("two-and(outputs=4"));
        assertEquals(
                "layers \"two-and(outputs=4))\" has a parenthesis too many at position 19",
                refusal("two-and(outputs=4))"));
        assertEquals(
                "map 1 of layers, two-and, has the argument \"4\": it must be of the form name=value",
                refusal("two-and(4)"));
        assertEquals("map 1 of layers, two-and, is given outputs twice", refusal("two-and(outputs=4,outputs=5)"));
        assertEquals(
                "map 2 of layers, two-and, has no parameter \"output\"; did you mean \"outputs\"?",
                refusal("permutation,two-and(output=4)"));
        assertEquals("outputs \"x\" must be a whole number from 1 to 16777216", refusal("two-and(outputs=x)"));
        assertTrue(refusal("0*permutation").startsWith("map 1 of layers, \"0*permutation\", makes 0 layers: "));
        assertTrue(refusal("2000*permutation").contains("makes 2000 layers"));
        assertTrue(refusal("two-and 5").contains("is not of the form"));
        assertEquals(
                "layer 2, two-and over 16 features, is impossible: 131 outputs, but 16 inputs have only 120 pairs",
                refusal("permutation,two-and(outputs=131)"));
    }

    @Test
    void refuses_so_few_active_features_that_every_output_would_stay_off() {
        var failure = assertThrows(
                InvalidInputException.class,
                () -> Instances.draw(1, "layered", "inputs", 16, "layers", "2*two-and", "max-active", 2));
        assertEquals(
                "max-active 2 is too small: no output can be on with fewer than 3 active inputs", failure.getMessage());
    }

    private static FunctionClass functions(String layers) {
        return Instances.draw(1, "layered", "inputs", 32, "layers", layers)
                .functionClass()
                .orElseThrow();
    }

    @Test
    void counts_a_chain_of_permutations_as_one_permutation() {
        assertEquals(BigInteger.valueOf(32), functions("8*permutation").choices());
        assertEquals(32, functions("8*permutation").outputs());
    }

    @Test
    void counts_permutations_around_one_and_layer_as_the_and_layer() {
        FunctionClass around = functions("2*permutation,two-and(outputs=100),3*permutation");
        assertEquals(FunctionClass.binomial(32, 2), around.choices());
        assertEquals(100, around.outputs());
        FunctionClass triples = functions("permutation,k-and(fan-in=3,outputs=77)");
        assertEquals(FunctionClass.binomial(32, 3), triples.choices());
        assertEquals(77, triples.outputs());
    }

    @Test
    void counts_two_and_layers_by_what_provably_differs() {
        // at the second layer: 16 gates of the first read disjoint pairs, so C(16, 2) choices for
        // each of 32 outputs; at the first: one gate is fixed on two inputs, so C(30, 2) choices for
        // each of 31 gates, each seen by an output
        FunctionClass functions = functions("2*two-and");
        assertEquals(FunctionClass.binomial(30, 2), functions.choices());
        assertEquals(31, functions.outputs());
    }

    /**
     * Every composite of all AND layers of two shapes: the inputs that each output reads, or "never" for more than v.
     */
    private static int distinctComposites(int inputs, int[] fanIns, int[] widths, int maxActive) {
        Set<List<Integer>> composites = new HashSet<>();
        List<Integer> ground = new ArrayList<>();
        for (int j = 0; j < inputs; j++) {
            ground.add(1 << j);
        }
        compose(ground, 0, fanIns, widths, maxActive, composites);
        return composites.size();
    }

    private static void compose(
            List<Integer> below, int layer, int[] fanIns, int[] widths, int maxActive, Set<List<Integer>> composites) {
        if (layer == fanIns.length) {
            composites.add(below.stream()
                    .map(mask -> Integer.bitCount(mask) > maxActive ? -1 : mask)
                    .toList());
            return;
        }
        List<Integer> unions = new ArrayList<>();
        for (int choice = 0; choice < 1 << below.size(); choice++) {
            if (Integer.bitCount(choice) == fanIns[layer]) {
                int union = 0;
                for (int t = 0; t < below.size(); t++) {
                    union |= (choice >> t & 1) == 0 ? 0 : below.get(t);
                }
                unions.add(union);
            }
        }
        choose(unions, new boolean[unions.size()], new ArrayList<>(), layer, fanIns, widths, maxActive, composites);
    }

    private static void choose(
            List<Integer> unions,
            boolean[] taken,
            List<Integer> gates,
            int layer,
            int[] fanIns,
            int[] widths,
            int maxActive,
            Set<List<Integer>> composites) {
        if (gates.size() == widths[layer]) {
            compose(List.copyOf(gates), layer + 1, fanIns, widths, maxActive, composites);
            return;
        }
        for (int t = 0; t < taken.length; t++) {
            if (!taken[t]) {
                taken[t] = true;
                gates.add(unions.get(t));
                choose(unions, taken, gates, layer, fanIns, widths, maxActive, composites);
                gates.remove(gates.size() - 1);
                taken[t] = false;
            }
        }
    }

    private static BigInteger count(FunctionClass functions) {
        BigInteger count = BigInteger.ONE;
        for (int i = 0; i < functions.outputs(); i++) {
            count = count.multiply(functions.choices().subtract(BigInteger.valueOf(i)));
        }
        return count;
    }

    @Property(tries = 600)
    void never_counts_more_composites_than_there_are(
            @ForAll @IntRange(min = 2, max = 5) int inputs,
            @ForAll @IntRange(min = 1, max = 3) int firstFanIn,
            @ForAll @IntRange(min = 1, max = 3) int firstWidth,
            @ForAll @IntRange(min = 1, max = 2) int secondFanIn,
            @ForAll @IntRange(min = 1, max = 3) int secondWidth,
            @ForAll @IntRange(min = 1, max = 5) int maxActive) {
        if (FunctionClass.binomial(inputs, firstFanIn).intValue() < firstWidth
                || FunctionClass.binomial(firstWidth, secondFanIn).intValue() < secondWidth) {
            return;
        }
        List<Gates> layers =
                List.of(someGates(inputs, firstFanIn, firstWidth), someGates(firstWidth, secondFanIn, secondWidth));
        int exact = distinctComposites(
                inputs, new int[] {firstFanIn, secondFanIn}, new int[] {firstWidth, secondWidth}, maxActive);
        BigInteger bound = count(CompositeClass.of(layers, maxActive));
        assertTrue(bound.compareTo(BigInteger.valueOf(exact)) <= 0, bound + " of " + exact);
        int fewest = CompositeClass.fewestActive(layers, inputs);
        if (maxActive < fewest) {
            assertEquals(1, exact); // every output of every composite stays off
        }
    }

    @Test
    void does_not_count_what_too_few_active_features_cannot_show() {
        List<Gates> layers = List.of(someGates(4, 1, 3), someGates(3, 2, 2));
        assertEquals(BigInteger.ONE, count(CompositeClass.of(layers, 1)));
        assertEquals(1, distinctComposites(4, new int[] {1, 2}, new int[] {3, 2}, 1));
        assertTrue(count(CompositeClass.of(layers, 2)).intValue() > 1);
    }

    @Test
    void counts_small_permutation_chains_exactly() {
        assertEquals(24, distinctComposites(4, new int[] {1, 1}, new int[] {4, 4}, 1));
        assertEquals(
                BigInteger.valueOf(24), count(CompositeClass.of(List.of(someGates(4, 1, 4), someGates(4, 1, 4)), 1)));
        assertEquals(120, distinctComposites(4, new int[] {1, 2}, new int[] {4, 3}, 2));
        assertEquals(
                BigInteger.valueOf(120), count(CompositeClass.of(List.of(someGates(4, 1, 4), someGates(4, 2, 3)), 2)));
    }

    private static Gates someGates(int inputs, int fanIn, int outputs) {
        int[] all = new Subsets(inputs, fanIn).allBut(new int[0]);
        return Gates.conjunctions(inputs, fanIn, Arrays.copyOf(all, outputs * fanIn));
    }
}
