/** The weights of codes and channels, and the models of load and chance that choose them. */
package org.superpose.constructions.clipped.weight;
