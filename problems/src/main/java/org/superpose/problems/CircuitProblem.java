package org.superpose.problems;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code circuit}: a Boolean circuit from a BLIF netlist, as a layered map. A node stands in the layer behind the last
 * of those that it reads; signals that skip layers are copied through them. The paper names circuits as an extension.
 */
public final class CircuitProblem implements Problem {
    private static final BundledFiles FILES = new BundledFiles("a BLIF file", ".blif", List.of("adder"));
    private static final Parameter<String> FILE =
            Parameter.text("file", "the path of " + FILES.choices(), "the netlist, of two-level nodes (.names)");
    private static final Parameter<Integer> MAX_ACTIVE =
            ProblemParameters.MAX_ACTIVE.chosen("as many as there are inputs, but at most 64");

    @Override
    public String id() {
        return "circuit";
    }

    @Override
    public String title() {
        return "a Boolean circuit from a BLIF netlist, layer by layer";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FILE, MAX_ACTIVE, ProblemParameters.MIN_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        TextFile file = FILES.read(parameters.get(FILE));
        BlifFile netlist = BlifFile.read(file);
        int inputs = netlist.inputs().size();
        if (inputs == 0) {
            throw new InvalidInputException("file \"" + parameters.get(FILE) + "\": the netlist has no .inputs");
        }
        int most = parameters.find(MAX_ACTIVE).orElse(Math.min(inputs, 64));
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                new Levels(file, netlist).layers(),
                SparseDomain.of(inputs, parameters.get(ProblemParameters.MIN_ACTIVE), most, 0),
                Optional.empty(),
                new FeatureNames(netlist.inputs()),
                new FeatureNames(netlist.outputs()));
    }

    /** Puts the nodes into layers. */
    private static final class Levels {
        private static final int VISITING = -1;

        private final TextFile file;
        private final BlifFile netlist;
        private final Map<String, Integer> levels = new HashMap<>();
        /** For each signal the last level at which it is read. */
        private final Map<String, Integer> lastRead = new HashMap<>();

        Levels(TextFile file, BlifFile netlist) {
            this.file = file;
            this.netlist = netlist;
            netlist.inputs().forEach(input -> levels.put(input, 0));
        }

        List<Gates> layers() {
            netlist.outputs().forEach(this::level);
            int depth = Math.max(
                    1, netlist.outputs().stream().mapToInt(levels::get).max().orElseThrow());
            levels.forEach((signal, level) -> {
                BlifFile.Node node = netlist.nodes().get(signal);
                if (node != null) {
                    node.reads().forEach(read -> lastRead.merge(read, level, Math::max));
                }
            });
            netlist.outputs().forEach(output -> lastRead.merge(output, depth + 1, Math::max));
            List<Gates> layers = new ArrayList<>();
            List<String> before = netlist.inputs();
            for (int level = 1; level <= depth; level++) {
                List<String> own = level == depth ? netlist.outputs() : signals(level);
                layers.add(layer(before, own, level));
                before = own;
            }
            return layers;
        }

        /** The level of a signal; nodes are followed by a stack of their own, since circuits may be deep. */
        private void level(String signal) {
            List<String> stack = new ArrayList<>(List.of(signal));
            while (!stack.isEmpty()) {
                String top = stack.get(stack.size() - 1);
                Integer known = levels.get(top);
                if (known != null && known != VISITING) {
                    stack.remove(stack.size() - 1);
                    continue;
                }
                BlifFile.Node node = netlist.nodes().get(top);
                if (known == null) {
                    levels.put(top, VISITING);
                    for (String read : node.reads()) {
                        Integer level = levels.get(read);
                        if (level == null) {
                            stack.add(read);
                        } else if (level == VISITING) {
                            throw file.invalid(
                                    node.line(), "the node \"" + top + "\" is part of a loop through \"" + read + "\"");
                        }
                    }
                } else {
                    int highest =
                            node.reads().stream().mapToInt(levels::get).max().orElse(0);
                    levels.put(top, highest + 1);
                    stack.remove(stack.size() - 1);
                }
            }
        }

        /** The signals that are known at a level and read behind it. */
        private List<String> signals(int level) {
            Set<String> signals = new LinkedHashSet<>();
            netlist.inputs().forEach(input -> addIfRead(input, level, signals));
            netlist.nodes().keySet().forEach(node -> addIfRead(node, level, signals));
            return List.copyOf(signals);
        }

        private void addIfRead(String signal, int level, Set<String> signals) {
            if (levels.containsKey(signal) && levels.get(signal) <= level && lastRead.getOrDefault(signal, 0) > level) {
                signals.add(signal);
            }
        }

        private Gates layer(List<String> before, List<String> own, int level) {
            Map<String, Integer> places = new HashMap<>();
            for (int t = 0; t < before.size(); t++) {
                places.put(before.get(t), t);
            }
            List<Gate> gates = new ArrayList<>();
            for (String signal : own) {
                if (levels.get(signal) < level) {
                    gates.add(Gate.and(places.get(signal)));
                } else {
                    BlifFile.Node node = netlist.nodes().get(signal);
                    gates.add(node.gate(
                            node.reads().stream().mapToInt(places::get).toArray()));
                }
            }
            return Gates.of(before.size(), gates);
        }
    }
}
