/**
 * Networks that were not made here: what tensors and graphs of other tools compute, as layers of affine maps with and
 * without ReLU.
 */
package org.superpose.interop.foreign;
