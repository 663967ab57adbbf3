/**
 * Proofs that need no trust in Superpose: what a verification found, with counts and digests that an independent
 * checker can find again ({@code docs/proofs.md}). {@code Proof} is the value, {@code ProofFile} its file,
 * {@code Evidence} what is counted by one of four methods, and {@code Statement} the theorem in words.
 */
package org.superpose.runner.proof;
