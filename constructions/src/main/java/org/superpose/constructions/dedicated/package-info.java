/** No superposition: one neuron per output, the baseline that superposition has to beat. */
package org.superpose.constructions.dedicated;
