package org.superpose.problems;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.parameter.ParameterValues;

/**
 * The maps of a layered problem, read from one line of text:
 *
 * <pre>
 *   layers    = map , { "," , map }
 *   map       = [ count , "*" ] , id , [ "(" , argument , { "," , argument } , ")" ]
 *   id        = "permutation" | "two-and" | "k-and"
 *   argument  = name , "=" , value
 * </pre>
 *
 * <p>The first map is applied first. A count repeats a map, drawn anew each time. Arguments are the parameters of the
 * problem of that name, without {@code inputs} (what the map before puts out) and {@code max-active}. Spaces do not
 * matter. Examples: {@code 8*permutation}; {@code permutation, two-and(outputs=512), permutation};
 * {@code 2*two-and(influence=zipf, zipf-exponent=0.8)}.
 */
record LayerList(List<Layer> layers) {
    static final int MAX_LAYERS = 1024;

    private static final List<GateFamily> FAMILIES =
            List.of(new PermutationProblem(), new TwoAndProblem(), new KAndProblem());
    private static final Pattern MAP =
            Pattern.compile("(?:(\\d{1,9})\\s*\\*\\s*)?([A-Za-z][A-Za-z0-9-]*)\\s*(?:\\((.*)\\))?", Pattern.DOTALL);

    /** One map: its kind and what it was given. */
    record Layer(GateFamily family, ParameterValues values) {}

    LayerList {
        layers = List.copyOf(layers);
    }

    /**
     * @throws InvalidInputException if the text does not follow the grammar; the message names the map and what is
     *     wrong with it
     */
    static LayerList parse(String text) {
        List<Layer> layers = new ArrayList<>();
        List<String> maps = splitOutsideParentheses(text);
        for (int position = 0; position < maps.size(); position++) {
            String map = maps.get(position).strip();
            String where = "map " + (position + 1) + " of layers";
            if (map.isEmpty()) {
                throw new InvalidInputException(
                        where + " \"" + text + "\" is empty: write maps separated by single commas");
            }
            Matcher parts = MAP.matcher(map);
            if (!parts.matches()) {
                throw new InvalidInputException(where + ", \"" + map
                        + "\", is not of the form permutation, two-and(name=value, ...) or 3*permutation");
            }
            int count = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
            if (count < 1 || layers.size() + count > MAX_LAYERS) {
                throw new InvalidInputException(where + ", \"" + map + "\", makes " + (layers.size() + (long) count)
                        + " layers: a map is repeated at least once, and there can be at most " + MAX_LAYERS
                        + " layers");
            }
            Layer layer = layer(where, parts.group(2), parts.group(3));
            for (int t = 0; t < count; t++) {
                layers.add(layer);
            }
        }
        return new LayerList(layers);
    }

    private static List<String> splitOutsideParentheses(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int t = 0; t < text.length(); t++) {
            char character = text.charAt(t);
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            } else if (character == ',' && depth == 0) {
                parts.add(text.substring(start, t));
                start = t + 1;
            }
            if (depth < 0 || depth > 1) {
                throw new InvalidInputException(
                        "layers \"" + text + "\" has a parenthesis too many at position " + (t + 1));
            }
        }
        if (depth > 0) {
            throw new InvalidInputException("layers \"" + text + "\" lacks a closing parenthesis");
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Layer layer(String where, String id, String arguments) {
        GateFamily family = FAMILIES.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(where + " has the unknown kind \"" + id + "\""
                        + NearestName.suggestion(
                                id, FAMILIES.stream().map(GateFamily::id).toList())));
        Map<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments == null || arguments.isBlank() ? new String[0] : arguments.split(",", -1)) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? "" : argument.substring(0, equals).strip();
            if (name.isEmpty()) {
                throw new InvalidInputException(where + ", " + id + ", has the argument \"" + argument.strip()
                        + "\": it must be of the form name=value");
            }
            if (given.put(name, argument.substring(equals + 1).strip()) != null) {
                throw new InvalidInputException(where + ", " + id + ", is given " + name + " twice");
            }
        }
        return new Layer(family, ParameterValues.parse(where + ", " + id + ",", family.layerParameters(), given));
    }
}
