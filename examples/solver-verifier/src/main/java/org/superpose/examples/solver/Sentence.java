package org.superpose.examples.solver;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.sat4j.core.Vec;
import org.sat4j.core.VecInt;
import org.sat4j.pb.IPBSolver;
import org.sat4j.pb.SolverFactory;
import org.sat4j.specs.ContradictionException;
import org.sat4j.specs.TimeoutException;

/** Linear constraints on Booleans, numbered from 1; the negation of a Boolean has its number with a minus. */
final class Sentence {
    private final IPBSolver solver = SolverFactory.newDefault();
    private int variables;
    private boolean contradiction;

    /** A whole number: a constant and the sum of some Booleans, each times a factor. */
    record Sum(int constant, List<Integer> literals, List<Integer> factors) {
        static Sum of(int constant) {
            return new Sum(constant, new ArrayList<>(), new ArrayList<>());
        }

        void add(int literal, int factor) {
            if (factor != 0) {
                literals.add(literal);
                factors.add(factor);
            }
        }

        int least() {
            return constant + factors.stream().mapToInt(factor -> Math.min(factor, 0)).sum();
        }

        int most() {
            return constant + factors.stream().mapToInt(factor -> Math.max(factor, 0)).sum();
        }
    }

    int newBoolean() {
        return ++variables;
    }

    /** Requires a sum to be at least a number. */
    void require(Sum sum, int atLeast) {
        VecInt literals = new VecInt();
        Vec<BigInteger> factors = new Vec<>();
        for (int t = 0; t < sum.literals().size(); t++) {
            literals.push(sum.literals().get(t));
            factors.push(BigInteger.valueOf(sum.factors().get(t)));
        }
        try {
            if (!literals.isEmpty()) {
                solver.addPseudoBoolean(literals, factors, true, BigInteger.valueOf((long) atLeast - sum.constant()));
            } else if (sum.constant() < atLeast) {
                contradiction = true;
            }
        } catch (ContradictionException never) {
            contradiction = true;
        }
    }

    /** Requires one of some literals. */
    void requireOneOf(List<Integer> literals) {
        Sum sum = Sum.of(0);
        literals.forEach(literal -> sum.add(literal, 1));
        require(sum, 1);
    }

    /** A new Boolean that is true iff a sum is at least a number. */
    int isAtLeast(Sum sum, int number) {
        int truth = newBoolean();
        // With the Boolean false the first holds in any case, with it true the second.
        Sum enough = new Sum(sum.constant(), new ArrayList<>(sum.literals()), new ArrayList<>(sum.factors()));
        enough.add(-truth, Math.max(0, number - sum.least()));
        require(enough, number);
        Sum less = Sum.of(-sum.constant());
        for (int t = 0; t < sum.literals().size(); t++) {
            less.add(sum.literals().get(t), -sum.factors().get(t));
        }
        less.add(truth, Math.max(0, sum.most() - number + 1));
        require(less, 1 - number);
        if (number > sum.most()) {
            requireOneOf(List.of(-truth));
        } else if (number <= sum.least()) {
            requireOneOf(List.of(truth));
        }
        return truth;
    }

    /** A new Boolean that is true iff two others differ. */
    int differ(int first, int second) {
        int truth = newBoolean();
        requireOneOf(List.of(-truth, first, second));
        requireOneOf(List.of(-truth, -first, -second));
        requireOneOf(List.of(truth, -first, second));
        requireOneOf(List.of(truth, first, -second));
        return truth;
    }

    /**
     * Whether values make all constraints true; then {@link #isTrue} tells them.
     *
     * @param milliseconds after which the solver gives up
     */
    boolean isSatisfiable(long milliseconds) throws TimeoutException {
        solver.setTimeoutMs(milliseconds);
        return !contradiction && solver.isSatisfiable();
    }

    boolean isTrue(int variable) {
        return solver.model(variable);
    }
}
