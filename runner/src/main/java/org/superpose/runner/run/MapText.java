package org.superpose.runner.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * A map that a program defines, as a text from which a process of the same build makes it again: the executors of a
 * cluster have no other way to it. It is no file format; network files hold maps for longer.
 */
final class MapText {
    private static final JsonMapper MAPPER = new JsonMapper();

    private MapText() {}

    /** The text of a map. */
    static String of(ProblemInstance map) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("problem", map.problem())
                .put("seed", map.seed())
                .put("features", map.inputs())
                .put("minActive", map.domain().minActive())
                .put("maxActive", map.maxActive());
        if (map.domain().isGrouped()) {
            put(
                    json,
                    "groups",
                    IntStream.range(0, map.inputs()).map(map.domain()::groupOf).toArray());
        }
        json.set("parameters", MAPPER.valueToTree(map.parameters().asMap()));
        map.functionClass().ifPresent(functions -> json.set("functionClass", MAPPER.valueToTree(functions)));
        map.inputNames().names().forEach(json.putArray("inputNames")::add);
        map.outputNames().names().forEach(json.putArray("outputNames")::add);
        ArrayNode layers = json.putArray("layers");
        for (Gates gates : map.layers()) {
            ObjectNode layer = layers.addObject();
            ArrayNode functions = layer.putArray("functions");
            gates.functions().forEach(function -> functions.add(function.name()));
            put(layer, "functionOf", gates.functionIndices());
            put(layer, "offsets", gates.offsets());
            put(layer, "reads", gates.reads());
        }
        return json.toString();
    }

    private static void put(ObjectNode json, String field, int[] values) {
        ArrayNode array = json.putArray(field);
        for (int value : values) {
            array.add(value);
        }
    }

    /** The map of a text that {@link #of} made. */
    static ProblemInstance parse(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            List<Gates> layers = new ArrayList<>();
            int inputs = json.get("features").intValue();
            for (JsonNode layer : json.get("layers")) {
                layers.add(gates(layer, inputs));
                inputs = layers.get(layers.size() - 1).outputs();
            }
            return new ProblemInstance(
                    json.get("problem").textValue(),
                    parameters(json.get("parameters")),
                    json.get("seed").longValue(),
                    layers,
                    domain(json),
                    json.has("functionClass")
                            ? Optional.of(MAPPER.treeToValue(json.get("functionClass"), FunctionClass.class))
                            : Optional.empty(),
                    new FeatureNames(texts(json.get("inputNames"))),
                    new FeatureNames(texts(json.get("outputNames"))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("no text of a map: " + impossible.getMessage(), impossible);
        }
    }

    private static Gates gates(JsonNode layer, int inputs) {
        List<GateFunction> functions = texts(layer.get("functions")).stream()
                .map(name -> GateFunction.named(name).orElseThrow())
                .toList();
        return Gates.of(
                inputs,
                functions,
                functions.size() == 1 ? null : ints(layer.get("functionOf")),
                ints(layer.get("offsets")),
                ints(layer.get("reads")));
    }

    private static InputDomain domain(JsonNode json) {
        int maxActive = json.get("maxActive").intValue();
        InputDomain domain = json.has("groups")
                ? InputDomain.grouped(ints(json.get("groups")), maxActive)
                : InputDomain.sparse(json.get("features").intValue(), maxActive);
        return domain.withMinActive(json.get("minActive").intValue());
    }

    private static ParameterValues parameters(JsonNode json) {
        ParameterValues parameters = ParameterValues.NONE;
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isInt()) {
                parameters = parameters.with(
                        Parameter.whole(name, Integer.MIN_VALUE, Integer.MAX_VALUE, ""), value.intValue());
            } else if (value.isDouble()) {
                parameters = parameters.with(
                        Parameter.real(name, -Double.MAX_VALUE, Double.MAX_VALUE, ""), value.doubleValue());
            } else if (value.isBoolean()) {
                parameters = parameters.with(Parameter.flag(name, ""), value.booleanValue());
            } else {
                parameters = parameters.with(Parameter.text(name, "", ""), value.textValue());
            }
        }
        return parameters;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int t = 0; t < values.length; t++) {
            values[t] = array.get(t).intValue();
        }
        return values;
    }
}
