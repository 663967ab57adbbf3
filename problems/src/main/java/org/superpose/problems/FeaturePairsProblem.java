package org.superpose.problems;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code feature-pairs}: output i is the AND of the two features on line i of a CSV file, for networks whose features
 * and outputs have an order of their own. Where both columns are whole numbers they are indices from 0, else names,
 * numbered in the order in which they first occur. Unlike in {@code pairs-file} lines are never merged: a pair may
 * occur twice, also the other way round, and the AND of a feature with itself is the feature. The seed has no say in
 * it.
 */
public final class FeaturePairsProblem implements Problem {
    private static final Parameter<String> FILE = Parameter.text(
            "file", "the path of a CSV file", "the pairs: header first,second; indices from 0, or names");
    private static final Parameter<Integer> INPUTS =
            ProblemParameters.INPUTS.chosen("from the file: the number of names, or the largest index and 1");
    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.withDefault(2);

    @Override
    public String id() {
        return "feature-pairs";
    }

    @Override
    public String title() {
        return "output i is the AND of the pair of features on line i of a CSV file";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FILE, INPUTS, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        CsvTable table = CsvTable.of(TextFile.read(parameters.get(FILE), "a CSV file"));
        List<CsvTable.Row> pairs = pairs(table);
        boolean numbered = pairs.stream().allMatch(row -> isIndex(row.field(0)) && isIndex(row.field(1)));
        if (!numbered && pairs.stream().allMatch(row -> isWhole(row.field(0)) && isWhole(row.field(1)))) {
            requireIndices(table, pairs);
        }
        Map<String, Integer> features = numbered ? indices(table, pairs) : inOrder(pairs);
        int found = features.values().stream().mapToInt(j -> j + 1).max().orElseThrow();
        int inputs = parameters.find(INPUTS).orElse(found);
        if (numbered ? inputs < found : inputs != found) {
            throw table.invalid((numbered ? "has the index " + (found - 1) : "names " + found + " features")
                    + ", but inputs is " + inputs);
        }
        List<Gate> gates = new ArrayList<>();
        List<String> outputNames = new ArrayList<>();
        Set<Set<Integer>> distinct = new HashSet<>();
        for (CsvTable.Row row : pairs) {
            int first = features.get(row.field(0));
            int second = features.get(row.field(1));
            gates.add(Gate.and(first, second));
            outputNames.add(row.field(0) + "·" + row.field(1));
            if (first != second) {
                distinct.add(Set.of(first, second));
            }
        }
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                List.of(Gates.of(inputs, gates)),
                SparseDomain.of(inputs, parameters.get(ProblemParameters.MIN_ACTIVE), parameters.get(MAX_ACTIVE), 0),
                distinct.size() == gates.size()
                        ? Optional.of(FunctionClass.distinctSubsets(inputs, 2, gates.size()))
                        : Optional.empty(),
                numbered ? FeatureNames.NONE : new FeatureNames(List.copyOf(features.keySet())),
                numbered ? FeatureNames.NONE : new FeatureNames(outputNames));
    }

    private static boolean isIndex(String text) {
        return text.matches("[0-9]{1,9}");
    }

    private static boolean isWhole(String text) {
        return text.matches("[+-]?[0-9]+");
    }

    /** Whole numbers throughout are meant as indices, not as names. */
    private static void requireIndices(CsvTable table, List<CsvTable.Row> pairs) {
        for (CsvTable.Row row : pairs) {
            for (String text : row.fields()) {
                if (!isIndex(text)) {
                    throw table.invalid(
                            row,
                            "\"" + text + "\" is no index: it must be a whole number from 0 to "
                                    + (ProblemParameters.MAX_FEATURES - 1));
                }
            }
        }
    }

    private static List<CsvTable.Row> pairs(CsvTable table) {
        for (CsvTable.Row row : table.rows()) {
            if (row.fields().size() != 2) {
                throw table.invalid(
                        row, row.fields().size() + " columns: a file of pairs has two, separated by a comma");
            }
            if (row.field(0).isEmpty() || row.field(1).isEmpty()) {
                throw table.invalid(row, "the " + (row.field(0).isEmpty() ? "first" : "second") + " column is empty");
            }
        }
        if (table.rows().size() < 2) {
            throw table.invalid("needs a header, first,second, and at least one pair below it");
        }
        if (table.rows().size() > ProblemParameters.MAX_FEATURES) {
            throw table.invalid("has more than " + ProblemParameters.MAX_FEATURES + " pairs");
        }
        return table.rows().subList(1, table.rows().size());
    }

    private static Map<String, Integer> indices(CsvTable table, List<CsvTable.Row> pairs) {
        Map<String, Integer> indices = new LinkedHashMap<>();
        for (CsvTable.Row row : pairs) {
            for (String text : List.of(row.field(0), row.field(1))) {
                int index = Integer.parseInt(text);
                if (index >= ProblemParameters.MAX_FEATURES) {
                    throw table.invalid(
                            row,
                            "the index " + index + " is too large: it must be below " + ProblemParameters.MAX_FEATURES);
                }
                indices.put(text, index);
            }
        }
        return indices;
    }

    private static Map<String, Integer> inOrder(List<CsvTable.Row> pairs) {
        Map<String, Integer> features = new LinkedHashMap<>();
        for (CsvTable.Row row : pairs) {
            features.putIfAbsent(row.field(0), features.size());
            features.putIfAbsent(row.field(1), features.size());
        }
        return features;
    }
}
