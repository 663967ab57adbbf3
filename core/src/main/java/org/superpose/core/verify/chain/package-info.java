/**
 * The verifier of chains, block by block (theory, section 7.3).
 *
 * <p>A {@code CleanCut} is a place at which the state is the union of the codes of the features that are on there, if
 * the guess is right; a {@code CleanBlock} is what lies between two cuts, and a {@code ChainProof} shows that each
 * block does its part on every state that can occur ({@code StateInputs}).
 */
package org.superpose.core.verify.chain;
