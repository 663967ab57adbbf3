package org.superpose.problems.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Table;

/**
 * The gate that computes a formula, in normal form: through its truth table where it reads few features. Wider ones are
 * linear thresholds (conjunctions and disjunctions of literals among them) or parities.
 */
public final class FormulaGate {
    private FormulaGate() {}

    /**
     * The gate of a formula.
     *
     * @return empty if the formula reads more than {@value Table#MAX_FAN_IN} features and is neither a conjunction, a
     *     disjunction, an at-least nor an exclusive or of literals
     */
    public static Optional<Gate> of(Formula formula) {
        int[] reads = formula.features().sorted().distinct().toArray();
        if (reads.length <= Table.MAX_FAN_IN) {
            Formula ofPositions = formula.renamed(feature -> Arrays.binarySearch(reads, feature));
            return Optional.of(Gate.of(ofPositions::value, reads));
        }
        return wide(formula, true);
    }

    /** @param on whether the gate is on where the formula is true, or where it is false */
    private static Optional<Gate> wide(Formula formula, boolean on) {
        if (formula instanceof Formula.Not not) {
            return wide(not.operand(), !on);
        }
        if (formula instanceof Formula.Xor xor) {
            return parity(xor, on);
        }
        if (formula instanceof Formula.AtLeast atLeast) {
            return threshold(atLeast, on);
        }
        return junction(formula, on);
    }

    /** The same literal twice is none, and each negation turns the whole over. */
    private static Optional<Gate> parity(Formula.Xor formula, boolean on) {
        List<Literal> literals = new ArrayList<>();
        if (!addParts(formula, true, literals)) {
            return Optional.empty();
        }
        Set<Integer> odd = new TreeSet<>();
        boolean even = !on;
        for (Literal literal : literals) {
            even ^= !literal.positive();
            if (!odd.remove(literal.feature())) {
                odd.add(literal.feature());
            }
        }
        int[] reads = odd.stream().mapToInt(Integer::intValue).toArray();
        if (reads.length > Table.MAX_FAN_IN) {
            return even ? Optional.empty() : Optional.of(Gate.of(GateFunction.PARITY, reads));
        }
        boolean start = even;
        return Optional.of(Gate.of(
                x -> {
                    boolean value = start;
                    for (boolean each : x) {
                        value ^= each;
                    }
                    return value;
                },
                reads));
    }

    /** Adds the literals of an exclusive or and of those within it; false if there is a part that is none. */
    private static boolean addParts(Formula formula, boolean positive, List<Literal> literals) {
        if (formula instanceof Formula.Not not) {
            return addParts(not.operand(), !positive, literals);
        }
        if (formula instanceof Formula.Name name) {
            literals.add(new Literal(name.feature(), positive));
            return true;
        }
        if (!(formula instanceof Formula.Xor xor)) {
            return false;
        }
        boolean sign = positive;
        for (Formula operand : xor.operands()) {
            if (!addParts(operand, sign, literals)) {
                return false;
            }
            sign = true; // one negation of the whole is one of its parts'
        }
        return true;
    }

    private static Optional<Gate> threshold(Formula.AtLeast atLeast, boolean on) {
        Sum sum = new Sum(atLeast.threshold());
        for (Formula.AtLeast.Term term : atLeast.terms()) {
            Optional<Literal> literal = Literal.of(term.formula());
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            sum.add(literal.get(), term.weight());
        }
        return sum.gate(on);
    }

    /** Negations are pushed inwards: a & !(b | c) is the conjunction of a, !b and !c. */
    private static Optional<Gate> junction(Formula formula, boolean on) {
        boolean and = formula instanceof Formula.And == on;
        Set<Literal> literals = new LinkedHashSet<>();
        if (!addParts(formula, on, and, literals)) {
            return Optional.empty();
        }
        Sum sum = new Sum(and ? literals.size() : 1);
        literals.forEach(literal -> sum.add(literal, 1));
        return sum.gate(true);
    }

    /**
     * Adds the literals of a conjunction or disjunction and of those within it; false if there is a part that is none.
     *
     * @param on whether the formula or its negation is meant
     * @param and whether the whole is a conjunction
     */
    private static boolean addParts(Formula formula, boolean on, boolean and, Set<Literal> literals) {
        if (formula instanceof Formula.Not not) {
            return addParts(not.operand(), !on, and, literals);
        }
        if (formula instanceof Formula.Name name) {
            literals.add(new Literal(name.feature(), on));
            return true;
        }
        List<Formula> operands = List.of();
        if (formula instanceof Formula.And both && and == on) {
            operands = both.operands();
        } else if (formula instanceof Formula.Or either && and != on) {
            operands = either.operands();
        }
        return !operands.isEmpty() && operands.stream().allMatch(operand -> addParts(operand, on, and, literals));
    }

    /** A feature or its negation. */
    private record Literal(int feature, boolean positive) {
        static Optional<Literal> of(Formula formula) {
            if (formula instanceof Formula.Not not) {
                return of(not.operand()).map(inner -> new Literal(inner.feature(), !inner.positive()));
            }
            return formula instanceof Formula.Name name
                    ? Optional.of(new Literal(name.feature(), true))
                    : Optional.empty();
        }
    }

    /** On iff the weights of the active features add up to at least a threshold. */
    private static final class Sum {
        private final Map<Integer, Long> weights = new TreeMap<>();
        private long threshold;

        Sum(long threshold) {
            this.threshold = threshold;
        }

        /** A negated feature adds its weight unless it is active. */
        void add(Literal literal, int weight) {
            weights.merge(literal.feature(), (long) (literal.positive() ? weight : -weight), Long::sum);
            threshold -= literal.positive() ? 0 : weight;
        }

        Optional<Gate> gate(boolean on) {
            int sign = on ? 1 : -1;
            long least = on ? threshold : 1 - threshold;
            try {
                int[] reads =
                        weights.keySet().stream().mapToInt(Integer::intValue).toArray();
                int[] own = weights.values().stream()
                        .mapToInt(weight -> Math.toIntExact(sign * weight))
                        .toArray();
                return Optional.of(Gate.of(GateFunction.weighted(Math.toIntExact(least), own), reads));
            } catch (ArithmeticException | IllegalArgumentException tooLarge) {
                return Optional.empty();
            }
        }
    }
}
