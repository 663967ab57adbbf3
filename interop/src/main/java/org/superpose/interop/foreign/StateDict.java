package org.superpose.interop.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.superpose.core.file.FileFormatException;
import org.superpose.interop.tensor.TensorSource;

/**
 * A network that is recognised by the names of its tensors.
 *
 * <p>Three families are: those of {@code torch.nn.Sequential}, whose members are numbered ({@code 0.weight},
 * {@code 2.weight}; between two of them stands one without tensors, the ReLU), perhaps after an {@code embed};
 * {@code fc1}, {@code fc2} and so on, with a ReLU between them; and {@code W_E}, {@code W_in}, {@code b_in},
 * {@code W_out}, {@code b_out} of TransformerLens. The weight of a {@code torch.nn.Linear} is (out_features,
 * in_features) (docs.pytorch.org, torch.nn.Linear); matrices of TransformerLens are multiplied from the right, W_in is
 * (d_model, d_mlp) and W_E is (d_vocab, d_model) (transformer_lens/components/mlps/mlp.py and embed.py).
 *
 * @param map which tensor is which part
 * @param usual how matrices stand by the convention of their names; an embed may be a Linear or an Embedding, which
 *     stand differently
 * @param recognised what was taken for what, in one line
 */
record StateDict(TensorMap map, Map<String, Orientation> usual, String recognised) {
    private static final Pattern NUMBERED = Pattern.compile("(?<stack>(?:.*\\.)?)(?<number>[0-9]{1,6})\\.weight");
    private static final Pattern FC = Pattern.compile("(?<root>(?:.*\\.)?)fc(?<number>[0-9]{1,6})\\.weight");
    private static final Pattern W_IN = Pattern.compile("(?<root>(?:.*\\.)?)W_in");
    private static final List<String> EMBEDDINGS = List.of("embed.weight", "embedding.weight");

    /** The most names that a message lists. */
    private static final int MOST_SHOWN = 12;

    /**
     * Looks at the names.
     *
     * @throws FileFormatException if they are of no family, of more than one, or do not say everything; each says what
     *     to do
     */
    static StateDict of(TensorSource source) throws FileFormatException {
        Set<String> names = new TreeSet<>();
        names.addAll(source.names());
        names.addAll(source.others().keySet());
        List<StateDict> found = new ArrayList<>();
        for (Map.Entry<String, TreeMap<Integer, String>> stack :
                grouped(names, NUMBERED, "stack").entrySet()) {
            found.add(sequential(names, stack.getKey(), stack.getValue()));
        }
        for (Map.Entry<String, TreeMap<Integer, String>> group :
                grouped(names, FC, "root").entrySet()) {
            found.add(fullyConnected(names, group.getKey(), group.getValue()));
        }
        for (String name : names) {
            Matcher matcher = W_IN.matcher(name);
            if (matcher.matches() && names.contains(matcher.group("root") + "W_out")) {
                found.add(transformerLens(names, matcher.group("root")));
            }
        }
        if (found.isEmpty()) {
            throw new FileFormatException("has no tensors of names that are recognised (" + shown(names)
                    + "): name them in a map file, --map MAP.yaml");
        }
        if (found.size() > 1) {
            throw new FileFormatException("could hold several networks ("
                    + found.stream().map(StateDict::recognised).collect(Collectors.joining("; or "))
                    + "): say which in a map file, --map MAP.yaml");
        }
        return found.get(0);
    }

    private static String shown(Set<String> names) {
        return names.isEmpty()
                ? "it has none at all"
                : names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
                        + (names.size() > MOST_SHOWN ? ", and " + (names.size() - MOST_SHOWN) + " more" : "");
    }

    /** The names that a pattern matches, by its first group and then by number. */
    private static Map<String, TreeMap<Integer, String>> grouped(Set<String> names, Pattern pattern, String group) {
        Map<String, TreeMap<Integer, String>> groups = new LinkedHashMap<>();
        for (String name : names) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                groups.computeIfAbsent(matcher.group(group), none -> new TreeMap<>())
                        .put(Integer.valueOf(matcher.group("number")), name);
            }
        }
        return groups;
    }

    private static StateDict sequential(Set<String> names, String stack, TreeMap<Integer, String> weights)
            throws FileFormatException {
        Integer before = null;
        for (Map.Entry<Integer, String> weight : weights.entrySet()) {
            if (before != null && weight.getKey() == before + 1) {
                throw new FileFormatException("has " + weights.get(before) + " and " + weight.getValue()
                        + ", between which there is no room for a ReLU, if they are members of one Sequential: say in"
                        + " a map file (--map MAP.yaml) what comes between them");
            }
            before = weight.getKey();
        }
        Optional<TensorMap.Affine> embed = embed(names, parent(stack));
        StateDict found = stack(names, embed, List.copyOf(weights.values()), "torch.nn.Sequential");
        Pattern member = Pattern.compile(Pattern.quote(stack) + "[0-9]+\\..*");
        found.requireAllUsed(names.stream().filter(name -> member.matcher(name).matches()));
        return found;
    }

    /** Where the module stands that the numbered ones are members of: {@code model.} of {@code model.mlp.}. */
    private static String parent(String stack) {
        int dot = stack.lastIndexOf('.', stack.length() - 2);
        return stack.substring(0, dot + 1);
    }

    private static Optional<TensorMap.Affine> embed(Set<String> names, String root) {
        return EMBEDDINGS.stream()
                .map(name -> root + name)
                .filter(names::contains)
                .findFirst()
                .map(name -> affine(names, name));
    }

    private static TensorMap.Affine affine(Set<String> names, String weight) {
        String bias = weight.substring(0, weight.length() - "weight".length()) + "bias";
        return new TensorMap.Affine(weight, Optional.of(bias).filter(names::contains), Optional.empty());
    }

    private static StateDict fullyConnected(Set<String> names, String root, TreeMap<Integer, String> weights)
            throws FileFormatException {
        int next = weights.firstKey();
        for (Map.Entry<Integer, String> weight : weights.entrySet()) {
            if (weight.getKey() != next) {
                throw new FileFormatException("has " + weight.getValue() + " but no " + root + "fc" + next
                        + ".weight: name the tensors in a map file, --map MAP.yaml");
            }
            next++;
        }
        StateDict found = stack(names, embed(names, root), List.copyOf(weights.values()), "torch.nn.Linear");
        Pattern member = Pattern.compile(Pattern.quote(root) + "fc[0-9]+\\..*");
        found.requireAllUsed(names.stream().filter(name -> member.matcher(name).matches()));
        return found;
    }

    /** Linear maps with ReLU between them; the last one is the read-out. */
    private static StateDict stack(
            Set<String> names, Optional<TensorMap.Affine> embed, List<String> weights, String family) {
        List<TensorMap.Hidden> layers = new ArrayList<>();
        for (String weight : weights.subList(0, weights.size() - 1)) {
            layers.add(new TensorMap.Hidden(affine(names, weight), true, Optional.empty()));
        }
        Map<String, Orientation> usual = new LinkedHashMap<>();
        weights.forEach(weight -> usual.put(weight, Orientation.OUT_IN));
        TensorMap map = new TensorMap(
                embed, layers, Optional.of(affine(names, weights.get(weights.size() - 1))), Thresholds.ZERO);
        return new StateDict(map, usual, formula(family, map));
    }

    private static StateDict transformerLens(Set<String> names, String root) throws FileFormatException {
        TensorMap.Affine in = lens(names, root, "in");
        TensorMap.Affine out = lens(names, root, "out");
        Optional<TensorMap.Affine> embed = Optional.of(root + "W_E")
                .filter(names::contains)
                .map(name -> new TensorMap.Affine(name, Optional.empty(), Optional.empty()));
        Map<String, Orientation> usual = new LinkedHashMap<>();
        embed.ifPresent(affine -> usual.put(affine.weight(), Orientation.IN_OUT));
        usual.put(in.weight(), Orientation.IN_OUT);
        usual.put(out.weight(), Orientation.IN_OUT);
        TensorMap map = new TensorMap(
                embed, List.of(new TensorMap.Hidden(in, true, Optional.empty())), Optional.of(out), Thresholds.ZERO);
        StateDict found = new StateDict(map, usual, formula("TransformerLens", map));
        Pattern member = Pattern.compile(Pattern.quote(root) + "[Wb]_[A-Za-z]+");
        found.requireAllUsed(names.stream().filter(name -> member.matcher(name).matches()));
        return found;
    }

    private static TensorMap.Affine lens(Set<String> names, String root, String part) {
        return new TensorMap.Affine(
                root + "W_" + part, Optional.of(root + "b_" + part).filter(names::contains), Optional.empty());
    }

    /**
     * For example {@code torch.nn.Sequential: logits = mlp.2.weight ReLU(mlp.0.weight x + mlp.0.bias) + mlp.2.bias}.
     */
    private static String formula(String family, TensorMap map) {
        String state = "x";
        if (map.embed().isPresent()) {
            state = applied(map.embed().get(), state);
        }
        for (TensorMap.Hidden hidden : map.layers()) {
            state = "ReLU(" + applied(hidden.affine(), state) + ")";
        }
        return family + ": logits = " + applied(map.readout().orElseThrow(), state) + ", an output is "
                + map.thresholds();
    }

    private static String applied(TensorMap.Affine affine, String state) {
        String argument = state.contains(" + ") && !state.startsWith("ReLU(") ? "(" + state + ")" : state;
        return affine.weight() + " " + argument
                + affine.bias().map(bias -> " + " + bias).orElse("");
    }

    /** What looks like a part of the network but is not understood must not be silently left out. */
    private void requireAllUsed(Stream<String> parts) throws FileFormatException {
        Set<String> unused = parts.collect(Collectors.toCollection(TreeSet::new));
        Stream.concat(
                        Stream.concat(map.embed().stream(), map.readout().stream()),
                        map.layers().stream().map(TensorMap.Hidden::affine))
                .forEach(affine -> {
                    unused.remove(affine.weight());
                    affine.bias().ifPresent(unused::remove);
                });
        if (!unused.isEmpty()) {
            throw new FileFormatException("has " + shown(unused) + " beside the tensors that are recognised ("
                    + recognised + "): say in a map file, --map MAP.yaml, which of them make up the network");
        }
    }
}
