/**
 * Drawing of codes and of sets of rows, independent of the map to compute; shared by all constructions.
 *
 * <p>{@link org.superpose.constructions.code.CodeDrawing} draws codes at random, uniform or balanced,
 * {@link org.superpose.constructions.code.LowOverlapCodes} balanced ones of which no two share more neurons than need
 * be, and {@link org.superpose.constructions.code.PolynomialCodes} ones of guaranteed overlap.
 * {@link org.superpose.constructions.code.BalancedAllocation} draws one set of rows at a time.
 */
package org.superpose.constructions.code;
