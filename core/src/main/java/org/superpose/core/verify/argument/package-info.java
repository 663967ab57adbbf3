/**
 * The verifiers that prove networks of one form right by an argument, without a look at each input:
 * {@code AdditiveVerifier} by the scores of single features, {@code PairwiseVerifier} by the rows that two features
 * share (theory, section 7.2).
 *
 * <p>The form is read off the arrays; where a network says it comes from does not matter.
 */
package org.superpose.core.verify.argument;
