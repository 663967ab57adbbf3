/**
 * Gates in turn: every layer computes as many gates as there is room for, each on a neuron of its own, and adds those
 * of the layer before to the codes of the outputs. Depth takes the place of width, nothing is searched for, and every
 * network is right by design.
 */
package org.superpose.constructions.sequential;
