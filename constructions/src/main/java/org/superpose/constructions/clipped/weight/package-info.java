/**
 * How heavy codes and channels are: {@link org.superpose.constructions.clipped.weight.ClippedWeights} are chosen by
 * models of how many outputs will be wrong (theory, section 5), one for each way to build.
 */
package org.superpose.constructions.clipped.weight;
