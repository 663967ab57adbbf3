package org.superpose.runner.inspect;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.problem.Gates;
import org.superpose.runner.experiment.statistics.RowResponses;

/**
 * The dependence between light inputs that share a heavy one, of one real draw: their channels live in the same rows,
 * those that listen to the heavy input, so they meet in more rows than light inputs of different heavy ones. All of it
 * is read off the weights of the first layer.
 *
 * @param hub the heavy input
 * @param rows the rows that listen to it, ascending
 * @param sharing light inputs that some output reads together with it, by index
 * @param apart other light inputs, by index
 * @param listens for each of the rows, whether it listens to each of {@code sharing} and then of {@code apart}
 * @param meetingsSharing how many pairs of light inputs that share the hub have 0, 1, 2, ... rows in common
 * @param meetingsApart the same for pairs of one that has the hub and one that has not
 */
@Reference(value = "Figure 6: dependence", standing = Standing.RECONSTRUCTED)
public record SharedHub(
        int hub,
        List<Integer> rows,
        List<Integer> sharing,
        List<Integer> apart,
        List<List<Boolean>> listens,
        TreeMap<Integer, Integer> meetingsSharing,
        TreeMap<Integer, Integer> meetingsApart) {
    /** The light inputs of each kind that are looked at. */
    private static final int MOST_INPUTS = 400;

    /**
     * Reads the first layer.
     *
     * @param built a network for a map of ANDs of two inputs
     * @param hub the heavy input, or -1 for the most influential one
     * @throws InvalidInputException if the map has other gates, or fewer than two light inputs share the hub
     */
    public static SharedHub of(BuiltNetwork built, int hub) {
        Gates gates = built.instance().layers().get(0);
        if (gates.minFanIn() != 2 || gates.maxFanIn() != 2) {
            throw new InvalidInputException("--figure dependence is about outputs that read two inputs each, but these"
                    + " read " + gates.minFanIn() + " to " + gates.maxFanIn());
        }
        int chosen = hub >= 0 ? hub : mostInfluential(gates);
        int[] sharing = partners(gates, chosen);
        if (sharing.length < 2) {
            throw new InvalidInputException("input "
                    + built.instance().inputNames().name(chosen) + " shares outputs"
                    + " with " + sharing.length + " light inputs, and --figure dependence needs two or more. Maybe"
                    + " choose a heavy input with --feature, or a map with --set influence=bipartite?");
        }
        int[] apart = apart(gates, chosen, sharing);
        return read(built, chosen, sharing, apart);
    }

    private static int mostInfluential(Gates gates) {
        return IntStream.range(0, gates.inputs())
                .boxed()
                .max(Comparator.<Integer>comparingInt(gates::influence).thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** The inputs of less influence that some output reads together with the hub. */
    private static int[] partners(Gates gates, int hub) {
        Set<Integer> partners = new LinkedHashSet<>();
        for (int t = 0; t < gates.influence(hub); t++) {
            int output = gates.reader(hub, t);
            int other = gates.read(output, 0) == hub ? gates.read(output, 1) : gates.read(output, 0);
            if (gates.influence(other) < gates.influence(hub)) {
                partners.add(other);
            }
        }
        return partners.stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .limit(MOST_INPUTS)
                .toArray();
    }

    /** Inputs that are as light as those, and that no output reads together with the hub. */
    private static int[] apart(Gates gates, int hub, int[] sharing) {
        int heaviest = Arrays.stream(sharing).map(gates::influence).max().orElseThrow();
        Set<Integer> excluded = new LinkedHashSet<>();
        for (int t = 0; t < gates.influence(hub); t++) {
            for (int input : gates.reads(gates.reader(hub, t))) {
                excluded.add(input);
            }
        }
        return IntStream.range(0, gates.inputs())
                .filter(input -> gates.influence(input) > 0 && gates.influence(input) <= heaviest)
                .filter(input -> !excluded.contains(input))
                .limit(MOST_INPUTS)
                .toArray();
    }

    private static SharedHub read(BuiltNetwork built, int hub, int[] sharing, int[] apart) {
        int[] features = IntStream.concat(
                        IntStream.of(hub), IntStream.concat(IntStream.of(sharing), IntStream.of(apart)))
                .toArray();
        Codes all = built.network().inputCodes();
        RowResponses responses = RowResponses.of(
                Codes.of(
                        all.neurons(),
                        IntStream.of(features).mapToObj(all::code).toList()),
                built.network().layers().get(0));
        int[] rows = responses.rowsOf(0);
        List<List<Boolean>> listens = Arrays.stream(rows)
                .mapToObj(row -> IntStream.range(1, features.length)
                        .mapToObj(place -> Arrays.binarySearch(responses.rowsOf(place), row) >= 0)
                        .toList())
                .toList();
        TreeMap<Integer, Integer> together = new TreeMap<>();
        TreeMap<Integer, Integer> separate = new TreeMap<>();
        for (int a = 1; a <= sharing.length; a++) {
            for (int b = a + 1; b < features.length; b++) {
                (b <= sharing.length ? together : separate).merge(responses.common(a, b), 1, Integer::sum);
            }
        }
        return new SharedHub(
                hub,
                Arrays.stream(rows).boxed().toList(),
                Arrays.stream(sharing).boxed().toList(),
                Arrays.stream(apart).boxed().toList(),
                listens,
                together,
                separate);
    }

    /** The rows that two inputs have in common, on average; 0 without any pair. */
    public static double mean(TreeMap<Integer, Integer> meetings) {
        long pairs = meetings.values().stream().mapToLong(Integer::longValue).sum();
        long rows = meetings.entrySet().stream()
                .mapToLong(each -> (long) each.getKey() * each.getValue())
                .sum();
        return pairs == 0 ? 0 : (double) rows / pairs;
    }
}
