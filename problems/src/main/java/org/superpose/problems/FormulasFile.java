package org.superpose.problems;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.problem.Table;
import org.superpose.problems.formula.Formula;
import org.superpose.problems.formula.FormulaException;
import org.superpose.problems.formula.FormulaGate;
import org.superpose.problems.formula.FormulaParser;

/**
 * Outputs as formulas over named features, from a CSV file with the header {@code output,formula}.
 *
 * @param features names of the inputs
 * @param outputs names of the outputs, in the order of the file
 * @param gates one for each output
 */
record FormulasFile(List<String> features, List<String> outputs, List<Gate> gates) {
    private static final BundledFiles FILES =
            new BundledFiles("a CSV file of formulas", ".csv", List.of("skip-grams-gpl3", "skip-grams-licenses"));

    private static final List<String> HEADER = List.of("output", "formula");
    private static final String FEATURE = "feature";

    FormulasFile {
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
        gates = List.copyOf(gates);
    }

    /** What may be given as a file of formulas. */
    static String choices() {
        return FILES.choices();
    }

    /**
     * Reads a file, or a bundled one.
     *
     * @param source the file as the user named it
     * @param features a CSV file that names the features, in their order; without one they are those that the formulas
     *     name, in the order in which they first occur
     * @throws InvalidInputException if a file is not as described; the message names file, line and, within a formula,
     *     column
     */
    static FormulasFile read(String source, Optional<String> features) {
        Map<String, Integer> known = features.map(FormulasFile::features).orElseGet(LinkedHashMap::new);
        CsvTable table = CsvTable.of(FILES.read(source));
        requireHeader(table, HEADER);
        Names names = new Names(known, features);
        Map<String, Long> lines = new LinkedHashMap<>();
        List<Gate> gates = new ArrayList<>();
        for (CsvTable.Row row : body(table)) {
            requireColumns(table, row);
            String output = row.field(0);
            if (output.isEmpty()) {
                throw table.invalid(row, "the output has no name");
            }
            Long earlier = lines.putIfAbsent(output, row.line());
            if (earlier != null) {
                throw table.invalid(row, "the output \"" + output + "\" is already on line " + earlier);
            }
            gates.add(gate(table, row, names));
        }
        if (gates.isEmpty()) {
            throw table.invalid("has a header but no formulas: it needs at least one line below the header");
        }
        if (known.isEmpty()) {
            throw table.invalid("has formulas that name no feature: there have to be inputs");
        }
        requireFew(table, gates.size(), "outputs");
        requireFew(table, known.size(), "features");
        return new FormulasFile(List.copyOf(known.keySet()), List.copyOf(lines.keySet()), gates);
    }

    private static List<CsvTable.Row> body(CsvTable table) {
        return table.rows().subList(1, table.rows().size());
    }

    private static void requireHeader(CsvTable table, List<String> header) {
        String wanted = String.join(",", header);
        if (table.rows().isEmpty()) {
            throw table.invalid("is empty: it needs the header " + wanted + " and at least one line below it");
        }
        CsvTable.Row first = table.rows().get(0);
        List<String> found = first.fields().stream().map(String::strip).toList();
        if (!found.equals(header)) {
            throw table.invalid(
                    first, "the header is \"" + String.join(",", found) + "\", but has to be \"" + wanted + "\"");
        }
    }

    private static void requireColumns(CsvTable table, CsvTable.Row row) {
        int columns = row.fields().size();
        if (columns < HEADER.size()) {
            throw table.invalid(
                    row, "the formula is missing: a line has an output and a formula, separated by a comma");
        }
        if (columns > HEADER.size()) {
            throw table.invalid(
                    row,
                    columns + " columns: a line has an output and a formula; a formula with a comma in it, such as"
                            + " at-least(2, a, b), needs double quotes around it");
        }
    }

    private static void requireFew(CsvTable table, int count, String what) {
        if (count > ProblemParameters.MAX_FEATURES) {
            throw table.invalid(
                    "has " + count + " " + what + ": at most " + ProblemParameters.MAX_FEATURES + " are allowed");
        }
    }

    private static Gate gate(CsvTable table, CsvTable.Row row, Names names) {
        String text = row.fields().get(1);
        Formula formula;
        try {
            formula = FormulaParser.parse(text, names::feature);
        } catch (FormulaException wrong) {
            CsvTable.Place place = table.place(row, 1, wrong.offset());
            throw new InvalidInputException(
                    "file \"" + table.file().source() + "\", line " + place.line() + ", column " + place.column() + ": "
                            + wrong.getMessage(),
                    wrong);
        }
        return FormulaGate.of(formula)
                .orElseThrow(() -> table.invalid(
                        row,
                        "the formula reads " + formula.features().distinct().count() + " features: with more than "
                                + Table.MAX_FAN_IN + " it has to be an &, a | or a ^ of names and negated names, or an"
                                + " at-least of them with weights of at most 2^30 in all; a ^ must not be on when all"
                                + " of them are off"));
    }

    private static Map<String, Integer> features(String source) {
        CsvTable table = CsvTable.of(TextFile.read(source, "a CSV file with the header " + FEATURE));
        requireHeader(table, List.of(FEATURE));
        Map<String, Integer> features = new LinkedHashMap<>();
        Map<String, Long> lines = new HashMap<>();
        for (CsvTable.Row row : body(table)) {
            String name = row.field(0);
            if (row.fields().size() > 1 || name.isEmpty()) {
                throw table.invalid(
                        row, "a line has one name of a feature, in double quotes if there is a comma in it");
            }
            Long earlier = lines.putIfAbsent(name, row.line());
            if (earlier != null) {
                throw table.invalid(row, "the feature \"" + name + "\" is already on line " + earlier);
            }
            features.put(name, features.size());
        }
        if (features.isEmpty()) {
            throw table.invalid("has a header but no features: it needs at least one line below the header");
        }
        return features;
    }

    /**
     * The features by name.
     *
     * @param known numbered in their order; grows where no file names them all
     * @param file the file that names them all, if there is one
     */
    private record Names(Map<String, Integer> known, Optional<String> file) {
        int feature(String name) {
            if (file.isPresent() && !known.containsKey(name)) {
                throw new InvalidInputException("there is no feature \"" + name + "\" in \"" + file.get() + "\""
                        + NearestName.suggestion(name, known.keySet()));
            }
            known.putIfAbsent(name, known.size());
            return known.get(name);
        }
    }
}
