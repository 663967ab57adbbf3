package org.superpose.runner.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.runner.cli.output.TextTable;
import org.superpose.runner.trace.FeatureFinder;

/** The inputs and outputs of a network whose names have a pattern in them. */
final class FeatureList {
    private static final int MOST_READS = 6;

    private final BuiltNetwork built;
    private final List<Integer> inputs;
    private final List<Integer> outputs;

    /** @param pattern empty for all of them */
    FeatureList(BuiltNetwork built, String pattern) {
        this.built = built;
        this.inputs = new FeatureFinder(
                        "--features",
                        built.instance().inputNames(),
                        built.network().inputs())
                .matchingPattern(pattern);
        this.outputs = new FeatureFinder(
                        "--features",
                        built.instance().outputNames(),
                        built.network().outputs())
                .matchingPattern(pattern);
    }

    Map<String, Object> document() {
        FeatureNames inputNames = built.instance().inputNames();
        Gates first = built.instance().layers().get(0);
        List<Map<String, Object>> listed = new ArrayList<>();
        for (int j : inputs) {
            Map<String, Object> fields = named(j, inputNames);
            fields.put("code", built.network().inputCodes().code(j));
            fields.put("influence", first.influence(j));
            listed.add(fields);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("features", listed);
        document.put(
                "outputs",
                outputs.stream()
                        .map(i -> named(i, built.instance().outputNames()))
                        .toList());
        return document;
    }

    private static Map<String, Object> named(int index, FeatureNames names) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("index", index);
        if (!names.isEmpty()) {
            fields.put("name", names.name(index));
            fields.put("typed", FeatureFinder.typed(names.name(index)));
        }
        return fields;
    }

    /** The inputs as one types them. */
    List<String> typedInputs() {
        FeatureNames names = built.instance().inputNames();
        return inputs.stream()
                .map(j -> names.isEmpty() ? Integer.toString(j) : FeatureFinder.typed(names.name(j)))
                .toList();
    }

    List<String> lines() {
        FeatureNames inputNames = built.instance().inputNames();
        Gates first = built.instance().layers().get(0);
        TextTable inputTable = new TextTable(List.of("input", "name", "type it as", "code weight", "read by"));
        for (int j : inputs) {
            inputTable.add(List.of(
                    Integer.toString(j),
                    inputNames.isEmpty() ? "-" : inputNames.name(j),
                    inputNames.isEmpty() ? Integer.toString(j) : FeatureFinder.typed(inputNames.name(j)),
                    Integer.toString(built.network().inputCodes().weight(j)),
                    Integer.toString(first.influence(j))));
        }
        List<String> lines = new ArrayList<>(inputTable.lines());
        FeatureNames outputNames = built.instance().outputNames();
        Gates last = built.instance().layers().get(built.instance().layers().size() - 1);
        FeatureNames readNames = built.instance().isLayered() ? FeatureNames.NONE : inputNames;
        TextTable outputTable = new TextTable(List.of("output", "name", "function", "reads"));
        for (int i : outputs) {
            String reads = IntStream.of(last.reads(i))
                    .limit(MOST_READS)
                    .mapToObj(readNames::name)
                    .collect(Collectors.joining(", "));
            outputTable.add(List.of(
                    Integer.toString(i),
                    outputNames.isEmpty() ? "-" : outputNames.name(i),
                    last.function(i).name(),
                    reads + (last.fanIn(i) > MOST_READS ? ", ..." : "")));
        }
        lines.add("");
        lines.addAll(outputTable.lines());
        return lines;
    }
}
