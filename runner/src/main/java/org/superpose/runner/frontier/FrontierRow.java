package org.superpose.runner.frontier;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * One problem of the frontier, what was hoped for, and where the search for its smallest verified width begins.
 *
 * @param id a few words joined by hyphens, also the name of its file of certificates
 * @param title the problem in words
 * @param problem id of the problem
 * @param instance the problem's parameters
 * @param reach the width to reach at least, or empty where none was named
 * @param aim the width to aim for, or empty where none was named
 * @param construction id of the construction
 * @param building the construction's parameters, without the width; others are chosen automatically
 * @param width where the search begins: the smallest width at which instances were verified so far
 */
public record FrontierRow(
        String id,
        String title,
        String problem,
        Map<String, String> instance,
        OptionalInt reach,
        OptionalInt aim,
        String construction,
        Map<String, String> building,
        int width) {

    /** The construction whose networks are read by a trained matrix. */
    private static final String TRAINED_AND = "trained-and";

    /** Rows that are built and verified within seconds. */
    static final List<String> QUICK =
            List.of("two-and-regular-4096", "two-and-star-4096", "two-and-complete-91", "bigrams-gpl3", "k-and-4-v4");

    /**
     * A chain that no construction can shorten: an output is on iff four inputs are, which no layer before the last
     * knows. (Permutations in a row are one permutation, built as one matrix.)
     */
    private static final String THREE_TWO_ANDS = "permutation,two-and(influence=star),permutation,"
            + "two-and(influence=star),permutation,two-and(outputs=1024),permutation";

    /** All rows, in the order of the page. */
    public static final List<FrontierRow> ALL = List.of(
            and("two-and-regular-4096", "two-and regular, m = m' = 4096", Map.of("inputs", "4096"), 520, 430, 343),
            and("two-and-regular-16384", "two-and regular, m = m' = 16384", Map.of("inputs", "16384"), 1300, 900, 800),
            and(
                    "two-and-regular-65536",
                    "two-and regular, m = m' = 65536",
                    Map.of("inputs", "65536"),
                    2800,
                    2000,
                    2000),
            and(
                    "two-and-star-4096",
                    "two-and star, m' = 4096",
                    Map.of("inputs", "4097", "outputs", "4096", "influence", "star"),
                    700,
                    450,
                    372),
            and(
                    "two-and-bipartite-4096",
                    "two-and bipartite, 16 hubs, m = m' = 4096",
                    Map.of("inputs", "4096", "outputs", "4096", "influence", "bipartite", "hubs", "16"),
                    850,
                    500,
                    408),
            and(
                    "two-and-zipf-4096",
                    "two-and zipf(1), m = 2048, m' = 4096",
                    Map.of("inputs", "2048", "outputs", "4096", "influence", "zipf", "zipf-exponent", "1"),
                    1100,
                    600,
                    490),
            and(
                    "two-and-complete-91",
                    "two-and complete, m = 91 (m' = 4095)",
                    Map.of("inputs", "91", "influence", "complete"),
                    1050,
                    600,
                    384),
            pairs("bigrams-gpl3", "bigrams-gpl3 (m' = 3555)", 950, 550, 420),
            pairs("bigrams-licenses", "bigrams-licenses (m' = 8499)", 1700, 950, 750),
            copies("permutation-4096-v1", "permutation m = 4096, v = 1 (one matrix)", 1, 420, 310, 240),
            of(
                    "permutation-4096-v1-two-matrices",
                    "permutation m = 4096, v = 1 (two matrices of one bit)",
                    "permutation",
                    Map.of("inputs", "4096", "max-active", "1"),
                    420,
                    310,
                    "clipped",
                    260),
            copies("permutation-4096-v2", "permutation m = 4096, v = 2 (one matrix)", 2, 950, 600, 600),
            copies("permutation-4096-v3", "permutation m = 4096, v = 3 (one matrix)", 3, 1300, 800, 1000),
            and(
                    "two-and-regular-1024-v3",
                    "two-and regular, m = m' = 1024, v = 3",
                    Map.of("inputs", "1024", "max-active", "3"),
                    700,
                    450,
                    450),
            kAnd("k-and-3-v3", "k-and r = 3, v = 3, m = m' = 1024", 3, 1024, 1024, 450, 280, 274),
            kAnd("k-and-4-v4", "k-and r = 4, v = 4, m = 128, m' = 512", 4, 128, 512, 420, 280, 268),
            new FrontierRow(
                    "layered-3-two-ands-64",
                    "layered: 3 two-ands between permutations, m = 64, m' = 1024, v = 4",
                    "layered",
                    Map.of("inputs", "64", "layers", THREE_TWO_ANDS, "max-active", "4"),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    "clipped",
                    Map.of(),
                    270),
            new FrontierRow(
                    "permutation-1024-v2",
                    "permutation m = 1024, v = 2 (one matrix of one bit)",
                    "permutation",
                    Map.of("inputs", "1024", "max-active", "2"),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    "clipped",
                    Map.of(),
                    500),
            gates(
                    "neighbours-1024-v1",
                    "OR of 2 neighbours, m = m' = 1024, v = 1",
                    "neighbours",
                    Map.of("inputs", "1024"),
                    400,
                    300,
                    160),
            new FrontierRow(
                    "two-and-100-300-v3-trained-readout",
                    "two-and regular, m = 100, m' = 300, v = 3, features read directly",
                    "two-and",
                    Map.of("inputs", "100", "outputs", "300", "max-active", "3"),
                    OptionalInt.of(100),
                    OptionalInt.empty(),
                    TRAINED_AND,
                    Map.of("embedding", "trained", "training-steps", "2500"),
                    100));

    public FrontierRow {
        instance = Map.copyOf(instance);
        building = Map.copyOf(building);
    }

    private static FrontierRow and(
            String id, String title, Map<String, String> instance, int reach, int aim, int width) {
        return of(id, title, "two-and", instance, reach, aim, "clipped-and", width);
    }

    private static FrontierRow pairs(String name, String title, int reach, int aim, int width) {
        return of(name, title, "pairs-file", Map.of("file", "bundled:" + name), reach, aim, "clipped-and", width);
    }

    private static FrontierRow copies(String id, String title, int maxActive, int reach, int aim, int width) {
        return of(
                id,
                title,
                "permutation",
                Map.of("inputs", "4096", "max-active", "" + maxActive),
                reach,
                aim,
                "trained-permutation",
                width);
    }

    private static FrontierRow gates(
            String id, String title, String problem, Map<String, String> instance, int reach, int aim, int width) {
        return of(id, title, problem, instance, reach, aim, "trained-gates", width);
    }

    private static FrontierRow kAnd(
            String id, String title, int fanIn, int inputs, int outputs, int reach, int aim, int width) {
        return of(
                id,
                title,
                "k-and",
                Map.of("inputs", "" + inputs, "outputs", "" + outputs, "fan-in", "" + fanIn),
                reach,
                aim,
                "clipped-and",
                width);
    }

    private static FrontierRow of(
            String id,
            String title,
            String problem,
            Map<String, String> instance,
            int reach,
            int aim,
            String construction,
            int width) {
        return new FrontierRow(
                id,
                title,
                problem,
                instance,
                OptionalInt.of(reach),
                OptionalInt.of(aim),
                construction,
                Map.of(),
                width);
    }

    /** Whether a trained matrix reads the outputs: widths that are not to be held against those of codes. */
    public boolean isReadByTrainedMatrix() {
        return construction.equals(TRAINED_AND);
    }

    /** The recipe of a network of the row, without the width. */
    public NetworkRecipe recipe(Seed seed) {
        Assignments all = Assignments.NONE;
        for (Map<String, String> some : List.of(instance, building)) {
            for (String name : some.keySet().stream().sorted().toList()) {
                all = all.with(name, some.get(name));
            }
        }
        return NetworkRecipe.of(problem, construction, all, seed);
    }

    /**
     * The rows that a text names: {@code quick}, {@code all}, or ids separated by commas.
     *
     * @throws InvalidInputException if it names another one
     */
    public static List<FrontierRow> named(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        List<String> ids = text.equals("quick") ? QUICK : List.of(text.split(",", -1));
        return ids.stream().map(id -> require(id.strip())).toList();
    }

    private static FrontierRow require(String id) {
        return ALL.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow(() -> {
            List<String> known = ALL.stream().map(FrontierRow::id).toList();
            return new InvalidInputException("rows has the entry \"" + id + "\": each must be one of "
                    + String.join(", ", known) + ", or the whole quick or all" + NearestName.suggestion(id, known));
        });
    }
}
