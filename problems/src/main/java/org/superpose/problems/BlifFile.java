package org.superpose.problems;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Table;

/**
 * A combinational netlist in the Berkeley Logic Interchange Format (BLIF): {@code .model}, {@code .inputs},
 * {@code .outputs}, and two-level nodes {@code .names}, each with its cover; {@code .end}. A backslash at the end of a
 * line continues it, what follows # is a comment. Latches, subcircuits and library gates are refused.
 *
 * @param inputs names of the primary inputs
 * @param outputs names of the primary outputs
 * @param nodes by the name of the signal that each drives
 */
record BlifFile(List<String> inputs, List<String> outputs, Map<String, Node> nodes) {
    /**
     * A node: a signal as a function of others.
     *
     * @param reads the signals that it reads
     * @param cubes the rows of its cover, over its reads
     * @param value what the node is on these rows; it is the other value elsewhere
     * @param line where it begins
     */
    record Node(List<String> reads, List<Cube> cubes, boolean value, int line) {
        /**
         * The gate, over the places of the signals it reads.
         *
         * @param places the place of each read
         */
        Gate gate(int[] places) {
            if (cubes.isEmpty()) {
                return Gate.constant(!value);
            }
            if (cubes.size() == 1 && places.length > Table.MAX_FAN_IN) {
                return cubes.get(0).gate(value, read -> places[read]);
            }
            int[] all = IntStream.range(0, places.length).toArray();
            return Gate.of(x -> cubes.stream().anyMatch(cube -> cube.matches(all, x)) == value, places);
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException naming file and line, if it is not as described, a signal is driven twice or by
     *     nothing, or a node of several rows reads more signals than a truth table may
     */
    static BlifFile read(TextFile file) {
        return new Parser(file).parse();
    }

    /** Reads line by line. */
    private static final class Parser {
        private final TextFile file;
        private final List<String> inputs = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();
        private final Map<String, Node> nodes = new LinkedHashMap<>();
        private int line;
        private int nodeLine;
        private List<String> nodeSignals;
        private List<Cube> cubes = new ArrayList<>();
        private Boolean value;
        private boolean ended;
        private int models;

        Parser(TextFile file) {
            this.file = file;
        }

        BlifFile parse() {
            StringBuilder pending = new StringBuilder();
            int begun = 0;
            int number = 0;
            for (String text : file.text().split("\\R", -1)) {
                number++;
                int comment = text.indexOf('#');
                String content = (comment < 0 ? text : text.substring(0, comment)).strip();
                begun = pending.length() == 0 ? number : begun;
                if (content.endsWith("\\")) {
                    pending.append(content, 0, content.length() - 1).append(' ');
                    continue;
                }
                pending.append(content);
                line = begun;
                if (!pending.toString().isBlank()) {
                    statement(pending.toString().strip().split("\\s+"));
                }
                pending.setLength(0);
            }
            finishNode();
            if (outputs.isEmpty()) {
                throw file.invalid(number, "the netlist has no .outputs");
            }
            requireDriven();
            return new BlifFile(List.copyOf(inputs), List.copyOf(outputs), nodes);
        }

        private void statement(String[] words) {
            if (ended) {
                throw file.invalid(line, "\"" + words[0] + "\" follows the end (.end): one netlist to a file");
            }
            if (!words[0].startsWith(".")) {
                row(words);
                return;
            }
            finishNode();
            List<String> rest = Arrays.asList(words).subList(1, words.length);
            switch (words[0]) {
                case ".model" -> {
                    if (++models > 1) {
                        throw file.invalid(line, "a second .model: one netlist to a file, without subcircuits");
                    }
                }
                case ".inputs" -> addAll(rest, inputs, words[0]);
                case ".outputs" -> addAll(rest, outputs, words[0]);
                case ".names" -> {
                    if (rest.isEmpty()) {
                        throw file.invalid(line, ".names must be followed by the signals that a node reads and drives");
                    }
                    nodeSignals = List.copyOf(rest);
                    nodeLine = line;
                }
                case ".end" -> ended = true;
                default ->
                    throw file.invalid(
                            line,
                            "\"" + words[0]
                                    + "\" is not read: a combinational netlist has .model, .inputs, .outputs, .names"
                                    + " and .end");
            }
        }

        private void addAll(List<String> signals, List<String> all, String keyword) {
            for (String signal : signals) {
                if (all.contains(signal) || all == inputs && nodes.containsKey(signal)) {
                    throw file.invalid(line, keyword + " names \"" + signal + "\" again");
                }
                all.add(signal);
            }
        }

        private void row(String[] words) {
            if (nodeSignals == null) {
                throw file.invalid(line, "the row \"" + String.join(" ", words) + "\" belongs to no .names");
            }
            int reads = nodeSignals.size() - 1;
            String cube = reads == 0 ? "" : words[0];
            String out = words[words.length - 1];
            if (words.length != (reads == 0 ? 1 : 2) || cube.length() != reads || !Cube.isCube(cube)) {
                throw file.invalid(
                        line,
                        "the row \"" + String.join(" ", words) + "\" must have " + reads
                                + " symbols 0, 1 or -, and then 0 or 1");
            }
            if (!out.matches("[01]") || value != null && value != out.equals("1")) {
                throw file.invalid(
                        line,
                        out.matches("[01]")
                                ? "a node's rows say all where it is on, or all where it is off, not both"
                                : "the row ends with \"" + out + "\", but must end with 0 or 1");
            }
            value = out.equals("1");
            cubes.add(new Cube(cube));
        }

        private void finishNode() {
            if (nodeSignals == null) {
                return;
            }
            String driven = nodeSignals.get(nodeSignals.size() - 1);
            List<String> reads = nodeSignals.subList(0, nodeSignals.size() - 1);
            if (reads.size() > Table.MAX_FAN_IN && cubes.size() > 1) {
                throw file.invalid(
                        nodeLine,
                        "the node \"" + driven + "\" has " + cubes.size() + " rows over " + reads.size()
                                + " signals: with more than one row it may read at most " + Table.MAX_FAN_IN);
            }
            Node node = new Node(List.copyOf(reads), List.copyOf(cubes), value == null || value, nodeLine);
            Node earlier = nodes.putIfAbsent(driven, node);
            if (earlier != null || inputs.contains(driven)) {
                throw file.invalid(
                        nodeLine,
                        "the signal \"" + driven + "\" is driven twice"
                                + (earlier == null ? ": it is an input" : ", first on line " + earlier.line()));
            }
            nodeSignals = null;
            cubes = new ArrayList<>();
            value = null;
        }

        private void requireDriven() {
            nodes.forEach((name, node) -> node.reads().forEach(read -> requireDriven(read, node.line())));
            outputs.forEach(output -> requireDriven(output, line));
        }

        private void requireDriven(String signal, int where) {
            if (!nodes.containsKey(signal) && !inputs.contains(signal)) {
                throw file.invalid(where, "the signal \"" + signal + "\" is driven by nothing");
            }
        }
    }
}
