package org.superpose.core.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Literals;
import org.superpose.core.problem.SymmetricFunction;
import org.superpose.core.problem.Table;
import org.superpose.core.problem.Weighted;

/**
 * The gate functions of a layer as arrays of whole numbers, so that they survive any tool that keeps arrays.
 *
 * <p>Distinct function f is {@code data[offsets[f] .. offsets[f + 1])}: its kind and then
 *
 * <pre>
 * 0 and           nothing
 * 1 parity        nothing
 * 2 at-least      the threshold
 * 3 exactly       the count
 * 4 weighted      the threshold, then a weight for each read
 * 5 literals and  +1 or -1 for each read
 * 6 literals or   +1 or -1 for each read
 * 7 table         the fan-in r, then 2^r values in words of 32 bits, the lowest bit first
 * </pre>
 *
 * @param functionOf for each gate the index of its function, or nothing where there is only one
 * @param offsets where each function begins, and the end
 * @param data the functions
 */
public record GateFunctionArrays(int[] functionOf, int[] offsets, int[] data) {
    private static final int AND = 0;
    private static final int PARITY = 1;
    private static final int AT_LEAST = 2;
    private static final int EXACTLY = 3;
    private static final int WEIGHTED = 4;
    private static final int LITERALS_AND = 5;
    private static final int LITERALS_OR = 6;
    private static final int TABLE = 7;

    /** The functions of a layer. */
    public static GateFunctionArrays of(Gates gates) {
        List<int[]> parts =
                gates.functions().stream().map(GateFunctionArrays::encode).toList();
        int[] offsets = new int[parts.size() + 1];
        for (int f = 0; f < parts.size(); f++) {
            offsets[f + 1] = Math.addExact(offsets[f], parts.get(f).length);
        }
        return new GateFunctionArrays(
                gates.functionIndices(),
                offsets,
                parts.stream().flatMapToInt(IntStream::of).toArray());
    }

    /** One function for all gates, which no array has to name. */
    public static GateFunctionArrays of(GateFunction function) {
        int[] data = encode(function);
        return new GateFunctionArrays(new int[0], new int[] {0, data.length}, data);
    }

    private static int[] encode(GateFunction function) {
        if (function instanceof SymmetricFunction.And) {
            return new int[] {AND};
        }
        if (function instanceof SymmetricFunction.Parity) {
            return new int[] {PARITY};
        }
        if (function instanceof SymmetricFunction.AtLeast atLeast) {
            return new int[] {AT_LEAST, atLeast.threshold()};
        }
        if (function instanceof SymmetricFunction.Exactly exactly) {
            return new int[] {EXACTLY, exactly.count()};
        }
        if (function instanceof Weighted weighted) {
            return IntStream.concat(
                            IntStream.of(WEIGHTED, weighted.threshold()),
                            IntStream.range(0, weighted.fanIn()).map(weighted::weight))
                    .toArray();
        }
        if (function instanceof Literals literals) {
            int kind = literals.connective() == Literals.Connective.AND ? LITERALS_AND : LITERALS_OR;
            return IntStream.concat(
                            IntStream.of(kind),
                            IntStream.range(0, literals.fanIn()).map(literals::step))
                    .toArray();
        }
        Table table = (Table) function;
        int[] part = new int[2 + ((1 << table.fanIn()) + 31) / 32];
        part[0] = TABLE;
        part[1] = table.fanIn();
        for (int x = 0; x < 1 << table.fanIn(); x++) {
            if (table.isOn(x)) {
                part[2 + x / 32] |= 1 << x;
            }
        }
        return part;
    }

    /**
     * The distinct functions.
     *
     * @throws FileFormatException if the arrays do not spell functions
     */
    public List<GateFunction> functions() throws FileFormatException {
        if (offsets.length < 2 || offsets[0] != 0 || offsets[offsets.length - 1] != data.length) {
            throw new FileFormatException("the offsets of gate functions must run from 0 to " + data.length);
        }
        List<GateFunction> functions = new ArrayList<>();
        for (int f = 0; f + 1 < offsets.length; f++) {
            if (offsets[f + 1] <= offsets[f] || offsets[f + 1] > data.length) {
                throw new FileFormatException("the offsets of gate functions must ascend");
            }
            int[] part = Arrays.copyOfRange(data, offsets[f], offsets[f + 1]);
            try {
                functions.add(decode(part));
            } catch (IllegalArgumentException wrong) {
                throw new FileFormatException("gate function " + f + " is not sound: " + wrong.getMessage(), wrong);
            }
        }
        return functions;
    }

    private static GateFunction decode(int[] part) {
        switch (part[0]) {
            case AND:
                requireLength(part, 1);
                return GateFunction.AND;
            case PARITY:
                requireLength(part, 1);
                return GateFunction.PARITY;
            case AT_LEAST:
                requireLength(part, 2);
                return GateFunction.atLeast(part[1]);
            case EXACTLY:
                requireLength(part, 2);
                return GateFunction.exactly(part[1]);
            case WEIGHTED:
                if (part.length < 3) {
                    throw new IllegalArgumentException("a weighted function needs a threshold and weights");
                }
                return GateFunction.weighted(part[1], Arrays.copyOfRange(part, 2, part.length));
            case LITERALS_AND, LITERALS_OR:
                boolean[] positive = new boolean[part.length - 1];
                for (int t = 0; t < positive.length; t++) {
                    if (Math.abs(part[t + 1]) != 1) {
                        throw new IllegalArgumentException("a literal is 1 or -1, not " + part[t + 1]);
                    }
                    positive[t] = part[t + 1] > 0;
                }
                return part[0] == LITERALS_AND ? GateFunction.allOf(positive) : GateFunction.anyOf(positive);
            case TABLE:
                return table(part);
            default:
                throw new IllegalArgumentException("there is no kind " + part[0]);
        }
    }

    private static GateFunction table(int[] part) {
        if (part.length < 2 || part[1] < 0 || part[1] > Table.MAX_FAN_IN) {
            throw new IllegalArgumentException("a table reads 0 to " + Table.MAX_FAN_IN + " inputs");
        }
        int rows = 1 << part[1];
        requireLength(part, 2 + (rows + 31) / 32);
        boolean[] values = new boolean[rows];
        for (int x = 0; x < 32 * (part.length - 2); x++) {
            boolean on = (part[2 + x / 32] >>> x & 1) != 0;
            if (x < rows) {
                values[x] = on;
            } else if (on) {
                throw new IllegalArgumentException("a table of " + rows + " rows has bits behind them");
            }
        }
        return GateFunction.table(values);
    }

    private static void requireLength(int[] part, int length) {
        if (part.length != length) {
            throw new IllegalArgumentException(
                    "kind " + part[0] + " is followed by " + (length - 1) + " numbers, not " + (part.length - 1));
        }
    }
}
