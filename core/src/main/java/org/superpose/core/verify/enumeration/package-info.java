/**
 * The verifiers that go through the inputs of a domain (theory, section 7.1).
 *
 * <p>{@code ExhaustiveVerifier} looks at every input: {@code DomainSweep} walks through the domain feature by feature,
 * and an {@code InputChecker} judges all candidates for the last feature at once. Filters rule most of them out on bit
 * sets, each named by what it proves: {@code FirstLayerFilter} and {@code SecondLayerFilter} that a layer stays silent,
 * {@code SingleMatrixFilter} which outputs are on. {@code BlockChecker} evaluates all candidates through the matrix
 * kernels where many neurons fire. {@code Checkers} chooses among them. {@code BranchAndBoundVerifier} leaves out whole
 * branches, by the two arguments of {@code BoundedSearch}.
 */
package org.superpose.core.verify.enumeration;
