/**
 * The verifier that proves networks right by the minimal sets of features that turn each neuron on: for networks of
 * whole weights in which what a neuron is worth only rises, or only falls, as features become active. Its work grows
 * with the number of such sets, and not with the number of inputs.
 *
 * <p>{@code MonotoneStates} carries the neurons through the layers, {@code ThresholdSearch} finds the sets at which a
 * sum reaches a threshold, {@code MonotoneMap} has those of the gates.
 */
package org.superpose.core.verify.monotone;
