/**
 * The arithmetic in which verifiers judge a network (theory, section 7, exactness).
 *
 * <p>Where float32 is exact on a network, {@code ExactModel} and {@code ExactEvaluation} work in whole numbers, from
 * the differences to the empty input. Elsewhere {@code RoundedModel} and {@code RoundedEvaluation} carry a bound on the
 * rounding error along, for any order of summation, and a {@code Judgement} may be left open. {@code BlockJudge}
 * chooses between the two for one block of a chain. Nothing here knows domains, budgets or verdicts.
 */
package org.superpose.core.verify.arithmetic;
