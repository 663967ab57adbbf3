/**
 * Chaining of blocks: the output encoding of one block is the input encoding of the next (theory, section 4,
 * multi-layer).
 */
package org.superpose.constructions.layered;
