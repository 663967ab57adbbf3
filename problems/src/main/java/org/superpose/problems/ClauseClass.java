package org.superpose.problems;

import java.math.BigInteger;
import java.util.Optional;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.FunctionClass;

/**
 * How many functions there are whose m' outputs are disjunctions of c clauses of r literals each, all clauses reading
 * different sets of inputs, w literals negated in all, and of no clause all of them unless w is all: at least so many,
 * by this proof (S = C(m, r), the sets that a clause can read).
 *
 * <ul>
 *   <li>Only outputs whose clauses read <em>disjoint</em> sets are counted: N_1 = m! / (r!^c c! (m - rc)!) choices for
 *       the first; each set that is taken is in c N_1 / S of these, so output i = 0, 1, ... still has N_1 (1 - i c^2 /
 *       S). For c = 1 these are all.
 *   <li>The negated literals of all clauses together can be chosen in P ways. Where each clause keeps a literal that is
 *       not negated, P is at least the number of ways in which a certain number of clauses have 0, 1, ..., r - 1
 *       negated literals each; the most frequent such numbers are taken. For r = 2 there is only one.
 *   <li>What is counted differs as functions, too, on inputs with up to v &gt;= r active features. Let P_k be the
 *       positive and Q_k the negated literals of clause k, none of the P_k empty. The smallest inputs that turn the
 *       output on are the P_k. The input P_k and one more feature q turns it off iff q is in Q_k: if q is, then no
 *       other clause reads it, and no other has all its positive literals in P_k. If all literals are negated, the
 *       smallest inputs that turn it off have one feature of each clause, so that two features are in one clause iff
 *       they are in no such input together; this takes v &gt;= c. Where a domain has a lower bound u, features that
 *       neither of two functions reads fill such an input up: there are enough if u &lt;= m - 2 r c.
 * </ul>
 *
 * <p>No output has more than N = N_1 (2^r - 1)^c choices, or N_1 where no literal or every one is negated. The class is
 * N^m' less the bits that this counts short, and N (N - 1) ... exactly where c = 1 and there are no signs to choose.
 *
 * @param subsets the sets of r inputs
 * @param outputs m'
 * @param clauses c, of each output
 * @param negated w, of all m' c r literals
 */
record ClauseClass(Subsets subsets, int outputs, int clauses, int negated) {
    /** The class, or empty where the proof does not hold: not enough features are active, too many, or too few read. */
    Optional<FunctionClass> functions(InputDomain domain) {
        int literals = subsets.fanIn();
        double sets = subsets.count().doubleValue();
        double taken = (double) clauses * clauses / sets;
        boolean allNegated = negated == outputs * clauses * literals;
        if (domain.maxActive() < (allNegated ? clauses : literals)
                || !SparseDomain.tellsApart(domain, (long) literals * clauses)
                || (long) literals * clauses > subsets.inputs()
                || (outputs - 1) * taken >= 1) {
            return Optional.empty();
        }
        boolean anySigns = negated > 0 && !allNegated;
        if (clauses == 1 && negated == 0) {
            return Optional.of(FunctionClass.distinctSubsets(subsets.inputs(), literals, outputs));
        }
        BigInteger signs = anySigns ? BigInteger.TWO.pow(literals).subtract(BigInteger.ONE) : BigInteger.ONE;
        BigInteger choices = readSets().multiply(signs.pow(clauses));
        double bound = 0;
        if (anySigns) {
            int all = outputs * clauses;
            bound = all * log2(signs.doubleValue()) - negationsLog2(all, literals, negated);
        }
        if (clauses > 1 || anySigns) {
            for (int i = 1; i < outputs; i++) {
                bound -= StrictMath.log1p(-i * taken) / LN2;
            }
        }
        if (choices.compareTo(BigInteger.valueOf(outputs)) < 0) {
            return Optional.empty();
        }
        return Optional.of(new FunctionClass(description(literals), choices, outputs, 1, roundedUp(bound)));
    }

    private String description(int literals) {
        String clause = (clauses == 1 ? "conjunctions of " : "ORs of " + clauses + " clauses of ")
                + literals
                + (literals == 1 ? " literal" : " literals");
        return "all functions of " + clause + ", " + negated + " of " + (long) outputs * clauses * literals
                + " negated";
    }

    /** Rounding errors of the sums must not make a class too large. */
    private static int roundedUp(double bits) {
        return bits <= 0 ? 0 : (int) Math.ceil(bits * (1 + 1e-9) + 1e-6);
    }

    /** N_1: the families of c disjoint sets of r inputs. */
    private BigInteger readSets() {
        BigInteger ordered = BigInteger.ONE;
        BigInteger orders = BigInteger.ONE;
        for (int c = 0; c < clauses; c++) {
            ordered = ordered.multiply(FunctionClass.binomial(subsets.inputs() - c * subsets.fanIn(), subsets.fanIn()));
            orders = orders.multiply(BigInteger.valueOf(c + 1L));
        }
        return ordered.divide(orders);
    }

    private static final double LN2 = StrictMath.log(2);

    /**
     * A lower bound on the logarithm of the ways to negate some literals, but not all of a clause.
     *
     * @param clauses how many there are in all
     * @param literals r, of each
     * @param negated at most r - 1 for each clause
     */
    static double negationsLog2(int clauses, int literals, int negated) {
        int[] clausesWith = mostFrequent(clauses, literals, negated);
        double log = log2Factorial(clauses);
        for (int j = 0; j < literals; j++) {
            log += clausesWith[j] * log2(FunctionClass.binomial(literals, j).doubleValue())
                    - log2Factorial(clausesWith[j]);
        }
        return log;
    }

    /** How many clauses have j = 0, ..., r - 1 negated literals: about C(r, j) x^j each, for the x that gives w. */
    private static int[] mostFrequent(int clauses, int literals, int negated) {
        double low = -50;
        double high = 50;
        double[] share = new double[literals];
        for (int step = 0; step < 100; step++) {
            double middle = (low + high) / 2;
            double total = 0;
            double mean = 0;
            for (int j = 0; j < literals; j++) {
                share[j] = FunctionClass.binomial(literals, j).doubleValue() * StrictMath.exp(middle * j);
                total += share[j];
                mean += share[j] * j;
            }
            for (int j = 0; j < literals; j++) {
                share[j] /= total;
            }
            if (mean * clauses < (double) negated * total) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int[] clausesWith = new int[literals];
        int left = clauses;
        int leftNegated = negated;
        for (int j = 0; j < literals; j++) {
            clausesWith[j] = (int) (clauses * share[j]);
            left -= clausesWith[j];
            leftNegated -= j * clausesWith[j];
        }
        // What rounding left over goes evenly to the clauses that it left over, or to one or two more.
        for (int j = literals - 1; leftNegated < 0; j -= clausesWith[j] == 0 ? 1 : 0) {
            if (clausesWith[j] > 0) {
                clausesWith[j]--;
                left++;
                leftNegated += j;
            }
        }
        for (int j = 0; leftNegated > left * (literals - 1); j += clausesWith[j] == 0 ? 1 : 0) {
            if (clausesWith[j] > 0) {
                clausesWith[j]--;
                left++;
                leftNegated += j;
            }
        }
        for (; left > 0; left--) {
            int j = leftNegated / left;
            clausesWith[j]++;
            leftNegated -= j;
        }
        return clausesWith;
    }

    /** log2 n!, by the series of Stirling where that is precise to the last digits. */
    private static double log2Factorial(int n) {
        if (n < 256) {
            double sum = 0;
            for (int j = 2; j <= n; j++) {
                sum += StrictMath.log(j);
            }
            return sum / LN2;
        }
        double inverse = 1.0 / n;
        return ((n + 0.5) * StrictMath.log(n)
                        - n
                        + StrictMath.log(2 * Math.PI) / 2
                        + inverse / 12
                        - inverse * inverse * inverse / 360)
                / LN2;
    }

    private static double log2(double value) {
        return StrictMath.log(value) / LN2;
    }
}
