/**
 * Networks of one or more hidden layers that gradient descent trains whole, for maps with more active features than
 * explicit constructions can keep apart: {@code trained-and} reads its outputs by a trained matrix,
 * {@code trained-and-codes} by codes that were drawn before.
 *
 * <p>Weights are whole numbers, rounded within the training; hard inputs are found by sweeps over the whole domain.
 */
package org.superpose.constructions.trained.network;
