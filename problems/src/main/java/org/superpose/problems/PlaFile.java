package org.superpose.problems;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.StringTokenizer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Table;

/**
 * A truth table in the PLA format of two-level logic minimisers (espresso): {@code .i}, {@code .o}, optionally
 * {@code .ilb}, {@code .ob}, {@code .p} and {@code .type}, then rows of an input part of 0, 1 and - and an output part,
 * {@code .e} or {@code .end} at the end; what follows # is a comment.
 *
 * <p>Of type f, the rows with a 1 are where an output is on; everywhere else it is off. Of type fr, a 0 says where it
 * is off, and an input that no row of an output mentions is off too. Other types, which say where nobody cares, are
 * refused.
 *
 * @param inputs the number of inputs
 * @param outputs the number of outputs
 * @param inputNames one for each input, or none
 * @param outputNames one for each output, or none
 * @param on for each output the cubes on which it is on
 */
record PlaFile(int inputs, int outputs, List<String> inputNames, List<String> outputNames, List<List<Cube>> on) {
    private static final BundledFiles FILES = new BundledFiles("a PLA file", ".pla", List.of("seven-segment"));

    /** What may be given as a truth table. */
    static String choices() {
        return FILES.choices();
    }

    /**
     * Reads a file, or a bundled one.
     *
     * @throws InvalidInputException naming file and line, if it is not as described, or two rows of type fr contradict
     *     each other
     */
    static PlaFile read(String source) {
        return new Parser(FILES.read(source)).parse();
    }

    /** The map: one layer of gates where truth tables are wide enough for all outputs, else cubes and their ORs. */
    List<Gates> layers() {
        List<Gate> gates = new ArrayList<>();
        for (List<Cube> cubes : on) {
            int[] reads = Cube.support(cubes);
            if (reads.length > Table.MAX_FAN_IN && cubes.size() > 1) {
                return cubesAndOrs();
            }
            gates.add(cubes.size() == 1 ? conjunction(cubes.get(0)) : disjunction(cubes, reads));
        }
        return List.of(Gates.of(inputs, gates));
    }

    private static Gate conjunction(Cube cube) {
        return cube.gate(true, input -> input);
    }

    private static Gate disjunction(List<Cube> cubes, int[] reads) {
        return Gate.of(x -> cubes.stream().anyMatch(cube -> cube.matches(reads, x)), reads);
    }

    private List<Gates> cubesAndOrs() {
        List<Gate> terms = new ArrayList<>();
        List<Gate> ors = new ArrayList<>();
        for (List<Cube> cubes : on) {
            int first = terms.size();
            cubes.forEach(cube -> terms.add(conjunction(cube)));
            int[] own = new int[cubes.size()];
            Arrays.setAll(own, t -> first + t);
            ors.add(cubes.isEmpty() ? Gate.constant(false) : Gate.or(own));
        }
        return List.of(Gates.of(inputs, terms), Gates.of(terms.size(), ors));
    }

    /** Reads line by line. */
    private static final class Parser {
        private final TextFile file;
        private int line;
        private int inputs;
        private int outputs;
        private String type = "f";
        private boolean typeGiven;
        private List<String> inputNames = List.of();
        private List<String> outputNames = List.of();
        private final List<Row> rows = new ArrayList<>();
        private boolean ended;

        private record Row(Cube inputs, String outputs, int line) {}

        Parser(TextFile file) {
            this.file = file;
        }

        PlaFile parse() {
            for (String text : file.text().split("\\R", -1)) {
                line++;
                int comment = text.indexOf('#');
                String content = (comment < 0 ? text : text.substring(0, comment)).strip();
                if (!content.isEmpty()) {
                    if (ended) {
                        throw file.invalid(line, "\"" + content + "\" follows the end (.e)");
                    }
                    if (content.startsWith(".")) {
                        keyword(content.split("\\s+"));
                    } else {
                        row(content);
                    }
                }
            }
            requireSizes();
            return new PlaFile(inputs, outputs, inputNames, outputNames, cubes());
        }

        private void keyword(String[] words) {
            switch (words[0]) {
                case ".i" -> inputs = number(words, inputs);
                case ".o" -> outputs = number(words, outputs);
                case ".p" -> number(words, 0);
                case ".ilb" -> inputNames = names(words, inputs, ".i");
                case ".ob" -> outputNames = names(words, outputs, ".o");
                case ".type" -> {
                    if (words.length != 2 || !List.of("f", "fr").contains(words[1])) {
                        throw file.invalid(
                                line,
                                "type \"" + (words.length > 1 ? words[1] : "")
                                        + "\" is not read: it must be f (rows say where outputs are on) or fr (and off)");
                    }
                    type = words[1];
                    typeGiven = true;
                }
                case ".e", ".end" -> ended = true;
                default ->
                    throw file.invalid(
                            line, "\"" + words[0] + "\" is not read: .i, .o, .ilb, .ob, .p, .type and .e are");
            }
        }

        private int number(String[] words, int before) {
            if (words.length != 2 || !words[1].matches("[0-9]{1,7}") || before > 0) {
                throw file.invalid(
                        line,
                        before > 0
                                ? words[0] + " is given twice"
                                : words[0] + " must be followed by one whole number of at most seven digits");
            }
            return Integer.parseInt(words[1]);
        }

        private List<String> names(String[] words, int expected, String counted) {
            List<String> names = Arrays.asList(words).subList(1, words.length);
            if (expected == 0 || names.size() != expected) {
                throw file.invalid(
                        line,
                        words[0] + " has " + names.size() + " names, but "
                                + (expected == 0 ? counted + " has to come first" : counted + " says " + expected));
            }
            if (new HashSet<>(names).size() != names.size()) {
                throw file.invalid(line, words[0] + " has a name twice");
            }
            return List.copyOf(names);
        }

        private void row(String content) {
            requireSizes();
            StringBuilder symbols = new StringBuilder();
            StringTokenizer words = new StringTokenizer(content, " \t|");
            while (words.hasMoreTokens()) {
                symbols.append(words.nextToken());
            }
            if (symbols.length() != inputs + outputs) {
                throw file.invalid(
                        line,
                        "the row has " + symbols.length() + " symbols, but " + inputs + " inputs and " + outputs
                                + " outputs need " + (inputs + outputs));
            }
            String in = symbols.substring(0, inputs).replace('~', '-').replace('2', '-');
            String out = symbols.substring(inputs).replace('4', '1').replace('~', '-');
            if (!Cube.isCube(in)) {
                throw file.invalid(line, "the inputs \"" + in + "\" have another symbol than 0, 1 and -");
            }
            if (!Cube.isCube(out)) {
                throw file.invalid(line, "the outputs \"" + out + "\" have another symbol than 0, 1 and -");
            }
            if (!typeGiven && out.indexOf('-') >= 0) {
                throw file.invalid(
                        line,
                        "an output is -, which says without a .type that nobody cares: say .type f or .type fr first");
            }
            rows.add(new Row(new Cube(in), out, line));
        }

        private void requireSizes() {
            if (inputs < 1 || outputs < 1) {
                throw file.invalid(line, (inputs < 1 ? ".i" : ".o") + " with a positive number is missing before this");
            }
        }

        private List<List<Cube>> cubes() {
            List<List<Cube>> all = new ArrayList<>();
            for (int i = 0; i < outputs; i++) {
                List<Cube> on = new ArrayList<>();
                for (Row row : rows) {
                    if (row.outputs().charAt(i) == '1') {
                        on.add(row.inputs());
                    }
                }
                if (type.equals("fr")) {
                    requireNoConflict(i);
                }
                all.add(List.copyOf(new LinkedHashSet<>(on)));
            }
            return all;
        }

        private void requireNoConflict(int output) {
            for (Row off : rows) {
                if (off.outputs().charAt(output) != '0') {
                    continue;
                }
                for (Row on : rows) {
                    if (on.outputs().charAt(output) == '1' && on.inputs().meets(off.inputs())) {
                        throw file.invalid(
                                Math.max(on.line(), off.line()),
                                "output " + (outputNames.isEmpty() ? output : outputNames.get(output))
                                        + " is on by line " + on.line() + " and off by line " + off.line()
                                        + " for an input that both rows match");
                    }
                }
            }
        }
    }
}
