/**
 * Drawing of codes and channels: random sets of rows, independent of the map to compute. Shared by all constructions.
 *
 * <p>{@link org.superpose.constructions.code.CodeDrawing} draws the codes of many features at once,
 * {@link org.superpose.constructions.code.BalancedAllocation} one at a time with release, for constructions that
 * redraw.
 */
package org.superpose.constructions.code;
