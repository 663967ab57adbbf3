package org.superpose.problems;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.ProblemParameters;

/**
 * Pairs of feature names as read from a CSV file of two columns, one pair a line.
 *
 * @param file the file
 * @param rows the pairs in the order of the file; no name is empty and no pair occurs twice
 */
record PairsFile(TextFile file, List<Row> rows) {
    private static final BundledFiles FILES =
            new BundledFiles("a CSV file of pairs", ".csv", List.of("bigrams-gpl3", "bigrams-licenses"));

    /** One pair and the line it starts on, counted from 1. */
    record Row(String first, String second, long line) {}

    PairsFile {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file, or a bundled one if the name starts with {@code bundled:}.
     *
     * @throws InvalidInputException if there is no such file or it is not as described; the message names file and line
     */
    static PairsFile read(String source) {
        CsvTable table = CsvTable.of(FILES.read(source));
        List<Row> rows = new ArrayList<>();
        Map<List<String>, Long> lines = new HashMap<>();
        for (CsvTable.Row row : table.rows()) {
            requireTwoColumns(table, row);
            if (row == table.rows().get(0)) {
                continue;
            }
            Row pair = new Row(row.field(0), row.field(1), row.line());
            if (pair.first().isEmpty() || pair.second().isEmpty()) {
                throw table.invalid(row, "the " + (pair.first().isEmpty() ? "first" : "second") + " column is empty");
            }
            Long earlier = lines.putIfAbsent(List.of(pair.first(), pair.second()), pair.line());
            if (earlier != null) {
                throw table.invalid(
                        row, "the pair \"" + pair.first() + "," + pair.second() + "\" is already on line " + earlier);
            }
            rows.add(pair);
        }
        if (table.rows().isEmpty()) {
            throw table.invalid("is empty: it needs a header and at least one pair below it");
        }
        if (rows.isEmpty()) {
            throw table.invalid("has a header but no pairs: it needs at least one pair below the header");
        }
        if (rows.size() > ProblemParameters.MAX_FEATURES) {
            throw table.invalid(
                    "has " + rows.size() + " pairs: at most " + ProblemParameters.MAX_FEATURES + " are allowed");
        }
        return new PairsFile(table.file(), rows);
    }

    private static void requireTwoColumns(CsvTable table, CsvTable.Row row) {
        int count = row.fields().size();
        if (count != 2) {
            throw table.invalid(
                    row,
                    (count < 2 ? "the second column is missing" : count + " columns")
                            + ": a pairs file has two columns, separated by a comma");
        }
    }

    /** What is wrong with one line of this file. */
    InvalidInputException invalid(long line, String what) {
        return file.invalid(line, what);
    }
}
