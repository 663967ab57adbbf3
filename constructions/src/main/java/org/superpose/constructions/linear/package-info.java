/**
 * Constructions after the paper (theory, section 4), reconstructed from its results and captions: every stage is
 * decompress, route, compress, folded into one n x n matrix.
 *
 * <p>{@link org.superpose.constructions.linear.HiddenPlan} says which inputs each hidden row adds up and which rows
 * each output reads; the constructions differ only in how they draw that plan.
 * {@link org.superpose.constructions.linear.LinearAssembly} turns a plan into a network.
 */
package org.superpose.constructions.linear;
