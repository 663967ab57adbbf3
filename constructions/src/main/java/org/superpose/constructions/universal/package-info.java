/**
 * Other people's universal AND networks (theory, section 5a), to stand beside the paper's: random layers that compute
 * every pair at once, approximately, read by linear readouts.
 *
 * <p>Their inputs are not in superposition: every input has a neuron of its own. What is in superposition are the
 * outputs.
 */
package org.superpose.constructions.universal;
