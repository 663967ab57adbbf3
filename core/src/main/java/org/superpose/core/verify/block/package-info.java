/**
 * Many inputs at a time, for networks in which most neurons fire: everything before the first ReLU is folded into one
 * column for each feature ({@code AffineStart}), the layers behind it are evaluated in float32 through the matrix
 * kernels ({@code BlockEvaluation}), and {@code RoundingBounds} tells how far that may be from any other float32
 * evaluation, for the whole domain at once. {@code BlockWork} estimates what that takes. Nothing here knows domains
 * being gone through, budgets or verdicts.
 */
package org.superpose.core.verify.block;
