/**
 * Builders that correct single weights: small whole numbers found by gradient descent, with an exact test of every
 * decision.
 */
package org.superpose.constructions.trained;
