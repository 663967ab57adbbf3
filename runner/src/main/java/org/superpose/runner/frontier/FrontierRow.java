package org.superpose.runner.frontier;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
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

    /** The constructions whose networks are read by a trained matrix. */
    private static final Set<String> READ_BY_TRAINED_MATRIX = Set.of("trained-and", "trained-readout");

    /** Rows that are built and verified within seconds. */
    static final List<String> QUICK =
            List.of("two-and-regular-4096", "two-and-star-4096", "two-and-complete-91", "bigrams-gpl3", "k-and-4-v4");

    /** All rows, in the order of the page. */
    public static final List<FrontierRow> ALL = FrontierRows.bundled();

    public FrontierRow {
        instance = Map.copyOf(instance);
        building = Map.copyOf(building);
    }

    /** Whether a trained matrix reads the outputs: widths that are not to be held against those of codes. */
    public boolean isReadByTrainedMatrix() {
        return READ_BY_TRAINED_MATRIX.contains(construction);
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
                    + String.join(", ", known) + ", or the whole quick or all" + NearestName.meant(id, known));
        });
    }
}
