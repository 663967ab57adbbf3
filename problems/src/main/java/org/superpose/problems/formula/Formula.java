package org.superpose.problems.formula;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** A Boolean formula over features, which are numbered. Immutable. */
public sealed interface Formula {
    /** The value where the features of which {@code active} is true are active; it allocates nothing. */
    boolean value(boolean[] active);

    /** The features that it reads, each as often as it stands in it. */
    IntStream features();

    /** The same formula over features with other numbers. */
    Formula renamed(IntUnaryOperator names);

    /** Always true or always false. */
    record Constant(boolean on) implements Formula {
        @Override
        public boolean value(boolean[] active) {
            return on;
        }

        @Override
        public IntStream features() {
            return IntStream.empty();
        }

        @Override
        public Formula renamed(IntUnaryOperator names) {
            return this;
        }
    }

    /** True iff a feature is active. */
    record Name(int feature) implements Formula {
        @Override
        public boolean value(boolean[] active) {
            return active[feature];
        }

        @Override
        public IntStream features() {
            return IntStream.of(feature);
        }

        @Override
        public Formula renamed(IntUnaryOperator names) {
            return new Name(names.applyAsInt(feature));
        }
    }

    /** True iff another formula is not. */
    record Not(Formula operand) implements Formula {
        @Override
        public boolean value(boolean[] active) {
            return !operand.value(active);
        }

        @Override
        public IntStream features() {
            return operand.features();
        }

        @Override
        public Formula renamed(IntUnaryOperator names) {
            return new Not(operand.renamed(names));
        }
    }

    /** True iff all of several formulas are. */
    record And(List<Formula> operands) implements Formula {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean value(boolean[] active) {
            for (int t = 0; t < operands.size(); t++) {
                if (!operands.get(t).value(active)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public IntStream features() {
            return operands.stream().flatMapToInt(Formula::features);
        }

        @Override
        public Formula renamed(IntUnaryOperator names) {
            return new And(
                    operands.stream().map(operand -> operand.renamed(names)).toList());
        }
    }

    /** True iff any of several formulas is. */
    record Or(List<Formula> operands) implements Formula {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean value(boolean[] active) {
            for (int t = 0; t < operands.size(); t++) {
                if (operands.get(t).value(active)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public IntStream features() {
            return operands.stream().flatMapToInt(Formula::features);
        }

        @Override
        public Formula renamed(IntUnaryOperator names) {
            return new Or(
                    operands.stream().map(operand -> operand.renamed(names)).toList());
        }
    }

    /** True iff an odd number of several formulas is. */
    record Xor(List<Formula> operands) implements Formula {
        public Xor {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean value(boolean[] active) {
            boolean odd = false;
            for (int t = 0; t < operands.size(); t++) {
                odd ^= operands.get(t).value(active);
            }
            return odd;
        }

        @Override
        public IntStream features() {
            return operands.stream().flatMapToInt(Formula::features);
        }

        @Override
        public Formula renamed(IntUnaryOperator names) {
            return new Xor(
                    operands.stream().map(operand -> operand.renamed(names)).toList());
        }
    }

    /** True iff the weights of those terms that are true add up to at least a threshold. */
    record AtLeast(int threshold, List<Term> terms) implements Formula {
        /** A formula with its weight. */
        public record Term(int weight, Formula formula) {}

        public AtLeast {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean value(boolean[] active) {
            long sum = 0;
            for (int t = 0; t < terms.size(); t++) {
                sum += terms.get(t).formula().value(active) ? terms.get(t).weight() : 0;
            }
            return sum >= threshold;
        }

        @Override
        public IntStream features() {
            return terms.stream().flatMapToInt(term -> term.formula().features());
        }

        @Override
        public Formula renamed(IntUnaryOperator names) {
            return new AtLeast(
                    threshold,
                    terms.stream()
                            .map(term -> new Term(term.weight(), term.formula().renamed(names)))
                            .toList());
        }
    }
}
