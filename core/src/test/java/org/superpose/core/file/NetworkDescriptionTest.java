package org.superpose.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemInstance;

/** The text that network files and exports share. */
class NetworkDescriptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Objects whose fields are up to the problem or the construction. */
    private static final Set<String> FREE = Set.of("parameters", "facts", "facts_of_64_bits", "tool_version");

    private static String fault(JsonNode description) {
        return assertThrows(
                        FileFormatException.class, () -> NetworkDescription.parse("the text", description.toString()))
                .getMessage();
    }

    private static ObjectNode description() throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(NetworkDescription.toJson(SampleNetworks.everything()));
    }

    @Test
    void theTextSaysWhatWasDescribed() throws Exception {
        BuiltNetwork built = SampleNetworks.everything();
        NetworkDescription read = NetworkDescription.parse("the text", NetworkDescription.toJson(built));
        assertEquals(NetworkDigest.of(built), read.digest());
        assertEquals(NetworkDigest.of(built.instance()), read.problemDigest());
        assertEquals(built.instance().problem(), read.problem());
        assertEquals(built.instance().parameters(), read.parameters());
        assertEquals(built.instance().seed(), read.problemSeed());
        assertEquals(built.instance().functionClass(), read.functionClass());
        assertEquals(built.network().provenance(), read.provenance());
        assertEquals(70, read.width());
        assertEquals(built.network().clean(), read.clean());
        assertEquals(built.network().decoder().kind(), read.decoderKind());
        assertEquals(new NetworkDescription.DomainPart(11, 0, 2, true), read.problemDomain());
        assertEquals(new NetworkDescription.DomainPart(11, 0, 2, true), read.networkDomain());
        assertEquals(new NetworkDescription.CodesPart(11, 70, 2, 5), read.encoder());
        assertEquals(new NetworkDescription.CodesPart(6, 13, 1, 4), read.decoder());
        assertEquals(
                List.of(
                        relu("bit", 66, 70, -1, 2),
                        relu("diagonal", 66, 66, 0, 0),
                        relu("integer", 5, 66, 0, 0),
                        relu("dense", 13, 5, 0, 0)),
                read.layers());
        assertEquals(2, read.gates().size());
        assertEquals(4, read.gates().get(1).inputs());
        assertEquals(6, read.gates().get(1).outputs());
    }

    /** One field after the other is left out, and then given another type. */
    @Test
    void everyFieldIsNeededAndOfOneType() throws JsonProcessingException {
        ObjectNode root = description();
        List<String> fields = new ArrayList<>();
        refuseWithout(root, root, "the text", fields);
        assertTrue(fields.containsAll(List.of(
                "the text.digest",
                "the text.problem_digest",
                "the text.problem.id",
                "the text.problem.seed",
                "the text.problem.function_class.choices",
                "the text.problem.gates[1].outputs",
                "the text.network.layers[0].set_value",
                "the text.network.decoder.max_weight")));
        assertEquals(58, fields.size(), fields::toString);
    }

    private static void refuseWithout(ObjectNode root, ObjectNode object, String path, List<String> fields) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String field = path + "." + name;
            JsonNode value = object.get(name);
            if (FREE.contains(name)) {
                continue;
            }
            fields.add(field);
            if (!name.equals("format")) {
                object.remove(name);
                String missing = fault(root);
                assertTrue(missing.startsWith(field + " is missing: it must be "), missing);
            }
            object.set(name, JSON.createObjectNode().put("x", 0.5).putNull("y"));
            String wrong = fault(root);
            assertTrue(value.isObject() || wrong.startsWith(field + " is {\"x\":0.5,\"y\":null}, but must be "), wrong);
            object.put(name, 0.5);
            wrong = fault(root);
            assertTrue(wrong.startsWith(field + " is 0.5, but must be "), wrong);
            object.set(name, value);
            if (value instanceof ObjectNode inner) {
                refuseWithout(root, inner, field, fields);
            } else if (value instanceof ArrayNode list) {
                refuseWithoutElement(root, list, field, fields);
            }
        }
    }

    private static void refuseWithoutElement(ObjectNode root, ArrayNode list, String field, List<String> fields) {
        for (int t = 0; t < list.size(); t++) {
            JsonNode value = list.get(t);
            list.set(t, JSON.getNodeFactory().numberNode(0.5));
            assertEquals(field + "[" + t + "] is 0.5, but must be an object", fault(root));
            list.set(t, value);
            refuseWithout(root, (ObjectNode) value, field + "[" + t + "]", fields);
        }
    }

    @Test
    void theNumberOfChoicesHasAtMostTenThousandDigits() throws Exception {
        ObjectNode root = description();
        ObjectNode functionClass = (ObjectNode) root.at("/problem/function_class");
        functionClass.put("choices", "9".repeat(10_000));
        assertEquals(
                "9".repeat(10_000),
                NetworkDescription.parse("the text", root.toString())
                        .functionClass()
                        .orElseThrow()
                        .choices()
                        .toString());
        for (String wrong : List.of("9".repeat(10_001), "-1", "1.5", "")) {
            functionClass.put("choices", wrong);
            assertEquals("the choices of the function class are not a whole number", fault(root));
        }
    }

    /** What most classes do not need stays out of the text, so that digests of what could always be written stay. */
    @Test
    void whatIsPickedTogetherAndWhatBindsThePicksIsKept() throws Exception {
        ObjectNode root = description();
        ObjectNode functionClass = (ObjectNode) root.at("/problem/function_class");
        assertEquals(
                List.of("description", "choices", "outputs"),
                functionClass.properties().stream().map(Map.Entry::getKey).toList());
        FunctionClass plain =
                SampleNetworks.everything().instance().functionClass().orElseThrow();
        FunctionClass bound =
                new FunctionClass(plain.description(), plain.choices(), plain.outputs(), plain.outputs(), 77);
        String text = NetworkDescription.toJson(withClass(bound));
        assertEquals(
                bound,
                NetworkDescription.parse("the text", text).functionClass().orElseThrow());
        ObjectNode changed = (ObjectNode) JSON.readTree(text);
        ((ObjectNode) changed.at("/problem/function_class")).put("outputs_per_pick", 4);
        assertEquals("the description is not sound: 6 outputs cannot be picked 4 at a time", fault(changed));
        ((ObjectNode) changed.at("/problem/function_class"))
                .put("outputs_per_pick", 3)
                .put("bound_bits", -1);
        assertTrue(fault(changed).contains("bound_bits is -1, but must be a whole number from 0"), fault(changed));
    }

    private static BuiltNetwork withClass(FunctionClass functions) {
        BuiltNetwork built = SampleNetworks.everything();
        ProblemInstance instance = built.instance();
        return new BuiltNetwork(
                new ProblemInstance(
                        instance.problem(),
                        instance.parameters(),
                        instance.seed(),
                        instance.layers(),
                        instance.domain(),
                        Optional.of(functions),
                        instance.inputNames(),
                        instance.outputNames()),
                built.network());
    }

    @Test
    void aLongWrongValueIsCutAfterSixtyCharacters() throws JsonProcessingException {
        ObjectNode root = description();
        String sixty = "\"" + "x".repeat(58) + "\"";
        root.set("network", JSON.readTree(sixty));
        assertEquals("the text.network is " + sixty + ", but must be an object", fault(root));
        root.set("network", JSON.readTree("\"x" + sixty.substring(1)));
        assertEquals("the text.network is \"" + "x".repeat(59) + "..., but must be an object", fault(root));
    }

    @Test
    void valuesThatNoParameterTakesAreRefused() throws JsonProcessingException {
        ObjectNode root = description();
        ObjectNode parameters = (ObjectNode) root.at("/problem/parameters");
        parameters.put("file", " ");
        assertEquals("the problem's parameter file is no parameter value", fault(root));
        parameters.put("file", 1L << 40);
        assertEquals(
                "the text.problem.parameters.file is 1099511627776, but must be a text, true, false or a number",
                fault(root));
        parameters.remove("file");
        parameters.put("File", 1);
        assertEquals(
                "the description is not sound: parameter name \"File\" is not lower-case words and hyphens",
                fault(root));
    }

    @Test
    void aTextThatIsNoObjectIsRefused() {
        for (String text : List.of("", "[]", "3", "null")) {
            assertEquals(
                    "the text is not a JSON object",
                    assertThrows(FileFormatException.class, () -> NetworkDescription.parse("the text", text))
                            .getMessage());
        }
        assertEquals(
                "the text is not valid JSON (line 2, column 1)",
                assertThrows(FileFormatException.class, () -> NetworkDescription.parse("the text", "{}\n]"))
                        .getMessage());
    }

    private static NetworkDescription.LayerPart relu(String kind, int rows, int columns, int clear, int set) {
        return new NetworkDescription.LayerPart(kind, rows, columns, clear, set, Activation.RELU, OptionalInt.empty());
    }
}
