/** Weights found by gradient descent: small whole numbers, with an exact test of every decision. */
package org.superpose.constructions.trained;
