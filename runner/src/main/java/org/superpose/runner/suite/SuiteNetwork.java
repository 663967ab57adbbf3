package org.superpose.runner.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * One network of the suite, before it is built. It is built at {@code width} and, while it is not verified, at widths a
 * tenth larger each, so that the suite holds verified networks alone.
 *
 * @param id its folder: lower-case words joined by hyphens
 * @param title what it computes, for people
 * @param problem id of the problem
 * @param construction id of the construction
 * @param settings of problem and construction, without the width
 * @param width where the search for a verified one begins
 * @param isQuick whether it is part of the quick suite
 */
record SuiteNetwork(
        String id,
        String title,
        String problem,
        String construction,
        Map<String, String> settings,
        int width,
        boolean isQuick) {
    private static final int MOST_WIDTHS = 12;

    /** The suite, version 1: a line for each network. */
    static final List<SuiteNetwork> ALL = List.of(
            quick(
                    "permutation-small",
                    "a permutation of 128 features",
                    "permutation",
                    "clipped-permutation",
                    72,
                    "inputs=128 max-active=1"),
            full(
                    "permutation-medium",
                    "a permutation of 512 features, two active",
                    "permutation",
                    "clipped-permutation",
                    240,
                    "inputs=512 max-active=2"),
            quick(
                    "two-and-small",
                    "128 random pairs of 128 features",
                    "two-and",
                    "clipped-and",
                    80,
                    "inputs=128 outputs=128"),
            full(
                    "two-and-medium",
                    "512 random pairs of 512 features",
                    "two-and",
                    "clipped-and",
                    160,
                    "inputs=512 outputs=512"),
            full(
                    "two-and-large",
                    "2048 random pairs of 2048 features",
                    "two-and",
                    "clipped-and",
                    310,
                    "inputs=2048 outputs=2048"),
            full(
                    "two-and-zipf",
                    "512 pairs of 256 features, read by Zipf's law",
                    "two-and",
                    "clipped-and",
                    190,
                    "inputs=256 outputs=512 influence=zipf"),
            full(
                    "two-and-v3",
                    "128 random pairs of 128 features, three active",
                    "two-and",
                    "clipped-and",
                    150,
                    "inputs=128 outputs=128 max-active=3"),
            full(
                    "bigrams",
                    "the word bigrams of a licence, with the words as names",
                    "pairs-file",
                    "clipped-and",
                    430,
                    "file=bundled:bigrams-gpl3"),
            quick(
                    "k-and-3",
                    "ANDs of three of 64 features",
                    "k-and",
                    "clipped-and",
                    100,
                    "inputs=64 outputs=64 fan-in=3"),
            full(
                    "k-and-4",
                    "ANDs of four of 48 features, four active",
                    "k-and",
                    "clipped-and",
                    180,
                    "inputs=48 outputs=96 fan-in=4"),
            full(
                    "dnf",
                    "ORs of two clauses of two literals, a quarter of them negated",
                    "dnf",
                    "trained-gates",
                    64,
                    "inputs=64 outputs=64 clauses=2"),
            full(
                    "two-hops",
                    "pairs of pairs of 24 features, in two layers of gates",
                    "layered",
                    "clipped",
                    140,
                    "inputs=24 layers=two-and(outputs=24),two-and(outputs=12)"),
            full(
                    "trained-permutation",
                    "a permutation of 128 features by trained weights",
                    "permutation",
                    "trained-permutation",
                    48,
                    "inputs=128 max-active=2"),
            full(
                    "trained-and",
                    "64 pairs by trained weights, three active",
                    "two-and",
                    "trained-and",
                    28,
                    "inputs=64 outputs=64 max-active=3"));

    private static SuiteNetwork quick(
            String id, String title, String problem, String construction, int width, String settings) {
        return new SuiteNetwork(id, title, problem, construction, parsed(settings), width, true);
    }

    private static SuiteNetwork full(
            String id, String title, String problem, String construction, int width, String settings) {
        return new SuiteNetwork(id, title, problem, construction, parsed(settings), width, false);
    }

    private static Map<String, String> parsed(String settings) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String setting : settings.split(" ")) {
            int at = setting.indexOf('=');
            map.put(setting.substring(0, at), setting.substring(at + 1));
        }
        return map;
    }

    /** The networks of the suite. */
    static List<SuiteNetwork> of(boolean quick) {
        return ALL.stream().filter(each -> !quick || each.isQuick()).toList();
    }

    /** The recipes that are tried, the narrowest first. */
    List<NetworkRecipe> recipes(Seed seed) {
        List<NetworkRecipe> recipes = new ArrayList<>();
        int n = width;
        for (int t = 0; t < MOST_WIDTHS; t++) {
            Assignments assignments =
                    new Assignments(new LinkedHashMap<>(settings)).with(ConstructionParameters.WIDTH, n);
            recipes.add(new NetworkRecipe(problem, construction, assignments, seed, seed));
            n += Math.max(1, n / 10);
        }
        return recipes;
    }

    /** The command that builds the network of a recipe again. */
    String command(NetworkRecipe recipe) {
        StringBuilder command =
                new StringBuilder("superpose build --problem " + problem + " --construction " + construction);
        recipe.assignments().values().forEach((name, value) -> command.append(" --set '" + name + "=" + value + "'"));
        command.append(" --instance-seed " + recipe.instanceSeed().value() + " --seed "
                + recipe.seed().value());
        return command.append(" -o network.superpose.zip").toString();
    }
}
